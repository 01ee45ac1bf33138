import { blake2b256 } from '../hash/blake2b.ts';

/**
 * Node encoding of Substrate's base-16 Patricia trie (Polkadot specification, "State storage and the storage trie").
 * Partial keys are hex strings, one character a nibble.
 */

/** 0: values stand in their node. 1: values of 33 bytes and more stand in it as their hash. */
export type StateVersion = 0 | 1;

/** Values from this length on are hashed under state version 1. */
const HASHED_FROM = 33;
/** Encodings shorter than this stand in their parent instead of their hash. */
const HASH_LENGTH = 32;

/** What a parent holds of a child: the child's encoding when it is short, else the hash of it. */
export type MerkleValue = Uint8Array;

export interface NodeParts {
  /** The nibbles between the parent's child slot and this node. */
  readonly partial: string;
  readonly value: Uint8Array | undefined;
  /** Hash of `value` when it is known already; saves hashing a long value again. */
  readonly valueHash?: Uint8Array | undefined;
  /** Sixteen slots, or undefined for a leaf. */
  readonly children: readonly (MerkleValue | undefined)[] | undefined;
}

/** Hash of the encoding of the trie without any key: a single zero byte. */
export const EMPTY_ROOT: Uint8Array = blake2b256(new Uint8Array(1));

export function isHashedValue(value: Uint8Array, version: StateVersion): boolean {
  return version === 1 && value.length >= HASHED_FROM;
}

let scratch = new Uint8Array(4096);
let used = 0;

function reserve(count: number): void {
  if (used + count <= scratch.length) return;
  const grown = new Uint8Array(Math.max(used + count, scratch.length * 2));
  grown.set(scratch.subarray(0, used));
  scratch = grown;
}

function putBytes(bytes: Uint8Array): void {
  reserve(bytes.length);
  scratch.set(bytes, used);
  used += bytes.length;
}

function putCompact(value: number): void {
  reserve(5);
  if (value < 0x40) scratch[used++] = value << 2;
  else if (value < 0x4000) {
    scratch[used++] = ((value << 2) | 1) & 0xff;
    scratch[used++] = value >> 6;
  } else if (value < 0x40000000) {
    const word = value * 4 + 2;
    for (let shift = 0; shift < 32; shift += 8) scratch[used++] = (word >>> shift) & 0xff;
  } else throw new RangeError(`a trie value of ${value} bytes is too long`);
}

/** The kind's high bits with as much of the length as fits below them; the rest follows in bytes of up to 255. */
function putHeader(kind: number, lengthBits: number, length: number): void {
  const limit = (1 << lengthBits) - 1;
  reserve(2 + length / 255);
  if (length < limit) {
    scratch[used++] = kind | length;
    return;
  }
  scratch[used++] = kind | limit;
  let rest = length - limit;
  for (; rest >= 255; rest -= 255) scratch[used++] = 255;
  scratch[used++] = rest;
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}

/** Value of the nibble at `index` of a lower-case hex string. */
export function nibbleAt(hex: string, index: number): number {
  return nibble(hex.charCodeAt(index));
}

function putPartial(partial: string): void {
  const { length } = partial;
  reserve((length + 1) >> 1);
  let i = 0;
  if (length & 1) scratch[used++] = nibble(partial.charCodeAt(i++));
  for (; i < length; i += 2) {
    scratch[used++] = (nibble(partial.charCodeAt(i)) << 4) | nibble(partial.charCodeAt(i + 1));
  }
}

/** Encodes into the shared scratch buffer; the result is valid until the next call. */
function encodeInPlace(node: NodeParts, version: StateVersion): Uint8Array {
  const { partial, value, children } = node;
  const hashed = value !== undefined && isHashedValue(value, version);
  used = 0;
  if (children === undefined) putHeader(hashed ? 0x20 : 0x40, hashed ? 5 : 6, partial.length);
  else if (value === undefined) putHeader(0x80, 6, partial.length);
  else putHeader(hashed ? 0x10 : 0xc0, hashed ? 4 : 6, partial.length);
  putPartial(partial);
  if (children !== undefined) {
    let bitmap = 0;
    for (let i = 0; i < 16; i++) if (children[i] !== undefined) bitmap |= 1 << i;
    reserve(2);
    scratch[used++] = bitmap & 0xff;
    scratch[used++] = bitmap >> 8;
  }
  if (hashed) putBytes(node.valueHash ?? hashValue(value));
  else if (value !== undefined) {
    putCompact(value.length);
    putBytes(value);
  }
  if (children !== undefined) {
    for (let i = 0; i < 16; i++) {
      const child = children[i];
      if (child === undefined) continue;
      putCompact(child.length);
      putBytes(child);
    }
  }
  return scratch.subarray(0, used);
}

function hashValue(value: Uint8Array): Uint8Array {
  return blake2b256(value);
}

/** The node's encoding as an array of its own. */
export function encodeNode(node: NodeParts, version: StateVersion): Uint8Array {
  return encodeInPlace(node, version).slice();
}

/** What the node's parent holds of it. */
export function merkleValue(node: NodeParts, version: StateVersion): MerkleValue {
  const encoded = encodeInPlace(node, version);
  return encoded.length < HASH_LENGTH ? encoded.slice() : blake2b256(encoded);
}

/** The hash of the node; a root is hashed even when its encoding is short. */
export function rootHash(node: NodeParts, version: StateVersion): Uint8Array {
  return blake2b256(encodeInPlace(node, version));
}
