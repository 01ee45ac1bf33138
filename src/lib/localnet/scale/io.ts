/** Bytes that do not decode as the type they are read as. The message names what was expected and where. */
export class ScaleError extends Error {
  override readonly name = 'ScaleError';
}

const LONGEST_VECTOR = 64 * 1024 * 1024;

/** Reads SCALE bytes from front to back; never copies what it can view. */
export class Reader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Claims `count` bytes and returns the offset where they start. */
  claim(count: number): number {
    const from = this.at;
    if (from + count > this.bytes.length) {
      throw new ScaleError(`${count} bytes expected at offset ${from}, ${this.bytes.length - from} are left`);
    }
    this.at = from + count;
    return from;
  }

  u8(): number {
    return this.bytes[this.claim(1)]!;
  }

  // Not through a DataView: asking a short array for its buffer costs more than the value.

  u16(): number {
    const at = this.claim(2);
    const { bytes } = this;
    return bytes[at]! | (bytes[at + 1]! << 8);
  }

  u32(): number {
    const at = this.claim(4);
    const { bytes } = this;
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }

  u64(): bigint {
    const low = this.u32();
    const high = this.u32();
    if (high < 0x200000) return BigInt(high * 0x1_0000_0000 + low);
    return (BigInt(high) << 32n) | BigInt(low);
  }

  take(count: number): Uint8Array {
    const from = this.claim(count);
    return this.bytes.subarray(from, from + count);
  }

  /** A compact integer of up to 536 bits. Only its shortest form is one, as in parity-scale-codec (src/compact.rs). */
  compact(): bigint {
    const from = this.at;
    const first = this.u8();
    const mode = first & 3;
    if (mode === 0) return BigInt(first >> 2);
    let value: bigint;
    let least: bigint;
    if (mode === 1) {
      value = BigInt(((first | (this.u8() << 8)) >>> 2) >>> 0);
      least = 0x40n;
    } else if (mode === 2) {
      this.at = from;
      value = BigInt(this.u32() >>> 2);
      least = 0x4000n;
    } else {
      const bytes = this.take((first >> 2) + 4);
      value = 0n;
      for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
      least = bytes.length === 4 ? 0x4000_0000n : 1n << BigInt(8 * (bytes.length - 1));
    }
    if (value < least) throw new ScaleError(`the compact ${value} at offset ${from} is not in its shortest form`);
    return value;
  }

  /** A compact length; refuses one that the bytes left cannot hold at one byte an item. */
  length(): number {
    const value = this.compact();
    if (value > BigInt(LONGEST_VECTOR)) throw new ScaleError(`length ${value} at offset ${this.at} is too large`);
    return Number(value);
  }

  /** @throws ScaleError when bytes are left over. */
  end(what: string): void {
    if (this.left > 0) throw new ScaleError(`${this.left} bytes left over after ${what}`);
  }
}

/** Collects SCALE bytes. */
export class Writer {
  private buffer: Uint8Array;
  private dataView: DataView;
  /** The same bytes, for writing hex into them. */
  private text: Buffer | undefined;
  private used = 0;

  constructor(capacity = 64) {
    this.buffer = new Uint8Array(capacity);
    this.dataView = new DataView(this.buffer.buffer);
  }

  /** Room for `count` bytes: returns their offset; write through `view`. */
  claim(count: number): number {
    const from = this.used;
    const need = from + count;
    if (need > this.buffer.length) {
      const grown = new Uint8Array(Math.max(need, this.buffer.length * 2));
      grown.set(this.buffer);
      this.buffer = grown;
      this.dataView = new DataView(grown.buffer);
      this.text = undefined;
    }
    this.used = need;
    return from;
  }

  get view(): DataView {
    return this.dataView;
  }

  get capacity(): number {
    return this.buffer.length;
  }

  /** Forgets what was written, to begin anew. */
  clear(): void {
    this.used = 0;
  }

  u8(value: number): void {
    const at = this.claim(1);
    this.buffer[at] = value;
  }

  raw(bytes: Uint8Array): void {
    const at = this.claim(bytes.length);
    this.buffer.set(bytes, at);
  }

  /** Writes `count` bytes from as many pairs of hex digits; false, with nothing written, when they are not that. */
  hex(digits: string, count: number): boolean {
    if (digits.length !== 2 * count) return false;
    const at = this.claim(count);
    this.text ??= Buffer.from(this.buffer.buffer);
    if (this.text.write(digits, at, 'hex') === count) return true;
    this.used = at;
    return false;
  }

  compact(value: bigint | number): void {
    if (typeof value === 'number' ? value < 0 : value < 0n)
      throw new ScaleError(`a compact cannot be negative: ${value}`);
    if (value < 64) this.u8(Number(value) << 2);
    else if (value < 0x4000) {
      const at = this.claim(2);
      this.dataView.setUint16(at, (Number(value) << 2) | 1, true);
    } else if (value < 0x40000000) {
      const at = this.claim(4);
      this.dataView.setUint32(at, ((Number(value) << 2) | 2) >>> 0, true);
    } else {
      let rest = BigInt(value);
      const bytes: number[] = [];
      while (rest > 0n) {
        bytes.push(Number(rest & 0xffn));
        rest >>= 8n;
      }
      while (bytes.length < 4) bytes.push(0);
      if (bytes.length > 67) throw new ScaleError('a compact holds at most 536 bits');
      this.u8(((bytes.length - 4) << 2) | 3);
      for (const byte of bytes) this.u8(byte);
    }
  }

  /** The bytes so far, as an array of their own. */
  finish(): Uint8Array {
    return this.buffer.slice(0, this.used);
  }
}
