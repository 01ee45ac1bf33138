import { caseError, quoted } from './case-error.ts';

/** A JSON value that knows its line. Numbers stay text, so that no digit is lost. */
export type Located =
  | { readonly kind: 'object'; readonly line: number; readonly entries: readonly Entry[] }
  | { readonly kind: 'array'; readonly line: number; readonly items: readonly Located[] }
  | { readonly kind: 'string' | 'number'; readonly line: number; readonly text: string }
  | { readonly kind: 'boolean'; readonly line: number; readonly value: boolean }
  | { readonly kind: 'null'; readonly line: number };

export interface Entry {
  readonly key: string;
  readonly line: number;
  readonly value: Located;
}

const DEEPEST = 32;
const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Parses RFC 8259 JSON, refusing names that stand twice in an object. @throws CliError VALIDATION with the line */
export function parseLocatedJson(text: string): Located {
  return new Parser(text).document();
}

class Parser {
  private readonly text: string;
  private at = 0;
  private line = 1;

  constructor(text: string) {
    this.text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  document(): Located {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) throw this.unexpected('the end');
    return value;
  }

  private value(depth: number): Located {
    if (depth > DEEPEST) throw caseError(this.line, 'it is nested too deeply.');
    this.space();
    const { line } = this;
    const next = this.text[this.at];
    if (next === '{') return { kind: 'object', line, entries: this.entries(depth) };
    if (next === '[') return { kind: 'array', line, items: this.items(depth) };
    if (next === '"') return { kind: 'string', line, text: this.string() };
    const number = this.take(NUMBER);
    if (number !== undefined) return { kind: 'number', line, text: number };
    const word = this.take(WORD);
    if (word === 'null') return { kind: 'null', line };
    if (word !== undefined) return { kind: 'boolean', line, value: word === 'true' };
    throw this.unexpected('a value');
  }

  private entries(depth: number): Entry[] {
    const entries: Entry[] = [];
    const seen = new Set<string>();
    this.list('}', () => {
      this.space();
      const { line } = this;
      if (this.text[this.at] !== '"') throw this.unexpected('a name in quotes');
      const key = this.string();
      if (seen.has(key)) throw caseError(line, `${quoted(key)} stands twice.`);
      seen.add(key);
      this.space();
      if (this.text[this.at] !== ':') throw this.unexpected('a colon');
      this.at += 1;
      entries.push({ key, line, value: this.value(depth + 1) });
    });
    return entries;
  }

  private items(depth: number): Located[] {
    const items: Located[] = [];
    this.list(']', () => items.push(this.value(depth + 1)));
    return items;
  }

  private list(end: '}' | ']', item: () => void): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      item();
      this.space();
      const next = this.text[this.at];
      if (next !== ',' && next !== end) throw this.unexpected(`a comma or ${end}`);
      this.at += 1;
      if (next === end) return;
    }
  }

  private string(): string {
    const text = this.take(STRING);
    if (text === undefined) throw caseError(this.line, 'a text does not end, or holds what it may not.');
    return JSON.parse(text) as string;
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private space(): void {
    const space = this.take(SPACE) ?? '';
    for (const character of space) if (character === '\n') this.line += 1;
  }

  private unexpected(wanted: string): Error {
    const found = this.text[this.at];
    return caseError(
      this.line,
      `expected ${wanted}, found ${found === undefined ? 'the end of the file' : quoted(found)}.`,
    );
  }
}
