import { type Hex, toHex } from '../../scale/bytes.ts';
import type { Change } from '../../trie/change.ts';
import { type ByteReader, ByteWriter } from './bytes-io.ts';
import type { StoredBlock } from './chain-store.ts';

/** Writes a block without its number. */
export function writeBlock(out: ByteWriter, block: StoredBlock): void {
  out.hex(block.hash);
  out.bytes(block.header);
  out.u32(block.body.length);
  for (const extrinsic of block.body) out.bytes(extrinsic);
  out.bytes(block.events ?? null);
}

export function readBlock(from: ByteReader, number: number): StoredBlock {
  const hash: Hex = from.hex();
  const header = from.someBytes();
  const body: Uint8Array[] = [];
  for (let left = from.u32(); left > 0; left--) body.push(from.someBytes());
  const events = from.bytes();
  return events === null ? { number, hash, header, body } : { number, hash, header, body, events };
}

export function writeChanges(out: ByteWriter, changes: readonly Change[]): void {
  out.u32(changes.length);
  out.raw(encodedChanges(changes));
}

const encodedOnce = new WeakMap<readonly Change[], Uint8Array>();

/** As `writeChanges` writes them, without their number; kept beside them: a block's changes are hashed and then logged. */
export function encodedChanges(changes: readonly Change[]): Uint8Array {
  let encoded = encodedOnce.get(changes);
  if (encoded === undefined) {
    let length = 0;
    for (const [key, value] of changes) length += 8 + (key.length >> 1) + (value?.length ?? 0);
    const out = new ByteWriter(length);
    for (const [key, value] of changes) {
      out.hex(key);
      out.bytes(value);
    }
    encoded = out.view();
    encodedOnce.set(changes, encoded);
  }
  return encoded;
}

export function readChanges(from: ByteReader): Change[] {
  const changes: Change[] = [];
  for (let left = from.u32(); left > 0; left--) changes.push([from.hex(), from.bytes()]);
  return changes;
}

/** Four bytes, most significant first: block numbers and key numbers in ascending order. */
export function wordKey(first: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(first);
  return key;
}

/** Two numbers as one key, ascending by the first, then by the second. */
export function pairKey(first: number, second: number): Buffer {
  const key = Buffer.allocUnsafe(8);
  key.writeUInt32BE(first);
  key.writeUInt32BE(second, 4);
  return key;
}

const HASH = /^[0-9a-f]{64}$/;

/** @throws RangeError when this is not how the store writes hashes; catches 0x prefixes early. */
export function assertHash(hash: Hex): void {
  if (!HASH.test(hash)) throw new RangeError(`not a block hash in lower-case hex without 0x: ${toPrintable(hash)}`);
}

function toPrintable(value: unknown): string {
  return value instanceof Uint8Array ? `bytes ${toHex(value)}` : String(value).slice(0, 80);
}
