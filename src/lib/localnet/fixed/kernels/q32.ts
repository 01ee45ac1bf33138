/**
 * Exact I32F32 arithmetic on raw bits held as integers in doubles, for numbers that stay below 2^53.
 *
 * A product or quotient is computed once in floating point. Rounding is monotone and every integer below 2^53 is a double, so
 * the rounded result lies on the same side of each integer as the true one: its floor is right unless it is itself an integer.
 * Only that case (rare but for round numbers) needs exact arithmetic.
 */

import { expSafe } from '../transcendental.ts';

/** Raw bits of an I32F32 as an integer in a double. */
export type Q32 = number;

/** Raw bits of 1. */
export const ONE: Q32 = 2 ** 32;
const SCALE = 2 ** -32;
/** Integers up to here are exact, and so are products and sums below it. */
export const EXACT_LIMIT = 2 ** 53;

/** Up to here a number times 2^16 keeps clear of 2^53. */
const SPLIT_LIMIT = 2 ** 36;

function mulExact(a: Q32, b: Q32): Q32 {
  if (Math.abs(a) > SPLIT_LIMIT || b > ONE) return Number((BigInt(a) * BigInt(b)) >> 32n);
  const high = Math.floor(b / 65536);
  const low = b - high * 65536;
  return Math.floor((a * high + Math.floor((a * low) / 65536)) / 65536);
}

/**
 * floor(a · b / 2^32), as I32F32 multiplies.
 *
 * @param a - any sign
 * @param b - not negative; the result must stay below 2^53
 */
export function mul(a: Q32, b: Q32): Q32 {
  const product = a * b;
  const scaled = product * SCALE;
  const floor = Math.floor(scaled);
  if (floor !== scaled || (product < EXACT_LIMIT && product > -EXACT_LIMIT)) return floor;
  return mulExact(a, b);
}

/** Long division in steps that keep every remainder · 2^bits below 2^53. */
function divExact(a: Q32, b: Q32): Q32 {
  const bits = b < 2 ** 37 ? 16 : b < 2 ** 45 ? 8 : 0;
  if (bits === 0) return Number((BigInt(a) << 32n) / BigInt(b));
  const digit = 2 ** bits;
  let quotient = Math.floor(a / b);
  let rest = a - quotient * b;
  for (let done = 0; done < 32; done += bits) {
    rest *= digit;
    const step = Math.floor(rest / b);
    rest -= step * b;
    quotient = quotient * digit + step;
  }
  return quotient;
}

/**
 * floor(a · 2^32 / b), as I32F32 divides non-negative numbers.
 *
 * @param a - not negative
 * @param b - positive; the result must stay below 2^53
 */
export function div(a: Q32, b: Q32): Q32 {
  const scaled = (a * ONE) / b;
  const floor = Math.floor(scaled);
  if (floor !== scaled || a === 0) return floor;
  return divExact(a, b);
}

/** e with the 23 fraction bits that the chain's library keeps of it. */
const E = 22_802_600 * 2 ** 9;
/** Up to here every term of the exponential series, times the argument, and its sum stay below 2^53. */
const SERIES_LIMIT = 14 * ONE;
const SERIES_END = 32;

/** 1 / (i · 2^32): what turns the product of a term with the argument into the next term. */
const TERM_FACTORS = Float64Array.from({ length: SERIES_END }, (_, i) => SCALE / i);
/** Three roundings move a number below 2^38 by less than this; what is further from a whole number has the right floor. */
const DOUBT = 2 ** -12;
const DOUBT_LIMIT = 2 ** 38;

/** floor(floor(term · operand / 2^32) / i), which is floor(term · operand / (i · 2^32)). */
function nextTerm(term: Q32, operand: Q32, i: number): Q32 {
  const estimate = term * operand * TERM_FACTORS[i]!;
  const floor = Math.floor(estimate);
  const distance = estimate - floor;
  if (distance > DOUBT && distance < 1 - DOUBT && estimate < DOUBT_LIMIT) return floor;
  return Math.floor(mul(term, operand) / i);
}

/** e^x for |x| up to {@link SERIES_LIMIT}, by the Taylor series of `exp` in fixed/transcendental.ts, bit for bit. */
function exp(x: Q32): Q32 {
  if (x === 0) return ONE;
  if (x === ONE) return E;
  const operand = Math.abs(x);
  let result = operand + ONE;
  let term = operand;
  for (let i = 2; i < SERIES_END && term !== 0; i++) {
    term = nextTerm(term, operand, i);
    result += term;
  }
  return x < 0 ? div(ONE, result) : result;
}

/** 1 / (1 + e^x) with x limited to [-20, 20], each step truncated as the chain does. */
export function inverseOfOnePlusExp(x: Q32): Q32 {
  if (Math.abs(x) <= SERIES_LIMIT) return div(ONE, ONE + exp(x));
  return Number((1n << 64n) / ((1n << 32n) + expSafe(BigInt(x))));
}
