import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { CliError } from '../errors.ts';
import { concat, utf8, wipe } from './bytes.ts';

/** DER heads of RFC 8410 keys: what follows is the 32-byte seed, or the 32-byte public key. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

function privateObject(seed: Uint8Array): KeyObject {
  if (seed.length !== 32) throw new CliError('PRIVATE_KEY_INVALID', 'An ed25519 private key has 32 bytes');
  const der = concat([PKCS8_HEAD, seed]) as Uint8Array<ArrayBuffer>;
  try {
    // OpenSSL keeps its copy outside the JavaScript heap and cleanses it when the object is collected.
    return createPrivateKey({ key: Buffer.from(der.buffer), format: 'der', type: 'pkcs8' });
  } finally {
    wipe(der);
  }
}

/** Public key of a 32-byte seed (RFC 8032). */
export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(privateObject(seed)).export({ format: 'der', type: 'spki' });
  return Uint8Array.from(der.subarray(SPKI_HEAD.length));
}

/** Deterministic signature, 64 bytes. */
export function ed25519Sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, message, privateObject(seed)));
}

/** False for every signature that does not hold, malformed ones included. */
export function ed25519Verify(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
}

const HDKD_DOMAIN = utf8('\u002cEd25519HDKD');

/** One hard derivation step as sp_core does it: blake2b-256 of (SCALE "Ed25519HDKD", seed, chain code). */
export async function ed25519DeriveHard(seed: Uint8Array, chainCode: Uint8Array): Promise<Uint8Array> {
  const { blake2b } = await import('@noble/hashes/blake2.js');
  const input = concat([HDKD_DOMAIN, seed, chainCode]);
  try {
    return blake2b(input, { dkLen: 32 });
  } finally {
    wipe(input);
  }
}
