/** Conversions and scalar functions of the epoch (chain: pallets/subtensor/src/epoch/math.rs). */

import { I32F32, I64F64 } from '../../../../fixed/fixed.ts';
import { maxOf, minOf } from '../../../../fixed/integer.ts';
import { expSafe } from '../../../../fixed/transcendental.ts';
import { fromInt, type I32F32Bits, ONE, safeDiv, saturatingAdd, saturatingMul, saturatingSub } from './i32f32.ts';

const U16_MAX_FIXED = fromInt(65535);

/** Integer part as u16, saturating at both ends. */
export const fixedToU16 = (x: I32F32Bits): number => Number(I32F32.saturatingToU16(x));

/** Integer part as u64; negative values give 0. */
export const fixedToU64 = (x: I32F32Bits): bigint => I32F32.saturatingToU64(x);

/** Integer part of an I64F64 as u64; negative values give 0. */
export const fixed64ToU64 = (x: I64F64): bigint => I64F64.saturatingToU64(x);

/** I64F64 to I32F32: drops 32 fraction bits (floor) and saturates. */
export const fixed64ToFixed32 = (x: I64F64): I32F32Bits => I32F32.saturatingFrom(I64F64, x);

/** I32F32 to I64F64, exact. */
export const fixed32ToFixed64 = (x: I32F32Bits): I64F64 => I64F64.saturatingFrom(I32F32, x);

export const u16ToFixed = (x: number): I32F32Bits => fromInt(x);

/** x / 65535 of an integer. */
export const u16ProportionToFixed = (x: number): I32F32Bits => safeDiv(fromInt(x), U16_MAX_FIXED);

/** x / 65535 of a fixed-point number. */
export const fixedToFixedU16Proportion = (x: I32F32Bits): I32F32Bits => safeDiv(x, U16_MAX_FIXED);

/** A share in [0, 1] as u16, truncated; saturates outside. */
export const fixedProportionToU16 = (x: I32F32Bits): number => fixedToU16(saturatingMul(x, U16_MAX_FIXED));

/** Clamps to `high` first and to `low` last, so `low` wins when the bounds are crossed. */
export function clampValue(value: I32F32Bits, low: I32F32Bits, high: I32F32Bits): I32F32Bits {
  return maxOf(minOf(value, high), low);
}

/** 1 / (1 + e^(-rho · (input - kappa))). */
export function sigmoidSafe(input: I32F32Bits, rho: I32F32Bits, kappa: I32F32Bits): I32F32Bits {
  const offset = saturatingSub(input, kappa);
  const exponent = saturatingMul(saturatingMul(rho, -ONE), offset);
  return safeDiv(ONE, saturatingAdd(expSafe(exponent), ONE));
}
