import { asDispatchError } from '../frame/dispatch-error.ts';
import type { Ext } from '../frame/ext.ts';
import { decodeExtrinsic, type Extrinsic, encodeExtra } from '../frame/extrinsic.ts';
import { blake2_256 } from '../frame/hashing.ts';
import { lookup } from '../frame/multi-address.ts';
import type { VerifySignature } from '../frame/multi-signature.ts';
import type { RuntimeCallValue } from '../frame/runtime-handle.ts';
import type { SignedExtra, TransactionExtension } from '../frame/transaction-extension.ts';
import { invalid, unknownTransaction } from '../frame/transaction-validity.ts';
import { ScaleError, Writer } from '../scale/io.ts';
import type { Type } from '../scale/type.ts';
import type { AccountId } from '../scale/well-known.ts';

/** An extrinsic whose signature is good. `bytes` and `length` include the length prefix. */
export type CheckedExtrinsic = {
  readonly call: RuntimeCallValue;
  readonly bytes: Uint8Array;
  readonly length: number;
} & ({ readonly type: 'Bare' } | { readonly type: 'Signed'; readonly signer: AccountId; readonly extra: SignedExtra });

const MAX_PAYLOAD = 256;

/** What is signed: call, extra and what the extensions add; hashed when it is long. @throws TransactionValidityError */
export function signingPayload(
  x: Ext,
  extensions: readonly TransactionExtension[],
  callBytes: Uint8Array,
  extra: SignedExtra,
): Uint8Array {
  const out = new Writer(256);
  out.raw(callBytes);
  encodeExtra(out, extra);
  for (const extension of extensions) extension.implicit?.(x, extra, out);
  const payload = out.finish();
  return payload.length > MAX_PAYLOAD ? blake2_256(payload) : payload;
}

/** Decodes or refuses as the executive does. @throws InvalidTransaction.Call */
export function decodeOrRefuse(callType: Type<RuntimeCallValue>, bytes: Uint8Array): Extrinsic {
  try {
    return decodeExtrinsic(callType, bytes);
  } catch (thrown) {
    if (!(thrown instanceof ScaleError)) throw thrown;
    throw invalid('Call');
  }
}

/** `Checkable::check`. @throws TransactionValidityError */
export function checkExtrinsic(
  x: Ext,
  extensions: readonly TransactionExtension[],
  verify: VerifySignature,
  { preamble, call, callBytes, bytes }: Extrinsic,
): CheckedExtrinsic {
  const base = { call, bytes, length: bytes.length };
  if (preamble.type === 'Bare') return { ...base, type: 'Bare' };
  // A general transaction has no signer, and none of this chain's extensions makes one.
  if (preamble.type === 'General') throw invalid('UnknownOrigin');
  let signer: AccountId;
  try {
    signer = lookup(preamble.address);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    throw unknownTransaction('CannotLookup');
  }
  const payload = signingPayload(x, extensions, callBytes, preamble.extra);
  if (!verify(preamble.signature, payload, signer)) throw invalid('BadProof');
  return { ...base, type: 'Signed', signer, extra: preamble.extra };
}
