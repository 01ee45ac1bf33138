import type { Hex } from '../scale/bytes.ts';
import type { Ext } from './ext.ts';
import type { Origin } from './origin.ts';
import type { DispatchInfo, PostInfo } from './weight.ts';

/** A call as pallets see it: `{type: 'Pallet', value: {type: 'call_name', value: args}}`. */
export interface RuntimeCallValue {
  readonly type: string;
  readonly value: { readonly type: string; readonly value?: unknown };
}

/** What pallets may ask of the runtime that they are part of. */
export interface RuntimeHandle {
  /** Filter, guards, then the call in a storage layer of its own. @throws DispatchError or DispatchErrorWithPostInfo */
  dispatch(x: Ext, call: RuntimeCallValue, origin: Origin): PostInfo;
  /** As dispatch, without the base call filter (`dispatch_bypass_filter`). */
  dispatchBypassFilter(x: Ext, call: RuntimeCallValue, origin: Origin): PostInfo;
  /** What the call declares: weight, class, pays. */
  dispatchInfo(call: RuntimeCallValue): DispatchInfo;
  /** SCALE bytes of a call. */
  encodeCall(call: RuntimeCallValue): Uint8Array;
  /** @throws ScaleError */
  decodeCall(bytes: Uint8Array): RuntimeCallValue;
  /** Root of the state as it is at this moment, this block's writes included (hex): the node's trie or digest. */
  stateRoot(x: Ext): Hex;
}
