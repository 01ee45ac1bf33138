import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/lib/localnet/vectors/check-file.ts';
import { readVector } from '../helpers/read-vector.ts';

/** Every row that the real runtime computed must come out the same here. */
describe('recorded arithmetic', () => {
  it.each([
    ['fixed-arith-1', 'fixed-point arithmetic', 3 * (444 + 336)],
    ['fixed-arith-2', 'fixed-point arithmetic', 2 * (444 + 336)],
    ['fixed-transcendental', 'fixed-point functions', 1552],
    ['block-emission', 'block emission', 803 + 30],
    ['swap-balancer', 'swap balancer', 1492],
    ['share-pool', 'share pool', 592 + 980],
    ['burn-and-lock', 'burn and lock', 876],
    ['emission-functions', 'emission functions', 410],
    ['ema-burn-derived-vectors', 'moving price and burn series', 70],
  ])('%s: every row is equal', (name, format, rows) => {
    expect(checkFile(readVector(name))).toEqual({ format, rows, equal: rows, different: 0, firstDifferences: [] });
  });
});
