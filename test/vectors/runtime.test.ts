import { expect, test } from 'vitest';
import { checkFile } from '../../src/lib/localnet/vectors/check-file.ts';
import { readVectors } from '../helpers/recorded-scenario.ts';

test.each([
  ['fees', 28],
  ['genesis-localnet', 112],
  ['genesis-localnet-fast', 112],
  ['validity', 29],
])('%s: every row is the chain’s', (name, rows) => {
  const report = checkFile(readVectors(name));
  expect(report.firstDifferences).toEqual([]);
  expect(report).toMatchObject({ rows, equal: rows, different: 0 });
});

test('a wrong row is found', () => {
  const file = structuredClone(readVectors('fees')) as { rows: { partial_fee: string }[] };
  file.rows[3]!.partial_fee = '1';
  expect(checkFile(file)).toMatchObject({ different: 1 });
});
