import { gcm } from '@noble/ciphers/aes.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../../../scale/bytes.ts';

/**
 * Opens what was encrypted to a round of a drand beacon: Boneh–Franklin identity-based encryption (FullIdent) of a key on
 * BLS12-381 with public keys in G2 and signatures in G1, and AES-256-GCM under that key.
 *
 * Layout (arkworks, compressed; lengths are u64 little-endian):
 * U: 96 bytes of G2 · V: length, 32 bytes · W: length, 32 bytes · body: length, bytes · name of the cipher: length, bytes;
 * the body is again the ciphertext with its tag and the nonce, each after its length.
 * Source: ideal-lab5/timelock, as used by pallets/subtensor coinbase/reveal_commits.rs.
 */

const G2_LENGTH = 96;
const KEY_LENGTH = 32;
const NONCE_LENGTH = 12;
const FIELD_LENGTH = 48;

const { Point: G1 } = bls12_381.G1;
const { Point: G2 } = bls12_381.G2;
type Gt = ReturnType<typeof bls12_381.pairing>;

/** A ciphertext taken apart. */
export interface TimelockCiphertext {
  readonly u: InstanceType<typeof G2>;
  readonly v: Uint8Array;
  readonly w: Uint8Array;
  readonly body: Uint8Array;
}

/** Reads lengths and bytes; undefined behind the end. */
class ArkReader {
  private at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  take(length: number): Uint8Array | undefined {
    if (length > this.bytes.length - this.at) return undefined;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** A `Vec<u8>`. */
  vector(): Uint8Array | undefined {
    const head = this.take(8);
    if (!head) return undefined;
    const length = new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true);
    return length > BigInt(this.bytes.length) ? undefined : this.take(Number(length));
  }
}

/** A point of the right subgroup, undefined for anything else. */
function pointFrom<P extends { assertValidity(): void }>(
  read: (bytes: Uint8Array) => P,
  bytes: Uint8Array,
): P | undefined {
  try {
    const point = read(bytes);
    point.assertValidity();
    return point;
  } catch {
    return undefined;
  }
}

/** Takes a ciphertext apart, undefined where it is none; bytes after it are ignored. */
export function parseTimelockCiphertext(bytes: Uint8Array): TimelockCiphertext | undefined {
  const reader = new ArkReader(bytes);
  const head = reader.take(G2_LENGTH);
  const u = head && pointFrom((from) => G2.fromBytes(from), head);
  const v = reader.vector();
  const w = reader.vector();
  const body = reader.vector();
  const cipher = reader.vector();
  if (!u || !v || !w || !body || !cipher) return undefined;
  return { u, v, w, body };
}

/** The beacon's signature of a round, undefined where the bytes are no point of G1. */
export function parseTimelockSignature(bytes: Uint8Array): InstanceType<typeof G1> | undefined {
  return bytes.length < FIELD_LENGTH
    ? undefined
    : pointFrom((from) => G1.fromBytes(from), bytes.subarray(0, FIELD_LENGTH));
}

/** Little-endian coordinates, lowest first: how arkworks writes an element of the target group. */
function serializeGt({ c0, c1 }: Gt): Uint8Array {
  const out: Uint8Array[] = [];
  for (const cubic of [c0, c1]) {
    for (const quadratic of [cubic.c0, cubic.c1, cubic.c2]) {
      for (const coordinate of [quadratic.c0, quadratic.c1]) out.push(littleEndian(coordinate));
    }
  }
  return concatBytes(...out);
}

function littleEndian(value: bigint): Uint8Array {
  const out = new Uint8Array(FIELD_LENGTH);
  let rest = value;
  for (let i = 0; i < FIELD_LENGTH; i++) {
    out[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return out;
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: KEY_LENGTH }, (_, i) => a[i]! ^ b[i]!);
}

/** H3: bytes to a scalar. */
function toScalar(...parts: readonly Uint8Array[]): bigint {
  let value = 0n;
  for (const byte of sha256(concatBytes(...parts))) value = (value << 8n) | BigInt(byte);
  return value % G2.Fn.ORDER;
}

/** The key in the header, undefined when the signature does not open it. */
function decryptKey({ u, v, w }: TimelockCiphertext, signature: InstanceType<typeof G1>): Uint8Array | undefined {
  if (v.length < KEY_LENGTH || w.length < KEY_LENGTH) return undefined;
  const sigma = xor(v, sha256(serializeGt(bls12_381.pairing(signature, u))));
  const key = xor(w, sha256(sigma));
  const r = toScalar(sigma, key);
  return r !== 0n && G2.BASE.multiply(r).equals(u) ? key : undefined;
}

/**
 * Decrypts with the beacon's signature of the round that the ciphertext was made for.
 * Undefined when the signature is of another round or the content was tampered with.
 */
export function decryptTimelock(
  ciphertext: TimelockCiphertext,
  signature: InstanceType<typeof G1>,
): Uint8Array | undefined {
  const key = decryptKey(ciphertext, signature);
  const body = new ArkReader(ciphertext.body);
  const encrypted = body.vector();
  const nonce = body.vector();
  if (!key || !encrypted || nonce?.length !== NONCE_LENGTH) return undefined;
  try {
    return gcm(key, nonce).decrypt(encrypted);
  } catch {
    return undefined;
  }
}
