import { normal } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import { option, tuple } from '../../scale/compound.ts';
import { fixedBytes, u8, u32 } from '../../scale/primitives.ts';
import { boundCall } from '../preimage/bounded-call.ts';
import {
  addressOfName,
  after,
  cancel,
  cancelNamed,
  type Periodic,
  schedule,
  type TaskAddress,
  taskAt,
} from './agenda.ts';
import { events, Retries } from './spec.ts';
import { weights } from './weights.ts';

// Only root schedules (runtime/src/lib.rs), and root may touch whatever is scheduled, so that privileges need no comparing.

const ROOT_CALLER = { type: 'system', value: { type: 'Root' } } as const;

const Name = fixedBytes(32);
const Address = tuple(u32, u32);
const what = { maybe_periodic: option(Address), priority: u8, call: RuntimeCall };
const BLOCK = 'BlockNumberFor<T>';
const NAME = 'TaskName';
const ADDRESS = 'TaskAddress<BlockNumberFor<T>>';
const whatNames = {
  maybe_periodic: 'Option<schedule::Period<BlockNumberFor<T>>>',
  priority: 'schedule::Priority',
  call: 'Box<<T as Config>::RuntimeCall>',
};

interface What {
  readonly maybe_periodic: Periodic | undefined;
  readonly priority: number;
  readonly call: RuntimeCallValue;
}

function put(
  x: Ext,
  maybe_id: string | undefined,
  when: number,
  { maybe_periodic, priority, call: inner }: What,
): void {
  schedule(x, when, maybe_periodic, { maybe_id, priority, call: boundCall(x, inner), origin: ROOT_CALLER });
}

function setRetry(x: Ext, task: TaskAddress, id: string | undefined, retries: number, period: number): void {
  taskAt(x, task);
  Retries.insert(x, task, { total_retries: retries, remaining: retries, period });
  events.deposit(x, 'RetrySet', { task, id, period, retries });
}

function cancelRetry(x: Ext, task: TaskAddress, id: string | undefined): void {
  taskAt(x, task);
  Retries.remove(x, task);
  events.deposit(x, 'RetryCancelled', { task, id });
}

/** Calls of pallet-scheduler 42 (src/lib.rs). */
export const calls = {
  schedule: call(
    0,
    { when: u32, ...what },
    normal(weights.schedule),
    (x, origin, { when, ...rest }) => {
      ensureRoot(origin);
      put(x, undefined, when, rest);
    },
    { when: BLOCK, ...whatNames },
  ),
  cancel: call(
    1,
    { when: u32, index: u32 },
    normal(weights.cancel),
    (x, origin, { when, index }) => {
      ensureRoot(origin);
      cancel(x, [when, index]);
    },
    { when: BLOCK, index: 'u32' },
  ),
  schedule_named: call(
    2,
    { id: Name, when: u32, ...what },
    normal(weights.schedule_named),
    (x, origin, { id, when, ...rest }) => {
      ensureRoot(origin);
      put(x, id, when, rest);
    },
    { id: NAME, when: BLOCK, ...whatNames },
  ),
  cancel_named: call(
    3,
    { id: Name },
    normal(weights.cancel_named),
    (x, origin, { id }) => {
      ensureRoot(origin);
      cancelNamed(x, id);
    },
    { id: NAME },
  ),
  schedule_after: call(
    4,
    { after: u32, ...what },
    normal(weights.schedule),
    (x, origin, { after: blocks, ...rest }) => {
      ensureRoot(origin);
      put(x, undefined, after(x, blocks), rest);
    },
    { after: BLOCK, ...whatNames },
  ),
  schedule_named_after: call(
    5,
    { id: Name, after: u32, ...what },
    normal(weights.schedule_named),
    (x, origin, { id, after: blocks, ...rest }) => {
      ensureRoot(origin);
      put(x, id, after(x, blocks), rest);
    },
    { id: NAME, after: BLOCK, ...whatNames },
  ),
  set_retry: call(
    6,
    { task: Address, retries: u8, period: u32 },
    normal(weights.set_retry),
    (x, origin, { task, retries, period }) => {
      ensureRoot(origin);
      setRetry(x, task, undefined, retries, period);
    },
    { task: ADDRESS, retries: 'u8', period: BLOCK },
  ),
  set_retry_named: call(
    7,
    { id: Name, retries: u8, period: u32 },
    normal(weights.set_retry_named),
    (x, origin, { id, retries, period }) => {
      ensureRoot(origin);
      setRetry(x, addressOfName(x, id), id, retries, period);
    },
    { id: NAME, retries: 'u8', period: BLOCK },
  ),
  cancel_retry: call(
    8,
    { task: Address },
    normal(weights.cancel_retry),
    (x, origin, { task }) => {
      ensureRoot(origin);
      cancelRetry(x, task, undefined);
    },
    { task: ADDRESS },
  ),
  cancel_retry_named: call(
    9,
    { id: Name },
    normal(weights.cancel_retry_named),
    (x, origin, { id }) => {
      ensureRoot(origin);
      cancelRetry(x, addressOfName(x, id), id);
    },
    { id: NAME },
  ),
};
