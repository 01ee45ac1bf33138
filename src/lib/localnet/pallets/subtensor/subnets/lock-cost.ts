import { I64F64 } from '../../../fixed/fixed.ts';
import { maxOf, safeDivInt, saturatingMulU64, saturatingSub } from '../../../fixed/integer.ts';

/** What the cost of the next subnet depends on; amounts in rao, times in blocks. */
export interface LockCostInput {
  /** Cost of the last subnet. */
  readonly lastLock: bigint;
  readonly minLock: bigint;
  /** Block of the last registration of a subnet, 0 before the first. */
  readonly lastLockBlock: bigint;
  readonly currentBlock: bigint;
  /** Blocks in which the cost falls by `lastLock`; see `lockReductionInterval`. */
  readonly lockReductionInterval: bigint;
}

const FULL_EMISSION = I64F64.saturatingFromNum(1_000_000_000n);

/**
 * Cost of registering a subnet: twice the last one (once, before the first), falling linearly, never below the minimum.
 * Source: pallets/subtensor coinbase/root.rs `get_network_lock_cost`.
 */
export function networkLockCost(input: LockCostInput): bigint {
  const { lastLock, minLock, lastLockBlock, currentBlock, lockReductionInterval } = input;
  const start = saturatingMulU64(lastLock, lastLockBlock === 0n ? 1n : 2n);
  const perBlock = safeDivInt(lastLock, lockReductionInterval);
  const reduction = saturatingMulU64(perBlock, saturatingSub(currentBlock, lastLockBlock));
  return maxOf(saturatingSub(start, reduction), minLock);
}

/**
 * The stored interval, shortened as the block emission halves.
 *
 * @param interval `NetworkLockReductionInterval`, blocks
 * @param blockEmission rao per block at the current issuance
 * Source: pallets/subtensor coinbase/root.rs `get_lock_reduction_interval`.
 */
export function lockReductionInterval(interval: bigint, blockEmission: bigint): bigint {
  const halving = I64F64.safeDiv(I64F64.saturatingFromNum(blockEmission), FULL_EMISSION);
  return I64F64.saturatingToU64(I64F64.saturatingMul(I64F64.saturatingFromNum(interval), halving));
}
