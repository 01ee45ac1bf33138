import { type FixedPoint, fixedPoint } from './fixed-point.ts';

/**
 * The chain's fixed-point types. Each constant holds the operations; the type of the same name marks a bigint that holds raw bits of it.
 */

/** Raw bits, 32 fraction bits, 64 wide, signed: weights, bonds and everything else of the epoch. */
export type I32F32 = bigint;
export const I32F32: FixedPoint = fixedPoint({ name: 'I32F32', signed: true, intBits: 32, fracBits: 32 });

/** Raw bits, 64 fraction bits, 128 wide, signed. */
export type I64F64 = bigint;
export const I64F64: FixedPoint = fixedPoint({ name: 'I64F64', signed: true, intBits: 64, fracBits: 64 });

/** Raw bits, 32 fraction bits, 128 wide, signed. */
export type I96F32 = bigint;
export const I96F32: FixedPoint = fixedPoint({ name: 'I96F32', signed: true, intBits: 96, fracBits: 32 });

/** Raw bits, 64 fraction bits, 128 wide, unsigned: prices and shares. */
export type U64F64 = bigint;
export const U64F64: FixedPoint = fixedPoint({ name: 'U64F64', signed: false, intBits: 64, fracBits: 64 });

/** Raw bits, 32 fraction bits, 128 wide, unsigned: emission. */
export type U96F32 = bigint;
export const U96F32: FixedPoint = fixedPoint({ name: 'U96F32', signed: false, intBits: 96, fracBits: 32 });
