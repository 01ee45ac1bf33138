import { I96F32, U64F64 } from '../../../fixed/fixed.ts';
import { minOf, saturatingSub } from '../../../fixed/integer.ts';

/** What one step of a subnet's moving price depends on. */
export interface MovingPriceStep {
  readonly currentBlock: bigint;
  /** `FirstEmissionBlockNumber`, 0 where there is none. */
  readonly firstEmissionBlock: bigint;
  /** `EMAPriceHalvingBlocks`. */
  readonly halvingBlocks: bigint;
  /** `SubnetMovingAlpha`. */
  readonly movingAlpha: I96F32;
  /** Moving price so far, 1 where the subnet has no price of its own: see `movingPriceOf`. */
  readonly movingPrice: U64F64;
  /** Price of alpha in the pool now. */
  readonly price: U64F64;
}

/** The stored moving price as the unsigned value that the chain computes with. */
export function movingPriceOf(stored: I96F32): U64F64 {
  return U64F64.saturatingFrom(I96F32, stored);
}

/**
 * The next moving price: an exponential average of the price, capped at 1, that gains weight with the age of the subnet.
 *
 * @returns the value to store
 * Source: pallets/subtensor staking/stake_utils.rs `update_moving_price`.
 */
export function nextMovingPrice(step: MovingPriceStep): I96F32 {
  const startCallBlock = saturatingSub(step.firstEmissionBlock, 1n);
  const age = U64F64.saturatingFromNum(saturatingSub(step.currentBlock, startCallBlock));
  const maturity = U64F64.safeDiv(age, U64F64.saturatingAdd(age, U64F64.saturatingFromNum(step.halvingBlocks)));
  const alpha = U64F64.saturatingMul(U64F64.saturatingFrom(I96F32, step.movingAlpha), maturity);
  const current = U64F64.saturatingMul(alpha, minOf(step.price, U64F64.one));
  const past = U64F64.saturatingMul(U64F64.saturatingSub(U64F64.one, alpha), step.movingPrice);
  return I96F32.saturatingFrom(U64F64, U64F64.saturatingAdd(current, past));
}
