import { Twox64Concat, Twox128 } from '@polkadot-api/substrate-bindings';
import { blake2b128, blake2b256 } from '../hash/blake2b.ts';
import { concatBytes } from '../scale/bytes.ts';

/** The storage hashers of FRAME under the names that metadata gives them. */
export type Hasher = 'Identity' | 'Twox64Concat' | 'Twox128' | 'Blake2_128' | 'Blake2_256' | 'Blake2_128Concat';

/** Bytes of hash that stand before the key itself, or null where the key cannot be read back from the hash. */
export const HASH_LENGTH_BEFORE_KEY: Readonly<Record<Hasher, number | null>> = {
  Identity: 0,
  Twox64Concat: 8,
  Blake2_128Concat: 16,
  Twox128: null,
  Blake2_128: null,
  Blake2_256: null,
};

export function hashKey(hasher: Hasher, key: Uint8Array): Uint8Array {
  switch (hasher) {
    case 'Identity':
      return key;
    case 'Twox64Concat':
      return Twox64Concat(key);
    case 'Twox128':
      return Twox128(key);
    case 'Blake2_128':
      return blake2b128(key);
    case 'Blake2_256':
      return blake2b256(key);
    case 'Blake2_128Concat':
      return concatBytes(blake2b128(key), key);
  }
}

export const blake2_256 = (data: Uint8Array): Uint8Array => blake2b256(data);
export const twox128 = (data: Uint8Array): Uint8Array => Twox128(data);
