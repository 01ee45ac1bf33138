import { shortAlpha, shortTao, unitsOf } from '../../units.ts';
import type { Palette } from './palette.ts';
import { type Column, renderTable } from './table.ts';
import { displayWidth, pad, wrap } from './width.ts';

const GAP = '  ';
/** A value gets at least so many columns, however narrow the terminal is. */
const MIN_ROOM = 20;

/** What a command's `render` writes to: lines for a person, collected and printed at once. */
export class Ui {
  readonly colors: Palette;
  /** Columns of the terminal; undefined when piped. */
  readonly width: number | undefined;
  private readonly lines: string[] = [];

  constructor(colors: Palette, width: number | undefined) {
    this.colors = colors;
    this.width = width;
  }

  get text(): string {
    return this.lines.length === 0 ? '' : `${this.lines.join('\n')}\n`;
  }

  line(text = ''): void {
    this.lines.push(...wrap(text, this.width ?? Number.POSITIVE_INFINITY));
  }

  /** Text to be copied or read by a program: as it is, whatever the terminal's width. */
  verbatim(text: string): void {
    this.lines.push(text);
  }

  heading(text: string): void {
    if (this.lines.length > 0) this.line();
    this.line(this.colors.bold(text));
  }

  /** Something that is done. */
  done(text: string): void {
    this.line(`${this.colors.green('✓')} ${text}`);
  }

  /** Labels and values in two columns; undefined values are left out. */
  fields(entries: readonly (readonly [label: string, value: string | undefined])[]): void {
    const shown = entries.filter((entry): entry is readonly [string, string] => entry[1] !== undefined);
    const width = Math.max(0, ...shown.map(([label]) => displayWidth(label)));
    const room = Math.max(MIN_ROOM, (this.width ?? Number.POSITIVE_INFINITY) - width - GAP.length);
    for (const [label, value] of shown) {
      const longest = Math.max(...value.split(' ').map(displayWidth));
      if (longest > room && longest <= this.width! - GAP.length) {
        // An address, whole below its label rather than cut by the terminal beside it.
        this.lines.push(this.colors.dim(label), ...wrap(value, this.width! - GAP.length).map((part) => GAP + part));
        continue;
      }
      for (const [index, part] of wrap(value, room).entries()) {
        this.lines.push(`${index === 0 ? this.colors.dim(pad(label, width)) : ' '.repeat(width)}${GAP}${part}`);
      }
    }
  }

  /** A table that fits the terminal; `empty` stands in its place when there is no row. */
  table<R>(columns: readonly Column<R>[], rows: readonly R[], empty = 'Nothing to show.'): void {
    if (rows.length === 0) this.line(this.colors.dim(empty));
    else this.lines.push(...renderTable(columns, rows, this));
  }

  /** An amount of TAO from a result ("10.500000000"), coloured, with its unit: "10.5 τ". */
  tao(amount: string | bigint, places?: number): string {
    return this.colors.cyan(shortTao(typeof amount === 'string' ? unitsOf(amount) : amount, places));
  }

  /** An amount of alpha from a result, coloured, with its subnet's symbol. */
  alpha(amount: string | bigint, symbol: string, places?: number): string {
    return this.colors.green(shortAlpha(typeof amount === 'string' ? unitsOf(amount) : amount, symbol, places));
  }
}
