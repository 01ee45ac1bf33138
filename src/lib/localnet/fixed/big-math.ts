import { bitLength, floorDiv } from './integer.ts';
import { nearbyPower } from './nearby-power.ts';

/**
 * Powers of rational numbers with rational exponents, in integers, with the very rounding of safe-bigmath 0.4.1: swaps depend on its last digit.
 */

const MAX_EXACT_EXPONENT = 1024n;
const MAX_ITERATIONS = 4096;
const MIN_PRECISION_BITS = 32;
const GUARD_BITS = 24;
const GUARD_SHIFT = BigInt(GUARD_BITS);
const GUARD_FACTOR = 1n << GUARD_SHIFT;
const HALF_GUARD_FACTOR = GUARD_FACTOR >> 1n;

/**
 * `(baseNum / baseDen) ^ (expNum / expDen) * scale`, rounded down where it can be computed exactly (both parts of the reduced exponent up to
 * 1024), otherwise approximated with `precision` bits.
 * The series of the approximation is cut off after `precision` + 152 terms: where the logarithm of the power is below about -130 it has not
 * converged, and the result is the chain's noise, which may even be negative.
 *
 * All arguments are non-negative.
 *
 * @param precision fraction bits of the approximation, at least 32 and at least those that `scale` needs
 * @returns the scaled power, or null when a denominator is zero
 * Source: safe-bigmath `SafeInt::pow_ratio_scaled`.
 */
export function powRatioScaled(
  baseNum: bigint,
  baseDen: bigint,
  expNum: bigint,
  expDen: bigint,
  precision: number,
  scale: bigint,
): bigint | null {
  if (baseDen === 0n || expDen === 0n) return null;
  if (baseNum === 0n) return 0n;
  if (expNum === 0n) return scale;
  // Pools at even weights, which is nearly all of them.
  if (expNum === expDen) return (baseNum * scale) / baseDen;

  const divisor = greatestCommonDivisor(expNum, expDen);
  const num = expNum / divisor;
  const den = expDen / divisor;
  if (num <= MAX_EXACT_EXPONENT && den <= MAX_EXACT_EXPONENT) {
    return rootOfRatio(baseNum ** num * scale ** den, baseDen ** num, den);
  }
  return (
    nearbyPower(baseNum, baseDen, num, den, scale) ?? approximatePower(baseNum, baseDen, num, den, precision, scale)
  );
}

/** The chain's own series, for arguments that are positive: what `nearbyPower` must agree with. */
export function approximatePower(
  baseNum: bigint,
  baseDen: bigint,
  expNum: bigint,
  expDen: bigint,
  precision: number,
  scale: bigint,
): bigint {
  const requestedBits = Math.max(precision, MIN_PRECISION_BITS, bitLength(scale) + 8);
  const series = seriesOf(requestedBits + GUARD_BITS);
  const lnBase = lnInteger(baseNum, series) - lnInteger(baseDen, series);
  const power = expSeries(floorDiv(lnBase * expNum, expDen), series);
  return (dropGuardBits(power) * scale) >> BigInt(requestedBits);
}

/** Fixed-point setting of the series: numbers carry `bits` fraction bits, guard bits included. */
interface Series {
  readonly bits: bigint;
  readonly one: bigint;
  readonly maxIterations: number;
  readonly lnTwo: bigint;
}

const seriesByBits = new Map<number, Series>();

/** The chain recomputes ln 2 for each power; it depends on the precision alone, of which the chain uses two. */
function seriesOf(bits: number): Series {
  const known = seriesByBits.get(bits);
  if (known !== undefined) return known;
  const base = { bits: BigInt(bits), one: 1n << BigInt(bits), maxIterations: Math.min(MAX_ITERATIONS, bits + 128) };
  const series = { ...base, lnTwo: -ln1pSeries(-(base.one >> 1n), base) };
  seriesByBits.set(bits, series);
  return series;
}

/** ln(1 + x) by its Taylor series, until the digits above the guard bits stand still. */
function ln1pSeries(x: bigint, { bits, maxIterations }: Omit<Series, 'lnTwo'>): bigint {
  let term = x;
  let result = x;
  let previous = dropGuardBits(result);
  for (let n = 2; n <= maxIterations; n++) {
    term = (term * x) >> bits;
    if (term === 0n) break;
    const next = floorDiv(term, BigInt(n));
    if (next === 0n) break;
    result = n % 2 === 0 ? result - next : result + next;
    const rounded = dropGuardBits(result);
    if (isBelowGuard(next) || rounded === previous) break;
    previous = rounded;
  }
  return result;
}

/** e^x by its Taylor series, until the digits above the guard bits stand still. */
function expSeries(x: bigint, { bits, one, maxIterations }: Series): bigint {
  let term = one;
  let result = one;
  let previous = dropGuardBits(result);
  for (let n = 1; n <= maxIterations; n++) {
    term = floorDiv((term * x) >> bits, BigInt(n));
    if (term === 0n) break;
    result += term;
    const rounded = dropGuardBits(result);
    if (isBelowGuard(term) || rounded === previous) break;
    previous = rounded;
  }
  return result;
}

/** Natural logarithm of a positive integer: that of its mantissa in [0.75, 1.5) plus a multiple of ln 2. */
function lnInteger(value: bigint, series: Series): bigint {
  let shift = BigInt(bitLength(value) - 1);
  let mantissa = (value << series.bits) >> shift;
  if (mantissa >= series.one + (series.one >> 1n)) {
    mantissa >>= 1n;
    shift += 1n;
  }
  return ln1pSeries(mantissa - series.one, series) + series.lnTwo * shift;
}

/** Division by the guard factor, rounded to nearest with ties away from zero. */
function dropGuardBits(value: bigint): bigint {
  return value < 0n ? -((-value + HALF_GUARD_FACTOR) >> GUARD_SHIFT) : (value + HALF_GUARD_FACTOR) >> GUARD_SHIFT;
}

function isBelowGuard(value: bigint): boolean {
  return value < GUARD_FACTOR && value > -GUARD_FACTOR;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The greatest r with r^degree * den <= num. */
function rootOfRatio(num: bigint, den: bigint, degree: bigint): bigint {
  if (degree === 1n) return num / den;
  let low = 0n;
  let high = 1n;
  while (high ** degree * den <= num) high <<= 1n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** degree * den <= num) low = middle;
    else high = middle - 1n;
  }
  return low;
}
