import { Exhausted } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { ValueOf } from '../../scale/type.ts';
import { dropCall, requestCall } from '../preimage/bounded-call.ts';
import { blockNumber } from '../system/block.ts';
import { Agenda, constants, errors, events, Lookup, Retries } from './spec.ts';
import type { Scheduled } from './types.ts';

// Putting tasks on agendas and taking them off (pallet-scheduler 42, src/lib.rs).

export type Task = ValueOf<typeof Scheduled>;
/** Block and place on its agenda. */
export type TaskAddress = readonly [when: number, index: number];
/** Blocks between runs, and how many runs are left. */
export type Periodic = readonly [period: number, count: number];

const MAX_SCHEDULED = constants.MaxScheduledPerBlock.value as number;
export const MAX_BLOCK = 0xffff_ffff;

/** A block after a delay: the current block has run its tasks, so it is one later. */
export const after = (x: Ext, blocks: number): number =>
  Math.min(Math.min(blockNumber(x) + blocks, MAX_BLOCK) + 1, MAX_BLOCK);

/** @throws Exhausted when the agenda is full */
export function placeTask(x: Ext, when: number, task: Task): TaskAddress {
  const agenda = Agenda.get(x, when);
  const index = agenda.length < MAX_SCHEDULED ? agenda.length : agenda.indexOf(undefined);
  if (index < 0) throw Exhausted;
  const placed = agenda.slice();
  placed[index] = task;
  Agenda.insert(x, when, placed);
  if (task.maybe_id !== undefined) Lookup.insert(x, task.maybe_id, [when, index]);
  events.deposit(x, 'Scheduled', { when, index });
  return [when, index];
}

/** The same agenda without the empty places at its end. */
function trim(x: Ext, when: number): void {
  const agenda = Agenda.get(x, when);
  const last = agenda.findLastIndex((task) => task !== undefined);
  if (last < 0) Agenda.remove(x, when);
  else if (agenda.length > last + 1) Agenda.insert(x, when, agenda.slice(0, last + 1));
}

/** @throws Scheduler.TargetBlockNumberInPast, FailedToSchedule for a name that is taken, Exhausted */
export function schedule(
  x: Ext,
  when: number,
  periodic: Periodic | undefined,
  task: Omit<Task, 'maybe_periodic'>,
): void {
  if (task.maybe_id !== undefined && Lookup.containsKey(x, task.maybe_id)) throw errors.FailedToSchedule;
  if (when <= blockNumber(x)) throw errors.TargetBlockNumberInPast;
  const repeats = periodic !== undefined && periodic[1] > 1 && periodic[0] !== 0;
  const maybe_periodic = repeats ? ([periodic[0], periodic[1] - 1] as const) : undefined;
  placeTask(x, when, { ...task, maybe_periodic });
  requestCall(x, task.call);
}

/** The task at an address. @throws Scheduler.NotFound */
export function taskAt(x: Ext, [when, index]: TaskAddress): Task {
  const task = Agenda.get(x, when)[index];
  if (!task) throw errors.NotFound;
  return task;
}

/** @throws Scheduler.NotFound */
export function addressOfName(x: Ext, id: string): TaskAddress {
  const address = Lookup.get(x, id);
  if (!address) throw errors.NotFound;
  return address;
}

function empty(x: Ext, [when, index]: TaskAddress): void {
  Agenda.mutate(x, when, (agenda) => agenda.map((task, at) => (at === index ? undefined : task)));
}

/** Takes a task off its agenda. @throws Scheduler.NotFound */
export function cancel(x: Ext, address: TaskAddress): void {
  const [when, index] = address;
  const task = taskAt(x, address);
  empty(x, address);
  dropCall(x, task.call);
  if (task.maybe_id !== undefined) Lookup.remove(x, task.maybe_id);
  Retries.remove(x, address);
  trim(x, when);
  events.deposit(x, 'Canceled', { when, index });
}

/** @throws Scheduler.NotFound */
export function cancelNamed(x: Ext, id: string): void {
  const address = addressOfName(x, id);
  const [when, index] = address;
  Lookup.remove(x, id);
  const task = Agenda.get(x, when)[index];
  if (task) {
    Retries.remove(x, address);
    dropCall(x, task.call);
  }
  if (index < Agenda.get(x, when).length) empty(x, address);
  trim(x, when);
  events.deposit(x, 'Canceled', { when, index });
}
