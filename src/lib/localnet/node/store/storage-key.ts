import { blake2b256 } from '../../hash/blake2b.ts';
import type { Hex } from '../../scale/bytes.ts';

/**
 * How storage keys stand in LMDB, whose keys have 1 to 1,978 bytes: a zero byte, then the key. A longer key stands with
 * its first bytes and its hash, so that it keeps its place among the keys of other prefixes; the whole of it stands in
 * the table of keys under its number.
 */
const LONGEST_WHOLE = 1900;
const TAG = 0;
/** Length of the form that long keys have, and no other key. */
const LONG_FORM = 1 + LONGEST_WHOLE + 32;

export function toDatabaseKey(key: Hex): Buffer {
  const length = key.length >> 1;
  if (length < LONGEST_WHOLE) {
    const bytes = Buffer.allocUnsafe(length + 1);
    bytes[0] = TAG;
    bytes.write(key, 1, 'hex');
    return bytes;
  }
  const bytes = Buffer.from(key, 'hex');
  return Buffer.concat([Buffer.of(TAG), bytes.subarray(0, LONGEST_WHOLE), blake2b256(bytes)], LONG_FORM);
}

/** The storage key, or undefined for a long one, which is not all there. */
export function fromDatabaseKey(bytes: Buffer): Hex | undefined {
  return bytes.length === LONG_FORM ? undefined : bytes.toString('hex', 1);
}

/** Bounds of the database keys that can belong to storage keys with the prefix; `end` is exclusive. */
export function databaseRange(prefix: Hex): { readonly start: Buffer; readonly end: Buffer } {
  const whole = Buffer.from(prefix.slice(0, Math.min(prefix.length & ~1, 2 * LONGEST_WHOLE)), 'hex');
  const start = Buffer.concat([Buffer.of(TAG), whole]);
  const end = Buffer.from(start);
  let last = end.length - 1;
  while (end[last] === 0xff) last--;
  end[last]! += 1;
  return { start, end: end.subarray(0, last + 1) };
}
