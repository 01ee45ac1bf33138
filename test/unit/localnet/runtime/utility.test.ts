import { describe, expect, test } from 'vitest';
import { BadOrigin, DispatchErrorWithPostInfo } from '../../../../src/lib/localnet/frame/dispatch-error.ts';
import { NONE, ROOT, signed } from '../../../../src/lib/localnet/frame/origin.ts';
import { freeBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { errors as sudoErrors } from '../../../../src/lib/localnet/pallets/sudo/spec.ts';
import { errors as systemErrors } from '../../../../src/lib/localnet/pallets/system/spec.ts';
import { derivativeAccountId } from '../../../../src/lib/localnet/pallets/utility/derivative.ts';
import { ALICE, BOB, callOf, DAVE, NOBODY, openBlock, remark, transferOf } from '../../../helpers/local-runtime.ts';

const batch = (...calls: unknown[]) => callOf('Utility', 'batch', { calls });
const batchAll = (...calls: unknown[]) => callOf('Utility', 'batch_all', { calls });
const forceBatch = (...calls: unknown[]) => callOf('Utility', 'force_batch', { calls });
const tooMuch = transferOf(BOB, 10n ** 18n);

describe('batches', () => {
  test('stop at the first error and keep what was done', () => {
    const { runtime, x, events } = openBlock();
    runtime.dispatch(x, batch(transferOf(NOBODY, 1000n), tooMuch, remark), signed(DAVE));
    expect(freeBalance(x, NOBODY)).toBe(1000n);
    expect(events().filter((name) => name.startsWith('Utility'))).toEqual([
      'Utility.ItemCompleted',
      'Utility.BatchInterrupted',
    ]);
  });

  test('all or nothing undoes everything', () => {
    const { runtime, x, events } = openBlock();
    expect(() => runtime.dispatch(x, batchAll(transferOf(NOBODY, 1000n), tooMuch), signed(DAVE))).toThrow(
      DispatchErrorWithPostInfo,
    );
    expect(freeBalance(x, NOBODY)).toBe(0n);
    expect(events()).toEqual([]);
  });

  test('by force go on after an error', () => {
    const { runtime, x, events } = openBlock();
    runtime.dispatch(x, forceBatch(tooMuch, transferOf(NOBODY, 1000n)), signed(DAVE));
    expect(freeBalance(x, NOBODY)).toBe(1000n);
    expect(events()).toContain('Utility.ItemFailed');
    expect(events().at(-1)).toBe('Utility.BatchCompletedWithErrors');
  });

  test('may not hold batches, but root’s may', () => {
    const { runtime, x } = openBlock();
    for (const nested of [batch(batchAll(remark)), batchAll(forceBatch(remark)), forceBatch(remark, batch())]) {
      expect(() => runtime.dispatch(x, nested, signed(DAVE))).toThrow(systemErrors.CallFiltered);
    }
    expect(() => runtime.dispatch(x, batch(batchAll(remark)), ROOT)).not.toThrow();
  });

  test('are for somebody', () => {
    const { runtime, x } = openBlock();
    expect(() => runtime.dispatch(x, batch(remark), NONE)).toThrow(BadOrigin);
  });

  test('are free only when all their calls are, and say what they used', () => {
    const { runtime, x } = openBlock();
    const free = callOf('SubtensorModule', 'set_weights', { netuid: 1, dests: [], weights: [], version_key: 0n });
    expect(runtime.dispatchInfo(batch(free)).pays).toBe('No');
    expect(runtime.dispatchInfo(batch(free, remark)).pays).toBe('Yes');
    const info = runtime.dispatchInfo(batch(tooMuch, remark));
    const { actualWeight } = runtime.dispatch(x, batch(tooMuch, remark), signed(DAVE));
    expect(actualWeight!.ref_time).toBeLessThan(info.weight.ref_time);
  });
});

describe('other ways to call', () => {
  test('as a derivative account', () => {
    const { runtime, x } = openBlock();
    const derivative = derivativeAccountId(DAVE, 3);
    runtime.dispatch(x, transferOf(derivative, 5000n), signed(DAVE));
    runtime.dispatch(
      x,
      callOf('Utility', 'as_derivative', { index: 3, call: transferOf(NOBODY, 1000n) }),
      signed(DAVE),
    );
    expect(freeBalance(x, NOBODY)).toBe(1000n);
    expect(freeBalance(x, derivative)).toBe(4000n);
  });

  test('with something to fall back on', () => {
    const { runtime, x, events } = openBlock();
    const ifElse = (main: unknown, fallback: unknown) => callOf('Utility', 'if_else', { main, fallback });
    runtime.dispatch(x, ifElse(tooMuch, transferOf(NOBODY, 1000n)), signed(DAVE));
    expect(freeBalance(x, NOBODY)).toBe(1000n);
    expect(events().at(-1)).toBe('Utility.IfElseFallbackCalled');
    expect(() => runtime.dispatch(x, ifElse(tooMuch, tooMuch), signed(DAVE))).toThrow(DispatchErrorWithPostInfo);
  });

  test('as another origin, for root only', () => {
    const { runtime, x } = openBlock();
    const as = (call: unknown) =>
      callOf('Utility', 'dispatch_as', {
        as_origin: { type: 'system', value: { type: 'Signed', value: DAVE } },
        call,
      });
    expect(() => runtime.dispatch(x, as(remark), signed(DAVE))).toThrow(BadOrigin);
    runtime.dispatch(x, as(transferOf(NOBODY, 1000n)), ROOT);
    expect(freeBalance(x, NOBODY)).toBe(1000n);
  });
});

describe('sudo', () => {
  const set = callOf('Balances', 'force_set_balance', { who: { type: 'Id', value: NOBODY }, new_free: 1000n });

  test('is for the key alone, and says how the call ended', () => {
    const { runtime, x, events } = openBlock();
    const sudo = (call: unknown) => callOf('Sudo', 'sudo', { call });
    expect(() => runtime.dispatch(x, sudo(set), signed(BOB))).toThrow(sudoErrors.RequireSudo);
    expect(runtime.dispatch(x, sudo(set), signed(ALICE))).toEqual({ pays: 'No' });
    expect(freeBalance(x, NOBODY)).toBe(1000n);
    expect(events().at(-1)).toBe('Sudo.Sudid');
    expect(() => runtime.dispatch(x, sudo(tooMuch), signed(ALICE))).not.toThrow();
  });

  test('acts for others and can be given away', () => {
    const { runtime, x } = openBlock();
    const as = callOf('Sudo', 'sudo_as', { who: { type: 'Id', value: DAVE }, call: transferOf(NOBODY, 1000n) });
    runtime.dispatch(x, as, signed(ALICE));
    expect(freeBalance(x, NOBODY)).toBe(1000n);
    runtime.dispatch(x, callOf('Sudo', 'set_key', { new: { type: 'Id', value: BOB } }), signed(ALICE));
    expect(() => runtime.dispatch(x, as, signed(ALICE))).toThrow(sudoErrors.RequireSudo);
    runtime.dispatch(x, callOf('Sudo', 'remove_key'), signed(BOB));
    expect(() => runtime.dispatch(x, as, signed(BOB))).toThrow(sudoErrors.RequireSudo);
  });
});
