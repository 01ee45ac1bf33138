import { createHash } from 'node:crypto';
import { CliError } from '../errors.ts';
import { utf8 } from './bytes.ts';

/** The address format number of Bittensor (and of Substrate in general). */
export const SS58_PREFIX = 42;

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const DIGIT = new Map([...ALPHABET].map((letter, value) => [letter, value]));
const PREAMBLE = utf8('SS58PRE');
/** Two prefix bytes, 32 key bytes and two checksum bytes never need more than 50 letters. */
const MAX_LETTERS = 50;

function checksum(payload: Uint8Array): Uint8Array {
  return createHash('blake2b512').update(PREAMBLE).update(payload).digest().subarray(0, 2);
}

function base58Encode(bytes: Uint8Array): string {
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += (digits[i] as number) * 256;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  let out = '';
  for (const byte of bytes) {
    if (byte !== 0) break;
    out += ALPHABET[0];
  }
  for (let i = digits.length - 1; i >= 0; i--) out += ALPHABET[digits[i] as number];
  return out;
}

function base58Decode(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const letter of text) {
    const digit = DIGIT.get(letter);
    if (digit === undefined) return undefined;
    let carry = digit;
    for (let i = 0; i < bytes.length; i++) {
      carry += (bytes[i] as number) * 58;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  for (const letter of text) {
    if (letter !== ALPHABET[0]) break;
    bytes.push(0);
  }
  return new Uint8Array(bytes.reverse());
}

/**
 * The SS58 address of a 32-byte public key.
 * @param publicKey 32 bytes
 * @param prefix address format, 0…16383, 42 unless told
 */
export function ss58Encode(publicKey: Uint8Array, prefix = SS58_PREFIX): string {
  if (publicKey.length !== 32) throw new CliError('ADDRESS_INVALID', 'A public key has 32 bytes');
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > 16383)
    throw new CliError('ADDRESS_INVALID', 'An SS58 prefix is a number from 0 to 16383');
  const head = prefix < 64 ? [prefix] : [((prefix & 0xfc) >> 2) | 0x40, (prefix >> 8) | ((prefix & 3) << 6)];
  const payload = new Uint8Array([...head, ...publicKey]);
  return base58Encode(new Uint8Array([...payload, ...checksum(payload)]));
}

export interface Ss58Parts {
  publicKey: Uint8Array;
  prefix: number;
}

/** Reads any SS58 account address; `undefined` when the text is none (letters, length or checksum). */
export function ss58Parse(address: string): Ss58Parts | undefined {
  if (address.length === 0 || address.length > MAX_LETTERS) return undefined;
  const bytes = base58Decode(address);
  if (bytes === undefined || (bytes.length !== 35 && bytes.length !== 36)) return undefined;
  const first = bytes[0] as number;
  if (first >= 128 || first < 64 !== (bytes.length === 35)) return undefined;
  const payload = bytes.subarray(0, bytes.length - 2);
  const sum = checksum(payload);
  if (sum[0] !== bytes[bytes.length - 2] || sum[1] !== bytes[bytes.length - 1]) return undefined;
  if (bytes.length === 35) return { prefix: first, publicKey: payload.slice(1) };
  const second = bytes[1] as number;
  return { prefix: ((first & 0x3f) << 2) | (second >> 6) | ((second & 0x3f) << 8), publicKey: payload.slice(2) };
}

/**
 * The public key of an address of this chain.
 * @throws CliError ADDRESS_INVALID when it is no address, or an address of another chain's format
 */
export function ss58Decode(address: string): Uint8Array {
  const parts = ss58Parse(address);
  if (parts === undefined)
    throw new CliError(
      'ADDRESS_INVALID',
      `"${address.slice(0, 60)}" is not an SS58 address (letters, length or checksum)`,
    );
  if (parts.prefix !== SS58_PREFIX)
    throw new CliError(
      'ADDRESS_INVALID',
      `"${address}" has address format ${parts.prefix}, this chain uses ${SS58_PREFIX}`,
      {
        hints: [`The same key in this chain's format is ${ss58Encode(parts.publicKey)}`],
        data: { prefix: parts.prefix, expectedPrefix: SS58_PREFIX },
      },
    );
  return parts.publicKey;
}

/** True for an address of this chain's format. */
export function isAddress(text: string): boolean {
  return ss58Parse(text)?.prefix === SS58_PREFIX;
}
