/** Stored u16 pairs into typed arrays, with the epoch's masks applied on the way. Values are whole numbers. */

import { allocateCsr, type Csr } from '../../../fixed/kernels/csr.ts';
import type { U16Pairs } from './epoch-types.ts';

type StoredRows = readonly (U16Pairs | undefined)[];

const EMPTY: U16Pairs = [];

/** Block numbers as doubles: comparisons with a number below 2^53 stay right however large they are. */
export function toBlockNumbers(blocks: ArrayLike<bigint>, n: number): Float64Array {
  const result = new Float64Array(n);
  for (let uid = 0; uid < n; uid++) result[uid] = Number(blocks[uid] ?? 0n);
  return result;
}

/** What decides which weights count. Numbers are blocks; `commitBlocks` null means that commits mask nothing. */
export interface WeightMasks {
  readonly validatorPermits: readonly boolean[];
  readonly ownerUid: number | null;
  readonly lastUpdate: Float64Array;
  readonly blockAtRegistration: Float64Array;
  readonly commitBlocks: Float64Array | null;
}

const capacityOf = (stored: StoredRows): number => stored.reduce((total, row) => total + (row?.length ?? 0), 0) / 2;

/** Weights after the masks of permit, self, registration and commit. Null when a row names a target twice. */
export function readMaskedWeights(stored: StoredRows, n: number, masks: WeightMasks): Csr | null {
  const { validatorPermits, ownerUid, lastUpdate, blockAtRegistration, commitBlocks } = masks;
  const result = allocateCsr(n, n, capacityOf(stored));
  const seenInRow = new Int32Array(n).fill(-1);
  let q = 0;
  for (let i = 0; i < n; i++) {
    const row = validatorPermits[i] ? (stored[i] ?? EMPTY) : EMPTY;
    const updated = lastUpdate[i]!;
    const committed = commitBlocks === null ? Number.POSITIVE_INFINITY : commitBlocks[i]!;
    const self = i === ownerUid ? -1 : i;
    for (let p = 0; p < row.length; p += 2) {
      const j = row[p]!;
      if (j >= n) continue;
      if (seenInRow[j] === i) return null;
      seenInRow[j] = i;
      const registered = blockAtRegistration[j]!;
      if (j === self || updated <= registered || committed < registered) continue;
      result.column[q] = j;
      result.value[q++] = row[p + 1]!;
    }
    result.start[i + 1] = q;
  }
  return result;
}

/** Bonds in neurons that registered before `lastTempo`. Null when a row names a target twice or one beyond n. */
export function readMaskedBonds(
  stored: StoredRows,
  n: number,
  lastTempo: number,
  blockAtRegistration: Float64Array,
): Csr | null {
  const result = allocateCsr(n, n, capacityOf(stored));
  const seenInRow = new Int32Array(n).fill(-1);
  let q = 0;
  for (let i = 0; i < n; i++) {
    const row = stored[i] ?? EMPTY;
    for (let p = 0; p < row.length; p += 2) {
      const j = row[p]!;
      if (j >= n || seenInRow[j] === i) return null;
      seenInRow[j] = i;
      if (lastTempo <= blockAtRegistration[j]!) continue;
      result.column[q] = j;
      result.value[q++] = row[p + 1]!;
    }
    result.start[i + 1] = q;
  }
  return result;
}
