import { U64F64 } from '../../fixed/fixed.ts';
import { saturatingAddU64, saturatingSub } from '../../fixed/integer.ts';
import type { Perquintill } from '../../fixed/perquintill.ts';
import { calculateBaseDeltaIn, calculatePrice, calculateQuoteDeltaIn, expBaseQuote, expQuoteBase } from './balancer.ts';

/** One swap through a pool as a pure function. Source: pallets/swap/src/pallet/swap_step.rs. */

/** Which way: `buy` pays TAO for alpha, `sell` pays alpha for TAO. */
export type Side = 'buy' | 'sell';

/** A pool at rest. Reserves in rao. */
export interface Pool {
  readonly tao: bigint;
  readonly alpha: bigint;
  readonly quoteWeight: Perquintill;
  /** Parts of 65535. */
  readonly feeRate: number;
}

/** What a swap moved. Amounts are rao: paid in and fees in the currency that was paid, paid out in the other. */
export interface SwapResult {
  /** What entered the pool, without the fee. */
  readonly amountPaidIn: bigint;
  readonly amountPaidOut: bigint;
  readonly feePaid: bigint;
  /** The part of the fee that belongs to the block's author: all of it, unless nothing was swapped. */
  readonly feeToBlockAuthor: bigint;
}

const U16_MAX_FIXED = U64F64.saturatingFromNum(65_535n);

/** The fee of an amount that includes it, rounded down. */
export function feeOf(amount: bigint, feeRate: number): bigint {
  const rate = U64F64.safeDiv(U64F64.saturatingFromNum(BigInt(feeRate)), U16_MAX_FIXED);
  return U64F64.saturatingToU64(U64F64.saturatingMul(U64F64.saturatingFromNum(amount), rate));
}

/** The fee that comes on top of an amount. */
function feeOnTop(amount: bigint, feeRate: number): bigint {
  const rate = U64F64.saturatingFromNum(BigInt(feeRate));
  const onTop = U64F64.safeDiv(rate, U64F64.saturatingSub(U16_MAX_FIXED, rate));
  return U64F64.saturatingToU64(U64F64.saturatingMul(U64F64.saturatingFromNum(amount), onTop));
}

/** What the pool pays out for an amount, rounded down. */
function convertDeltas({ tao, alpha, quoteWeight }: Pool, side: Side, deltaIn: bigint): bigint {
  const remaining =
    side === 'buy' ? expQuoteBase(quoteWeight, tao, deltaIn) : expBaseQuote(quoteWeight, alpha, deltaIn);
  const reserve = U64F64.saturatingFromNum(side === 'buy' ? alpha : tao);
  return U64F64.saturatingToU64(U64F64.saturatingMul(reserve, U64F64.saturatingSub(U64F64.one, remaining)));
}

function priceAfter({ tao, alpha, quoteWeight }: Pool, side: Side, deltaIn: bigint, deltaOut: bigint): U64F64 {
  return side === 'buy'
    ? calculatePrice(quoteWeight, saturatingSub(alpha, deltaOut), saturatingAddU64(tao, deltaIn))
    : calculatePrice(quoteWeight, saturatingAddU64(alpha, deltaIn), saturatingSub(tao, deltaOut));
}

/**
 * Swaps as much of `amount` as the limit allows.
 *
 * @param fee the fee of the whole amount (0 where fees are dropped)
 * @param currentPrice and `limitPrice` U64F64 bits of TAO per alpha
 * @returns null when something would be paid in and nothing out
 */
export function swapStep(
  pool: Pool,
  side: Side,
  amount: bigint,
  fee: bigint,
  currentPrice: U64F64,
  limitPrice: U64F64,
  dropFees: boolean,
): SwapResult | null {
  let deltaIn = saturatingSub(amount, fee);
  let deltaOut = convertDeltas(pool, side, deltaIn);
  let feePaid = fee;
  const target = priceAfter(pool, side, deltaIn, deltaOut);
  if (side === 'buy' ? target > limitPrice : target < limitPrice) {
    deltaIn =
      side === 'buy'
        ? calculateQuoteDeltaIn(pool.quoteWeight, currentPrice, limitPrice, pool.tao)
        : calculateBaseDeltaIn(pool.quoteWeight, currentPrice, limitPrice, pool.alpha);
    deltaOut = convertDeltas(pool, side, deltaIn);
    feePaid = feeOnTop(deltaIn, dropFees ? 0 : pool.feeRate);
  }
  if (deltaIn !== 0n && deltaOut === 0n) return null;
  return {
    amountPaidIn: deltaIn,
    amountPaidOut: deltaOut,
    feePaid,
    feeToBlockAuthor: deltaIn === 0n ? 0n : feePaid,
  };
}
