/** Checks of epoch-math-*.json: every function of the chain's epoch/math.rs against our exact forms. */

import { alphaSigmoid } from '../pallets/subtensor/epoch/liquid-alpha.ts';
import * as dense from '../pallets/subtensor/epoch/math/dense.ts';
import { ZERO } from '../pallets/subtensor/epoch/math/i32f32.ts';
import * as scalar from '../pallets/subtensor/epoch/math/scalar.ts';
import * as sparse from '../pallets/subtensor/epoch/math/sparse.ts';
import type { SparseEntry } from '../pallets/subtensor/epoch/math/types.ts';
import * as vector from '../pallets/subtensor/epoch/math/vector.ts';
import {
  weightedMedian,
  weightedMedianCol,
  weightedMedianColSparse,
} from '../pallets/subtensor/epoch/math/weighted-median.ts';
import { compareRow, type VectorFormat, type VectorRow } from './format.ts';
import {
  bigOf,
  booleanOf,
  hasOnlyKeys,
  isObject,
  listOf,
  numberOf,
  objectOf,
  textOf,
  VectorFormatError,
} from './json.ts';

type Row = readonly unknown[];

/** How the rows of one section are checked. */
interface Section {
  /** Columns that hold results; the others are inputs. */
  readonly results: readonly number[];
  /** What our functions give for a row: one value per result column, in their order. */
  readonly compute: (row: Row) => readonly unknown[];
}

const section = (results: Section['results'], compute: Section['compute']): Section => ({ results, compute });

const bits = (x: unknown): bigint => bigOf(x);
const vec = (x: unknown): bigint[] => listOf(x).map((value) => bigOf(value));
const matrix = (x: unknown): bigint[][] => listOf(x).map(vec);
const numbers = (x: unknown): number[] => listOf(x).map((value) => numberOf(value));
const flags = (x: unknown): boolean[] => listOf(x).map((value) => booleanOf(value));
const flagMatrix = (x: unknown): boolean[][] => listOf(x).map(flags);
const rows = (x: unknown): SparseEntry[][] =>
  listOf(x).map((row) =>
    listOf(row).map((entry): SparseEntry => {
      const [column, value] = listOf(entry);
      return [numberOf(column), bigOf(value)];
    }),
  );

const isLessOrEqual = (a: bigint, b: bigint): boolean => a <= b;
const isLess = (a: bigint, b: bigint): boolean => a < b;

const VECTOR_SECTIONS: Record<string, Section> = {
  alpha_sigmoid: section([6], (r) => [
    alphaSigmoid(bits(r[0]), bits(r[1]), bits(r[2]), { low: bits(r[3]), high: bits(r[4]), steepness: bits(r[5]) }),
  ]),
  checked_sum_u64: section([1], (r) => [vector.checkedSumU64(vec(r[0]))]),
  clamp_value: section([3], (r) => [scalar.clampValue(bits(r[0]), bits(r[1]), bits(r[2]))]),
  fixed64: section([1, 2], (r) => [scalar.fixed64ToFixed32(bits(r[0])), scalar.fixed64ToU64(bits(r[0]))]),
  fixed_conversions: section([1, 2, 3, 4, 5], (r) => {
    const x = bits(r[0]);
    return [
      scalar.fixedToU16(x),
      scalar.fixedToU64(x),
      scalar.fixedToFixedU16Proportion(x),
      scalar.fixedProportionToU16(x),
      scalar.fixed32ToFixed64(x),
    ];
  }),
  inplace_normalize_64: section([1, 2, 3], (r) => {
    const normalized = vector.normalize64(vec(r[0]));
    return [normalized, vector.vecFixed64ToFixed32(normalized), vector.rowNormalize64([vec(r[0])])[0]];
  }),
  inplace_normalize_using_sum: section([2], (r) => [vector.normalizeUsingSum(vec(r[0]), bits(r[1]))]),
  sigmoid_safe: section([3], (r) => [scalar.sigmoidSafe(bits(r[0]), bits(r[1]), bits(r[2]))]),
  topk: section([2, 3], (r) => [
    vector.isTopk(vec(r[0]), numberOf(r[1])),
    vector.isTopkNonzero(vec(r[0]), numberOf(r[1])),
  ]),
  u16_proportion: section([1, 2, 3], (r) => {
    const x = numberOf(r[0]);
    const proportion = scalar.u16ProportionToFixed(x);
    return [scalar.u16ToFixed(x), proportion, scalar.fixedProportionToU16(proportion)];
  }),
  vec_u16: section([1, 3], (r) => [
    vector.vecU16MaxUpscaleToU16(numbers(r[0])),
    vector.checkVecMaxLimited(numbers(r[0]), numberOf(r[2])),
  ]),
  vec_vec: section([2, 3], (r) => [vector.vecdiv(vec(r[0]), vec(r[1])), vector.vecMul(vec(r[0]), vec(r[1]))]),
  vector_basic: section([1, 2, 3, 4, 5], (r) => {
    const x = vec(r[0]);
    const normalized = vector.normalize(x);
    return [vector.sum(x), vector.isZero(x), normalized, normalized, vector.vecMaxUpscaleToU16(x)];
  }),
};

const DENSE_SECTIONS: Record<string, Section> = {
  inplace_col_max_upscale: section([1], (r) => [dense.colMaxUpscale(matrix(r[0]))]),
  inplace_col_normalize: section([1], (r) => [dense.colNormalize(matrix(r[0]))]),
  inplace_mask_diag: section([1], (r) => [dense.maskDiag(matrix(r[0]))]),
  inplace_mask_diag_except_index: section([2], (r) => [dense.maskDiagExceptIndex(matrix(r[0]), numberOf(r[1]))]),
  inplace_row_normalize: section([1], (r) => [dense.rowNormalize(matrix(r[0]))]),
  masks: section([2, 4, 6, 7], (r) => {
    const x = matrix(r[0]);
    return [
      dense.maskRows(flags(r[1]), x),
      dense.maskCols(flags(r[3]), x),
      dense.maskMatrix(flagMatrix(r[5]), x),
      vector.maskVector(flags(r[3]), x[0] ?? []),
    ];
  }),
  mat_mat: section([3, 5, 6], (r) => {
    const [a, b, ratio] = [matrix(r[0]), matrix(r[1]), bits(r[2])];
    return [dense.matEma(a, b, ratio), dense.matEmaAlpha(a, b, matrix(r[4])), dense.interpolate(a, b, ratio)];
  }),
  mat_vec: section([3, 4, 5, 6, 7], (r) => {
    const [x, byRow, byColumn] = [matrix(r[0]), vec(r[1]), vec(r[2])];
    return [
      dense.rowHadamard(x, byRow),
      dense.matmul(x, byRow),
      dense.matmulTranspose(x, byColumn),
      dense.matVecMul(x, byColumn),
      dense.colClip(x, byColumn),
    ];
  }),
  row_sum: section([1], (r) => [dense.rowSum(matrix(r[0]))]),
  weighted_median: section([4], (r) => {
    const [stake, score] = [vec(r[0]), vec(r[1])];
    return [
      weightedMedian(
        stake,
        score,
        stake.map((_, i) => i),
        bits(r[2]),
        ZERO,
        bits(r[3]),
      ),
    ];
  }),
  weighted_median_col: section([3, 4], (r) => {
    const [stake, score, majority] = [vec(r[0]), matrix(r[1]), bits(r[2])];
    const entries = score.map((row) => row.flatMap((value, j): SparseEntry[] => (value === ZERO ? [] : [[j, value]])));
    return [
      weightedMedianCol(stake, score, majority),
      weightedMedianColSparse(stake, entries, score[0]?.length ?? 0, majority),
    ];
  }),
};

const SPARSE_SECTIONS: Record<string, Section> = {
  mask: section([2, 5, 6, 8], (r) => {
    const [x, first, second] = [rows(r[0]), vec(r[3]), vec(r[4])];
    return [
      sparse.maskRowsSparse(flags(r[1]), x),
      sparse.vecMaskSparseMatrix(x, first, second, isLessOrEqual),
      sparse.vecMaskSparseMatrix(x, first, second, isLess),
      sparse.scalarVecMaskSparseMatrix(x, bits(r[7]), second, isLessOrEqual),
    ];
  }),
  mat_mat: section([4, 6, 7], (r) => {
    const [a, b, columns, ratio] = [rows(r[0]), rows(r[1]), numberOf(r[2]), bits(r[3])];
    return [
      sparse.matEmaSparse(a, b, ratio),
      sparse.matEmaAlphaSparse(a, b, matrix(r[5])),
      sparse.interpolateSparse(a, b, columns, ratio),
    ];
  }),
  mat_vec: section([4, 5, 6, 7, 8], (r) => {
    const [x, columns, byRow, byColumn] = [rows(r[0]), numberOf(r[1]), vec(r[2]), vec(r[3])];
    return [
      sparse.rowHadamardSparse(x, byRow),
      sparse.matmulSparse(x, byRow, columns),
      sparse.matmulTransposeSparse(x, byColumn),
      sparse.matVecMulSparse(x, byColumn),
      sparse.colClipSparse(x, byColumn),
    ];
  }),
  unary: section([2, 3, 4, 5, 6, 7], (r) => {
    const [x, columns] = [rows(r[0]), numberOf(r[1])];
    return [
      sparse.rowNormalizeSparse(x),
      sparse.colNormalizeSparse(x, columns),
      sparse.colMaxUpscaleSparse(x, columns),
      sparse.rowSumSparse(x),
      sparse.maskDiagSparse(x),
      sparse.maskDiagSparseExceptIndex(x, 2),
    ];
  }),
};

const ROUNDTRIP_MISMATCH = 'u16_proportion_roundtrip_mismatch';

/** All u16 values that the way to a proportion and back changes: how many, and the first of them. */
function* checkRoundtrip(recorded: unknown): Generator<VectorRow> {
  const { count, first } = objectOf(recorded, ROUNDTRIP_MISMATCH);
  const mismatches = Array.from({ length: 65536 }, (_, x) => x).filter(
    (x) => scalar.fixedProportionToU16(scalar.u16ProportionToFixed(x)) !== x,
  );
  yield compareRow(ROUNDTRIP_MISMATCH, [
    ['count', mismatches.length, count],
    ['first', mismatches.slice(0, listOf(first).length), first],
  ]);
}

/** Dense and sparse files share section names; the columns of sparse ones name the chain's sparse functions. */
function sectionOf(name: string, columns: readonly string[]): Section {
  const isSparse = columns.some((column) => column.includes('_sparse'));
  const found = isSparse ? SPARSE_SECTIONS[name] : (VECTOR_SECTIONS[name] ?? DENSE_SECTIONS[name]);
  if (found === undefined) throw new VectorFormatError(`unknown section ${name}`);
  return found;
}

function* checkSection(name: string, recorded: unknown): Generator<VectorRow> {
  const table = objectOf(recorded, name);
  const columns = listOf(table.columns, `${name}.columns`).map((column) => textOf(column));
  const { results, compute } = sectionOf(name, columns);
  for (const [i, raw] of listOf(table.cases, `${name}.cases`).entries()) {
    const row = listOf(raw);
    const ours = compute(row);
    yield compareRow(
      `${name}[${i}]`,
      results.map((column, k) => [columns[column] ?? `column ${column}`, ours[k], row[column]]),
    );
  }
}

const SECTION_NAMES = [VECTOR_SECTIONS, DENSE_SECTIONS, SPARSE_SECTIONS]
  .flatMap(Object.keys)
  .concat(ROUNDTRIP_MISMATCH);

/** Functions of the epoch on vectors, dense and sparse matrices: one section per function or group of functions. */
export const epochMathFormat: VectorFormat = {
  name: 'epoch mathematics',
  recognises: (json) => hasOnlyKeys(json, SECTION_NAMES) && Object.values(json).every(isObject),
  *check(json) {
    for (const [name, recorded] of Object.entries(objectOf(json))) {
      if (name === ROUNDTRIP_MISMATCH) yield* checkRoundtrip(recorded);
      else yield* checkSection(name, recorded);
    }
  },
};
