/**
 * Sparse matrix functions of the epoch (chain: pallets/subtensor/src/epoch/math.rs). All return new matrices.
 * Entries keep their stored order; entries outside the column range are ignored or left alone, as on the chain.
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
import type { DenseMatrix, FixedVector, SparseEntry, SparseMatrix } from './types.ts';

type Sparse = SparseEntry[][];

const copy = (x: SparseMatrix): Sparse => x.map((row) => [...row]);
const rowTotal = (row: readonly SparseEntry[]): I32F32Bits => wrappingSum(row.map(([, value]) => value));
const zeros = (length: number): I32F32Bits[] => new Array<I32F32Bits>(length).fill(ZERO);
const mapEntries = (x: SparseMatrix, f: (value: I32F32Bits, column: number, row: number) => I32F32Bits): Sparse =>
  x.map((row, i) => row.map(([j, value]) => [j, f(value, j, i)]));

/** Scales each row with a positive sum to sum 1. */
export function rowNormalizeSparse(x: SparseMatrix): Sparse {
  return x.map((row) => {
    const total = rowTotal(row);
    return total > ZERO ? row.map(([j, value]) => [j, safeDiv(value, total)]) : [...row];
  });
}

/** Sum of each row. */
export const rowSumSparse = (x: SparseMatrix): I32F32Bits[] => x.map(rowTotal);

function foldColumns(
  x: SparseMatrix,
  columns: number,
  fold: (acc: I32F32Bits, value: I32F32Bits) => I32F32Bits,
): I32F32Bits[] {
  const result = zeros(columns);
  for (const row of x) for (const [j, value] of row) if (j < columns) result[j] = fold(result[j]!, value);
  return result;
}

const divideColumns = (x: SparseMatrix, divisors: FixedVector): Sparse =>
  mapEntries(x, (value, j) => {
    const divisor = divisors[j] ?? ZERO;
    return divisor === ZERO ? value : safeDiv(value, divisor);
  });

/** Scales each column with a non-zero sum to sum 1. */
export const colNormalizeSparse = (x: SparseMatrix, columns: number): Sparse =>
  divideColumns(x, foldColumns(x, columns, saturatingAdd));

/** Scales each column so that its maximum, if positive, becomes 1. */
export const colMaxUpscaleSparse = (x: SparseMatrix, columns: number): Sparse =>
  divideColumns(x, foldColumns(x, columns, maxOf));

/** Empties rows whose mask is true or missing. */
export const maskRowsSparse = (mask: readonly boolean[], x: SparseMatrix): Sparse =>
  x.map((row, i) => ((mask[i] ?? true) ? [] : [...row]));

/** Removes the diagonal. */
export const maskDiagSparse = (x: SparseMatrix): Sparse => x.map((row, i) => row.filter(([j]) => i !== j));

/** Removes the diagonal but for the entry at (exceptIndex, exceptIndex). */
export const maskDiagSparseExceptIndex = (x: SparseMatrix, exceptIndex: number): Sparse =>
  x.map((row, i) => row.filter(([j]) => i !== j || i === exceptIndex));

/** Removes entry (i, j) where `isMasked(first[i], second[j])`; missing numbers count as 0. */
export const vecMaskSparseMatrix = (
  x: SparseMatrix,
  first: ArrayLike<bigint>,
  second: ArrayLike<bigint>,
  isMasked: (first: bigint, second: bigint) => boolean,
): Sparse => x.map((row, i) => row.filter(([j]) => !isMasked(first[i] ?? 0n, second[j] ?? 0n)));

/** Removes entry (i, j) where `isMasked(scalar, vector[j])`; missing numbers count as 0. */
export const scalarVecMaskSparseMatrix = (
  x: SparseMatrix,
  scalar: bigint,
  vector: ArrayLike<bigint>,
  isMasked: (scalar: bigint, element: bigint) => boolean,
): Sparse => x.map((row) => row.filter(([j]) => !isMasked(scalar, vector[j] ?? 0n)));

/** Row i scaled by vector[i]; stops where the vector ends. */
export const rowHadamardSparse = (x: SparseMatrix, vector: FixedVector): Sparse =>
  mapEntries(x.slice(0, vector.length), (value, _, i) => saturatingMul(value, vector[i]!));

/** result_j = Σ_i vector_i · x_ij. */
export function matmulSparse(x: SparseMatrix, vector: FixedVector, columns: number): I32F32Bits[] {
  const result = zeros(columns);
  x.forEach((row, i) => {
    const scale = vector[i] ?? ZERO;
    for (const [j, value] of row) {
      if (j < columns) result[j] = saturatingAdd(result[j]!, saturatingMul(scale, value));
    }
  });
  return result;
}

/** result_i = Σ_j vector_j · x_ij. */
export const matmulTransposeSparse = (x: SparseMatrix, vector: FixedVector): I32F32Bits[] =>
  x.map((row) =>
    row.reduce((total, [j, value]) => saturatingAdd(total, saturatingMul(vector[j] ?? ZERO, value)), ZERO),
  );

/** Entries times vector[j]; zero products and columns beyond the vector are dropped. */
export const matVecMulSparse = (x: SparseMatrix, vector: FixedVector): Sparse =>
  x.map((row) =>
    row.flatMap(([j, value]): SparseEntry[] => {
      const product = j < vector.length ? saturatingMul(value, vector[j]!) : ZERO;
      return product === ZERO ? [] : [[j, product]];
    }),
  );

/** min(value, threshold of the column); an entry clipped to a threshold of zero or less is dropped. */
export const colClipSparse = (x: SparseMatrix, threshold: FixedVector): Sparse =>
  x.map((row) =>
    row.flatMap(([j, value]): SparseEntry[] => {
      const limit = threshold[j] ?? ZERO;
      if (limit >= value) return [[j, value]];
      return limit > ZERO ? [[j, limit]] : [];
    }),
  );

function densify(row: readonly SparseEntry[], columns: number): I32F32Bits[] {
  const result = zeros(columns);
  for (const [j, value] of row) if (j < columns) result[j] = value;
  return result;
}

/** Positive cells of a dense row, by ascending column. */
const positives = (row: FixedVector): SparseEntry[] =>
  row.flatMap((value, j): SparseEntry[] => (value > ZERO ? [[j, value]] : []));

/** a + ratio · (b − a), positives only; exactly a or b (explicit zeros and order included) for ratio 0 or 1. */
export function interpolateSparse(a: SparseMatrix, b: SparseMatrix, columns: number, ratio: I32F32Bits): Sparse {
  if (ratio === ZERO) return copy(a);
  if (ratio === ONE || a.length !== b.length) return copy(b);
  return a.map((row, i) => {
    const from = densify(row, columns);
    const to = densify(b[i]!, columns);
    return positives(from.map((v, j) => saturatingAdd(v, saturatingMul(ratio, saturatingSub(to[j]!, v)))));
  });
}

/**
 * alpha · next + (1 − alpha) · previous, positives only, by ascending column.
 * The matrix is taken as square: columns beyond the number of rows are dropped.
 */
export function matEmaSparse(next: SparseMatrix, previous: SparseMatrix, alpha: I32F32Bits): Sparse {
  const rest = saturatingSub(ONE, alpha);
  return next.map((row, i) => {
    const cells = zeros(next.length);
    const accumulate = (entries: readonly SparseEntry[], factor: I32F32Bits): void => {
      for (const [j, value] of entries) {
        if (j < cells.length) cells[j] = saturatingAdd(cells[j]!, saturatingMul(factor, value));
      }
    };
    accumulate(row, alpha);
    accumulate(previous[i] ?? [], rest);
    return positives(cells);
  });
}

/**
 * As {@link matEmaSparse} with one alpha per cell, clamped to [0, 1].
 * Only columns that exist in `next` survive, in the order of `next`: a bond without a current weight is lost.
 */
export function matEmaAlphaSparse(next: SparseMatrix, previous: SparseMatrix, alpha: DenseMatrix): Sparse {
  if (next.length !== previous.length || next.length !== alpha.length) return copy(next);
  return next.map((row, i) => {
    const alphaRow = alpha[i]!;
    const decayed = zeros(alphaRow.length);
    for (const [j, value] of previous[i]!) {
      if (j < decayed.length) decayed[j] = saturatingMul(saturatingSub(ONE, alphaRow[j]!), value);
    }
    return row.flatMap(([j, value]): SparseEntry[] => {
      if (j >= alphaRow.length) return [];
      const increment = maxOf(saturatingMul(alphaRow[j]!, value), ZERO);
      const clamped = minOf(saturatingAdd(decayed[j]!, increment), ONE);
      return clamped > ZERO ? [[j, clamped]] : [];
    });
  });
}
