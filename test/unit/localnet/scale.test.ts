import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Percent, Perquintill } from '../../../src/lib/localnet/pallets/system/types.ts';
import { fromHex, toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { btreeSet, vec } from '../../../src/lib/localnet/scale/compound.ts';
import {
  compactBigint,
  compactNumber,
  i16,
  i32,
  i64,
  i128,
  u8,
  u16,
  u32,
  u64,
  u128,
} from '../../../src/lib/localnet/scale/primitives.ts';
import { decode, encode, newtype, type Type, written } from '../../../src/lib/localnet/scale/type.ts';

/** The bytes of an integer, lowest first, by arithmetic alone. */
function littleEndian(value: bigint, length: number): Uint8Array {
  const rest = BigInt.asUintN(8 * length, value);
  return Uint8Array.from({ length }, (_, i) => Number((rest >> BigInt(8 * i)) & 0xffn));
}

const INTEGERS: readonly [name: string, type: Type<number> | Type<bigint>, bytes: number, isSigned: boolean][] = [
  ['u8', u8, 1, false],
  ['u16', u16, 2, false],
  ['u32', u32, 4, false],
  ['u64', u64, 8, false],
  ['u128', u128, 16, false],
  ['i16', i16, 2, true],
  ['i32', i32, 4, true],
  ['i64', i64, 8, true],
  ['i128', i128, 16, true],
];

describe('integers', () => {
  it.each(INTEGERS)('%s: every value is its bytes, lowest first', (_, type, length, isSigned) => {
    const bits = BigInt(8 * length);
    const [min, max] = isSigned ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
    const edges = [min, max, 0n, 1n, (1n << 21n) - 1n, 1n << 32n, (1n << 53n) - 1n, 1n << 53n, (1n << 53n) + 1n];
    const inRange = edges.filter((value) => value >= min && value <= max);
    const any = fc.oneof(fc.constantFrom(...inRange), fc.bigInt({ min, max }));
    fc.assert(
      fc.property(any, fc.nat({ max: 100 }), (wide, before) => {
        const value = length <= 4 ? Number(wide) : wide;
        const bytes = littleEndian(wide, length);
        expect(encode(type as Type<unknown>, value)).toEqual(bytes);
        expect(decode(type as Type<unknown>, bytes)).toBe(value);
        // As a view into a longer array, too.
        const long = new Uint8Array(before + length + 7).fill(0xa5);
        long.set(bytes, before);
        expect(decode(type as Type<unknown>, long.subarray(before, before + length))).toBe(value);
      }),
    );
  });

  it.each(INTEGERS)('%s: bytes that end too early are refused', (_, type, length) => {
    expect(() => decode(type as Type<unknown>, new Uint8Array(length - 1))).toThrow(/expected at offset/);
  });
});

describe('compact integers', () => {
  const sizes = [
    ['u16', compactNumber(u16), 16n],
    ['u32', compactNumber(u32), 32n],
    ['u64', compactBigint(u64), 64n],
    ['u128', compactBigint(u128), 128n],
    ['a newtype of u32', compactNumber(newtype('demo::Number', u32)), 32n],
  ] as const;
  it.each(sizes)('of a %s come back from their shortest form alone', (_, type, bits) => {
    const any = fc.bigInt({ min: 0n, max: (1n << bits) - 1n });
    const edges = [0n, 63n, 64n, 0x3fffn, 0x4000n, 0x3fff_ffffn, 0x4000_0000n, (1n << bits) - 1n];
    const value = fc.oneof(any, fc.constantFrom(...edges.filter((edge) => edge >> bits === 0n)));
    const shift = fc.bigInt({ min: 0n, max: bits });
    fc.assert(
      fc.property(value, shift, (wide, by) => {
        const small = wide >> by;
        const bytes = written((out) => out.compact(small));
        expect(BigInt(decode(type as Type<number | bigint>, bytes))).toBe(small);
        for (const longer of longerForms(small, bytes.length)) {
          expect(() => decode(type as Type<unknown>, longer)).toThrow(/shortest form/);
        }
      }),
    );
  });

  it.each(sizes)('of a %s are refused above its range', (_, type, bits) => {
    for (const value of [1n << bits, 1n << (bits + 7n), (1n << 536n) - 1n]) {
      expect(() =>
        decode(
          type as Type<unknown>,
          written((out) => out.compact(value)),
        ),
      ).toThrow(/has more than/);
    }
  });

  /** The same value with more bytes than it needs. */
  function* longerForms(value: bigint, length: number): Generator<Uint8Array> {
    if (length < 2) yield littleEndian((value << 2n) | 1n, 2);
    if (length < 4) yield littleEndian((value << 2n) | 2n, 4);
    for (let bytes = Math.max(4, length); bytes <= 20; bytes++) {
      yield Uint8Array.of(((bytes - 4) << 2) | 3, ...littleEndian(value, bytes));
    }
  }
});

describe('a set', () => {
  it('has its items ascending and once, however they were written', () => {
    const set = btreeSet(u16, (a, b) => a - b);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 9 })), (items) => {
        const expected = [...new Set(items)].sort((a, b) => a - b);
        expect(decode(set, encode(vec(u16), items))).toEqual(expected);
        expect(encode(set, expected)).toEqual(encode(vec(u16), expected));
      }),
    );
  });
});

describe('parts of a whole', () => {
  it('do not decode above the whole', () => {
    expect(decode(Percent, Uint8Array.of(100))).toBe(100);
    expect(() => decode(Percent, Uint8Array.of(101))).toThrow(/101 is more than the whole of a Percent, 100/);
    expect(decode(Perquintill, encode(u64, 10n ** 18n))).toBe(10n ** 18n);
    expect(() => decode(Perquintill, encode(u64, 10n ** 18n + 1n))).toThrow(/more than the whole/);
  });
});

describe('hex', () => {
  it('has the digits of each byte, whatever the length and wherever the bytes lie', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, fc.nat({ max: 9 }), (all, from) => {
        const view = all.subarray(Math.min(from, all.length));
        const digits = [...view].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        expect(toHex(view)).toBe(digits);
        expect(fromHex(digits)).toEqual(Uint8Array.from(view));
      }),
    );
  });
});
