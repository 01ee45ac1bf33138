/** CSI sequences, which colour text and take no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;

let segmenter: Intl.Segmenter | undefined;
const EMOJI = /\p{Emoji_Presentation}|\u{fe0f}/u;
const MARKS_ONLY = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;
/**
 * ASCII, Latin, Greek and the typographic signs of our own tables: a column for each character, and none joins another. Most
 * amounts have a unit from here, and need no Unicode tables to be measured.
 */
const ONE_COLUMN_EACH =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u0391-\u03a1\u03a3-\u03c9\u2010-\u2015\u2018-\u2026\u2190-\u2193]*$/;

/** East Asian wide and full-width blocks, as [first, last]. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

export function stripAnsi(text: string): string {
  return text.replaceAll(ANSI, '');
}

/** Columns that text takes on a terminal. */
export function displayWidth(text: string): number {
  const bare = stripAnsi(text);
  if (ONE_COLUMN_EACH.test(bare)) return bare.length;
  let width = 0;
  for (const grapheme of graphemesOf(bare)) width += graphemeWidth(grapheme);
  return width;
}

/** Cuts text without escapes to a width, with an ellipsis at the end or, for addresses, in the middle. */
export function truncate(text: string, width: number, where: 'end' | 'middle' = 'end'): string {
  if (displayWidth(text) <= width) return text;
  if (width <= 1) return '…'.slice(0, width);
  const graphemes = graphemesOf(text);
  const room = width - 1;
  const head = take(graphemes, where === 'end' ? room : Math.ceil(room / 2));
  const tail = where === 'end' ? '' : take([...graphemes].reverse(), Math.floor(room / 2), true);
  return `${head}…${tail}`;
}

/** Breaks text at spaces into lines of a width; a word that is longer stays whole, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(`${last} ${word}`) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Fills with spaces up to a width. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + space : space + text;
}

function take(graphemes: readonly string[], width: number, reversed = false): string {
  const kept: string[] = [];
  let used = 0;
  for (const grapheme of graphemes) {
    used += graphemeWidth(grapheme);
    if (used > width) break;
    kept.push(grapheme);
  }
  return (reversed ? kept.reverse() : kept).join('');
}

function graphemesOf(text: string): string[] {
  // Made on first use: loading the Unicode tables takes longer than the whole of `--help`.
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  if (MARKS_ONLY.test(grapheme)) return 0;
  if (EMOJI.test(grapheme)) return 2;
  const point = grapheme.codePointAt(0) ?? 0;
  return WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}
