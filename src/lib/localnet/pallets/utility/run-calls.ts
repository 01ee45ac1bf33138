import {
  asDispatchError,
  BadOrigin,
  type DispatchError,
  DispatchErrorWithPostInfo,
} from '../../frame/dispatch-error.ts';
import { actualWeight } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { dispatchInfoOf } from '../../frame/inner-calls.ts';
import { type Origin, ROOT, signed } from '../../frame/origin.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { addWeight, type DispatchInfo, NO_WEIGHT, type Weight } from '../../frame/weight.ts';
import type { AccountId } from '../../scale/well-known.ts';

/** How an inner call ended. */
export interface InnerOutcome {
  readonly error: DispatchError | undefined;
  /** What it really used. */
  readonly weight: Weight;
}

/** Runs an inner call: root passes by every filter, everyone else goes through dispatch. */
export function runInner(x: Ext, call: RuntimeCallValue, origin: Origin): InnerOutcome {
  const info = dispatchInfoOf(call);
  try {
    const post =
      origin.type === 'Root' ? x.runtime.dispatchBypassFilter(x, call, origin) : x.runtime.dispatch(x, call, origin);
    return { error: undefined, weight: actualWeight(post, info) };
  } catch (thrown) {
    const error = asDispatchError(thrown);
    if (!error) throw thrown;
    const post = thrown instanceof DispatchErrorWithPostInfo ? thrown.postInfo : {};
    return { error, weight: actualWeight(post, info) };
  }
}

/** What a list of calls declares: their weights, and pays as soon as one of them does. */
export function batchInfo(calls: readonly RuntimeCallValue[], own: Weight): DispatchInfo {
  const infos = calls.map(dispatchInfoOf);
  return {
    weight: addWeight(
      infos.reduce((sum, info) => addWeight(sum, info.weight), NO_WEIGHT),
      own,
    ),
    class: 'Normal',
    pays: infos.some(({ pays }) => pays === 'Yes') ? 'Yes' : 'No',
  };
}

/** @throws BadOrigin for nobody */
export function ensureSomeone(origin: Origin): void {
  if (origin.type === 'None') throw BadOrigin;
}

/** The same origin, from which no `batch_all` can be made any more. */
export function withoutBatchAll(origin: Origin): Origin {
  if (origin.type !== 'Signed') return origin;
  const before = origin.filter;
  return {
    ...origin,
    filter: (call) =>
      !(call.type === 'Utility' && call.value.type === 'batch_all') && (before === undefined || before(call)),
  };
}

/** Another account in the place of the signer, with what the signer may not do. */
export function actingFor(origin: Origin, account: AccountId): Origin {
  const narrowed = origin.type === 'Signed' && origin.filter ? { filter: origin.filter } : {};
  return { type: 'Signed', account, ...narrowed };
}

/** `PalletsOrigin` of `dispatch_as`, as far as it can mean anything here. @throws BadOrigin */
export function originOf(caller: { readonly type: string; readonly value?: unknown }): Origin {
  if (caller.type !== 'system') throw BadOrigin;
  const raw = caller.value as { readonly type: string; readonly value?: unknown };
  switch (raw.type) {
    case 'Root':
      return ROOT;
    case 'Signed':
      return signed(raw.value as AccountId);
    case 'None':
      return { type: 'None' };
    default:
      throw BadOrigin;
  }
}
