import type { Reader } from '../../chain/reader.ts';
import { type Tolerance, UNITS_PER_WHOLE } from '../../units.ts';
import type { SubnetSummary } from '../subnet/subnets.ts';

/** What a swap through a subnet's pool would give now. Amounts rao, prices rao of TAO per whole alpha. */
export interface Quote {
  readonly side: 'buy' | 'sell';
  /** Paid by the user, the fee included: TAO for buy, alpha for sell. */
  readonly amountIn: bigint;
  /** Received: alpha for buy, TAO for sell. */
  readonly amountOut: bigint;
  /** Swap fee, in the currency paid in. */
  readonly fee: bigint;
  /** The pool's price now. */
  readonly price: bigint;
  /** What the user effectively pays or gets per alpha, the fee included. */
  readonly effectivePrice: bigint;
  /** The pool's price afterwards. */
  readonly priceAfter: bigint;
  /** How much less than at the present price comes out, fee included, in parts per billion. */
  readonly slippage: bigint;
  /** How far the pool's price moves, in parts per billion (positive). */
  readonly priceImpact: bigint;
}

interface RawSimulation {
  readonly tao_amount: bigint;
  readonly alpha_amount: bigint;
  readonly tao_fee: bigint;
  readonly alpha_fee: bigint;
}

/** Asks the chain what a swap would give. Null when the chain would refuse it: too much for the pool, or too little. */
export async function quoteSwap(
  reader: Reader,
  subnet: SubnetSummary,
  side: 'buy' | 'sell',
  amountIn: bigint,
): Promise<Quote | null> {
  const method = side === 'buy' ? 'sim_swap_tao_for_alpha' : 'sim_swap_alpha_for_tao';
  const raw = await reader.api<RawSimulation>('SwapRuntimeApi', method, subnet.netuid, amountIn);
  const amountOut = side === 'buy' ? raw.alpha_amount : raw.tao_amount;
  if (amountOut === 0n) return null;
  const fee = side === 'buy' ? raw.tao_fee : raw.alpha_fee;
  const { price } = subnet;
  const ideal = side === 'buy' ? (amountIn * UNITS_PER_WHOLE) / price : (amountIn * price) / UNITS_PER_WHOLE;
  const slippage = ideal > amountOut ? ((ideal - amountOut) * UNITS_PER_WHOLE) / ideal : 0n;
  const effectivePrice =
    side === 'buy' ? (amountIn * UNITS_PER_WHOLE) / amountOut : (amountOut * UNITS_PER_WHOLE) / amountIn;
  const priceAfter = priceAfterSwap(subnet, side, amountIn - fee, amountOut);
  const moved = priceAfter > price ? priceAfter - price : price - priceAfter;
  return {
    side,
    amountIn,
    amountOut,
    fee,
    price,
    effectivePrice,
    priceAfter,
    slippage,
    priceImpact: (moved * UNITS_PER_WHOLE) / price,
  };
}

/**
 * The pool's price once a swap has gone through it. The price is a constant times TAO reserve over alpha reserve, so the
 * constant (the pool's weights) cancels out. Root and 1:1 subnets stay at 1.
 */
export function priceAfterSwap(
  { price, taoReserve, alphaReserve, netuid }: SubnetSummary,
  side: 'buy' | 'sell',
  paid: bigint,
  received: bigint,
): bigint {
  if (netuid === 0 || taoReserve === 0n || alphaReserve === 0n) return price;
  const tao = side === 'buy' ? taoReserve + paid : taoReserve - received;
  const alpha = side === 'buy' ? alphaReserve - received : alphaReserve + paid;
  return alpha <= 0n || tao <= 0n ? price : (price * tao * alphaReserve) / (taoReserve * alpha);
}

/** The worst price that a tolerance allows: above the present one for a purchase, below it for a sale. At least 1. */
export function limitPrice(price: bigint, side: 'buy' | 'sell', tolerance: Tolerance): bigint {
  const limit =
    side === 'buy'
      ? (price * (UNITS_PER_WHOLE + tolerance) + UNITS_PER_WHOLE - 1n) / UNITS_PER_WHOLE
      : (price * (UNITS_PER_WHOLE - tolerance)) / UNITS_PER_WHOLE;
  return limit > 0n ? limit : 1n;
}
