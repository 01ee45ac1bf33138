import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject, randomBytes } from 'node:crypto';
import { concat, copyOf, wipe } from './bytes.ts';

/** DER heads of RFC 8410 keys: what follows is the 32-byte scalar, or the 32-byte u coordinate. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_HEAD = Buffer.from('302a300506032b656e032100', 'hex');

function privateObject(secret: Uint8Array): KeyObject {
  const der = concat([PKCS8_HEAD, secret]) as Uint8Array<ArrayBuffer>;
  try {
    // OpenSSL keeps its copy outside the JavaScript heap and cleanses it when the object is collected.
    return createPrivateKey({ key: Buffer.from(der.buffer), format: 'der', type: 'pkcs8' });
  } finally {
    wipe(der);
  }
}

/** A fresh secret, 32 bytes. */
export function randomX25519(): Uint8Array {
  const random = randomBytes(32);
  const secret = copyOf(random);
  random.fill(0);
  return secret;
}

/** u coordinate of a secret's public part, 32 bytes (RFC 7748). */
export function x25519PublicKey(secret: Uint8Array): Uint8Array {
  const der = createPublicKey(privateObject(secret)).export({ format: 'der', type: 'spki' });
  return Uint8Array.from(der.subarray(SPKI_HEAD.length));
}

/** The shared point, 32 bytes; the caller wipes it. Throws for points of small order, whose result says nothing. */
export function x25519Shared(secret: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const other = createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: 'der', type: 'spki' });
  const shared = diffieHellman({ privateKey: privateObject(secret), publicKey: other });
  const own = copyOf(shared);
  shared.fill(0);
  return own;
}
