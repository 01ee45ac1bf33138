import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { I32F32 } from '../../src/lib/localnet/fixed/fixed.ts';
import * as csr from '../../src/lib/localnet/fixed/kernels/csr.ts';
import { div, inverseOfOnePlusExp, mul, ONE } from '../../src/lib/localnet/fixed/kernels/q32.ts';
import { weightedMedianColumns } from '../../src/lib/localnet/fixed/kernels/weighted-median.ts';
import { expSafe } from '../../src/lib/localnet/fixed/transcendental.ts';
import * as exact from '../../src/lib/localnet/pallets/subtensor/epoch/math/sparse.ts';
import type { SparseMatrix } from '../../src/lib/localnet/pallets/subtensor/epoch/math/types.ts';
import { normalize } from '../../src/lib/localnet/pallets/subtensor/epoch/math/vector.ts';
import { weightedMedianColSparse } from '../../src/lib/localnet/pallets/subtensor/epoch/math/weighted-median.ts';

const RUNS = { numRuns: 2000 };

const toBigInts = (x: Float64Array): bigint[] => Array.from(x, BigInt);

/** Shares in [0, 1]: anything, round numbers (where floating point needs the exact path), and neighbours of both ends. */
const share = fc.oneof(
  fc.integer({ min: 0, max: ONE }),
  fc.integer({ min: 0, max: 32 }).map((bit) => 2 ** bit),
  fc.constantFrom(0, 1, ONE - 1, ONE, ONE / 2 - 1, ONE / 2 + 1),
);
const shares = (length: number): fc.Arbitrary<Float64Array> =>
  fc.array(share, { minLength: length, maxLength: length }).map((x) => Float64Array.from(x));

function toSparse(m: csr.Csr): SparseMatrix {
  return Array.from({ length: m.rows }, (_, i) =>
    Array.from({ length: m.start[i + 1]! - m.start[i]! }, (_, k) => {
      const p = m.start[i]! + k;
      return [m.column[p]!, BigInt(m.value[p]!)] as const;
    }),
  );
}

function toCsr(rows: readonly (readonly (readonly [number, number])[])[], columns: number): csr.Csr {
  const m = csr.allocateCsr(rows.length, columns, rows.flat().length);
  let p = 0;
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of row) {
      m.column[p] = j;
      m.value[p++] = value;
    }
    m.start[i + 1] = p;
  }
  return m;
}

const matrixOf = (n: number, value: fc.Arbitrary<number> = share): fc.Arbitrary<csr.Csr> =>
  fc
    .array(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: Math.max(n - 1, 0) }), value), {
        maxLength: n,
        selector: ([j]) => j,
      }),
      { minLength: n, maxLength: n },
    )
    .map((rows) => toCsr(rows, n));

const size = fc.integer({ min: 0, max: 10 });

describe('scalars in doubles', () => {
  it('mul floors as I32F32 does, negative factors too', () => {
    fc.assert(
      fc.property(share, share, fc.boolean(), (a, b, isNegative) => {
        const factor = isNegative ? -a : a;
        expect(mul(factor, b) + 0).toBe(Number(I32F32.saturatingMul(BigInt(factor), BigInt(b))));
      }),
      { numRuns: 20_000 },
    );
  });

  it('mul takes amounts in rao as the first factor', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 2 ** 53 - 1 }), (a, rao) => {
        expect(mul(a, rao)).toBe(Number((BigInt(a) * BigInt(rao)) >> 32n));
      }),
      { numRuns: 20_000 },
    );
  });

  it('div truncates as I32F32 does, up to divisors of 4096 ones', () => {
    const divisor = fc.oneof(share, fc.integer({ min: 1, max: csr.MAX_ROWS * ONE })).filter((b) => b > 0);
    fc.assert(
      fc.property(share, divisor, (a, b) => {
        const dividend = Math.min(a, b);
        expect(div(dividend, b)).toBe(Number(I32F32.safeDiv(BigInt(dividend), BigInt(b))));
      }),
      { numRuns: 20_000 },
    );
  });

  it('div is right where the quotient is a whole number or just below', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: csr.MAX_ROWS }), fc.integer({ min: -1, max: 1 }), (a, k, d) => {
        const divisor = Math.max(a * k + d, 1);
        const dividend = Math.min(a, divisor);
        expect(div(dividend, divisor)).toBe(Number(I32F32.safeDiv(BigInt(dividend), BigInt(divisor))));
      }),
      { numRuns: 20_000 },
    );
  });

  it('inverseOfOnePlusExp equals the Taylor series in bigint on the whole range and beyond', () => {
    const argument = fc.oneof(
      fc.integer({ min: -25 * ONE, max: 25 * ONE }),
      fc.integer({ min: -5 * ONE, max: 5 * ONE }),
      fc.integer({ min: -25, max: 25 }).map((x) => x * ONE),
      fc.integer({ min: -100, max: 100 }),
    );
    fc.assert(
      fc.property(argument, (x) => {
        const denominator = I32F32.saturatingAdd(I32F32.one, expSafe(BigInt(x)));
        expect(BigInt(inverseOfOnePlusExp(x))).toBe(I32F32.saturatingDiv(I32F32.one, denominator));
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('sparse kernels', () => {
  type Unary = readonly [string, (m: csr.Csr) => csr.Csr, (m: SparseMatrix, n: number) => SparseMatrix];
  const unary: readonly Unary[] = [
    ['colNormalize', csr.colNormalize, exact.colNormalizeSparse],
    ['colMaxUpscale', csr.colMaxUpscale, exact.colMaxUpscaleSparse],
  ];
  it.each(unary)('%s', (_, fast, slow) => {
    fc.assert(
      fc.property(size.chain(matrixOf), (m) => {
        expect(toSparse(fast(m))).toEqual(slow(toSparse(m), m.columns));
      }),
      RUNS,
    );
  });

  it('normalisation of whole numbers', () => {
    const u16 = fc.integer({ min: 0, max: 65535 });
    fc.assert(
      fc.property(
        size.chain((n) => matrixOf(n, u16)),
        (m) => {
          const raw = toSparse(m).map((row) => row.map(([j, value]) => [j, value << 32n] as const));
          const rowWise = exact.rowNormalizeSparse(raw);
          const colWise = exact.colNormalizeSparse(raw, m.columns);
          expect(toSparse(csr.rowNormalizeWhole(m))).toEqual(rowWise);
          expect(toSparse(csr.colNormalizeWhole(m))).toEqual(colWise);
        },
      ),
      RUNS,
    );
  });

  it('products, clipping and sums with a vector', () => {
    const input = size.chain((n) => fc.tuple(matrixOf(n), shares(n)));
    fc.assert(
      fc.property(input, ([m, vector]) => {
        const [sparse, bits] = [toSparse(m), toBigInts(vector)];
        expect(toSparse(csr.rowHadamard(m, vector))).toEqual(exact.rowHadamardSparse(sparse, bits));
        expect(toSparse(csr.colClip(m, vector))).toEqual(exact.colClipSparse(sparse, bits));
        expect(toBigInts(csr.matmul(m, vector))).toEqual(exact.matmulSparse(sparse, bits, m.columns));
        expect(toBigInts(csr.matmulTranspose(m, vector))).toEqual(exact.matmulTransposeSparse(sparse, bits));
        expect(toBigInts(csr.matmulTranspose(m, vector))).toEqual(
          exact.rowSumSparse(exact.matVecMulSparse(sparse, bits)),
        );
        expect(toBigInts(csr.rowSum(m))).toEqual(exact.rowSumSparse(sparse));
        expect(toBigInts(csr.normalize(vector))).toEqual(normalize(bits));
      }),
      RUNS,
    );
  });

  it('interpolation and moving average of two matrices', () => {
    const input = size.chain((n) => fc.tuple(matrixOf(n), matrixOf(n), share));
    fc.assert(
      fc.property(input, ([a, b, ratio]) => {
        const [x, y, r] = [toSparse(a), toSparse(b), BigInt(ratio)];
        expect(toSparse(csr.interpolate(a, b, ratio))).toEqual(exact.interpolateSparse(x, y, a.columns, r));
        expect(toSparse(csr.ema(a, b, ratio))).toEqual(exact.matEmaSparse(x, y, r));
      }),
      RUNS,
    );
  });

  it('weighted median, with ties, stakeless rows and columns without scores', () => {
    const score = fc.oneof(share, fc.constantFrom(ONE / 4, ONE / 2));
    const input = size.chain((n) => fc.tuple(matrixOf(n, score), shares(n), share));
    fc.assert(
      fc.property(input, ([m, stake, majority]) => {
        expect(toBigInts(weightedMedianColumns(stake, m, majority))).toEqual(
          weightedMedianColSparse(toBigInts(stake), toSparse(m), m.columns, BigInt(majority)),
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('weighted median over many validators', () => {
    const n = 64;
    const similar = fc.integer({ min: 0, max: 255 }).map((x) => x * 2 ** 20);
    const full = (value: fc.Arbitrary<number>): fc.Arbitrary<csr.Csr> =>
      fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: n, maxLength: n }).map((rows) =>
        toCsr(
          rows.map((row) => row.map((score, j) => [j, score] as const)),
          3,
        ),
      );
    const input = fc.tuple(fc.oneof(full(share), full(similar)), shares(n), fc.oneof(share, fc.constant(ONE / 2)));
    fc.assert(
      fc.property(input, ([m, stake, majority]) => {
        expect(toBigInts(weightedMedianColumns(stake, m, majority))).toEqual(
          weightedMedianColSparse(toBigInts(stake), toSparse(m), m.columns, BigInt(majority)),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
