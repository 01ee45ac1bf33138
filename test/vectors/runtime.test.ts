import { expect, test } from 'vitest';
import { checkFile } from '../../src/lib/localnet/vectors/check-file.ts';
import { readVector } from '../helpers/read-vector.ts';

test.each([
  ['fast-runtime-diff', 16],
  ['fees', 28],
  ['genesis-localnet', 112],
  ['genesis-localnet-fast', 112],
  ['validity', 29],
])('%s: every row is the chain’s', (name, rows) => {
  const report = checkFile(readVector(name));
  expect(report.firstDifferences).toEqual([]);
  expect(report).toMatchObject({ rows, equal: rows, different: 0 });
});

test('a wrong row is found', () => {
  const file = structuredClone(readVector('fees')) as { rows: { partial_fee: string }[] };
  file.rows[3]!.partial_fee = '1';
  expect(checkFile(file)).toMatchObject({ different: 1 });
});

test('a difference between the builds that the file lacks is found, and one that it has wrong', () => {
  const file = structuredClone(readVector('fast-runtime-diff')) as { rows: string[][] };
  const [lacking] = file.rows.splice(3, 1);
  file.rows[0]![4] = '0x00';
  const { different, firstDifferences } = checkFile(file);
  expect(different).toBe(2);
  expect(firstDifferences[0]!.label).toBe('constant Timestamp.MinimumPeriod fast-runtime');
  expect(firstDifferences[1]!.label).toBe(`${lacking![0]} ${lacking![1]}.${lacking![2]} is not in the file`);
});
