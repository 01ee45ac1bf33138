import { U64F64 } from '../../fixed/fixed.ts';
import { saturatingMulU64, saturatingSub } from '../../fixed/integer.ts';
import { PERQUINTILL_ONE, perquintillFromRational } from '../../fixed/perquintill.ts';
import { DispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { NetworksAdded, SubnetAlphaIn, SubnetMechanism, SubnetTAO } from '../subtensor/storage.ts';
import { calculatePrice, isQuoteWeightAllowed, updateWeightsForAddedLiquidity } from './balancer.ts';
import { errors, FeeRate, PalSwapInitialized, SwapBalancer } from './spec.ts';
import { feeOf, type Side, type SwapResult, swapStep } from './swap-step.ts';

export type { Side, SwapResult } from './swap-step.ts';

/** Swaps between TAO and a subnet's alpha, and the pools' protocol liquidity. Source: pallets/swap/src/pallet/impls.rs. */

/** Lowest and highest price limit, in rao of TAO per 10^9 rao of alpha: what stands for "no limit". */
export const MIN_PRICE = 1_000n;
export const MAX_PRICE = 1_000_000_000_000_000n;

/** A swap pays in at most this many times the reserve that it pays into. */
export const MAX_SWAP_INPUT_RESERVE_MULTIPLIER = 1_000n;
const MINIMUM_RESERVE = 1_000_000n;
const RAO_FIXED = U64F64.saturatingFromNum(1_000_000_000n);

/** Price of alpha in TAO, U64F64 bits: 1 where the subnet has no pool, 0 where the pool has no alpha. */
export function currentAlphaPrice(x: Ext, netuid: number): U64F64 {
  if (SubnetMechanism.get(x, netuid) !== 1) return U64F64.one;
  const alpha = SubnetAlphaIn.get(x, netuid);
  if (alpha === 0n) return 0n;
  return calculatePrice(SwapBalancer.get(x, netuid).quote, alpha, SubnetTAO.get(x, netuid));
}

/** The fee of an amount that includes it, in the amount's currency. */
export function approxFeeAmount(x: Ext, netuid: number, amount: bigint): bigint {
  return SubnetMechanism.get(x, netuid) === 1 ? feeOf(amount, FeeRate.get(x, netuid)) : 0n;
}

/**
 * Gives the pool its weights on first use: even ones, or those at which its reserves have `price` (U64F64 bits).
 *
 * @throws Swap.ReservesOutOfBalance
 */
export function maybeInitializePalswap(x: Ext, netuid: number, price?: U64F64): void {
  if (PalSwapInitialized.get(x, netuid)) return;
  const quote = price === undefined ? PERQUINTILL_ONE / 2n : quoteWeightForPrice(x, netuid, price);
  if (!isQuoteWeightAllowed(quote)) throw errors.ReservesOutOfBalance;
  SwapBalancer.insert(x, netuid, { quote });
  PalSwapInitialized.insert(x, netuid, true);
}

function quoteWeightForPrice(x: Ext, netuid: number, price: U64F64): bigint {
  const tao = SubnetTAO.get(x, netuid);
  const alpha = SubnetAlphaIn.get(x, netuid);
  const whole = U64F64.saturatingToU64(price) * alpha;
  const part = U64F64.toInt(U64F64.saturatingMul(U64F64.saturatingFromNum(alpha), U64F64.frac(price)));
  if (whole + part + tao === 0n) throw errors.ReservesOutOfBalance;
  return perquintillFromRational(tao, whole + part + tao);
}

/** As `maybeInitializePalswap`; a pool whose reserves do not allow it stays as it is. */
export function initSwap(x: Ext, netuid: number, price?: U64F64): void {
  try {
    maybeInitializePalswap(x, netuid, price);
  } catch (thrown) {
    if (!(thrown instanceof DispatchError)) throw thrown;
  }
}

/** What protocol liquidity was accepted: all of it with the price unchanged, or nothing. The reserves are the caller's to change. */
export function adjustProtocolLiquidity(
  x: Ext,
  netuid: number,
  taoDelta: bigint,
  alphaDelta: bigint,
): { readonly tao: bigint; readonly alpha: bigint } {
  const quote = updateWeightsForAddedLiquidity(
    SwapBalancer.get(x, netuid).quote,
    SubnetTAO.get(x, netuid),
    SubnetAlphaIn.get(x, netuid),
    taoDelta,
    alphaDelta,
  );
  if (quote === null) return { tao: 0n, alpha: 0n };
  SwapBalancer.insert(x, netuid, { quote });
  return { tao: taoDelta, alpha: alphaDelta };
}

/** Takes the pool's reserves away and forgets its weights and fee. */
export function clearProtocolLiquidity(x: Ext, netuid: number): void {
  if (SubnetTAO.get(x, netuid) !== 0n) SubnetTAO.insert(x, netuid, 0n);
  if (SubnetAlphaIn.get(x, netuid) !== 0n) SubnetAlphaIn.insert(x, netuid, 0n);
  PalSwapInitialized.remove(x, netuid);
  FeeRate.remove(x, netuid);
  SwapBalancer.remove(x, netuid);
}

/** Alpha worth an amount of TAO at the current price, rounded down. */
export function getAlphaAmountForTao(x: Ext, netuid: number, tao: bigint): bigint {
  if (SubnetMechanism.get(x, netuid) !== 1) return tao;
  return U64F64.saturatingToU64(U64F64.safeDiv(U64F64.saturatingFromNum(tao), currentAlphaPrice(x, netuid)));
}

/**
 * Swaps through the pool. The pool's reserves are the caller's to change: only the pool's first use is written here.
 *
 * @param amount rao of the currency paid in, the fee included
 * @param priceLimit rao of TAO per 10^9 rao of alpha; the rest of the amount stays with the caller
 * @param simulate nothing is written, and more may be paid out than the reserve holds
 * @throws Swap.SwapInputTooLarge, ReservesTooLow, ReservesOutOfBalance, PriceLimitExceeded, InsufficientLiquidity
 */
export function swap(
  x: Ext,
  netuid: number,
  side: Side,
  amount: bigint,
  priceLimit: bigint,
  dropFees: boolean,
  simulate: boolean,
): SwapResult {
  const limit = U64F64.safeDiv(U64F64.saturatingFromNum(priceLimit), RAO_FIXED);
  const body = () => swapInner(x, netuid, side, amount, limit, dropFees);
  if (simulate) return x.simulate(body);
  const reserve = side === 'buy' ? SubnetAlphaIn.get(x, netuid) : SubnetTAO.get(x, netuid);
  const result = x.transact(body);
  if (reserve < result.amountPaidOut) throw errors.InsufficientLiquidity;
  return result;
}

function swapInner(x: Ext, netuid: number, side: Side, amount: bigint, limit: U64F64, dropFees: boolean): SwapResult {
  const tao = SubnetTAO.get(x, netuid);
  const alpha = SubnetAlphaIn.get(x, netuid);
  const [reserveIn, reserveOut] = side === 'buy' ? [tao, alpha] : [alpha, tao];
  const fee = dropFees ? 0n : approxFeeAmount(x, netuid, amount);
  if (saturatingSub(amount, fee) > saturatingMulU64(reserveIn, MAX_SWAP_INPUT_RESERVE_MULTIPLIER))
    throw errors.SwapInputTooLarge;
  if (reserveOut < MINIMUM_RESERVE) throw errors.ReservesTooLow;
  maybeInitializePalswap(x, netuid);
  const price = currentAlphaPrice(x, netuid);
  if (side === 'buy' ? price >= limit : price <= limit) throw errors.PriceLimitExceeded;
  const pool = { tao, alpha, quoteWeight: SwapBalancer.get(x, netuid).quote, feeRate: FeeRate.get(x, netuid) };
  const result = swapStep(pool, side, amount, fee, price, limit, dropFees);
  if (!result) throw errors.ReservesTooLow;
  return result;
}

/**
 * What a swap without a limit would do now, fees included. One to one where the subnet has no pool.
 *
 * @throws as `swap`
 */
export function simSwap(x: Ext, netuid: number, side: Side, amount: bigint): SwapResult {
  if (SubnetMechanism.get(x, netuid) === 1)
    return swap(x, netuid, side, amount, side === 'buy' ? MAX_PRICE : MIN_PRICE, false, true);
  const paid = NetworksAdded.get(x, netuid) ? amount : 0n;
  return { amountPaidIn: paid, amountPaidOut: paid, feePaid: 0n, feeToBlockAuthor: 0n };
}
