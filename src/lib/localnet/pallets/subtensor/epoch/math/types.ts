import type { I32F32Bits } from './i32f32.ts';

/** One I32F32 number (raw bits) per uid. */
export type FixedVector = readonly I32F32Bits[];

/** Rows of I32F32 numbers; rows may be ragged where the chain's function allows it. */
export type DenseMatrix = readonly FixedVector[];

/** One entry of a sparse row: column and value. */
export type SparseEntry = readonly [column: number, value: I32F32Bits];

/** Row i holds the entries that exist in row i, in stored order (the order matters: the chain never sorts). */
export type SparseMatrix = readonly (readonly SparseEntry[])[];
