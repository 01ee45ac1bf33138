import { asDispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { type DispatchResultValue, dispatchInfoOf, dispatchOutcome } from '../../frame/inner-calls.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { addWeight, type Weight } from '../../frame/weight.ts';
import type { ValueOf } from '../../scale/type.ts';
import { dropCall, lookupLength, peekCall } from '../preimage/bounded-call.ts';
import { originOf } from '../utility/run-calls.ts';
import { MAX_BLOCK, placeTask, type Task, type TaskAddress } from './agenda.ts';
import { Agenda, constants, events, IncompleteSince, Lookup, Retries } from './spec.ts';
import type { RetryConfig } from './types.ts';
import { WeightMeter } from './weight-meter.ts';
import { weights } from './weights.ts';

// Running what is due at the start of a block (pallet-scheduler 42, src/lib.rs).

const MAX_SCHEDULED = constants.MaxScheduledPerBlock.value as number;
const LIMIT = constants.MaximumWeight.value as Weight;

type Retry = ValueOf<typeof RetryConfig>;
/** `done`, or why the task stays on its agenda: it can never run, or not in this block. */
type Outcome = 'done' | 'unavailable' | 'overweight';

/** Serves the agendas from the first incomplete one to this block's. Answers the weight that it counts. */
export function serviceAgendas(x: Ext, now: number): Weight {
  const meter = new WeightMeter(LIMIT);
  if (!meter.tryConsume(weights.service_agendas_base)) return meter.consumed;
  let incompleteSince = now + 1;
  let when = IncompleteSince.take(x) ?? now;
  const progress = { executed: 0 };
  const full = weights.service_agenda_base(MAX_SCHEDULED);
  for (; when <= now && meter.canConsume(full); when++) {
    if (!serviceAgenda(x, meter, progress, now, when)) incompleteSince = Math.min(incompleteSince, when);
  }
  incompleteSince = Math.min(incompleteSince, when);
  if (incompleteSince <= now) {
    events.deposit(x, 'AgendaIncomplete', { when: incompleteSince });
    IncompleteSince.put(x, incompleteSince);
  }
  return meter.consumed;
}

/** True when nothing of the agenda was put off. */
function serviceAgenda(x: Ext, meter: WeightMeter, progress: { executed: number }, now: number, when: number): boolean {
  const agenda = Agenda.get(x, when).slice();
  const ordered = agenda
    .flatMap((task, index) => (task ? [{ index, priority: task.priority }] : []))
    .sort((a, b) => a.priority - b.priority);
  meter.tryConsume(weights.service_agenda_base(ordered.length));
  let postponed = 0;
  let dropped = 0;
  for (const { index } of ordered) {
    const task = agenda[index]!;
    if (!meter.canConsume(serviceWeight(task, lookupLength(task.call)))) {
      postponed += 1;
      break;
    }
    const outcome = serviceTask(x, meter, now, [when, index], progress.executed === 0, task);
    if (outcome === 'done') {
      agenda[index] = undefined;
      progress.executed += 1;
    } else if (outcome === 'overweight') postponed += 1;
    else dropped += 1;
  }
  if (postponed > 0 || dropped > 0) Agenda.insert(x, when, agenda);
  else Agenda.remove(x, when);
  return postponed === 0;
}

const serviceWeight = (task: Task, lookup: number | undefined): Weight =>
  weights.service_task(lookup, task.maybe_id !== undefined, task.maybe_periodic !== undefined);

function serviceTask(
  x: Ext,
  meter: WeightMeter,
  now: number,
  address: TaskAddress,
  isFirst: boolean,
  task: Task,
): Outcome {
  const id = task.maybe_id;
  if (id !== undefined) Lookup.remove(x, id);
  let peeked: ReturnType<typeof peekCall>;
  try {
    peeked = peekCall(x, task.call);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    events.deposit(x, 'CallUnavailable', { task: address, id });
    dropCall(x, task.call);
    meter.tryConsume(serviceWeight(task, lookupLength(task.call)));
    return 'unavailable';
  }
  meter.tryConsume(serviceWeight(task, peeked.lookupLength));
  const result = execute(x, meter, task, peeked.call);
  if (!result) {
    if (!isFirst) return 'overweight';
    dropCall(x, task.call);
    events.deposit(x, 'PermanentlyOverweight', { task: address, id });
    return 'unavailable';
  }
  const retry = Retries.take(x, address);
  events.deposit(x, 'Dispatched', { task: address, id, result });
  if (retry && result.type === 'Err') scheduleRetry(x, meter, now, address, task, retry);
  repeat(x, now, address, task, retry);
  return 'done';
}

/** The result, or undefined when the call does not fit any more. */
function execute(x: Ext, meter: WeightMeter, task: Task, call: RuntimeCallValue): DispatchResultValue | undefined {
  const origin = originOf(task.origin);
  const base = origin.type === 'Signed' ? weights.execute_dispatch_signed : weights.execute_dispatch_unsigned;
  const declared = dispatchInfoOf(call).weight;
  if (!meter.canConsume(addWeight(base, declared))) return undefined;
  const { result, post } = dispatchOutcome(x, call, origin);
  meter.tryConsume(base);
  meter.tryConsume(post.actualWeight ?? declared);
  return result;
}

/** Puts a periodic task on the agenda of its next run; others are over. */
function repeat(x: Ext, now: number, address: TaskAddress, task: Task, retry: Retry | undefined): void {
  if (!task.maybe_periodic) {
    dropCall(x, task.call);
    return;
  }
  const [period, count] = task.maybe_periodic;
  const next = { ...task, maybe_periodic: count > 1 ? ([period, count - 1] as const) : undefined };
  const placed = tryPlace(x, Math.min(now + period, MAX_BLOCK), next);
  if (placed) {
    if (retry) Retries.insert(x, placed, retry);
    return;
  }
  dropCall(x, task.call);
  events.deposit(x, 'PeriodicFailed', { task: address, id: task.maybe_id });
}

function tryPlace(x: Ext, when: number, task: Task): TaskAddress | undefined {
  try {
    return placeTask(x, when, task);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return undefined;
  }
}

function scheduleRetry(x: Ext, meter: WeightMeter, now: number, address: TaskAddress, task: Task, retry: Retry): void {
  const failed = (): void => events.deposit(x, 'RetryFailed', { task: address, id: task.maybe_id });
  if (!meter.tryConsume(weights.schedule_retry)) {
    failed();
    return;
  }
  if (retry.remaining === 0) return;
  const again = { ...task, maybe_id: undefined, maybe_periodic: undefined };
  const placed = tryPlace(x, Math.min(now + retry.period, MAX_BLOCK), again);
  if (placed) {
    Retries.insert(x, placed, { ...retry, remaining: retry.remaining - 1 });
    return;
  }
  dropCall(x, task.call);
  // The chain names the retry, which has no name, not the task.
  events.deposit(x, 'RetryFailed', { task: address, id: undefined });
}
