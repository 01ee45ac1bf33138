import { toDecimal } from './decimal.ts';
import { scaleF64 } from './float-bits.ts';
import { clamp, I64_MAX, I64_MIN, U8_MAX, U16_MAX, U32_MAX, U64_MAX, U128_MAX } from './integer.ts';

/** Shape of a binary fixed-point type: the value is `raw bits / 2^fracBits`. */
export interface FixedPointSpec {
  readonly name: string;
  readonly signed: boolean;
  /** Integer bits, the sign bit included. */
  readonly intBits: number;
  readonly fracBits: number;
}

/**
 * Operations of one fixed-point type. A value is its raw bits as a bigint within `[min, max]`; there is no wrapper object.
 *
 * Names follow substrate-fixed 0.6.0 and the chain's safe-math: `saturating*` stops at the limits, `checked*` gives null when the result
 * does not fit (or the divisor is zero), `wrapping*` is what the plain operators `+ - * /` and iterator sums do in the chain's release
 * build, `safe*` replaces a null by zero or by a given value. Products round towards minus infinity, quotients towards zero.
 */
export interface FixedPoint extends FixedPointSpec {
  /** Width in bits. */
  readonly bits: number;
  readonly min: bigint;
  readonly max: bigint;
  /** Raw bits of 1. */
  readonly one: bigint;

  /** Raw bits of an integer, wrapping as `from_num` does in release. */
  fromInt(value: bigint): bigint;
  /** Raw bits of an integer, limited to the type's range. */
  saturatingFromNum(value: bigint): bigint;
  /** Raw bits of an integer, or null when it does not fit. */
  checkedFromNum(value: bigint): bigint | null;
  /** Raw bits of a float literal of the chain's source, nearest with ties to even, limited to the range. */
  saturatingFromF64(value: number): bigint;
  /** Raw bits of a value of another type, rounded down, limited to the range. */
  saturatingFrom(source: FixedPointSpec, value: bigint): bigint;
  /** As `saturatingFrom`, but wrapping: `from_num` of another fixed-point value in release. */
  wrappingFrom(source: FixedPointSpec, value: bigint): bigint;
  /** Brings raw bits of any size into the range by dropping high bits. */
  wrap(value: bigint): bigint;

  /** Integer part, rounded down, as a plain integer. */
  toInt(value: bigint): bigint;
  saturatingToU8(value: bigint): bigint;
  saturatingToU16(value: bigint): bigint;
  saturatingToU32(value: bigint): bigint;
  saturatingToU64(value: bigint): bigint;
  saturatingToI64(value: bigint): bigint;
  saturatingToU128(value: bigint): bigint;

  saturatingAdd(a: bigint, b: bigint): bigint;
  saturatingSub(a: bigint, b: bigint): bigint;
  saturatingMul(a: bigint, b: bigint): bigint;
  /** @throws RangeError on a zero divisor, where the chain would panic */
  saturatingDiv(a: bigint, b: bigint): bigint;
  saturatingNeg(a: bigint): bigint;
  wrappingAdd(a: bigint, b: bigint): bigint;
  wrappingSub(a: bigint, b: bigint): bigint;
  wrappingMul(a: bigint, b: bigint): bigint;
  /** @throws RangeError on a zero divisor, where the chain would panic */
  wrappingDiv(a: bigint, b: bigint): bigint;
  wrappingNeg(a: bigint): bigint;
  checkedAdd(a: bigint, b: bigint): bigint | null;
  checkedSub(a: bigint, b: bigint): bigint | null;
  checkedMul(a: bigint, b: bigint): bigint | null;
  checkedDiv(a: bigint, b: bigint): bigint | null;
  checkedRem(a: bigint, b: bigint): bigint | null;
  checkedNeg(a: bigint): bigint | null;
  /** Quotient, or `otherwise` (0 unless given) when the divisor is zero or the quotient does not fit. */
  safeDiv(a: bigint, b: bigint, otherwise?: bigint): bigint;
  absDiff(a: bigint, b: bigint): bigint;
  /** Sum as an iterator's `sum()` gives it in release: it wraps. */
  sum(values: Iterable<bigint>): bigint;

  /** Greatest whole number not above the value, as raw bits (also `int()` of the library). */
  floor(a: bigint): bigint;
  /** `a - floor(a)`, never negative. */
  frac(a: bigint): bigint;
  /** Least whole number not below, wrapping. */
  ceil(a: bigint): bigint;
  /** Nearest whole number, ties away from zero, wrapping. */
  round(a: bigint): bigint;
  checkedCeil(a: bigint): bigint | null;
  checkedRound(a: bigint): bigint | null;

  /** Decimal text as the chain prints it. */
  format(a: bigint): string;
}

/** Builds the operations of one fixed-point type. */
export function fixedPoint(spec: FixedPointSpec): FixedPoint {
  const { signed, intBits, fracBits } = spec;
  const bits = intBits + fracBits;
  const F = BigInt(fracBits);
  const min = signed ? -(1n << BigInt(bits - 1)) : 0n;
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const one = 1n << F;
  const fracMask = one - 1n;
  const half = one >> 1n;

  const saturate = (x: bigint): bigint => (x > max ? max : x < min ? min : x);
  const check = (x: bigint): bigint | null => (x > max || x < min ? null : x);
  // Truncation to a fixed width is several times the cost of the two comparisons, and values in range are the rule.
  const wrap = (x: bigint): bigint =>
    x <= max && x >= min ? x : signed ? BigInt.asIntN(bits, x) : BigInt.asUintN(bits, x);

  const rescale = (source: FixedPointSpec, value: bigint): bigint => {
    const shift = fracBits - source.fracBits;
    return shift === 0 ? value : shift > 0 ? value << BigInt(shift) : value >> BigInt(-shift);
  };
  const roundUnlimited = (a: bigint): bigint => {
    const whole = (a >> F) << F;
    const rest = a & fracMask;
    return rest > half || (rest === half && a >= 0n) ? whole + one : whole;
  };
  const ceilUnlimited = (a: bigint): bigint => ((a + fracMask) >> F) << F;

  return {
    ...spec,
    bits,
    min,
    max,
    one,

    fromInt: (value) => wrap(value << F),
    saturatingFromNum: (value) => saturate(value << F),
    checkedFromNum: (value) => check(value << F),
    saturatingFromF64(value) {
      const scaled = scaleF64(value, fracBits);
      if (typeof scaled === 'number') return scaled > 0 ? max : min;
      return saturate(scaled);
    },
    saturatingFrom: (source, value) => saturate(rescale(source, value)),
    wrappingFrom: (source, value) => wrap(rescale(source, value)),
    wrap,

    toInt: (value) => value >> F,
    saturatingToU8: (value) => clamp(value >> F, 0n, U8_MAX),
    saturatingToU16: (value) => clamp(value >> F, 0n, U16_MAX),
    saturatingToU32: (value) => clamp(value >> F, 0n, U32_MAX),
    saturatingToU64: (value) => clamp(value >> F, 0n, U64_MAX),
    saturatingToI64: (value) => clamp(value >> F, I64_MIN, I64_MAX),
    saturatingToU128: (value) => clamp(value >> F, 0n, U128_MAX),

    saturatingAdd: (a, b) => saturate(a + b),
    saturatingSub: (a, b) => saturate(a - b),
    saturatingMul: (a, b) => saturate((a * b) >> F),
    saturatingDiv: (a, b) => saturate((a << F) / b),
    saturatingNeg: (a) => saturate(-a),
    wrappingAdd: (a, b) => wrap(a + b),
    wrappingSub: (a, b) => wrap(a - b),
    wrappingMul: (a, b) => wrap((a * b) >> F),
    wrappingDiv: (a, b) => wrap((a << F) / b),
    wrappingNeg: (a) => wrap(-a),
    checkedAdd: (a, b) => check(a + b),
    checkedSub: (a, b) => check(a - b),
    checkedMul: (a, b) => check((a * b) >> F),
    checkedDiv: (a, b) => (b === 0n ? null : check((a << F) / b)),
    checkedRem: (a, b) => (b === 0n ? null : a % b),
    checkedNeg: (a) => check(-a),
    safeDiv(a, b, otherwise = 0n) {
      if (b === 0n) return otherwise;
      const quotient = (a << F) / b;
      return quotient > max || quotient < min ? otherwise : quotient;
    },
    absDiff: (a, b) => saturate(a < b ? b - a : a - b),
    sum(values) {
      let total = 0n;
      for (const value of values) total += value;
      return wrap(total);
    },

    floor: (a) => (a >> F) << F,
    frac: (a) => a & fracMask,
    ceil: (a) => wrap(ceilUnlimited(a)),
    round: (a) => wrap(roundUnlimited(a)),
    checkedCeil: (a) => check(ceilUnlimited(a)),
    checkedRound: (a) => check(roundUnlimited(a)),

    format: (a) => toDecimal(a, fracBits),
  };
}
