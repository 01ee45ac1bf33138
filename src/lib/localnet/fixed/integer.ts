/**
 * Integer limits and the saturating operations of Rust's unsigned integers, on bigint.
 */

export const U8_MAX = (1n << 8n) - 1n;
export const U16_MAX = (1n << 16n) - 1n;
export const U32_MAX = (1n << 32n) - 1n;
export const U64_MAX = (1n << 64n) - 1n;
export const U128_MAX = (1n << 128n) - 1n;
export const I64_MIN = -(1n << 63n);
export const I64_MAX = (1n << 63n) - 1n;

/** `value` limited to `[min, max]`. */
export function clamp(value: bigint, min: bigint, max: bigint): bigint {
  return value < min ? min : value > max ? max : value;
}

export function minOf(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function maxOf(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** `u64::saturating_add`. */
export function saturatingAddU64(a: bigint, b: bigint): bigint {
  const sum = a + b;
  return sum > U64_MAX ? U64_MAX : sum;
}

/** `saturating_sub` of any unsigned width: never below zero. */
export function saturatingSub(a: bigint, b: bigint): bigint {
  return a > b ? a - b : 0n;
}

/** `u64::saturating_mul`. */
export function saturatingMulU64(a: bigint, b: bigint): bigint {
  const product = a * b;
  return product > U64_MAX ? U64_MAX : product;
}

/** Integer division that gives `otherwise` (0 unless named) where the divisor is zero. Source: primitives/safe-math. */
export function safeDivInt(a: bigint, b: bigint, otherwise = 0n): bigint {
  return b === 0n ? otherwise : a / b;
}

/** Division rounded towards minus infinity; `b` must be positive. */
export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a < 0n && quotient * b !== a ? quotient - 1n : quotient;
}

/** Number of significant bits of a non-negative integer; 0 has none. */
export function bitLength(value: bigint): number {
  if (value === 0n) return 0;
  const hex = value.toString(16);
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex[0]!, 16)) - 28);
}
