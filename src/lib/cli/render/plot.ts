import type { Paint, Palette } from './palette.ts';
import { displayWidth, pad, truncate } from './width.ts';

/** Values at equal distances along the horizontal axis. Numbers are for drawing only. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

export interface PlotOptions {
  /** Columns that the plot may take, labels included. */
  readonly width: number;
  /** Rows of the drawing. */
  readonly height?: number;
  /** What stands at the ends of the vertical axis. */
  readonly format: (value: number) => string;
  /** What stands below the ends of the horizontal axis. */
  readonly from: string;
  readonly to: string;
  readonly colors: Palette;
  /** Ends of the vertical axis; of the values unless given. */
  readonly floor?: number;
  readonly ceiling?: number;
}

const DEFAULT_HEIGHT = 12;
const NARROWEST = 16;
/** Dots of a braille cell: two columns of four, by column and row from the top. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const BRAILLE = 0x2800;
/** One glyph a series, so that they can be told apart without colours. */
const GLYPHS = ['*', 'o', '+', 'x', '#', '@', '%', '&'];

/** A line plot as lines of text: one series in dots, several with a glyph each and a legend. */
export function plot(series: readonly Series[], options: PlotOptions): string[] {
  const drawn = series.filter(({ values }) => values.length > 0).slice(0, GLYPHS.length);
  const all = drawn.flatMap(({ values }) => values.filter(Number.isFinite));
  if (all.length === 0) return [];
  const floor = options.floor ?? Math.min(...all);
  const ceiling = Math.max(options.ceiling ?? Math.max(...all), floor);
  const height = options.height ?? DEFAULT_HEIGHT;
  const labels = [options.format(ceiling), options.format((ceiling + floor) / 2), options.format(floor)];
  const margin = Math.max(...labels.map(displayWidth));
  const columns = Math.max(NARROWEST, options.width - margin - 2);
  const frame: Frame = { columns, height, floor, ceiling };
  const { colors } = options;
  const paints: Paint[] = [colors.cyan, colors.green, colors.yellow, colors.red, colors.bold, colors.dim];
  const cells = drawn.length === 1 ? drawDots(drawn[0]!, frame, paints[0]!) : drawGlyphs(drawn, frame, paints);
  const middle = Math.floor((height - 1) / 2);
  const labelOf = (row: number): string =>
    row === 0 ? labels[0]! : row === height - 1 ? labels[2]! : row === middle && height > 4 ? labels[1]! : '';
  const lines = cells.map((line, row) => {
    const label = labelOf(row);
    return `${colors.dim(pad(label, margin, 'right'))} ${label === '' ? '│' : '┤'}${line}`;
  });
  const [from, to] = [truncate(options.from, columns - 2), truncate(options.to, columns - 2)];
  const gap = columns - displayWidth(from) - displayWidth(to);
  return [
    ...lines,
    `${' '.repeat(margin)} └${'─'.repeat(columns)}`,
    colors.dim(`${' '.repeat(margin + 2)}${from}${gap > 0 ? `${' '.repeat(gap)}${to}` : ''}`),
    ...(drawn.length === 1 ? [] : [legend(drawn, paints, margin)]),
  ];
}

interface Frame {
  readonly columns: number;
  readonly height: number;
  readonly floor: number;
  readonly ceiling: number;
}

/** The value at a place between 0 and 1 along the series. */
function valueAt(values: readonly number[], place: number): number {
  const position = place * (values.length - 1);
  const [low, high] = [values[Math.floor(position)]!, values[Math.ceil(position)]!];
  return low + (high - low) * (position - Math.floor(position));
}

/** Row from the top, of `rows`. */
function rowOf(value: number, rows: number, { floor, ceiling }: Frame): number {
  const share = ceiling === floor ? 0.5 : (value - floor) / (ceiling - floor);
  return Math.min(rows - 1, Math.max(0, Math.round((1 - share) * (rows - 1))));
}

function drawDots({ values }: Series, frame: Frame, paint: Paint): string[] {
  const [width, rows] = [frame.columns * 2, frame.height * 4];
  const cells = Array.from({ length: frame.height }, () => new Array<number>(frame.columns).fill(0));
  let previous: number | undefined;
  for (let column = 0; column < width; column++) {
    const row = rowOf(valueAt(values, column / (width - 1)), rows, frame);
    const from = previous === undefined ? row : previous + Math.sign(row - previous);
    for (let y = Math.min(from, row); y <= Math.max(from, row); y++) {
      cells[y >> 2]![column >> 1]! |= DOTS[column % 2]![y % 4]!;
    }
    previous = row;
  }
  return cells.map((line) =>
    paint(line.map((dots) => (dots === 0 ? ' ' : String.fromCodePoint(BRAILLE + dots))).join('')),
  );
}

function drawGlyphs(series: readonly Series[], frame: Frame, paints: readonly Paint[]): string[] {
  const cells = Array.from({ length: frame.height }, () => new Array<string>(frame.columns).fill(' '));
  // The first series is drawn last: it is the one that must not be hidden.
  for (const [index, { values }] of [...series.entries()].reverse()) {
    for (let column = 0; column < frame.columns; column++) {
      const row = rowOf(valueAt(values, column / (frame.columns - 1)), frame.height, frame);
      cells[row]![column] = paints[index % paints.length]!(GLYPHS[index]!);
    }
  }
  return cells.map((line) => line.join(''));
}

const legend = (series: readonly Series[], paints: readonly Paint[], margin: number): string =>
  `${' '.repeat(margin + 2)}${series
    .map(({ name }, index) => `${paints[index % paints.length]!(GLYPHS[index]!)} ${name}`)
    .join('   ')}`;
