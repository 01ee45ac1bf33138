import { I32F32 } from './fixed.ts';
import type { FixedPoint } from './fixed-point.ts';

/** Raw bits of e and log2(e) with the 23 fraction bits that the library stores them with. */
const CONSTANT_FRAC_BITS = 23;
const E_BITS = 22_802_600n;
const LOG2_E_BITS = 12_102_203n;

function widen(type: FixedPoint, constant: bigint): bigint {
  return constant << BigInt(type.fracBits - CONSTANT_FRAC_BITS);
}

/**
 * e^x of a signed type by the Taylor series, a negative x by the reciprocal.
 *
 * @returns raw bits, or null when an intermediate term does not fit
 * Source: substrate-fixed transcendental.rs `exp`.
 */
export function exp(type: FixedPoint, x: bigint): bigint | null {
  const { one, max } = type;
  if (x === 0n) return one;
  if (x === one) return widen(type, E_BITS);
  const negative = x < 0n;
  const operand = negative ? -x : x;
  if (operand > max) return null;
  const fracBits = BigInt(type.fracBits);

  let result = operand + one;
  if (result > max) return null;
  let term = operand;
  for (let i = 2n; i < fracBits; i++) {
    term = (term * operand) >> fracBits;
    if (term > max) return null;
    term /= i;
    // Operand and term are never negative: once a term is zero all later ones are.
    if (term === 0n) break;
    result += term;
    if (result > max) return null;
  }
  return negative ? type.checkedDiv(one, result) : result;
}

function log2OfAtLeastOne(type: FixedPoint, operand: bigint): bigint {
  const { one } = type;
  const two = one << 1n;
  const fracBits = BigInt(type.fracBits);
  let x = operand;
  let result = 0n;
  while (x >= two) {
    result += 1n;
    x = type.wrap((x >> 1n) + (x & 1n));
  }
  if (x === one) return type.fromInt(result);
  for (let i = 0; i < type.fracBits; i++) {
    x = (x * x) >> fracBits;
    result <<= 1n;
    if (x >= two) {
      result |= 1n;
      x = (x >> 1n) + (x & 1n);
    }
  }
  return type.wrap(result);
}

/**
 * Base-2 logarithm of a signed type.
 *
 * @returns raw bits, or null for x <= 0 and for an x so small that 1/x does not fit
 * Source: substrate-fixed transcendental.rs `log2`.
 */
export function log2(type: FixedPoint, x: bigint): bigint | null {
  if (x <= 0n) return null;
  if (x >= type.one) return log2OfAtLeastOne(type, x);
  const inverse = type.checkedDiv(type.one, x);
  return inverse === null ? null : -log2OfAtLeastOne(type, inverse);
}

/** Natural logarithm of a signed type, as log2(x) / log2(e). Null where `log2` is. Source: substrate-fixed transcendental.rs `ln`. */
export function ln(type: FixedPoint, x: bigint): bigint | null {
  const base2 = log2(type, x);
  return base2 === null ? null : type.wrappingDiv(base2, widen(type, LOG2_E_BITS));
}

const EXP_SAFE_MIN = I32F32.fromInt(-20n);
const EXP_SAFE_MAX = I32F32.fromInt(20n);

/** e^x in I32F32 with x limited to [-20, 20]. Source: pallets/subtensor epoch/math.rs `exp_safe`. */
export function expSafe(x: I32F32): I32F32 {
  const limited = x < EXP_SAFE_MIN ? EXP_SAFE_MIN : x > EXP_SAFE_MAX ? EXP_SAFE_MAX : x;
  return exp(I32F32, limited) ?? (limited <= 0n ? 0n : I32F32.max);
}

/** Natural logarithm in I32F32, 0 where there is none. Source: pallets/subtensor epoch/math.rs `safe_ln`. */
export function safeLn(x: I32F32): I32F32 {
  return ln(I32F32, x) ?? 0n;
}
