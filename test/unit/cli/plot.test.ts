import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duration } from '../../../src/lib/cli/duration.ts';
import { fixedDecimal, percent, proportionDecimal } from '../../../src/lib/cli/fixed-decimal.ts';
import { palette } from '../../../src/lib/cli/render/palette.ts';
import { plot } from '../../../src/lib/cli/render/plot.ts';
import { displayWidth, stripAnsi } from '../../../src/lib/cli/render/width.ts';

const options = (width: number, color = false) => ({
  width,
  height: 8,
  format: (value: number) => value.toFixed(1),
  from: 'now',
  to: 'later',
  colors: palette(color),
});
const line = (...values: number[]) => ({ name: 'line', values });

describe('plot', () => {
  it('draws a rising line from the lower left to the upper right', () => {
    const [top, ...rest] = plot([line(0, 1, 2, 3)], options(40));
    const bottom = rest[6]!;
    expect(top).toContain('3.0 ┤');
    expect(bottom).toContain('0.0 ┤');
    expect(top!.trimEnd().length).toBeGreaterThan(38);
    expect(bottom.trimEnd().length).toBeLessThan(20);
    expect(rest.at(-1)).toMatch(/^ +now +later$/);
  });

  it('tells several lines apart without colours, and names them', () => {
    const text = plot(
      [
        { ...line(0, 0), name: 'low' },
        { ...line(9, 9), name: 'high' },
      ],
      options(40),
    ).join('\n');
    expect(text).toContain('* low   o high');
    expect(text.split('\n')[0]).toContain('ooooo');
    expect(text).not.toContain('\u001b');
  });

  it('colours only when asked to, without changing what stands there', () => {
    const plain = plot([line(1, 5, 2), line(3, 1, 4)], options(50));
    const colored = plot([line(1, 5, 2), line(3, 1, 4)], options(50, true));
    expect(colored.join('\n')).toContain('\u001b[');
    expect(colored.map(stripAnsi)).toEqual(plain);
  });

  it('fits any width from 30 columns on, whatever the values', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.array(number, { minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 30, max: 200 }),
        (series, width) => {
          const named = series.map((values, index) => ({ name: `s${index}`, values }));
          const lines = plot(named, { ...options(width), format: (value) => value.toExponential(1) });
          const drawing = lines.slice(0, 10);
          for (const text of drawing) expect(displayWidth(text)).toBeLessThanOrEqual(width);
          expect(lines.length).toBe(series.length === 1 ? 10 : 11);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('draws one value and equal values in the middle, and nothing where there is none', () => {
    expect(plot([line(4)], options(40)).join('')).toMatch(/[⠁-⣿]/u);
    expect(plot([line(4, 4, 4)], options(40)).length).toBe(10);
    expect(plot([], options(40))).toEqual([]);
    expect(plot([line()], options(40))).toEqual([]);
  });
});

describe('numbers', () => {
  it.each([
    [0n, '0.0000000000'],
    [1n, '0.0000000002'],
    [1n << 32n, '1.0000000000'],
    [(1n << 32n) - 1n, '0.9999999997'],
    [-(1n << 31n), '-0.5000000000'],
  ])('I32F32 bits %s are %s', (bits, text) => {
    expect(fixedDecimal(bits)).toBe(text);
  });

  it.each([
    [0, '0.000000'],
    [65_535, '1.000000'],
    [32_767, '0.499992'],
  ])('the proportion %s is %s', (value, text) => {
    expect(proportionDecimal(value)).toBe(text);
  });

  it('a share that is not nothing is not shown as nothing', () => {
    expect([percent('0.0000000002'), percent('0'), percent('0.5341')]).toEqual(['<0.01 %', '0.00 %', '53.41 %']);
  });

  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [61, '1 minute 1 second'],
    [3_600, '1 hour'],
    [86_400 * 3 + 7_200, '3 days 2 hours'],
    [86_400 * 365 * 2, '2 years'],
    [86_400 * (365 + 41), '1 year 41 days'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });
});
