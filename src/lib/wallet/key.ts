import { wipe } from './bytes.ts';

/** Signature schemes of key files. `cryptoType` on disk: 1 = sr25519 (also when missing), 0 = ed25519. */
export type KeyScheme = 'sr25519' | 'ed25519';

export const SCHEMES: readonly KeyScheme[] = ['sr25519', 'ed25519'];

export function cryptoTypeOf(scheme: KeyScheme): 0 | 1 {
  return scheme === 'sr25519' ? 1 : 0;
}

/** What everyone may know of a key. */
export interface PublicKeyInfo {
  scheme: KeyScheme;
  /** 32 bytes */
  publicKey: Uint8Array;
  /** SS58, prefix 42 */
  address: string;
}

/**
 * A whole key pair in memory. The buffers belong to whoever holds the object, who must call {@link wipeKeyPair}.
 */
export interface KeyPair extends PublicKeyInfo {
  /** sr25519: 64 bytes as schnorrkel serialises them (scalar, nonce); ed25519: the 32-byte seed. */
  privateKey: Uint8Array;
  /** The 32-byte mini secret, when the key was made from one. */
  seed?: Uint8Array;
  /** The BIP39 phrase as UTF-8, when the key was made from one without password or derivation. */
  mnemonic?: Uint8Array;
}

/** Zeroes every secret buffer of the pair. */
export function wipeKeyPair(pair: KeyPair | undefined): void {
  if (pair !== undefined) wipe(pair.privateKey, pair.seed, pair.mnemonic);
}
