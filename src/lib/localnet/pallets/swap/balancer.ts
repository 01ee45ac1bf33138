import { powRatioScaled } from '../../fixed/big-math.ts';
import { U64F64 } from '../../fixed/fixed.ts';
import { minOf, saturatingAddU64, saturatingSub, U64_MAX, U128_MAX } from '../../fixed/integer.ts';
import { PERQUINTILL_ONE, type Perquintill, perquintillFromRational } from '../../fixed/perquintill.ts';

/**
 * Pure mathematics of a weighted two-asset pool: base is alpha (x), quote is TAO (y), and only the quote weight is stored.
 * Reserves and deltas are u64 rao, prices U64F64 bits of TAO per alpha. Source: pallets/swap/src/pallet/balancer.rs.
 */

/** Both weights of a pool stay at or above 1 %. */
const MIN_WEIGHT: Perquintill = PERQUINTILL_ONE / 100n;
/** Weight of a fresh pool. */
export const DEFAULT_QUOTE_WEIGHT: Perquintill = PERQUINTILL_ONE / 2n;

const SWAP_PRECISION_BITS = 256;
const LIMIT_PRECISION_BITS = 1024;
const SCALE_FIXED = U64F64.saturatingFromNum(PERQUINTILL_ONE);

/** Weight of the alpha side. */
export function baseWeightOf(quoteWeight: Perquintill): Perquintill {
  return PERQUINTILL_ONE - quoteWeight;
}

/** Whether both weights are within [1 %, 99 %]. */
export function isQuoteWeightAllowed(quoteWeight: Perquintill): boolean {
  return quoteWeight >= MIN_WEIGHT && saturatingSub(PERQUINTILL_ONE, quoteWeight) >= MIN_WEIGHT;
}

/** `(reserve / (reserve + delta)) ^ (expNum / expDen)` as U64F64 bits; at most 1 when something is added. */
function reserveRatioPower(reserve: bigint, delta: bigint, expNum: bigint, expDen: bigint): U64F64 {
  const after = delta >= 0n ? saturatingAddU64(reserve, delta) : saturatingSub(reserve, -delta);
  if (after === 0n) return 0n;
  const power = powRatioScaled(reserve, after, expNum, expDen, SWAP_PRECISION_BITS, PERQUINTILL_ONE);
  if (power === null || power > U64_MAX) return 0n;
  const ratio = U64F64.safeDiv(U64F64.saturatingFromNum(power), SCALE_FIXED);
  return delta >= 0n ? minOf(ratio, U64F64.one) : ratio;
}

/** `(x / (x + dx)) ^ (w_base / w_quote)`: the part of the TAO reserve that remains when `dx` alpha is sold. */
export function expBaseQuote(quoteWeight: Perquintill, x: bigint, dx: bigint): U64F64 {
  return reserveRatioPower(x, dx, baseWeightOf(quoteWeight), quoteWeight);
}

/** `(y / (y + dy)) ^ (w_quote / w_base)`: the part of the alpha reserve that remains when `dy` TAO is spent. */
export function expQuoteBase(quoteWeight: Perquintill, y: bigint, dy: bigint): U64F64 {
  return reserveRatioPower(y, dy, quoteWeight, baseWeightOf(quoteWeight));
}

/** Price of alpha, `(w_base / w_quote) * (y / x)`; 0 without alpha. */
export function calculatePrice(quoteWeight: Perquintill, x: bigint, y: bigint): U64F64 {
  const weights = U64F64.safeDiv(
    U64F64.saturatingFromNum(baseWeightOf(quoteWeight)),
    U64F64.saturatingFromNum(quoteWeight),
  );
  const reserves = U64F64.safeDiv(U64F64.saturatingFromNum(y), U64F64.saturatingFromNum(x));
  return U64F64.saturatingMul(weights, reserves);
}

/** `value * weight` rounded half up, limited to u128. */
function mulWeightRounded(weight: Perquintill, value: bigint): bigint {
  return minOf((value * weight + PERQUINTILL_ONE / 2n) / PERQUINTILL_ONE, U128_MAX);
}

/**
 * Quote weight that keeps the price where it is when liquidity is added in any proportion.
 *
 * @returns the new weight, or null when it would leave [1 %, 99 %] and the liquidity must not be added
 */
export function updateWeightsForAddedLiquidity(
  quoteWeight: Perquintill,
  taoReserve: bigint,
  alphaReserve: bigint,
  taoDelta: bigint,
  alphaDelta: bigint,
): Perquintill | null {
  const base = mulWeightRounded(baseWeightOf(quoteWeight), minOf(taoReserve * (alphaReserve + alphaDelta), U128_MAX));
  const quote = mulWeightRounded(quoteWeight, minOf(alphaReserve * (taoReserve + taoDelta), U128_MAX));
  const sum = minOf(base + quote, U128_MAX);
  const weight = sum === 0n ? DEFAULT_QUOTE_WEIGHT : perquintillFromRational(quote, sum);
  return isQuoteWeightAllowed(weight) ? weight : null;
}

/** `reserve * ((num / den) ^ weight - 1)`, rounded down; 0 where the ratio is below 1 or has no value. */
function deltaForPriceRatio(num: bigint, den: bigint, weight: Perquintill, reserve: bigint): bigint {
  const power = powRatioScaled(num, den, weight, PERQUINTILL_ONE, LIMIT_PRECISION_BITS, PERQUINTILL_ONE);
  if (power === null) return 0n;
  const ratio = U64F64.safeDiv(U64F64.saturatingFromNum(minOf(power, U64_MAX)), SCALE_FIXED);
  const growth = U64F64.saturatingSub(ratio, U64F64.one);
  return U64F64.saturatingToU64(U64F64.saturatingMul(U64F64.saturatingFromNum(reserve), growth));
}

/** TAO to spend until the price has risen to `targetPrice`. */
export function calculateQuoteDeltaIn(
  quoteWeight: Perquintill,
  currentPrice: U64F64,
  targetPrice: U64F64,
  taoReserve: bigint,
): bigint {
  return deltaForPriceRatio(targetPrice, currentPrice, baseWeightOf(quoteWeight), taoReserve);
}

/** Alpha to sell until the price has fallen to `targetPrice`. */
export function calculateBaseDeltaIn(
  quoteWeight: Perquintill,
  currentPrice: U64F64,
  targetPrice: U64F64,
  alphaReserve: bigint,
): bigint {
  return deltaForPriceRatio(currentPrice, targetPrice, quoteWeight, alphaReserve);
}

/** Alpha to sell to receive `deltaTao`. */
export function getBaseNeededForQuote(
  quoteWeight: Perquintill,
  taoReserve: bigint,
  alphaReserve: bigint,
  deltaTao: bigint,
): bigint {
  const power = reserveRatioPower(taoReserve, -deltaTao, quoteWeight, baseWeightOf(quoteWeight));
  const growth = U64F64.saturatingSub(power, U64F64.one);
  return U64F64.saturatingToU64(U64F64.saturatingMul(U64F64.saturatingFromNum(alphaReserve), growth));
}
