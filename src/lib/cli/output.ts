import type { CliError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import { type Io, usesColor, write } from './io.ts';
import { type Palette, palette } from './render/palette.ts';
import { wrap } from './render/width.ts';
import { asSentence } from './sentence.ts';

/** Facts about where an answer comes from, beside it in JSON. */
export interface Meta {
  network?: string;
  block?: number;
  /** "123-2": block and index of the extrinsic. */
  extrinsic?: string;
}

export type OutputMode = 'human' | 'json' | 'csv';

/** The one place that writes: the answer to stdout exactly once, everything else to stderr. */
export class Output {
  readonly io: Io;
  mode: OutputMode;
  quiet = false;
  verbose = false;
  noColor = false;
  readonly meta: Meta = {};
  readonly warnings: string[] = [];
  answered = false;
  /** Takes a moving line of progress away, before anything else is written. */
  clearProgress: () => void = () => {};

  constructor(io: Io, json: boolean) {
    this.io = io;
    this.mode = json ? 'json' : 'human';
  }

  /** Colours for stdout. */
  get colors(): Palette {
    return palette(this.usesColor);
  }

  /** Whether the answer on stdout is coloured. */
  get usesColor(): boolean {
    return this.mode === 'human' && usesColor(this.io.stdout, this.io.env, this.noColor);
  }

  /** Colours for stderr. */
  get noteColors(): Palette {
    return palette(usesColor(this.io.stderr, this.io.env, this.noColor));
  }

  /** The answer of a command that worked; `text` is what a person sees. */
  async succeed(schema: string, data: unknown, text: string): Promise<void> {
    await this.answer(
      this.mode === 'json' ? { ok: true, schema, data, warnings: this.warnings, meta: this.meta } : undefined,
      text,
    );
  }

  /** The answer of a command that failed: JSON on stdout, or sentences on stderr. */
  async fail(error: CliError): Promise<void> {
    this.clearProgress();
    const message = asSentence(error.message);
    const hints = error.hints.map(asSentence);
    if (this.mode === 'json' && !this.answered) {
      const { code, data } = error;
      await this.answer({ ok: false, error: { code, message, hints, data }, meta: this.meta }, '');
      return;
    }
    const { red, dim } = this.noteColors;
    const lines = [
      ...this.wrapped(`${red('Error:')} ${message} ${dim(`(${error.code})`)}`),
      ...hints.flatMap((hint) => this.wrapped(hint, '  ')),
    ];
    await write(this.io.stderr, `${lines.join('\n')}\n`);
  }

  /** A line of progress on stderr. */
  note(text: string): void {
    if (!this.quiet) this.io.stderr.write(`${text}\n`);
  }

  /** A sentence on stderr about an answer that cannot be used. */
  complain(text: string): void {
    this.io.stderr.write(`${this.wrapped(text).join('\n')}\n`);
  }

  /** A line for people who look for a fault. */
  debug(text: string): void {
    if (this.verbose && !this.quiet) this.io.stderr.write(`${this.noteColors.dim(text)}\n`);
  }

  /** Something that the user must see: stderr for people, `warnings` in JSON. */
  warn(text: string): void {
    this.warnings.push(text);
    if (this.mode !== 'json')
      this.io.stderr.write(`${this.wrapped(`${this.noteColors.yellow('Warning:')} ${text}`).join('\n')}\n`);
  }

  /** Lines broken at spaces, where a terminal would break them anywhere; a pipe gets them whole. */
  private wrapped(text: string, indent = ''): string[] {
    const { isTTY, columns } = this.io.stderr;
    const room = isTTY === true && columns > 0 ? Math.max(20, columns - indent.length) : Number.POSITIVE_INFINITY;
    return wrap(text, room).map((line) => indent + line);
  }

  private async answer(document: unknown, text: string): Promise<void> {
    if (this.answered) throw new Error('a command answers once');
    this.answered = true;
    try {
      await write(this.io.stdout, document === undefined ? text : `${JSON.stringify(document, bigintsAsText, 2)}\n`);
    } catch (error) {
      throw fileError(error, 'The output cannot be written', 'stdout');
    }
  }
}

/** Money is bigint inside; a result that still holds one is a mistake that must not lose digits. */
function bigintsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
