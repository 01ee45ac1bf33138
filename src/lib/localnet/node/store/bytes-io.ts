import type { Hex } from '../../scale/bytes.ts';
import { StoreError } from './store-error.ts';

const NONE = 0xffffffff;

/** A plain `Uint8Array` with the bytes of a `Buffer`, whose own `slice` and `subarray` would give a `Buffer` again. */
export function copyBytes(buffer: Buffer, from: number, to: number): Uint8Array {
  const copy = new Uint8Array(to - from);
  copy.set(buffer.subarray(from, to));
  return copy;
}

/** Up to so many bytes are copied faster one by one than by a call. */
const FEW = 24;

/** Copies all of `source` to `at`. */
export function copyTo(target: Uint8Array, source: Uint8Array, at: number): void {
  const { length } = source;
  if (length > FEW) target.set(source, at);
  else for (let i = 0; i < length; i++) target[at + i] = source[i]!;
}

/** Collects little-endian records of the store's files; reusable, so that a block costs no allocation but growth. */
export class ByteWriter {
  private buffer: Buffer;
  private used = 0;

  constructor(capacity = 1 << 16) {
    this.buffer = Buffer.allocUnsafe(capacity);
  }

  get length(): number {
    return this.used;
  }

  reset(): void {
    this.used = 0;
  }

  private claim(count: number): number {
    const from = this.used;
    const need = from + count;
    if (need > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(need, this.buffer.length * 2));
      this.buffer.copy(grown, 0, 0, from);
      this.buffer = grown;
    }
    this.used = need;
    return from;
  }

  u8(value: number): void {
    const at = this.claim(1);
    this.buffer[at] = value;
  }

  u32(value: number): void {
    const at = this.claim(4);
    this.buffer.writeUInt32LE(value, at);
  }

  /** Overwrites a word that was written before. */
  setU32(at: number, value: number): void {
    this.buffer.writeUInt32LE(value, at);
  }

  raw(bytes: Uint8Array): void {
    const at = this.claim(bytes.length);
    copyTo(this.buffer, bytes, at);
  }

  /** Bytes behind their length; null as a length of its own. */
  bytes(bytes: Uint8Array | null): void {
    this.u32(bytes === null ? NONE : bytes.length);
    if (bytes !== null) this.raw(bytes);
  }

  /** The bytes of a hex string behind their length. */
  hex(hex: Hex): void {
    const length = hex.length >> 1;
    this.u32(length);
    const at = this.claim(length);
    if (this.buffer.write(hex, at, 'hex') !== length || hex.length & 1) {
      throw new RangeError(`not a hex string: ${hex.slice(0, 80)}`);
    }
  }

  /** What was written so far; valid until the next write. */
  view(from = 0): Buffer {
    return this.buffer.subarray(from, this.used);
  }

  /** What was written so far, as bytes of their own. */
  finish(): Uint8Array {
    return copyBytes(this.buffer, 0, this.used);
  }
}

/** Reads what `ByteWriter` wrote. A record that ends too early is `corrupt`. */
export class ByteReader {
  private readonly buffer: Buffer;
  private at: number;
  private readonly end: number;

  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = from;
    this.end = end;
  }

  get left(): number {
    return this.end - this.at;
  }

  private claim(count: number): number {
    const from = this.at;
    if (from + count > this.end) throw new StoreError('corrupt', `a stored record ends after ${this.end} bytes`);
    this.at = from + count;
    return from;
  }

  u8(): number {
    return this.buffer[this.claim(1)]!;
  }

  u32(): number {
    return this.buffer.readUInt32LE(this.claim(4));
  }

  /** A copy, so that a small value does not keep its whole record alive. */
  raw(length: number): Uint8Array {
    const at = this.claim(length);
    return copyBytes(this.buffer, at, at + length);
  }

  bytes(): Uint8Array | null {
    const length = this.u32();
    return length === NONE ? null : this.raw(length);
  }

  someBytes(): Uint8Array {
    const bytes = this.bytes();
    if (bytes === null) throw new StoreError('corrupt', 'a stored record lacks a value');
    return bytes;
  }

  hex(): Hex {
    const length = this.u32();
    const at = this.claim(length);
    return this.buffer.toString('hex', at, at + length);
  }
}
