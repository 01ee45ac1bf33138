import { asDispatchError, DispatchErrorWithPostInfo } from '../../frame/dispatch-error.ts';
import { normal } from '../../frame/dispatch-info.ts';
import { dispatchInfoOf, dispatchResult } from '../../frame/inner-calls.ts';
import { ensureRoot, ensureSigned, ROOT } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { OriginCaller, RuntimeCall } from '../../frame/runtime-types.ts';
import { addWeight, dbReadsWrites, NO_WEIGHT, WeightType } from '../../frame/weight.ts';
import { vec } from '../../scale/compound.ts';
import { u16 } from '../../scale/primitives.ts';
import { derivativeAccountId } from './derivative.ts';
import { actingFor, batchInfo, ensureSomeone, originOf, runInner, withoutBatchAll } from './run-calls.ts';
import { constants, errors, events } from './spec.ts';
import { weights } from './weights.ts';

const Calls = vec(RuntimeCall);
const CALLS = 'Vec<<T as Config>::RuntimeCall>';
const CALL = 'Box<<T as Config>::RuntimeCall>';
const ORIGIN = 'Box<T::PalletsOrigin>';
const DERIVATIVE = addWeight(weights.as_derivative, dbReadsWrites(1, 1));

function ensureFew(calls: readonly unknown[]): void {
  if (calls.length > (constants.batched_calls_limit.value as number)) throw errors.TooManyCalls;
}

/** Calls of the chain's pallets/utility (src/lib.rs). */
export const calls = {
  batch: call(
    0,
    { calls: Calls },
    ({ calls: inner }) => batchInfo(inner, weights.batch(inner.length)),
    (x, origin, { calls: inner }) => {
      ensureSomeone(origin);
      ensureFew(inner);
      let used = NO_WEIGHT;
      for (const [index, item] of inner.entries()) {
        const outcome = runInner(x, item, origin);
        used = addWeight(used, outcome.weight);
        if (outcome.error) {
          events.deposit(x, 'BatchInterrupted', { index, error: outcome.error.value });
          return { actualWeight: addWeight(weights.batch(index + 1), used) };
        }
        events.deposit(x, 'ItemCompleted');
      }
      events.deposit(x, 'BatchCompleted');
      return { actualWeight: addWeight(weights.batch(inner.length), used) };
    },
    { calls: CALLS },
  ),
  as_derivative: call(
    1,
    { index: u16, call: RuntimeCall },
    ({ call: inner }) => normal(addWeight(DERIVATIVE, dispatchInfoOf(inner).weight)),
    (x, origin, { index, call: inner }) => {
      const who = ensureSigned(origin);
      const outcome = runInner(x, inner, actingFor(origin, derivativeAccountId(who, index)));
      const actualWeight = addWeight(DERIVATIVE, outcome.weight);
      if (outcome.error) throw new DispatchErrorWithPostInfo(outcome.error, { actualWeight });
      return { actualWeight };
    },
    { index: 'u16', call: CALL },
  ),
  batch_all: call(
    2,
    { calls: Calls },
    ({ calls: inner }) => batchInfo(inner, weights.batch_all(inner.length)),
    (x, origin, { calls: inner }) => {
      ensureSomeone(origin);
      ensureFew(inner);
      const narrowed = withoutBatchAll(origin);
      let used = NO_WEIGHT;
      for (const [index, item] of inner.entries()) {
        const outcome = runInner(x, item, narrowed);
        used = addWeight(used, outcome.weight);
        if (outcome.error) {
          const actualWeight = addWeight(weights.batch_all(index + 1), used);
          throw new DispatchErrorWithPostInfo(outcome.error, { actualWeight });
        }
        events.deposit(x, 'ItemCompleted');
      }
      events.deposit(x, 'BatchCompleted');
      return { actualWeight: addWeight(weights.batch_all(inner.length), used) };
    },
    { calls: CALLS },
  ),
  dispatch_as: call(
    3,
    { as_origin: OriginCaller, call: RuntimeCall },
    ({ call: inner }) => normal(addWeight(weights.dispatch_as, dispatchInfoOf(inner).weight)),
    (x, origin, { as_origin, call: inner }) => {
      ensureRoot(origin);
      const result = dispatchResult(() => x.runtime.dispatchBypassFilter(x, inner, originOf(as_origin)));
      events.deposit(x, 'DispatchedAs', { result });
    },
    { as_origin: ORIGIN, call: CALL },
  ),
  force_batch: call(
    4,
    { calls: Calls },
    ({ calls: inner }) => batchInfo(inner, weights.force_batch(inner.length)),
    (x, origin, { calls: inner }) => {
      ensureSomeone(origin);
      ensureFew(inner);
      let used = NO_WEIGHT;
      let failed = false;
      for (const item of inner) {
        const outcome = runInner(x, item, origin);
        used = addWeight(used, outcome.weight);
        if (outcome.error) {
          failed = true;
          events.deposit(x, 'ItemFailed', { error: outcome.error.value });
        } else events.deposit(x, 'ItemCompleted');
      }
      events.deposit(x, failed ? 'BatchCompletedWithErrors' : 'BatchCompleted');
      return { actualWeight: addWeight(weights.force_batch(inner.length), used) };
    },
    { calls: CALLS },
  ),
  with_weight: call(
    5,
    { call: RuntimeCall, weight: WeightType },
    ({ weight }) => normal(weight),
    (x, origin, { call: inner }) => {
      ensureRoot(origin);
      throwBare(() => x.runtime.dispatchBypassFilter(x, inner, ROOT));
    },
    { call: CALL, weight: 'Weight' },
  ),
  if_else: call(
    6,
    { main: RuntimeCall, fallback: RuntimeCall },
    ({ main, fallback }) =>
      normal(addWeight(addWeight(weights.if_else, dispatchInfoOf(main).weight), dispatchInfoOf(fallback).weight)),
    (x, origin, { main, fallback }) => {
      ensureSomeone(origin);
      const first = runInner(x, main, origin);
      const used = addWeight(weights.if_else, first.weight);
      if (!first.error) {
        events.deposit(x, 'IfElseMainSuccess');
        return { actualWeight: used };
      }
      const second = runInner(x, fallback, origin);
      const actualWeight = addWeight(used, second.weight);
      if (second.error) throw new DispatchErrorWithPostInfo(second.error, { actualWeight });
      events.deposit(x, 'IfElseFallbackCalled', { main_error: first.error.value });
      return { actualWeight };
    },
    { main: CALL, fallback: CALL },
  ),
  dispatch_as_fallible: call(
    7,
    { as_origin: OriginCaller, call: RuntimeCall },
    ({ call: inner }) => normal(addWeight(weights.dispatch_as_fallible, dispatchInfoOf(inner).weight)),
    (x, origin, { as_origin, call: inner }) => {
      ensureRoot(origin);
      throwBare(() => x.runtime.dispatchBypassFilter(x, inner, originOf(as_origin)));
      events.deposit(x, 'DispatchedAs', { result: { type: 'Ok', value: undefined } });
    },
    { as_origin: ORIGIN, call: CALL },
  ),
};

/** Runs and passes on an inner call's error alone: what it used is forgotten, as the chain's `map_err(|e| e.error)` does. */
function throwBare(body: () => unknown): void {
  try {
    body();
  } catch (thrown) {
    throw asDispatchError(thrown) ?? thrown;
  }
}
