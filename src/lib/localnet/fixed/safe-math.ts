import type { FixedPoint } from './fixed-point.ts';

/**
 * The functions that the chain adds to every fixed-point type. Source: primitives/safe-math.
 */

const SQRT_MAX_ITERATIONS = 128;

/**
 * Square root by bisection, accurate to `epsilon` (raw bits) at best.
 *
 * @returns raw bits, or null for a negative number
 */
export function checkedSqrt(type: FixedPoint, x: bigint, epsilon: bigint): bigint | null {
  if (x < 0n) return null;
  const two = type.saturatingFromNum(2n);
  let [low, high] = x > type.one ? [0n, x] : [x, type.one];
  let middle = type.safeDiv(type.saturatingAdd(high, low), two);
  let check = type.safeDiv(x, middle);
  let iteration = 0;
  while (type.absDiff(check, middle) > epsilon) {
    if (check < middle) high = middle;
    else low = middle;
    middle = type.safeDiv(type.saturatingAdd(high, low), two);
    check = type.safeDiv(x, middle);
    iteration += 1;
    if (iteration > SQRT_MAX_ITERATIONS) break;
  }
  return middle;
}

/**
 * x^exponent for an integer exponent by squaring, saturating on the way.
 *
 * @returns raw bits, or null for zero to a negative power
 */
export function checkedPow(type: FixedPoint, x: bigint, exponent: number): bigint | null {
  if (exponent === 0) return type.one;
  if (x === 0n) return exponent < 0 ? null : 0n;
  let result = type.one;
  let base = x;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = type.saturatingMul(result, base);
    base = type.saturatingMul(base, base);
  }
  return exponent < 0 ? type.safeDiv(type.one, result) : result;
}

/** Coefficients of z^2 … z^8 in the series of ln(1 + z), as the chain writes them. */
const LN_SERIES = [0.5, 1.0 / 3.0, 0.25, 0.2, 1.0 / 6.0, 1.0 / 7.0, 0.125] as const;

/**
 * Natural logarithm by eight terms of the series around 1: coarse, and for an unsigned type meaningless below 1, where the exponent
 * wraps. Kept because the chain's results are what they are.
 *
 * @returns raw bits, or null for x <= 0 and where a step does not fit
 */
export function checkedLn(type: FixedPoint, x: bigint): bigint | null {
  if (x <= 0n) return null;
  const { one } = type;
  const two = type.fromInt(2n);
  let exponent = 0n;
  let y: bigint | null = x;
  while (y >= two) {
    y = y >> 1n;
    exponent += 1n;
  }
  while (y < one) {
    y = type.checkedMul(y, two);
    if (y === null) return null;
    exponent -= 1n;
  }
  const z = y - one;
  let power = z;
  let sum: bigint | null = z;
  for (const [i, coefficient] of LN_SERIES.entries()) {
    power = type.saturatingMul(power, z);
    const term = type.saturatingMul(power, type.saturatingFromF64(coefficient));
    sum = i % 2 === 0 ? type.checkedSub(sum, term) : type.checkedAdd(sum, term);
    if (sum === null) return null;
  }
  const whole = type.checkedMul(type.fromInt(exponent), type.saturatingFromF64(Math.LN2));
  return whole === null ? null : type.checkedAdd(sum, whole);
}

/**
 * The chain's own floor. For a negative number with a fraction it is one lower than the true floor, because the integer part it starts
 * from has been rounded down already.
 */
export function checkedFloor(type: FixedPoint, x: bigint): bigint | null {
  if (x >= 0n || type.frac(x) === 0n) return type.floor(x);
  return type.checkedSub(type.floor(x), type.one);
}
