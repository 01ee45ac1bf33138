/**
 * Dense matrix functions of the epoch (chain: pallets/subtensor/src/epoch/math.rs). All return new matrices.
 * Where shapes disagree they do what the chain's functions do: missing cells count as masked or as zero.
 */

import { maxOf, minOf } from '../../../../fixed/integer.ts';
import {
  type I32F32Bits,
  ONE,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  wrappingSum,
  ZERO,
} from './i32f32.ts';
import type { DenseMatrix, FixedVector } from './types.ts';
import { vecMul } from './vector.ts';

type Dense = I32F32Bits[][];

const copy = (x: DenseMatrix): Dense => x.map((row) => [...row]);
const isDegenerate = (x: DenseMatrix): boolean => x.length === 0 || x[0]!.length === 0;

/** Scales each row with a positive sum to sum 1. */
export function rowNormalize(x: DenseMatrix): Dense {
  return x.map((row) => {
    const total = wrappingSum(row);
    return total > ZERO ? row.map((value) => safeDiv(value, total)) : [...row];
  });
}

/** Sum of each row; empty when the first row is empty. */
export function rowSum(x: DenseMatrix): I32F32Bits[] {
  if (x.length > 0 && x[0]!.length === 0) return [];
  return x.map((row) => wrappingSum(row));
}

function foldColumns(x: DenseMatrix, fold: (acc: I32F32Bits, value: I32F32Bits) => I32F32Bits): I32F32Bits[] {
  const result: I32F32Bits[] = [];
  for (const row of x) for (const [c, value] of row.entries()) result[c] = fold(result[c] ?? ZERO, value);
  return result;
}

const divideColumns = (x: DenseMatrix, divisors: FixedVector): Dense =>
  x.map((row) => row.map((value, c) => (divisors[c] === ZERO ? value : safeDiv(value, divisors[c]!))));

/** Scales each column with a non-zero sum to sum 1. */
export const colNormalize = (x: DenseMatrix): Dense => divideColumns(x, foldColumns(x, saturatingAdd));

/** Scales each column so that its maximum, if positive, becomes 1. */
export const colMaxUpscale = (x: DenseMatrix): Dense => divideColumns(x, foldColumns(x, maxOf));

/** Zero where the mask is true or missing; a mask without columns masks nothing. */
export function maskMatrix(mask: readonly (readonly boolean[])[], x: DenseMatrix): Dense {
  if (mask.length === 0 || mask[0]!.length === 0) return copy(x);
  return x.map((row, r) => row.map((value, c) => ((mask[r]?.[c] ?? true) ? ZERO : value)));
}

/** Replaces masked rows by zero rows as wide as the first row. */
export function maskRows(mask: readonly boolean[], x: DenseMatrix): Dense {
  const columns = x[0]?.length ?? 0;
  return x.map((row, r) => ((mask[r] ?? true) ? new Array<I32F32Bits>(columns).fill(ZERO) : [...row]));
}

/** Zero in masked columns. */
export const maskCols = (mask: readonly boolean[], x: DenseMatrix): Dense =>
  x.map((row) => row.map((value, c) => ((mask[c] ?? true) ? ZERO : value)));

/** Zero on the diagonal of a square matrix; any other shape stays as it is. */
export function maskDiag(x: DenseMatrix): Dense {
  if (isDegenerate(x) || x.length !== x[0]!.length) return copy(x);
  return x.map((row, i) => row.map((value, j) => (i === j ? ZERO : value)));
}

/** As {@link maskDiag}, but the cell at (exceptIndex, exceptIndex) stays. */
export function maskDiagExceptIndex(x: DenseMatrix, exceptIndex: number): Dense {
  if (isDegenerate(x) || x.length !== x[0]!.length) return copy(x);
  return x.map((row, i) => row.map((value, j) => (i === j && i !== exceptIndex ? ZERO : value)));
}

/** Row i scaled by vector[i]; stops where the vector ends. */
export function rowHadamard(x: DenseMatrix, vector: FixedVector): Dense {
  if (isDegenerate(x)) return [[]];
  return x.slice(0, vector.length).map((row, i) => row.map((value) => saturatingMul(vector[i]!, value)));
}

/** result_j = Σ_i vector_i · x_ij. */
export function matmul(x: DenseMatrix, vector: FixedVector): I32F32Bits[] {
  if (isDegenerate(x)) return [];
  const result = new Array<I32F32Bits>(x[0]!.length).fill(ZERO);
  x.forEach((row, i) => {
    const scale = vector[i] ?? ZERO;
    row.slice(0, result.length).forEach((value, j) => {
      result[j] = saturatingAdd(result[j]!, saturatingMul(scale, value));
    });
  });
  return result;
}

/** result_i = Σ_j vector_j · x_ij. */
export function matmulTranspose(x: DenseMatrix, vector: FixedVector): I32F32Bits[] {
  if (isDegenerate(x)) return [];
  return x.map((row) =>
    row
      .slice(0, vector.length)
      .reduce((total, value, j) => saturatingAdd(total, saturatingMul(value, vector[j]!)), ZERO),
  );
}

/** Row-wise product with a vector, element by element. */
export function matVecMul(x: DenseMatrix, vector: FixedVector): Dense {
  if (isDegenerate(x)) return [[]];
  return x.map((row) => vecMul(row, vector));
}

/** minOf(value, threshold of the column); columns without a threshold stay. */
export const colClip = (x: DenseMatrix, threshold: FixedVector): Dense =>
  x.map((row) => row.map((value, c) => (c < threshold.length ? minOf(threshold[c]!, value) : value)));

/** a + ratio · (b − a); exactly a or b for ratio 0 or 1. Cells that `b` lacks become zero. */
export function interpolate(a: DenseMatrix, b: DenseMatrix, ratio: I32F32Bits): Dense {
  if (ratio === ZERO) return copy(a);
  if (ratio === ONE) return copy(b);
  if (isDegenerate(a)) return [[]];
  const columns = a[0]!.length;
  return a.map((rowA, i) => {
    const rowB = b[i] ?? [];
    return Array.from({ length: columns }, (_, j) => {
      const from = rowA[j];
      const to = rowB[j];
      if (from === undefined || to === undefined) return ZERO;
      return saturatingAdd(from, saturatingMul(ratio, saturatingSub(to, from)));
    });
  });
}

/** Exponential moving average alpha · next + (1 − alpha) · previous. */
export function matEma(next: DenseMatrix, previous: DenseMatrix, alpha: I32F32Bits): Dense {
  if (isDegenerate(next)) return [[]];
  const rest = saturatingSub(ONE, alpha);
  return next
    .slice(0, previous.length)
    .map((row, i) =>
      row
        .slice(0, previous[i]!.length)
        .map((value, j) => saturatingAdd(saturatingMul(alpha, value), saturatingMul(rest, previous[i]![j]!))),
    );
}

/** As {@link matEma} with one alpha per cell, and clamped to [0, 1]. Mismatched shapes return an input unchanged. */
export function matEmaAlpha(next: DenseMatrix, previous: DenseMatrix, alpha: DenseMatrix): Dense {
  if (isDegenerate(next)) return [[]];
  if (next.length !== previous.length || next.length !== alpha.length) return copy(previous);
  const sameShape = next.every((row, i) => row.length === previous[i]!.length && row.length === alpha[i]!.length);
  if (!sameShape) return copy(next);
  return next.map((row, i) =>
    row.map((value, j) => {
      const a = alpha[i]![j]!;
      const decayed = saturatingMul(saturatingSub(ONE, a), previous[i]![j]!);
      return minOf(saturatingAdd(decayed, maxOf(saturatingMul(a, value), ZERO)), ONE);
    }),
  );
}
