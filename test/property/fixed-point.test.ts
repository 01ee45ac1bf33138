import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { I32F32, I64F64, I96F32, U64F64, U96F32 } from '../../src/lib/localnet/fixed/fixed.ts';
import { type FixedPoint, fixedPoint } from '../../src/lib/localnet/fixed/fixed-point.ts';
import { exp, ln, log2 } from '../../src/lib/localnet/fixed/transcendental.ts';

/** The model: values are exact fractions of integers, rounding and limits are spelt out without shifts or masks. */

function floorQuotient(num: bigint, den: bigint): bigint {
  const [n, d] = den < 0n ? [-num, -den] : [num, den];
  return n >= 0n ? n / d : -((-n + d - 1n) / d);
}

function truncatedQuotient(num: bigint, den: bigint): bigint {
  const magnitude = (num < 0n ? -num : num) / (den < 0n ? -den : den);
  return num < 0n !== den < 0n ? -magnitude : magnitude;
}

function limits({ signed, intBits, fracBits }: FixedPoint): { min: bigint; max: bigint; modulus: bigint } {
  const modulus = 2n ** BigInt(intBits + fracBits);
  return signed ? { min: -modulus / 2n, max: modulus / 2n - 1n, modulus } : { min: 0n, max: modulus - 1n, modulus };
}

function saturated(type: FixedPoint, x: bigint): bigint {
  const { min, max } = limits(type);
  return x < min ? min : x > max ? max : x;
}

function wrapped(type: FixedPoint, x: bigint): bigint {
  const { min, modulus } = limits(type);
  return x - modulus * floorQuotient(x - min, modulus);
}

function checked(type: FixedPoint, x: bigint): bigint | null {
  return saturated(type, x) === x ? x : null;
}

/** Any value of the type; sizes of all magnitudes and the edges are as likely as large ones. */
function anyValue(type: FixedPoint): fc.Arbitrary<bigint> {
  const { min, max } = limits(type);
  const small = 2n ** BigInt(type.fracBits + 4);
  return fc.oneof(
    fc.bigInt({ min, max }),
    fc.bigInt({ min: type.signed ? -small : 0n, max: small }),
    fc.constantFrom(min, max, min + 1n, max - 1n, 0n, 1n, type.one, type.signed ? -type.one : 2n),
  );
}

const types = [
  I32F32,
  I64F64,
  I96F32,
  U64F64,
  U96F32,
  fixedPoint({ name: 'I9F23', signed: true, intBits: 9, fracBits: 23 }),
];

describe.each(types.map((type) => [type.name, type] as const))('%s', (_, type) => {
  const unit = 2n ** BigInt(type.fracBits);
  const pair = fc.tuple(anyValue(type), anyValue(type));

  it('has the limits of its width', () => {
    const { min, max } = limits(type);
    expect([type.min, type.max, type.one]).toEqual([min, max, unit]);
  });

  it('adds, subtracts and multiplies as the exact result, saturated, wrapped or checked', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const product = floorQuotient(a * b, unit);
        expect(type.saturatingAdd(a, b)).toBe(saturated(type, a + b));
        expect(type.saturatingSub(a, b)).toBe(saturated(type, a - b));
        expect(type.saturatingMul(a, b)).toBe(saturated(type, product));
        expect(type.wrappingAdd(a, b)).toBe(wrapped(type, a + b));
        expect(type.wrappingSub(a, b)).toBe(wrapped(type, a - b));
        expect(type.wrappingMul(a, b)).toBe(wrapped(type, product));
        expect(type.checkedAdd(a, b)).toBe(checked(type, a + b));
        expect(type.checkedSub(a, b)).toBe(checked(type, a - b));
        expect(type.checkedMul(a, b)).toBe(checked(type, product));
        expect(type.absDiff(a, b)).toBe(saturated(type, a > b ? a - b : b - a));
      }),
    );
  });

  it('divides towards zero and is safe for a zero divisor', () => {
    fc.assert(
      fc.property(pair, anyValue(type), ([a, b], otherwise) => {
        if (b === 0n) {
          expect([type.checkedDiv(a, b), type.checkedRem(a, b)]).toEqual([null, null]);
          expect([type.safeDiv(a, b), type.safeDiv(a, b, otherwise)]).toEqual([0n, otherwise]);
          expect(() => type.saturatingDiv(a, b)).toThrow(RangeError);
          return;
        }
        const quotient = truncatedQuotient(a * unit, b);
        const fitting = checked(type, quotient);
        expect(type.saturatingDiv(a, b)).toBe(saturated(type, quotient));
        expect(type.wrappingDiv(a, b)).toBe(wrapped(type, quotient));
        expect(type.checkedDiv(a, b)).toBe(fitting);
        expect(type.safeDiv(a, b, otherwise)).toBe(fitting ?? otherwise);
        expect(type.checkedRem(a, b)).toBe(a - b * truncatedQuotient(a, b));
      }),
    );
  });

  it('splits a value into a whole number and a fraction, and rounds to the nearest', () => {
    fc.assert(
      fc.property(anyValue(type), (a) => {
        const whole = floorQuotient(a, unit);
        expect(type.toInt(a)).toBe(whole);
        expect(type.floor(a)).toBe(whole * unit);
        expect(type.frac(a)).toBe(a - whole * unit);
        expect(type.checkedCeil(a)).toBe(checked(type, -floorQuotient(-a, unit) * unit));
        const magnitude = a < 0n ? -a : a;
        const nearest = ((2n * magnitude + unit) / (2n * unit)) * unit;
        expect(type.checkedRound(a)).toBe(checked(type, a < 0n ? -nearest : nearest));
        expect(type.round(a)).toBe(wrapped(type, a < 0n ? -nearest : nearest));
      }),
    );
  });

  it('sums as repeated wrapping addition', () => {
    fc.assert(
      fc.property(fc.array(anyValue(type), { maxLength: 8 }), (values) => {
        expect(type.sum(values)).toBe(values.reduce((sum, value) => type.wrappingAdd(sum, value), 0n));
      }),
    );
  });

  it('prints a decimal that names the value', () => {
    fc.assert(
      fc.property(anyValue(type), (a) => {
        const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d*[1-9]))?$/.exec(type.format(a))!;
        const scale = 10n ** BigInt(fraction.length);
        const magnitude = BigInt(whole!) * scale + BigInt(fraction || '0');
        const error = magnitude * unit - (a < 0n ? -a : a) * scale;
        expect(2n * (error < 0n ? -error : error)).toBeLessThanOrEqual(scale);
        expect(sign).toBe(a < 0n ? '-' : '');
      }),
    );
  });

  it('converts to the nearest value below in any other type', () => {
    fc.assert(
      fc.property(anyValue(type), fc.constantFrom(...types), (a, target) => {
        const exact = floorQuotient(a * 2n ** BigInt(target.fracBits), unit);
        expect(target.saturatingFrom(type, a)).toBe(saturated(target, exact));
        expect(target.wrappingFrom(type, a)).toBe(wrapped(target, exact));
      }),
    );
  });

  it('takes a float that it can hold exactly as it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: type.signed ? -200 : 0, max: 200 }),
        fc.integer({ min: 0, max: 20 }),
        (n, shift) => {
          const exact = (BigInt(n) * unit) / 2n ** BigInt(shift);
          expect(type.saturatingFromF64(n / 2 ** shift)).toBe(exact);
        },
      ),
    );
    expect(() => type.saturatingFromF64(Number.NaN)).toThrow(RangeError);
  });
});

describe('transcendental functions', () => {
  const toNumber = (type: FixedPoint, bits: bigint): number => Number(bits) / Number(type.one);

  // Beyond 10 the series of I32F32, which ends after 31 terms, leaves the real function behind.
  it.each([I32F32, I64F64])('$name: exp, ln and log2 are close to the real functions', (type) => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 10, noNaN: true }), (x) => {
        const bits = type.saturatingFromF64(x);
        const resolution = 2 ** -30;
        const near = (ours: bigint | null, real: number, relative: number) =>
          expect(Math.abs(toNumber(type, ours!) - real)).toBeLessThanOrEqual(
            Math.abs(real) * relative + 64 * resolution,
          );
        near(exp(type, bits), Math.exp(x), 1e-5);
        near(exp(type, -bits), Math.exp(-x), 1e-5);
        near(log2(type, bits), Math.log2(x), 1e-6);
        near(ln(type, bits), Math.log(x), 1e-6);
      }),
    );
  });

  it('have no value where the real functions have none', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: I32F32.min, max: 0n }), (x) => {
        expect([ln(I32F32, x), log2(I32F32, x)]).toEqual([null, null]);
      }),
    );
  });
});
