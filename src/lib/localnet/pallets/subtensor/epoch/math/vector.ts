/** Vector functions of the epoch (chain: pallets/subtensor/src/epoch/math.rs). All return new vectors. */

import { I64F64 } from '../../../../fixed/fixed.ts';
import { maxOf, U64_MAX } from '../../../../fixed/integer.ts';
import { checkedMul, fromInt, type I32F32Bits, round, safeDiv, saturatingMul, wrappingSum, ZERO } from './i32f32.ts';
import { fixed64ToFixed32, fixedToU16, u16ProportionToFixed, u16ToFixed } from './scalar.ts';
import type { FixedVector } from './types.ts';

const U16_MAX_FIXED = fromInt(65535);
/** Above this maximum the scale is divided first, so that the product cannot overflow. */
const UPSCALE_THRESHOLD = fromInt(32768);

/** Iterator sum; wraps. */
export const sum = (x: FixedVector): I32F32Bits => wrappingSum(x);

/** Whether the (wrapping) sum is zero. */
export const isZero = (x: FixedVector): boolean => sum(x) === ZERO;

/** Sum of u64 values, or null on overflow. The chain's generic `checked_sum`. */
export function checkedSumU64(x: readonly bigint[]): bigint | null {
  let total = 0n;
  for (const value of x) {
    total += value;
    if (total > U64_MAX) return null;
  }
  return total;
}

/** Divides by the given sum; unchanged for a zero sum (chain: `inplace_normalize_using_sum`). */
export function normalizeUsingSum(x: FixedVector, total: I32F32Bits): I32F32Bits[] {
  return total === ZERO ? [...x] : x.map((value) => safeDiv(value, total));
}

/** Scales to sum 1; unchanged for a zero sum (chain: `normalize`, `inplace_normalize`). */
export const normalize = (x: FixedVector): I32F32Bits[] => normalizeUsingSum(x, sum(x));

/** Scales I64F64 values to sum 1; unchanged for a zero sum (chain: `inplace_normalize_64`). */
export function normalize64(x: readonly I64F64[]): I64F64[] {
  const total = I64F64.sum(x);
  return total === 0n ? [...x] : x.map((value) => I64F64.safeDiv(value, total));
}

/** Scales each I64F64 row with a positive sum to sum 1 (chain: `inplace_row_normalize_64`). */
export function rowNormalize64(x: readonly (readonly I64F64[])[]): I64F64[][] {
  return x.map((row) => {
    const total = I64F64.sum(row);
    return total > 0n ? row.map((value) => I64F64.safeDiv(value, total)) : [...row];
  });
}

export const vecFixed64ToFixed32 = (x: readonly I64F64[]): I32F32Bits[] => x.map(fixed64ToFixed32);

/** Scales so that the maximum becomes 65535, rounded to u16. Meant for non-negative values. */
export function vecMaxUpscaleToU16(x: FixedVector): number[] {
  if (x.length === 0) return [];
  const max = x.reduce(maxOf);
  if (max === ZERO) return x.map((e) => fixedToU16(saturatingMul(e, U16_MAX_FIXED)));
  if (max > UPSCALE_THRESHOLD) {
    const scale = safeDiv(U16_MAX_FIXED, max);
    return x.map((e) => fixedToU16(round(saturatingMul(e, scale))));
  }
  return x.map((e) => fixedToU16(round(safeDiv(saturatingMul(e, U16_MAX_FIXED), max))));
}

/** As {@link vecMaxUpscaleToU16}, from u16 values. */
export const vecU16MaxUpscaleToU16 = (x: readonly number[]): number[] => vecMaxUpscaleToU16(x.map(u16ToFixed));

/** Whether no value of the normalised vector is above `maxLimit` / 65535. */
export function checkVecMaxLimited(x: readonly number[], maxLimit: number): boolean {
  const limit = u16ProportionToFixed(maxLimit);
  return normalize(x.map(u16ToFixed)).every((value) => value <= limit);
}

function excludeLowest(x: FixedVector, k: number, result: boolean[]): boolean[] {
  if (x.length < k) return result;
  const ascending = x.map((_, i) => i).sort((a, b) => (x[a]! < x[b]! ? -1 : x[a]! > x[b]! ? 1 : a - b));
  for (const index of ascending.slice(0, x.length - k)) result[index] = false;
  return result;
}

/** True for the k largest values; of equal values the higher index wins. */
export const isTopk = (x: FixedVector, k: number): boolean[] =>
  excludeLowest(
    x,
    k,
    x.map(() => true),
  );

/** True for the k largest values that are not zero; of equal values the higher index wins. */
export const isTopkNonzero = (x: FixedVector, k: number): boolean[] =>
  excludeLowest(
    x,
    k,
    x.map((value) => value !== ZERO),
  );

/** x / y by element; 0 where y is zero or missing. */
export const vecdiv = (x: FixedVector, y: FixedVector): I32F32Bits[] =>
  x.map((value, i) => safeDiv(value, y[i] ?? ZERO));

/** x · y by element, as long as the shorter; 0 where the product does not fit. */
export function vecMul(x: FixedVector, y: FixedVector): I32F32Bits[] {
  return x.slice(0, y.length).map((value, i) => checkedMul(value, y[i]!) ?? ZERO);
}

/**
 * Zero where the mask is true or too short (chain: `inplace_mask_vector`).
 * An empty mask masks nothing.
 */
export function maskVector(mask: readonly boolean[], x: FixedVector): I32F32Bits[] {
  if (mask.length === 0) return [...x];
  return x.map((value, i) => ((mask[i] ?? true) ? ZERO : value));
}
