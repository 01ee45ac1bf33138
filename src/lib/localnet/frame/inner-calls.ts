import { asDispatchError, type DispatchErrorValue, DispatchErrorWithPostInfo } from './dispatch-error.ts';
import type { Ext } from './ext.ts';
import type { Origin } from './origin.ts';
import type { RuntimeCallValue } from './runtime-handle.ts';
import type { DispatchInfo, PostInfo } from './weight.ts';

// Calls that carry calls: what they cost depends on the runtime that all of them belong to, which binds it here, as it binds
// the type RuntimeCall.

let bound: ((call: RuntimeCallValue) => DispatchInfo) | undefined;

/** Tells what calls of the assembled runtime cost. */
export function bindDispatchInfo(infoOf: (call: RuntimeCallValue) => DispatchInfo): void {
  bound = infoOf;
}

/** What a call inside another call declares. */
export function dispatchInfoOf(call: RuntimeCallValue): DispatchInfo {
  if (!bound) throw new Error('the cost of a call is asked for before the runtime is put together');
  return bound(call);
}

/** `Result<(), DispatchError>` as events carry it. */
export type DispatchResultValue =
  | { readonly type: 'Ok'; readonly value: undefined }
  | { readonly type: 'Err'; readonly value: DispatchErrorValue };

/** Runs `body` and answers its result as events carry it; faults of ours pass through. */
export function dispatchResult(body: () => unknown): DispatchResultValue {
  try {
    body();
    return { type: 'Ok', value: undefined };
  } catch (thrown) {
    const error = asDispatchError(thrown);
    if (!error) throw thrown;
    return { type: 'Err', value: error.value };
  }
}

/** Dispatches and answers the result as events carry it, with what the call used, a failed one too. */
export function dispatchOutcome(
  x: Ext,
  call: RuntimeCallValue,
  origin: Origin,
): { readonly result: DispatchResultValue; readonly post: PostInfo } {
  let post: PostInfo = {};
  const result = dispatchResult(() => {
    try {
      post = x.runtime.dispatch(x, call, origin);
    } catch (thrown) {
      if (thrown instanceof DispatchErrorWithPostInfo) post = thrown.postInfo;
      throw thrown;
    }
  });
  return { result, post };
}
