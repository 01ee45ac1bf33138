import { beforeEach, describe, expect, test } from 'vitest';
import type { RuntimeCallValue } from '../../../../src/lib/localnet/frame/runtime-handle.ts';
import { freeBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { PreimageFor, RequestStatusFor } from '../../../../src/lib/localnet/pallets/preimage/spec.ts';
import { serviceAgendas } from '../../../../src/lib/localnet/pallets/scheduler/service.ts';
import { Agenda, IncompleteSince, Lookup, Retries } from '../../../../src/lib/localnet/pallets/scheduler/spec.ts';
import { weights } from '../../../../src/lib/localnet/pallets/scheduler/weights.ts';
import { attempt, eventsWith, goTo, idOf, lastEvent, perform } from '../../../helpers/attempt.ts';
import { callOf, DAVE, NOBODY, type OpenBlock, openBlock } from '../../../helpers/local-runtime.ts';

// pallet-scheduler 42, src/lib.rs. The block that is open is number 1.

const NAME = 'ab'.repeat(32);
const scheduler = (name: string, args: object) => callOf('Scheduler', name, args);
/** Root gives somebody money: what a task does here. */
const pay = (amount: bigint) => callOf('Balances', 'force_set_balance', { who: idOf(NOBODY), new_free: amount });
const failing = callOf('Sudo', 'set_key', { new: { type: 'Raw', value: new Uint8Array() } });
const remarkOf = (length: number) => callOf('System', 'remark', { remark: new Uint8Array(length) });
const at = (when: number, call: RuntimeCallValue, maybe_periodic?: readonly [number, number], priority = 0) =>
  scheduler('schedule', { when, maybe_periodic, priority, call });
const named = (when: number, call: RuntimeCallValue, maybe_periodic?: readonly [number, number]) =>
  scheduler('schedule_named', { id: NAME, when, maybe_periodic, priority: 0, call });

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
});
const runBlock = (number: number) => {
  goTo(block, number);
  return serviceAgendas(block.x, number);
};
const scheduled = (name: string) => eventsWith(block).filter(([of]) => of === `Scheduler.${name}`);

describe('scheduling', () => {
  test('is root’s, for later blocks', () => {
    expect(attempt(block, DAVE, at(5, pay(1000n)))).toBe('BadOrigin');
    expect(attempt(block, 'root', at(1, pay(1000n)))).toBe('Scheduler.TargetBlockNumberInPast');
    expect(attempt(block, 'root', at(2, pay(1000n)))).toBe('ok');
    expect(lastEvent(block)).toEqual(['Scheduler.Scheduled', { when: 2, index: 0 }]);
    const after = scheduler('schedule_after', { after: 0, maybe_periodic: undefined, priority: 0, call: pay(2000n) });
    expect(attempt(block, 'root', after)).toBe('ok');
    expect(Agenda.get(block.x, 2)).toHaveLength(2);
  });

  test('runs at its block, by priority, and leaves nothing', () => {
    perform(block, 'root', at(3, pay(1000n), undefined, 9));
    perform(block, 'root', at(3, pay(2000n), undefined, 1));
    runBlock(2);
    expect(freeBalance(block.x, NOBODY)).toBe(0n);
    runBlock(3);
    expect(freeBalance(block.x, NOBODY)).toBe(1000n);
    expect(scheduled('Dispatched').map(([, content]) => (content as { task: unknown }).task)).toEqual([
      [3, 1],
      [3, 0],
    ]);
    expect(Agenda.isEmpty(block.x)).toBe(true);
  });

  test('fifty fit on an agenda; the place of a cancelled one is taken again', () => {
    for (let i = 0; i < 50; i++) perform(block, 'root', at(3, pay(1000n)));
    expect(attempt(block, 'root', at(3, pay(1000n)))).toBe('Exhausted');
    perform(block, 'root', scheduler('cancel', { when: 3, index: 17 }));
    expect(attempt(block, 'root', at(3, pay(1000n)))).toBe('ok');
    expect(lastEvent(block)).toEqual(['Scheduler.Scheduled', { when: 3, index: 17 }]);
  });

  test('an empty block costs what the chain says (service_agendas_base + service_agenda_base(0))', () => {
    const { ref_time, proof_size } = runBlock(2);
    expect([ref_time, proof_size]).toEqual([3_744_000n + 250_000_000n, 1489n + 110_487n]);
  });

  test('a failing task is done all the same', () => {
    perform(block, 'root', at(2, failing));
    runBlock(2);
    expect(lastEvent(block)).toMatchObject(['Scheduler.Dispatched', { result: { type: 'Err' } }]);
    expect(Agenda.isEmpty(block.x)).toBe(true);
  });
});

describe('periodic tasks', () => {
  test('run as often as they are to', () => {
    perform(block, 'root', at(2, pay(1000n), [3, 3]));
    for (let number = 2; number <= 12; number++) runBlock(number);
    expect(scheduled('Dispatched').map(([, content]) => (content as { task: [number, number] }).task[0])).toEqual([
      2, 5, 8,
    ]);
  });

  test('once, when the period or the count says nothing', () => {
    perform(block, 'root', at(2, pay(1000n), [3, 1]));
    perform(block, 'root', at(2, pay(1000n), [0, 5]));
    expect(Agenda.get(block.x, 2).map((task) => task?.maybe_periodic)).toEqual([undefined, undefined]);
  });
});

describe('names', () => {
  test('are unique, live on from run to run, and go with the task', () => {
    perform(block, 'root', named(2, pay(1000n), [4, 2]));
    expect(attempt(block, 'root', named(3, pay(1000n)))).toBe('Scheduler.FailedToSchedule');
    expect(Lookup.get(block.x, NAME)).toEqual([2, 0]);
    runBlock(2);
    expect(Lookup.get(block.x, NAME)).toEqual([6, 0]);
    expect(attempt(block, 'root', scheduler('cancel_named', { id: NAME }))).toBe('ok');
    expect(lastEvent(block)).toEqual(['Scheduler.Canceled', { when: 6, index: 0 }]);
    expect(Agenda.isEmpty(block.x) && Lookup.isEmpty(block.x)).toBe(true);
    expect(attempt(block, 'root', scheduler('cancel_named', { id: NAME }))).toBe('Scheduler.NotFound');
  });

  test('go too when the task is cancelled by its place', () => {
    perform(block, 'root', named(2, pay(1000n)));
    perform(block, 'root', at(2, pay(1000n)));
    expect(attempt(block, 'root', scheduler('cancel', { when: 2, index: 5 }))).toBe('Scheduler.NotFound');
    perform(block, 'root', scheduler('cancel', { when: 2, index: 0 }));
    expect(Lookup.isEmpty(block.x)).toBe(true);
    expect(attempt(block, 'root', scheduler('cancel', { when: 2, index: 0 }))).toBe('Scheduler.NotFound');
    perform(block, 'root', scheduler('cancel', { when: 2, index: 1 }));
    expect(Agenda.isEmpty(block.x)).toBe(true);
  });
});

describe('retries', () => {
  test('come after a failure, without a name, so often', () => {
    perform(block, 'root', named(2, failing));
    perform(block, 'root', scheduler('set_retry_named', { id: NAME, retries: 2, period: 5 }));
    expect(lastEvent(block)).toEqual(['Scheduler.RetrySet', { task: [2, 0], id: NAME, period: 5, retries: 2 }]);
    for (let number = 2; number <= 20; number++) runBlock(number);
    expect(scheduled('Dispatched').map(([, content]) => content)).toMatchObject([
      { task: [2, 0], id: NAME },
      { task: [7, 0], id: undefined },
      { task: [12, 0], id: undefined },
    ]);
    expect(Retries.isEmpty(block.x) && Agenda.isEmpty(block.x)).toBe(true);
  });

  test('do not come after success, and can be taken off', () => {
    perform(block, 'root', at(2, pay(1000n)));
    perform(block, 'root', scheduler('set_retry', { task: [2, 0], retries: 2, period: 5 }));
    expect(Retries.get(block.x, [2, 0])).toEqual({ total_retries: 2, remaining: 2, period: 5 });
    perform(block, 'root', scheduler('cancel_retry', { task: [2, 0] }));
    expect(Retries.isEmpty(block.x)).toBe(true);
    perform(block, 'root', scheduler('set_retry', { task: [2, 0], retries: 2, period: 5 }));
    runBlock(2);
    expect(Retries.isEmpty(block.x) && Agenda.isEmpty(block.x)).toBe(true);
    for (const name of ['set_retry', 'cancel_retry']) {
      const call = scheduler(name, { task: [2, 0], retries: 2, period: 5 });
      expect(attempt(block, 'root', call)).toBe('Scheduler.NotFound');
    }
    expect(attempt(block, 'root', scheduler('cancel_retry_named', { id: NAME }))).toBe('Scheduler.NotFound');
  });
});

describe('long calls', () => {
  test('are kept as preimages, and the one request that noting them made outlives the last run, as on the chain', () => {
    perform(block, 'root', at(2, remarkOf(300), [2, 2]));
    expect(PreimageFor.isEmpty(block.x)).toBe(false);
    runBlock(2);
    expect(PreimageFor.isEmpty(block.x)).toBe(false);
    runBlock(4);
    expect(scheduled('Dispatched')).toHaveLength(2);
    const [[, status]] = [...RequestStatusFor.iter(block.x)] as [[string, unknown]];
    expect(status).toMatchObject({ type: 'Requested', value: { count: 1 } });
  });

  test('without their preimage are unavailable, and stay on the agenda', () => {
    perform(block, 'root', named(2, remarkOf(300)));
    PreimageFor.clear(block.x);
    runBlock(2);
    expect(lastEvent(block)).toEqual(['Scheduler.CallUnavailable', { task: [2, 0], id: NAME }]);
    expect(Agenda.get(block.x, 2)).toHaveLength(1);
    expect(Lookup.isEmpty(block.x)).toBe(true);
    expect(IncompleteSince.get(block.x)).toBeUndefined();
  });
});

describe('weight', () => {
  /** A call that declares what it is told to. */
  const heavy = (ref_time: bigint) =>
    callOf('Utility', 'with_weight', { call: remarkOf(1), weight: { ref_time, proof_size: 0n } });
  const LIMIT = 3_200_000_000_000n;

  test('what never fits is given up, if it comes first', () => {
    perform(block, 'root', at(2, heavy(LIMIT)));
    runBlock(2);
    expect(lastEvent(block)).toEqual(['Scheduler.PermanentlyOverweight', { task: [2, 0], id: undefined }]);
    expect(IncompleteSince.get(block.x)).toBeUndefined();
  });

  test('what does not fit any more waits for the next block', () => {
    for (let i = 0; i < 3; i++) perform(block, 'root', at(2, heavy(LIMIT / 2n)));
    runBlock(2);
    expect(scheduled('Dispatched')).toHaveLength(1);
    expect(lastEvent(block)).toEqual(['Scheduler.AgendaIncomplete', { when: 2 }]);
    expect(IncompleteSince.get(block.x)).toBe(2);
    expect(Agenda.get(block.x, 2).map((task) => task !== undefined)).toEqual([false, true, true]);
    runBlock(3);
    expect(scheduled('Dispatched')).toHaveLength(2);
    runBlock(4);
    expect(scheduled('Dispatched')).toHaveLength(3);
    expect(IncompleteSince.get(block.x)).toBeUndefined();
    expect(Agenda.isEmpty(block.x)).toBe(true);
  });

  test('counts what a task really used', () => {
    perform(block, 'root', at(2, remarkOf(1)));
    const { weight } = block.runtime.dispatchInfo(remarkOf(1));
    const expected = [
      weights.service_agendas_base,
      weights.service_agenda_base(1),
      weights.service_task(undefined, false, false),
      weights.execute_dispatch_unsigned,
      weight,
    ].reduce((sum, { ref_time }) => sum + ref_time, 0n);
    expect(runBlock(2).ref_time).toBe(expected);
  });
});
