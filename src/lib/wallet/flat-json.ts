import { copyOf } from './bytes.ts';

/** A field of a key file: text as bytes, number, null, or something nested that key files do not have. */
export type FlatValue = Uint8Array | number | null | 'other';

export type FlatJson =
  | { ok: true; fields: Map<string, FlatValue> }
  | { ok: false; truncated: boolean; fields: Map<string, FlatValue> };

const QUOTE = 34;
const BACKSLASH = 92;

/** Thrown inside the scanner only. */
class ScanError extends Error {
  readonly truncated: boolean;
  constructor(truncated: boolean) {
    super('scan');
    this.truncated = truncated;
  }
}

class Scanner {
  private at = 0;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The next byte that is not white space. */
  peek(): number {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at] as number;
      if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return byte;
    }
    throw new ScanError(true);
  }

  expect(character: string): void {
    if (this.peek() !== character.charCodeAt(0)) throw new ScanError(false);
    this.at++;
  }

  end(): void {
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at] as number;
      if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) throw new ScanError(false);
    }
  }

  text(): Uint8Array {
    this.expect('"');
    const start = this.at;
    let escaped = false;
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at] as number;
      if (byte === QUOTE) {
        const raw = copyOf(this.bytes, start, this.at++);
        return escaped ? withoutEscapes(raw) : raw;
      }
      if (byte < 32) throw new ScanError(false);
      if (byte === BACKSLASH) {
        escaped = true;
        this.at++;
      }
    }
    throw new ScanError(true);
  }

  value(): FlatValue {
    const first = this.peek();
    if (first === QUOTE) return this.text();
    if (first === 123 || first === 91) return this.nested();
    const start = this.at;
    while (this.at < this.bytes.length && !', \t\r\n}]'.includes(String.fromCharCode(this.bytes[this.at] as number)))
      this.at++;
    if (this.at === this.bytes.length) throw new ScanError(true);
    const word = Buffer.from(this.bytes.subarray(start, this.at)).toString('latin1');
    if (word === 'null') return null;
    if (word === 'true' || word === 'false') return 'other';
    if (!/^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(word)) throw new ScanError(false);
    return Number(word);
  }

  private nested(): 'other' {
    let depth = 0;
    do {
      const byte = this.peek();
      if (byte === QUOTE) {
        this.text().fill(0);
        continue;
      }
      if (byte === 123 || byte === 91) depth++;
      else if (byte === 125 || byte === 93) depth--;
      this.at++;
    } while (depth > 0);
    return 'other';
  }
}

/** Escapes never occur in what key files hold; this is for files that other tools wrote by the book. */
function withoutEscapes(raw: Uint8Array): Uint8Array {
  try {
    const text = JSON.parse(`"${Buffer.from(raw).toString('utf8')}"`) as string;
    return new TextEncoder().encode(text);
  } catch {
    throw new ScanError(false);
  } finally {
    raw.fill(0);
  }
}

/**
 * Reads one flat JSON object without turning its texts into JavaScript strings, which could not be wiped.
 * Text values are copies owned by the caller. Duplicate names are refused: two readers could take different ones.
 */
export function parseFlatJson(bytes: Uint8Array): FlatJson {
  const fields = new Map<string, FlatValue>();
  const scanner = new Scanner(bytes);
  try {
    scanner.expect('{');
    if (scanner.peek() !== 125) {
      for (;;) {
        const name = Buffer.from(scanner.text()).toString('utf8');
        scanner.expect(':');
        const value = scanner.value();
        if (fields.has(name)) {
          if (value instanceof Uint8Array) value.fill(0);
          throw new ScanError(false);
        }
        fields.set(name, value);
        if (scanner.peek() === 125) break;
        scanner.expect(',');
      }
    }
    scanner.expect('}');
    scanner.end();
    return { ok: true, fields };
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return { ok: false, truncated: error.truncated, fields };
  }
}

/** Zeroes every text value. */
export function wipeFields(fields: Map<string, FlatValue>): void {
  for (const value of fields.values()) if (value instanceof Uint8Array) value.fill(0);
}
