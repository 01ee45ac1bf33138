import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCsv } from '../../../src/lib/cli/render/csv.ts';
import { arrangeRows, chooseColumns } from '../../../src/lib/cli/render/list.ts';
import { palette } from '../../../src/lib/cli/render/palette.ts';
import { type Column, renderTable } from '../../../src/lib/cli/render/table.ts';
import { Ui } from '../../../src/lib/cli/render/ui.ts';
import { displayWidth, pad, stripAnsi, truncate, wrap } from '../../../src/lib/cli/render/width.ts';
import { CliError } from '../../../src/lib/errors.ts';

interface Row {
  readonly netuid: number;
  readonly symbol: string;
  readonly hotkey: string;
  readonly stakeTao: string;
}

const columns: readonly Column<Row>[] = [
  { key: 'netuid', header: 'Netuid', align: 'right' },
  { key: 'symbol', header: 'Symbol' },
  { key: 'hotkey', header: 'Hotkey', shrink: 'middle' },
  { key: 'stakeTao', header: 'Stake', align: 'right', text: (row, ui) => ui.tao(row.stakeTao) },
];
const HOTKEY = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const rows: readonly Row[] = [
  { netuid: 10, symbol: '𝜏', hotkey: HOTKEY, stakeTao: '10.500000000' },
  { netuid: 9, symbol: 'שׁ', hotkey: HOTKEY, stakeTao: '9.000000000' },
  { netuid: 2, symbol: '数', hotkey: HOTKEY, stakeTao: '100.000000001' },
];
const ui = (width?: number, color = false): Ui => new Ui(palette(color), width);

describe('displayWidth', () => {
  it('is the same with and without the Unicode tables, for every character that is measured without', () => {
    const wide = '\u4e00';
    const firsts = [0x20, 0xa1, 0xae, 0x391, 0x3a3, 0x2010, 0x2018, 0x2190];
    const lasts = [0x7e, 0xac, 0x24f, 0x3a1, 0x3c9, 0x2015, 0x2026, 0x2193];
    for (const [i, first] of firsts.entries()) {
      for (let code = first; code <= lasts[i]!; code++) {
        const text = String.fromCodePoint(code);
        const width = displayWidth(text);
        expect(displayWidth(wide + text), code.toString(16)).toBe(width + 2);
        expect(displayWidth(text + wide), code.toString(16)).toBe(width + 2);
      }
    }
  });

  it.each([
    ['abc', 3],
    ['τ', 1],
    ['𝜏', 1],
    ['ἀ', 1],
    ['数字', 4],
    ['한', 2],
    ['🎉', 2],
    ['👩‍👩‍👧', 2],
    ['é', 1],
    ['שׁ', 1],
    ['\u001b[31mred\u001b[39m', 3],
  ])('%j takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  it('truncate and pad give exactly the width, or less before a wide character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, width) => {
        for (const where of ['end', 'middle'] as const) {
          expect(displayWidth(truncate(text, width, where))).toBeLessThanOrEqual(width);
        }
        expect(displayWidth(pad(text, width))).toBe(Math.max(width, displayWidth(text)));
      }),
    );
  });

  it('wraps at spaces and keeps words whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap(HOTKEY, 10)).toEqual([HOTKEY]);
  });
});

describe('columns that can be spared', () => {
  const columns: Column<{ a: string; b: string; c: string }>[] = [
    { key: 'a', header: 'A' },
    { key: 'b', header: 'B', spare: 1 },
    { key: 'c', header: 'C', spare: 2 },
  ];
  const rows = [{ a: 'a'.repeat(10), b: 'b'.repeat(10), c: 'c'.repeat(10) }];
  const shown = (width: number | undefined, wanted?: string): string[] =>
    renderTable(chooseColumns(columns, wanted), rows, new Ui(palette(false), width));

  it('go one by one as the terminal narrows, and are named', () => {
    expect(shown(34)).toHaveLength(2);
    expect(shown(33)[0]).toBe('A           B');
    expect(shown(33).join(' ')).toContain('Too narrow for C: --columns chooses');
    expect(shown(21)[0]).toBe('A');
    expect(shown(21).join(' ')).toContain('Too narrow for B, C:');
  });

  it('stay in a pipe, and where they were asked for', () => {
    expect(shown(undefined)).toHaveLength(2);
    expect(shown(21, 'a,c').join('\n')).toBe(`A  ${'a'.repeat(10)}\nC  ${'c'.repeat(10)}`);
  });
});

describe('a column that wraps', () => {
  it('takes more lines, whole words', () => {
    const columns: Column<{ a: string; b: string }>[] = [
      { key: 'a', header: 'A' },
      { key: 'b', header: 'Bee', shrink: 'wrap' },
    ];
    const lines = renderTable(columns, [{ a: 'x', b: 'one two three four' }], new Ui(palette(false), 13));
    expect(lines).toEqual(['A  Bee', 'x  one two', '   three four']);
  });
});

describe('renderTable', () => {
  it('aligns columns whatever the symbols', () => {
    const lines = renderTable(columns, rows, ui());
    expect(lines[0]).toBe(`Netuid  Symbol  Hotkey${' '.repeat(54)}Stake`);
    const ends = lines.map((line) => displayWidth(line));
    expect(new Set(ends).size).toBe(1);
    for (const line of lines.slice(1)) expect(line).toContain(HOTKEY);
  });

  it('cuts addresses in the middle on a terminal that is too narrow', () => {
    const lines = renderTable(columns, rows, ui(60));
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(60);
    expect(lines[1]).toMatch(/5Grw\w+…\w+utQY/);
    expect(lines.join('\n')).toContain('100.000000001 τ');
  });

  it('becomes blocks of lines when even that does not fit', () => {
    const lines = renderTable(columns, rows, ui(30));
    expect(lines[0]).toBe('Netuid  10');
    expect(lines).toContain(`Hotkey  ${HOTKEY}`);
  });

  it('colours without moving columns', () => {
    const plain = renderTable(columns, rows, ui(60));
    const colored = renderTable(columns, rows, ui(60, true));
    expect(colored.map(stripAnsi)).toEqual(plain);
    expect(colored).not.toEqual(plain);
  });
});

describe('lists', () => {
  const netuids = (options: Parameters<typeof arrangeRows>[2]): number[] =>
    arrangeRows(columns, rows, options).map((row) => row.netuid);

  it('puts absent values last, whichever way it sorts', () => {
    const some = [{ value: null }, { value: 2 }, { value: null }, { value: 1 }];
    const one = [{ key: 'value', header: 'Value' }];
    const sorted = (sort: string) =>
      arrangeRows<{ value: number | null }>(one, some, { sort }).map(({ value }) => value);
    expect(sorted('value')).toEqual([1, 2, null, null]);
    expect(sorted('-value')).toEqual([2, 1, null, null]);
  });

  it('sorts numbers and amounts by value', () => {
    expect(netuids({ sort: 'netuid' })).toEqual([2, 9, 10]);
    expect(netuids({ sort: '-netuid' })).toEqual([10, 9, 2]);
    expect(netuids({ sort: 'stakeTao' })).toEqual([9, 10, 2]);
    expect(netuids({ sort: 'netuid', sortOrder: 'descending' })).toEqual([10, 9, 2]);
    expect(netuids({ sort: '-netuid', sortOrder: 'reverse' })).toEqual([2, 9, 10]);
    expect(netuids({ sortOrder: 'desc' })).toEqual(rows.map(({ netuid }) => netuid).reverse());
    expect(netuids({ sort: 'Stake' })).toEqual([9, 10, 2]);
  });

  it.each([
    [['netuid>=9'], [10, 9]],
    [['netuid != 9', 'netuid<10'], [2]],
    [['stakeTao=9'], [9]],
    [['stakeTao>100'], [2]],
    [['hotkey~grwva'], [10, 9, 2]],
    [['symbol=𝜏'], [10]],
  ])('filters by %j', (filter, expected) => {
    expect(netuids({ filter })).toEqual(expected);
  });

  it('refuses unknown columns and malformed filters, with the nearest name', () => {
    const refused = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        if (error instanceof CliError) return [error.message, ...error.hints].join(' ');
      }
      return 'accepted';
    };
    expect(refused(() => chooseColumns(columns, 'netuid,hotky'))).toContain('Did you mean hotkey?');
    expect(refused(() => netuids({ sort: 'x' }))).toContain('Columns: netuid');
    expect(refused(() => netuids({ filter: ['netuid'] }))).toContain('not a filter');
  });

  it('writes CSV that survives commas, quotes and line breaks', () => {
    const odd = [{ netuid: 1, symbol: 'a,"b"\nc', hotkey: '', stakeTao: '1.000000000' }];
    expect(renderCsv(columns, odd)).toBe('netuid,symbol,hotkey,stakeTao\n1,"a,""b""\nc",,1.000000000\n');
  });
});
