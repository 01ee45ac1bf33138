import { IMMORTAL } from '../frame/era.ts';
import type { Ext } from '../frame/ext.ts';
import { encodeExtrinsic } from '../frame/extrinsic.ts';
import { addressOf } from '../frame/multi-address.ts';
import { TransactionValidityError } from '../frame/transaction-validity.ts';
import { nonceOf } from '../pallets/system/account.ts';
import { fromHex, type Hex } from '../scale/bytes.ts';
import { Reader, ScaleError } from '../scale/io.ts';
import type { Runtime } from './create-runtime.ts';
import type { Applied } from './executive.ts';
import type { RecordedOperation } from './scenario.ts';

/** Why a replay cannot go on. */
export class ReplayStop extends Error {
  override readonly name = 'ReplayStop';
}

/** Recorded hex as storage keys and accounts are written here: without 0x. */
export const fromKey = (hex: string): Hex => (hex.startsWith('0x') ? hex.slice(2) : hex);

/** How a recorded extrinsic ended in our runtime. */
export interface RecordedOutcome {
  readonly applied?: Applied;
  readonly invalid?: TransactionValidityError;
}

/** Applies a recorded extrinsic, or its call where only that was kept. `place` is for messages. @throws ReplayStop */
export function applyRecorded(runtime: Runtime, x: Ext, operation: RecordedOperation, place: string): RecordedOutcome {
  if (operation.call_hex) ensureDeclared(runtime, operation.call_hex, place);
  try {
    if (operation.extrinsic_hex) return { applied: runtime.applyExtrinsic(x, fromHex(operation.extrinsic_hex)) };
    return { applied: applyCall(runtime, x, operation, place) };
  } catch (thrown) {
    if (!(thrown instanceof TransactionValidityError)) throw thrown;
    return { invalid: thrown };
  }
}

/** Dispatches a call for its recorded signer, with the recorded length and without a signature. */
function applyCall(runtime: Runtime, x: Ext, operation: RecordedOperation, place: string): Applied {
  const { call_hex, signer_pub, extrinsic_len } = operation;
  if (!call_hex || !signer_pub || !extrinsic_len) {
    throw new ReplayStop(`${place}: neither an extrinsic nor a call with signer and length`);
  }
  const signer = fromKey(signer_pub);
  const callBytes = fromHex(call_hex);
  const extra = { era: IMMORTAL, nonce: nonceOf(x, signer), tip: 0n, metadataHash: 'Disabled' } as const;
  const signature = { type: 'Sr25519', value: '0'.repeat(128) } as const;
  const bytes = encodeExtrinsic({ type: 'Signed', address: addressOf(signer), signature, extra }, callBytes);
  const call = runtime.decodeCall(callBytes);
  return runtime.applyChecked(x, { type: 'Signed', call, bytes, length: extrinsic_len, signer, extra });
}

function ensureDeclared(runtime: Runtime, callHex: string, place: string): void {
  const bytes = fromHex(callHex);
  try {
    runtime.decodeCall(bytes);
  } catch (thrown) {
    if (!(thrown instanceof ScaleError)) throw thrown;
    const input = new Reader(bytes);
    throw new ReplayStop(`${place}: this runtime does not decode call ${input.u8()}.${input.u8()} (${thrown.message})`);
  }
}
