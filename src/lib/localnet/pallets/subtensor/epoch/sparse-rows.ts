/** Between stored u16 pairs and the epoch's fixed-point matrices (chain: run_epoch.rs `get_weights_sparse`, `get_bonds_sparse`). */

import type { U16Pairs } from './epoch-types.ts';
import { fixedProportionToU16, u16ToFixed } from './math/scalar.ts';
import type { SparseEntry, SparseMatrix } from './math/types.ts';

type StoredRows = readonly (U16Pairs | undefined)[];

/** Flat pairs from [uid, value] entries. */
export const toU16Pairs = (entries: readonly (readonly [number, number])[]): Uint16Array =>
  Uint16Array.from(entries.flat());

/** [uid, value] entries from flat pairs. */
export const fromU16Pairs = (pairs: U16Pairs): [number, number][] =>
  Array.from({ length: pairs.length / 2 }, (_, k) => [pairs[2 * k]!, pairs[2 * k + 1]!]);

function readRows(rows: StoredRows, n: number, keepsColumn: (column: number) => boolean): SparseMatrix {
  return Array.from({ length: n }, (_, uid) =>
    fromU16Pairs(rows[uid] ?? [])
      .filter(([j]) => keepsColumn(j))
      .map(([j, value]): SparseEntry => [j, u16ToFixed(value)]),
  );
}

/** Weights as whole numbers; targets beyond n are left out. */
export const readWeights = (rows: StoredRows, n: number): SparseMatrix => readRows(rows, n, (j) => j < n);

/** Bonds as whole numbers; targets beyond n stay, as on the chain. */
export const readBonds = (rows: StoredRows, n: number): SparseMatrix => readRows(rows, n, () => true);

/** The rows to store: bonds as u16 proportions for uids with a new permit, empty rows for the others. */
export function writeBonds(n: number, bonds: SparseMatrix, newValidatorPermits: readonly boolean[]): Uint16Array[] {
  return Array.from({ length: n }, (_, uid) =>
    newValidatorPermits[uid]
      ? toU16Pairs((bonds[uid] ?? []).map(([j, value]) => [j, fixedProportionToU16(value)]))
      : new Uint16Array(0),
  );
}
