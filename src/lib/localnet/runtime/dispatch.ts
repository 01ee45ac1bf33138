import { asDispatchError, type DispatchError, DispatchErrorWithPostInfo } from '../frame/dispatch-error.ts';
import type { Ext } from '../frame/ext.ts';
import type { Origin } from '../frame/origin.ts';
import type { CallDef, Pallet } from '../frame/pallet.ts';
import type { RuntimeCallValue } from '../frame/runtime-handle.ts';
import type { DispatchInfo, PostInfo } from '../frame/weight.ts';
import { errors as systemErrors } from '../pallets/system/spec.ts';
import type { Guard } from './extensions/chain-checks.ts';

/** Which calls a signed or absent origin may dispatch at all (BaseCallFilter). */
export type CallFilter = (x: Ext, call: RuntimeCallValue) => boolean;

/** A call of a pallet that this runtime does not have; a fault of ours, never of a user: such calls do not decode. */
class UndeclaredCall extends Error {
  override readonly name = 'UndeclaredCall';
}

/** How dispatch ended: what it used, and the error when there was one. */
export interface DispatchOutcome {
  readonly post: PostInfo;
  readonly error: DispatchError | undefined;
}

/** Finds calls by name and runs them behind filter and guards. */
export class Dispatcher {
  private readonly calls = new Map<string, CallDef>();
  private readonly filter: CallFilter;
  private readonly guard: Guard;

  constructor(pallets: readonly Pallet[], filter: CallFilter, guard: Guard) {
    for (const pallet of pallets) {
      for (const [name, definition] of Object.entries(pallet.calls ?? {})) {
        this.calls.set(`${pallet.name}.${name}`, definition);
      }
    }
    this.filter = filter;
    this.guard = guard;
  }

  definition(call: RuntimeCallValue): CallDef {
    const name = `${call.type}.${call.value.type}`;
    const definition = this.calls.get(name);
    if (!definition) throw new UndeclaredCall(`${name} is not declared`);
    return definition;
  }

  info(call: RuntimeCallValue): DispatchInfo {
    return this.definition(call).info(call.value.value);
  }

  /** `Dispatchable::dispatch`: filter, guards, then the call. @throws DispatchError, DispatchErrorWithPostInfo */
  dispatch(x: Ext, call: RuntimeCallValue, origin: Origin): PostInfo {
    if (origin.type !== 'Root') {
      const own = origin.type === 'Signed' ? origin.filter : undefined;
      if (!this.filter(x, call) || (own && !own(call))) throw systemErrors.CallFiltered;
    }
    if (origin.type === 'Signed') this.guard(x, origin.account, call);
    return this.dispatchBypassFilter(x, call, origin);
  }

  /** `dispatch_bypass_filter`: the call in a storage layer of its own. @throws DispatchError, DispatchErrorWithPostInfo */
  dispatchBypassFilter(x: Ext, call: RuntimeCallValue, origin: Origin): PostInfo {
    const definition = this.definition(call);
    return x.transact(() => definition.run(x, origin, call.value.value)) ?? {};
  }

  /** Dispatches and turns dispatch errors into an outcome; faults of ours pass through. */
  outcome(x: Ext, call: RuntimeCallValue, origin: Origin): DispatchOutcome {
    try {
      return { post: this.dispatch(x, call, origin), error: undefined };
    } catch (thrown) {
      const error = asDispatchError(thrown);
      if (!error) throw thrown;
      return { post: thrown instanceof DispatchErrorWithPostInfo ? thrown.postInfo : {}, error };
    }
  }
}
