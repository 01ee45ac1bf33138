import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/lib/localnet/vectors/check-file.ts';
import { readVector } from '../helpers/read-vector.ts';

/** SubtensorModule.SubnetTAO of subnet 2. */
const SUBNET_TAO_2 = '0x658faa385070e074c85bf6b568cf05557a57dce016211512d1700561066b85a30200';

type Recorded = { readonly state: (readonly [string, string])[]; readonly calls: { result_hex: string }[] };

describe('runtime APIs', () => {
  it('answer every recorded call as the chain does', () => {
    const report = checkFile(readVector('runtime-api-results'));
    expect(report.firstDifferences).toEqual([]);
    expect(report).toMatchObject({ format: 'runtime API results', rows: 191, equal: 191 });
  });

  it('answer on the state that a random mix of calls left behind, also for subnets and neurons that are not there', () => {
    const report = checkFile(readVector('runtime-api-results-mixed'));
    expect(report.firstDifferences).toEqual([]);
    expect(report).toMatchObject({ format: 'runtime API results', rows: 1140, equal: 1140 });
  });

  it('are found out when one answer or the state is another', () => {
    const answer = readVector('runtime-api-results') as Recorded;
    answer.calls[100]!.result_hex += '00';
    expect(checkFile(answer).different).toBe(1);
    const state = readVector('runtime-api-results') as Recorded;
    const { state: pairs } = state;
    const at = pairs.findIndex(([key]) => key === SUBNET_TAO_2);
    pairs[at] = [SUBNET_TAO_2, '0x0100000000000000'];
    expect(at).toBeGreaterThan(0);
    expect(checkFile(state).different).toBeGreaterThan(5);
  });
});
