import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CliError } from '../../../src/lib/errors.ts';
import {
  formatTolerance,
  formatUnits,
  parseAlpha,
  parseNetuid,
  parseTao,
  parseTolerance,
  rao,
  shortTao,
  shortUnits,
  U64_MAX,
  unitsOf,
} from '../../../src/lib/units.ts';

function refusal(work: () => unknown): CliError {
  try {
    work();
  } catch (error) {
    if (error instanceof CliError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('parseTao', () => {
  it.each([
    ['10', 10_000_000_000n],
    ['0.000000001', 1n],
    ['.5', 500_000_000n],
    ['5.', 5_000_000_000n],
    [' 007.10 ', 7_100_000_000n],
    ['0', 0n],
    ['18446744073.709551615', U64_MAX],
  ])('reads %j', (text, expected) => {
    expect(parseTao(text)).toBe(expected);
  });

  it.each([
    ['', 'empty'],
    ['-1', 'negative'],
    ['1e3', 'scientific'],
    ['1.5E-3', 'scientific'],
    ['NaN', 'not a number'],
    ['Infinity', 'not a number'],
    ['-inf', 'not a number'],
    ['0.0000000001', '10 decimal places'],
    ['18446744073.709551616', 'too large'],
    ['99999999999999999999999', 'too large'],
    ['1,000', 'separator'],
    ['1 000', 'separator'],
    ['1_000', 'separator'],
    ["1'000.5", 'separator'],
    ['.', 'not an amount'],
    ['1.2.3', 'not an amount'],
    ['0x10', 'not an amount'],
    ['+5', 'not an amount'],
    ['10 TAO', 'not an amount'],
    ['ten', 'not an amount'],
    ['١٢', 'not an amount'],
  ])('refuses %j because it is %s', (text, why) => {
    const error = refusal(() => parseTao(text));
    expect(error.code).toBe('AMOUNT_INVALID');
    expect(error.exit).toBe(12);
    expect(error.message).toContain(why);
    expect(error.hints).toHaveLength(1);
  });

  it('gives each kind of mistake its own sentence', () => {
    const mistakes = ['', '-1', '1e3', 'NaN', '0.0000000001', '99999999999', '1,000', 'x'];
    const sentences = mistakes.map((text) => refusal(() => parseTao(text)).message.replace(`"${text}"`, ''));
    expect(new Set(sentences).size).toBe(mistakes.length);
  });

  it('repeats only the start of what was typed', () => {
    expect(refusal(() => parseAlpha('x'.repeat(500))).message.length).toBeLessThan(100);
  });

  it('reads back every amount that is written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: U64_MAX }), (units) => {
        expect(parseTao(formatUnits(units))).toBe(units);
        expect(unitsOf(formatUnits(-units))).toBe(-units);
      }),
    );
  });
});

describe('amounts for people', () => {
  it.each([
    [0n, undefined, '0 τ'],
    [1n, undefined, '0.000000001 τ'],
    [1n, 4, '<0.0001 τ'],
    [-1n, 4, '-<0.0001 τ'],
    [10_500_000_000n, undefined, '10.5 τ'],
    [1_234_567_891_234_567n, undefined, '1,234,567.891234567 τ'],
    [1_234_567_899_999_999n, 2, '1,234,567.89 τ'],
    [-10_000_000_000n, undefined, '-10 τ'],
  ])('%s with %s places is %s', (units, places, text) => {
    expect(shortTao(units, places)).toBe(text);
  });

  it('never shows zero for something, nor more than there is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: U64_MAX }), fc.integer({ min: 0, max: 9 }), (units, places) => {
        const shown = shortUnits(units, places);
        if (shown.startsWith('<')) return;
        const value = unitsOf(shown.replaceAll(',', ''));
        expect(value > 0n && value <= units).toBe(true);
      }),
    );
  });
});

describe('parseTolerance', () => {
  it.each([
    ['0.5%', 5_000_000n, '0.5%'],
    ['0.5 %', 5_000_000n, '0.5%'],
    ['0.005', 5_000_000n, '0.5%'],
    ['0', 0n, '0%'],
    ['10%', 100_000_000n, '10%'],
    ['99.9999999%', 999_999_999n, '99.9999999%'],
  ])('reads %j', (text, parts, shown) => {
    expect(parseTolerance(text)).toBe(parts);
    expect(formatTolerance(parseTolerance(text))).toBe(shown);
  });

  it.each(['0.5', '1', '100%', '-1%', '1e-3', '', '%', '0.123456789%'])('refuses %j', (text) => {
    expect(refusal(() => parseTolerance(text)).code).toBe('SETTING_INVALID');
  });
});

describe('parseNetuid', () => {
  it('reads the chain’s range and nothing else', () => {
    expect(parseNetuid('0')).toBe(0);
    expect(parseNetuid('65535')).toBe(65_535);
    for (const text of ['65536', '-1', '1.0', '', 'x', '1e2', '999999']) {
      expect(refusal(() => parseNetuid(text)).code).toBe('NETUID_INVALID');
    }
  });
});

it('amounts outside u64 are a mistake of ours', () => {
  expect(() => rao(-1n)).toThrow(RangeError);
  expect(() => rao(U64_MAX + 1n)).toThrow(RangeError);
});
