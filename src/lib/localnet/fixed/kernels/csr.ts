/**
 * Sparse matrices of I32F32 numbers in typed arrays, and the epoch's operations on them.
 *
 * The same functions on bigint stand in pallets/subtensor/epoch/math/sparse.ts; property tests hold the two equal bit for bit.
 * Domain: values in [0, 1] (raw bits up to 2^32) unless a function says otherwise, at most {@link MAX_ROWS} rows, no column twice in a
 * row, all columns below `columns`. Within it no chain operation saturates or wraps, and no sum reaches 2^53.
 */

import { div, mul, ONE, type Q32 } from './q32.ts';

/** Sums of as many ones stay far below 2^53, and below what exact division takes. */
export const MAX_ROWS = 4096;

/** Compressed sparse rows: the entries of row i lie at positions start[i] … start[i + 1] − 1, in stored order. */
export interface Csr {
  readonly rows: number;
  readonly columns: number;
  readonly start: Uint32Array;
  readonly column: Uint16Array;
  /** Raw bits, one per entry; capacity may exceed the number of entries. */
  readonly value: Float64Array;
}

const entryCount = (m: Csr): number => m.start[m.rows]!;

/** An empty matrix with room for `capacity` entries. */
export const allocateCsr = (rows: number, columns: number, capacity: number): Csr => ({
  rows,
  columns,
  start: new Uint32Array(rows + 1),
  column: new Uint16Array(capacity),
  value: new Float64Array(capacity),
});

/** The same entries with other values. */
const withValues = (m: Csr, value: Float64Array): Csr => ({ ...m, value });

/** Sum of a vector. */
export function sum(x: Float64Array): Q32 {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]!;
  return total;
}

/** Scales to sum 1; a zero vector stays. */
export function normalize(x: Float64Array): Float64Array {
  return normalizeUsingSum(x, sum(x));
}

/** Divides by a sum that is at least as large as each value; unchanged for a zero sum. */
export function normalizeUsingSum(x: Float64Array, total: Q32): Float64Array {
  if (total === 0) return x.slice();
  const result = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) result[i] = div(x[i]!, total);
  return result;
}

/** Rows of whole numbers (not raw bits) below 2^16, each scaled to sum 1. */
export function rowNormalizeWhole(m: Csr): Csr {
  const { rows, start, value } = m;
  const result = new Float64Array(entryCount(m));
  for (let i = 0; i < rows; i++) {
    const end = start[i + 1]!;
    let total = 0;
    for (let p = start[i]!; p < end; p++) total += value[p]!;
    if (total === 0) continue;
    for (let p = start[i]!; p < end; p++) result[p] = Math.floor((value[p]! * ONE) / total);
  }
  return withValues(m, result);
}

/** Columns of whole numbers (not raw bits) below 2^16, each scaled to sum 1. */
export function colNormalizeWhole(m: Csr): Csr {
  const { column, value } = m;
  const count = entryCount(m);
  const totals = new Float64Array(m.columns);
  for (let p = 0; p < count; p++) totals[column[p]!]! += value[p]!;
  const result = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    const total = totals[column[p]!]!;
    if (total !== 0) result[p] = Math.floor((value[p]! * ONE) / total);
  }
  return withValues(m, result);
}

/** Sum of each row. */
export function rowSum(m: Csr): Float64Array {
  const { rows, start, value } = m;
  const result = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let p = start[i]!, end = start[i + 1]!; p < end; p++) total += value[p]!;
    result[i] = total;
  }
  return result;
}

/** Scales each column with a non-zero sum to sum 1. */
export function colNormalize(m: Csr): Csr {
  const { column, value } = m;
  const count = entryCount(m);
  const totals = new Float64Array(m.columns);
  for (let p = 0; p < count; p++) totals[column[p]!]! += value[p]!;
  return divideColumns(m, totals);
}

/** Scales each column so that its maximum, if positive, becomes 1. */
export function colMaxUpscale(m: Csr): Csr {
  const { column, value } = m;
  const count = entryCount(m);
  const maxima = new Float64Array(m.columns);
  for (let p = 0; p < count; p++) {
    const j = column[p]!;
    if (maxima[j]! < value[p]!) maxima[j] = value[p]!;
  }
  return divideColumns(m, maxima);
}

function divideColumns(m: Csr, divisors: Float64Array): Csr {
  const { column, value } = m;
  const count = entryCount(m);
  const result = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    const divisor = divisors[column[p]!]!;
    result[p] = divisor === 0 ? value[p]! : div(value[p]!, divisor);
  }
  return withValues(m, result);
}

/** Row i scaled by vector[i]. */
export function rowHadamard(m: Csr, vector: Float64Array): Csr {
  const { rows, start, value } = m;
  const result = new Float64Array(entryCount(m));
  for (let i = 0; i < rows; i++) {
    const scale = vector[i]!;
    for (let p = start[i]!, end = start[i + 1]!; p < end; p++) result[p] = mul(value[p]!, scale);
  }
  return withValues(m, result);
}

/** result_j = Σ_i vector_i · m_ij. */
export function matmul(m: Csr, vector: Float64Array): Float64Array {
  const { rows, start, column, value } = m;
  const result = new Float64Array(m.columns);
  for (let i = 0; i < rows; i++) {
    const scale = vector[i]!;
    if (scale === 0) continue;
    for (let p = start[i]!, end = start[i + 1]!; p < end; p++) result[column[p]!]! += mul(value[p]!, scale);
  }
  return result;
}

/** result_i = Σ_j vector_j · m_ij. */
export function matmulTranspose(m: Csr, vector: Float64Array): Float64Array {
  const { rows, start, column, value } = m;
  const result = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let total = 0;
    for (let p = start[i]!, end = start[i + 1]!; p < end; p++) total += mul(value[p]!, vector[column[p]!]!);
    result[i] = total;
  }
  return result;
}

/** min(value, threshold of the column); an entry clipped to zero is dropped, one that was zero stays. */
export function colClip(m: Csr, threshold: Float64Array): Csr {
  const { rows, start, column, value } = m;
  const result = allocateCsr(rows, m.columns, entryCount(m));
  let q = 0;
  for (let i = 0; i < rows; i++) {
    for (let p = start[i]!, end = start[i + 1]!; p < end; p++) {
      const limit = threshold[column[p]!]!;
      const own = value[p]!;
      if (limit < own && limit === 0) continue;
      result.column[q] = column[p]!;
      result.value[q] = Math.min(limit, own);
      q++;
    }
    result.start[i + 1] = q;
  }
  return result;
}

function scatter(m: Csr, row: number, cells: Float64Array): void {
  for (let p = m.start[row]!, end = m.start[row + 1]!; p < end; p++) cells[m.column[p]!] = m.value[p]!;
}

function clearScattered(m: Csr, row: number, cells: Float64Array): void {
  for (let p = m.start[row]!, end = m.start[row + 1]!; p < end; p++) cells[m.column[p]!] = 0;
}

/** a + ratio · (b − a), positives only, by ascending column; exactly a or b for ratio 0 or 1. */
export function interpolate(a: Csr, b: Csr, ratio: Q32): Csr {
  if (ratio === 0) return a;
  if (ratio === ONE) return b;
  return combineRows(a, b, (from, to) => from + mul(to - from, ratio));
}

/** alpha · next + (1 − alpha) · previous, positives only, by ascending column. */
export function ema(next: Csr, previous: Csr, alpha: Q32): Csr {
  const rest = ONE - alpha;
  return combineRows(next, previous, (current, old) => mul(current, alpha) + mul(old, rest));
}

/** f(a_ij, b_ij) of every cell where a or b has an entry, positives only, by ascending column. f(0, 0) must be 0. */
function combineRows(a: Csr, b: Csr, f: (a: Q32, b: Q32) => Q32): Csr {
  const { rows, columns } = a;
  const capacity = Math.min(entryCount(a) + entryCount(b), rows * columns);
  const result = allocateCsr(rows, columns, capacity);
  const cellsA = new Float64Array(columns);
  const cellsB = new Float64Array(columns);
  let q = 0;
  for (let i = 0; i < rows; i++) {
    if (a.start[i] !== a.start[i + 1] || b.start[i] !== b.start[i + 1]) {
      scatter(a, i, cellsA);
      scatter(b, i, cellsB);
      for (let j = 0; j < columns; j++) {
        const combined = f(cellsA[j]!, cellsB[j]!);
        if (combined > 0) {
          result.column[q] = j;
          result.value[q++] = combined;
        }
      }
      clearScattered(a, i, cellsA);
      clearScattered(b, i, cellsB);
    }
    result.start[i + 1] = q;
  }
  return result;
}
