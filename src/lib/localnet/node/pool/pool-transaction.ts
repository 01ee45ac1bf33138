import type { Hex } from '../../scale/bytes.ts';

/** A transaction that the runtime found valid. */
export interface PoolTransaction {
  /** blake2-256 of the bytes. */
  readonly hash: Hex;
  /** As they will stand in the block, length prefix included. */
  readonly bytes: Uint8Array;
  readonly priority: bigint;
  /** Tags (hex) that must be provided before this one may enter a block. */
  readonly requires: readonly Hex[];
  readonly provides: readonly Hex[];
  /** Last block at which it is valid. */
  readonly validTill: bigint;
  /** Order of arrival. */
  readonly arrival: number;
}

/** Which of two should stand first in a block: higher priority, then shorter life, then earlier arrival. Negative: `a`. */
export function compareForBlock(a: PoolTransaction, b: PoolTransaction): number {
  if (a.priority !== b.priority) return a.priority > b.priority ? -1 : 1;
  if (a.validTill !== b.validTill) return a.validTill < b.validTill ? -1 : 1;
  return a.arrival - b.arrival;
}
