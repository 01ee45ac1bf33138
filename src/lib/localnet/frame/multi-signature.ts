import { enumeration } from '../scale/compound.ts';
import { fixedBytes } from '../scale/primitives.ts';
import type { ValueOf } from '../scale/type.ts';
import type { AccountId } from '../scale/well-known.ts';

/** `MultiSignature`: which scheme signed, and the signature as hex. */
export const MultiSignature = enumeration('sp_runtime::MultiSignature', {
  Ed25519: fixedBytes(64),
  Sr25519: fixedBytes(64),
  Ecdsa: fixedBytes(65),
});
export type MultiSignatureValue = ValueOf<typeof MultiSignature>;

/** Whether `signer` made `signature` over `message`. Synchronous: what has to be loaded is loaded when the port is made. */
export type VerifySignature = (signature: MultiSignatureValue, message: Uint8Array, signer: AccountId) => boolean;
