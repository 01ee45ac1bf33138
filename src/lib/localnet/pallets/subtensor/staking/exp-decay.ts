import { I64F64, U64F64 } from '../../../fixed/fixed.ts';
import { maxOf } from '../../../fixed/integer.ts';
import { exp } from '../../../fixed/transcendental.ts';

const MIN_RATIO = I64F64.saturatingFromNum(-40n);

/**
 * e^(-dt / tau), the ratio limited to -40: how much of a lock remains. 1 for dt = 0, else 0 for tau = 0.
 *
 * @param dt blocks, u64
 * @param tau time constant in blocks, u64
 * Source: pallets/subtensor staking/lock.rs `exp_decay`.
 */
export function expDecay(dt: bigint, tau: bigint): U64F64 {
  if (dt === 0n) return U64F64.one;
  if (tau === 0n) return 0n;
  const ratio = I64F64.checkedDiv(I64F64.saturatingFromNum(-dt), I64F64.saturatingFromNum(tau)) ?? MIN_RATIO;
  return U64F64.saturatingFrom(I64F64, exp(I64F64, maxOf(ratio, MIN_RATIO)) ?? 0n);
}
