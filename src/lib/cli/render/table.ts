import type { Ui } from './ui.ts';
import { displayWidth, pad, stripAnsi, truncate, wrap } from './width.ts';

/** One column of a table over rows of type `R`. */
export interface Column<R> {
  /** The name for --columns, --sort and --filter, and the CSV header: the field's name in JSON. */
  readonly key: string;
  /** What a person reads above the column. */
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** The plain value, for CSV, sorting and filtering; the row's field of that key by default. */
  readonly value?: (row: R) => Cell;
  /** What a person sees; the plain value by default. */
  readonly text?: (row: R, ui: Ui) => string;
  /** On a narrow terminal it may be cut at the end or (addresses) in the middle, or wrapped; never when piped. */
  readonly shrink?: 'end' | 'middle' | 'wrap';
  /** Left out where the terminal is too narrow for all, the highest number first, and said below the table. */
  readonly spare?: number;
  /** Left out unless asked for by --columns. */
  readonly optional?: boolean;
}

export type Cell = string | number | boolean | null | undefined;

const GAP = 2;
const SMALLEST = 9;

export function cellOf<R>(column: Column<R>, row: R): Cell {
  return column.value ? column.value(row) : ((row as Record<string, unknown>)[column.key] as Cell);
}

/**
 * Lines of a table. Where even shrinking does not make it fit, columns that can be spared go; where none can, each row
 * becomes a block of "header value" lines.
 */
export function renderTable<R>(columns: readonly Column<R>[], rows: readonly R[], ui: Ui): string[] {
  const spared: Column<R>[] = [];
  let kept = columns;
  let lines = tableLines(kept, rows, ui);
  while (lines === undefined) {
    const next = mostSpare(kept);
    if (next === undefined) {
      const texts = rows.map((row) => columns.map((column) => textOf(column, row, ui)));
      return renderRecords(columns, texts, ui);
    }
    spared.push(next);
    kept = kept.filter((column) => column !== next);
    lines = tableLines(kept, rows, ui);
  }
  if (spared.length === 0) return lines;
  const names = columns.filter((column) => spared.includes(column)).map(({ header }) => header);
  const note = `Too narrow for ${names.join(', ')}: --columns chooses, and a pipe gets all.`;
  return [...lines, ...wrap(note, ui.width!).map((line) => ui.colors.dim(line))];
}

function mostSpare<R>(columns: readonly Column<R>[]): Column<R> | undefined {
  return columns
    .filter(({ spare }) => spare !== undefined)
    .toSorted((left, right) => right.spare! - left.spare!)
    .at(0);
}

function tableLines<R>(columns: readonly Column<R>[], rows: readonly R[], ui: Ui): string[] | undefined {
  const texts = rows.map((row) => columns.map((column) => textOf(column, row, ui)));
  const natural = columns.map((column, index) =>
    Math.max(displayWidth(column.header), ...texts.map((cells) => displayWidth(cells[index]!))),
  );
  const widths = fitWidths(columns, natural, ui.width);
  if (widths === undefined) return undefined;
  const lines = (cells: readonly string[]): string[] => {
    const parts = cells.map((cell, index) => {
      const { shrink } = columns[index]!;
      if (widths[index]! >= natural[index]!) return [cell];
      return shrink === 'wrap' ? wrap(cell, widths[index]!) : [truncate(stripAnsi(cell), widths[index]!, shrink)];
    });
    const height = Math.max(...parts.map(({ length }) => length));
    return Array.from({ length: height }, (_, row) =>
      parts
        .map((part, index) => pad(part[row] ?? '', widths[index]!, columns[index]!.align))
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  };
  return [
    ...lines(columns.map((column) => column.header)).map((line) => ui.colors.bold(line)),
    ...texts.flatMap(lines),
  ];
}

function textOf<R>(column: Column<R>, row: R, ui: Ui): string {
  if (column.text) return column.text(row, ui);
  const value = cellOf(column, row);
  return value === undefined || value === null ? '–' : String(value);
}

function fitWidths<R>(
  columns: readonly Column<R>[],
  natural: readonly number[],
  width: number | undefined,
): number[] | undefined {
  const widths = [...natural];
  const total = (): number => widths.reduce((sum, one) => sum + one, GAP * (widths.length - 1));
  if (width === undefined) return widths;
  while (total() > width) {
    let widest = -1;
    for (const [index, column] of columns.entries()) {
      const floor = Math.max(SMALLEST, displayWidth(column.header));
      if (column.shrink && widths[index]! > floor && (widest < 0 || widths[index]! > widths[widest]!)) widest = index;
    }
    if (widest < 0) return undefined;
    widths[widest] = widths[widest]! - 1;
  }
  return widths;
}

function renderRecords<R>(columns: readonly Column<R>[], texts: readonly (readonly string[])[], ui: Ui): string[] {
  const label = Math.max(...columns.map((column) => displayWidth(column.header)));
  const room = Math.max(SMALLEST, (ui.width ?? 0) - label - GAP);
  const indent = ' '.repeat(label + GAP);
  return texts.flatMap((cells, row) => [
    ...(row === 0 ? [] : ['']),
    ...cells.flatMap((cell, index) =>
      wrap(cell, room).map((line, number) =>
        number === 0 ? `${ui.colors.bold(pad(columns[index]!.header, label))}${' '.repeat(GAP)}${line}` : indent + line,
      ),
    ),
  ]);
}
