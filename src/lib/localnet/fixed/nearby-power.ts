/**
 * The scaled power of a ratio near 1, as swaps need it in every block, in a tenth of the time of the chain's series
 * (`approximatePower` in big-math.ts).
 *
 * That series differs from the true power by less than 2^-230: its logarithms carry at least 256 fraction bits and 24 guard
 * bits, end when a term is below the guard bits, and are multiplied by at most 2^7. What is computed here differs from it by
 * less than 2^-140. So both have the same floor wherever the scaled power keeps clear of a whole number by more than
 * 2^-140 times the scale, which is then known; where it does not, and for ratios far from 1, the answer is left to the series.
 */

const BITS = 160n;
const ONE = 1n << BITS;
/** The distance from a whole number that decides, as a power of two: above (2^-140 + 2^-230) times the greatest scale. */
const DOUBT_BITS = 70n;
const LARGEST_SCALE = 1n << 64n;
const EXPONENT_LIMIT_BITS = 7n;

/**
 * `(baseNum / baseDen) ^ (expNum / expDen) * scale`, rounded down; all arguments positive.
 *
 * @returns undefined when the floor is in doubt, the base is not within [1/2, 2], or the power not within [1/e, e]
 */
export function nearbyPower(
  baseNum: bigint,
  baseDen: bigint,
  expNum: bigint,
  expDen: bigint,
  scale: bigint,
): bigint | undefined {
  if (baseNum > baseDen << 1n || baseDen > baseNum << 1n) return undefined;
  if (scale > LARGEST_SCALE || expNum > expDen << EXPONENT_LIMIT_BITS) return undefined;
  const lnPower = (lnOfRatio(baseNum, baseDen) * expNum) / expDen;
  if (lnPower >= ONE || lnPower <= -ONE) return undefined;
  const scaled = expOfSmall(lnPower) * scale;
  const rest = (scaled >> (BITS - DOUBT_BITS)) & ((1n << DOUBT_BITS) - 1n);
  const isInDoubt = rest === 0n || rest === (1n << DOUBT_BITS) - 1n;
  return isInDoubt ? undefined : scaled >> BITS;
}

/** ln(num / den) = 2 artanh((num - den) / (num + den)); at most 53 terms, which are wrong by at most 2 units each. */
function lnOfRatio(num: bigint, den: bigint): bigint {
  if (num < den) return -lnOfRatio(den, num);
  const z = ((num - den) << BITS) / (num + den);
  const square = (z * z) >> BITS;
  let power = z;
  let sum = z;
  for (let n = 3n; power !== 0n; n += 2n) {
    power = (power * square) >> BITS;
    sum += power / n;
  }
  return sum << 1n;
}

/** e^x for |x| < 1 by its Taylor series; at most 45 terms, which are wrong by at most 2 units each. */
function expOfSmall(x: bigint): bigint {
  const isNegative = x < 0n;
  const size = isNegative ? -x : x;
  let term = size;
  let even = ONE;
  let odd = size;
  for (let n = 2n; term !== 0n; n += 2n) {
    term = ((term * size) >> BITS) / n;
    even += term;
    term = ((term * size) >> BITS) / (n + 1n);
    odd += term;
  }
  return isNegative ? even - odd : even + odd;
}
