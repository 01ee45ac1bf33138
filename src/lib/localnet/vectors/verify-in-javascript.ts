import { ed25519 } from '@noble/curves/ed25519.js';
import { verify } from '@scure/sr25519';
import type { VerifySignature } from '../frame/multi-signature.ts';
import { verifyEcdsa } from '../runtime/verify-ecdsa.ts';
import { fromHex } from '../scale/bytes.ts';

/** Signature verification that needs no loading: vector checks are synchronous. */
export const verifyInJavaScript: VerifySignature = ({ type, value }, message, signer) => {
  try {
    if (type === 'Sr25519') return verify(message, fromHex(value), fromHex(signer));
    if (type === 'Ed25519') return ed25519.verify(fromHex(value), message, fromHex(signer));
    return verifyEcdsa(value, message, signer);
  } catch {
    return false;
  }
};
