/** The epoch's number type by bare names, so that its formulas stay readable. */

import { I32F32 } from '../../../../fixed/fixed.ts';

/** Raw bits of an I32F32: the value is bits / 2^32. */
export type I32F32Bits = I32F32;

export const ZERO: I32F32Bits = 0n;
export const ONE: I32F32Bits = I32F32.one;

export const { saturatingAdd, saturatingSub, saturatingMul, saturatingDiv, checkedMul, safeDiv, round } = I32F32;

/** Integer to fixed point, saturating. */
export const fromInt = (x: number): I32F32Bits => I32F32.saturatingFromNum(BigInt(x));

/** Iterator sum: wraps, never saturates. */
export const wrappingSum = (values: Iterable<I32F32Bits>): I32F32Bits => I32F32.sum(values);
