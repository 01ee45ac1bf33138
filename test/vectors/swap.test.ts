import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/lib/localnet/vectors/check-file.ts';
import { parseExactly } from '../../src/lib/localnet/vectors/read-file.ts';
import { readVector } from '../helpers/read-vector.ts';

describe('recorded swaps', () => {
  it.each([
    ['swap-chains', 'swap chains', 9 * 50],
    ['amm-derived-vectors', 'single swaps', 5 + 39 + 5],
  ])('%s: every row is equal', (name, format, rows) => {
    expect(checkFile(readVector(name))).toEqual({ format, rows, equal: rows, different: 0, firstDifferences: [] });
  });
});

it('keeps integers that a number cannot hold, and text as it is', () => {
  expect(parseExactly('{"a": 102337248363782924, "b": ["1, 102337248363782924", 7], "c":-9007199254740993}')).toEqual({
    a: '102337248363782924',
    b: ['1, 102337248363782924', 7],
    c: '-9007199254740993',
  });
});
