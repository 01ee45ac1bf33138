import { asDispatchError, Corruption, Exhausted } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import { ScaleError } from '../../scale/io.ts';
import { decodePrefix, encode, type ValueOf } from '../../scale/type.ts';
import type { Bounded } from '../system/types.ts';
import { errors } from './spec.ts';
import { fetchPreimage, noteBytes, requestPreimage, unrequestPreimage } from './store.ts';

// Calls kept in other pallets' storage: short ones as they are, longer ones as preimages (frame-support 41 traits/preimages.rs).

export type BoundedCall = ValueOf<typeof Bounded>;

const MAX_INLINE = 128;
const LEGACY_LENGTH = 1_000_000;

/** Makes a call small enough to be stored. @throws Exhausted for one that is too long for a preimage */
export function boundCall(x: Ext, call: RuntimeCallValue): BoundedCall {
  const bytes = encode(RuntimeCall, call);
  if (bytes.length <= MAX_INLINE) return { type: 'Inline', value: bytes };
  try {
    return { type: 'Lookup', value: { hash: noteBytes(x, bytes, undefined).hash, len: bytes.length } };
  } catch (thrown) {
    throw thrown === errors.TooBig ? Exhausted : thrown;
  }
}

/** The call and, where it was looked up, its length in bytes. @throws Unavailable, Corruption */
export function peekCall(
  x: Ext,
  bounded: BoundedCall,
): { readonly call: RuntimeCallValue; readonly lookupLength: number | undefined } {
  const bytes =
    bounded.type === 'Inline'
      ? bounded.value
      : fetchPreimage(x, bounded.value.hash, bounded.type === 'Lookup' ? bounded.value.len : undefined);
  try {
    return {
      call: decodePrefix(RuntimeCall, bytes),
      lookupLength: bounded.type === 'Inline' ? undefined : bytes.length,
    };
  } catch (thrown) {
    if (thrown instanceof ScaleError) throw Corruption;
    throw thrown;
  }
}

/** Length that a lookup must be expected to have, undefined where there is nothing to look up. */
export function lookupLength(bounded: BoundedCall): number | undefined {
  if (bounded.type === 'Inline') return undefined;
  return bounded.type === 'Lookup' ? bounded.value.len : LEGACY_LENGTH;
}

/** Asks that the call's bytes be kept. */
export function requestCall(x: Ext, bounded: BoundedCall): void {
  if (bounded.type !== 'Inline') requestPreimage(x, bounded.value.hash);
}

/** Gives up one request for the call's bytes. */
export function dropCall(x: Ext, bounded: BoundedCall): void {
  if (bounded.type === 'Inline') return;
  try {
    unrequestPreimage(x, bounded.value.hash);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
}
