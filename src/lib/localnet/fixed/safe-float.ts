import type { U64F64 } from './fixed.ts';
import { I64_MAX, I64_MIN, minOf, saturatingSub, U64_MAX } from './integer.ts';

/**
 * `mantissa * 10^exponent` with 21 significant digits: shares of a stake pool. Source: primitives/share-pool.
 */
export interface SafeFloat {
  /** 0, or above 10^20 and at most 10^21. */
  readonly mantissa: bigint;
  /** Within i64; 0 when the mantissa is 0. */
  readonly exponent: bigint;
}

const MAX_MANTISSA = 10n ** 21n;
const MIN_MANTISSA = 10n ** 20n;
const MAX_DIGITS = 21n;
const TWO_64 = 1n << 64n;

/** 10^0 … 10^22; greater powers are treated as the last one, which shifts every digit out. */
const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: 23 }, (_, i) => 10n ** BigInt(i));

function powerOfTen(exponent: bigint): bigint {
  return exponent > 22n ? POWERS_OF_TEN[22]! : POWERS_OF_TEN[Number(exponent)]!;
}

export const SAFE_FLOAT_ZERO: SafeFloat = { mantissa: 0n, exponent: 0n };

/** The float in normal form, or null when the exponent leaves i64. */
function normalize(mantissa: bigint, exponent: bigint): SafeFloat | null {
  if (mantissa === 0n) return SAFE_FLOAT_ZERO;
  let m = mantissa;
  let e = exponent;
  while (m > MAX_MANTISSA) {
    m /= 10n;
    e += 1n;
    if (e > I64_MAX) return null;
  }
  while (m <= MIN_MANTISSA) {
    m *= 10n;
    e -= 1n;
    if (e < I64_MIN) return null;
  }
  return { mantissa: m, exponent: e };
}

/**
 * @param mantissa at most 10^21
 * @returns the normalised float, or null when the mantissa is too large or the exponent does not fit
 */
export function safeFloat(mantissa: bigint, exponent: bigint): SafeFloat | null {
  return mantissa > MAX_MANTISSA ? null : normalize(mantissa, exponent);
}

/** A u64 as a float; every u64 fits. */
export function safeFloatFromU64(value: bigint): SafeFloat {
  return safeFloat(value, 0n) ?? SAFE_FLOAT_ZERO;
}

/** A U64F64 as a float, its fraction cut to 21 digits. */
export function safeFloatFromU64F64(bits: U64F64): SafeFloat {
  if (bits === 0n) return SAFE_FLOAT_ZERO;
  const integer = safeFloatFromU64(bits >> 64n);
  const fraction = safeFloatDiv(safeFloatFromU64(bits & U64_MAX), safeFloatFromU64(TWO_64)) ?? SAFE_FLOAT_ZERO;
  return safeFloatAdd(integer, fraction) ?? SAFE_FLOAT_ZERO;
}

/** The float as u64: fraction cut, limited to u64. */
export function safeFloatToU64({ mantissa, exponent }: SafeFloat): bigint {
  const integer = exponent >= 0n ? mantissa * powerOfTen(exponent) : mantissa / powerOfTen(-exponent);
  return minOf(integer, U64_MAX);
}

/** Both mantissas at the greater of the two exponents; digits below it are cut. */
function align(a: SafeFloat, b: SafeFloat): [bigint, bigint, bigint] {
  return a.exponent >= b.exponent
    ? [a.mantissa, b.mantissa / powerOfTen(a.exponent - b.exponent), a.exponent]
    : [a.mantissa / powerOfTen(b.exponent - a.exponent), b.mantissa, b.exponent];
}

/** `a + b`, or null when the exponent overflows. */
export function safeFloatAdd(a: SafeFloat, b: SafeFloat): SafeFloat | null {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const [m1, m2, exponent] = align(a, b);
  return normalize(m1 + m2, exponent);
}

/** `a - b`, zero where b is greater, but null for zero minus something. */
export function safeFloatSub(a: SafeFloat, b: SafeFloat): SafeFloat | null {
  if (b.mantissa === 0n) return a;
  if (a.mantissa === 0n) return null;
  const [m1, m2, exponent] = align(a, b);
  return normalize(saturatingSub(m1, m2), exponent);
}

/** `a / b`, or null when b is zero or the exponent leaves i64. */
export function safeFloatDiv(a: SafeFloat, b: SafeFloat): SafeFloat | null {
  const exponent = a.exponent - b.exponent - MAX_DIGITS;
  if (exponent > I64_MAX || exponent < I64_MIN || b.mantissa === 0n) return null;
  return normalize((a.mantissa * MAX_MANTISSA) / b.mantissa, exponent);
}

/** `a * b / c` without loss in between, or null when c is zero or an exponent leaves i64. */
export function safeFloatMulDiv(a: SafeFloat, b: SafeFloat, c: SafeFloat): SafeFloat | null {
  if (c.mantissa === 0n) return null;
  const sum = a.exponent + b.exponent;
  if (sum > I64_MAX || sum < I64_MIN) return null;
  const exponent = sum - c.exponent;
  if (exponent > I64_MAX || exponent < I64_MIN) return null;
  return normalize((a.mantissa * b.mantissa) / c.mantissa, exponent);
}

/**
 * `a > b` for normalised floats. Exponents more than one apart decide alone, so that zero, whose exponent is 0, counts as greater than
 * a float with a lower exponent: that is how the chain compares.
 */
export function safeFloatGt(a: SafeFloat, b: SafeFloat): boolean {
  const difference = a.exponent - b.exponent;
  if (difference === 0n) return a.mantissa > b.mantissa;
  if (difference > 1n) return true;
  if (difference < -1n) return false;
  return difference === 1n ? a.mantissa * 10n > b.mantissa : a.mantissa > b.mantissa * 10n;
}
