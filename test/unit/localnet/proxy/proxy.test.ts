import { beforeEach, describe, expect, test } from 'vitest';
import { blake2_256 } from '../../../../src/lib/localnet/frame/hashing.ts';
import type { RuntimeCallValue } from '../../../../src/lib/localnet/frame/runtime-handle.ts';
import { freeBalance, reservedBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { pureAccount } from '../../../../src/lib/localnet/pallets/proxy/proxies.ts';
import {
  Announcements,
  LastCallResult,
  Proxies,
  RealPaysFee,
} from '../../../../src/lib/localnet/pallets/proxy/spec.ts';
import { toHex } from '../../../../src/lib/localnet/scale/bytes.ts';
import { attempt, eventsWith, goTo, idOf, lastEvent, perform } from '../../../helpers/attempt.ts';
import {
  BOB,
  callOf,
  DAVE,
  NOBODY,
  type OpenBlock,
  openBlock,
  remark,
  transferOf,
} from '../../../helpers/local-runtime.ts';

// pallets/proxy/src/lib.rs. DAVE is who others act for, BOB acts.

const BASE = 60_000_000n;
const EACH = 33_000_000n;
const ANNOUNCEMENT_BASE = 36_000_000n;
const ANNOUNCEMENT_EACH = 68_000_000n;

const proxyCall = (name: string, args: unknown = {}) => callOf('Proxy', name, args);
const add = (delegate: string, proxy_type = 'Any', delay = 0) =>
  proxyCall('add_proxy', { delegate: idOf(delegate), proxy_type, delay });
const remove = (delegate: string, proxy_type = 'Any', delay = 0) =>
  proxyCall('remove_proxy', { delegate: idOf(delegate), proxy_type, delay });
const through = (call: RuntimeCallValue, force_proxy_type?: string, real = DAVE) =>
  proxyCall('proxy', { real: idOf(real), force_proxy_type, call });
const account = (byte: number) => byte.toString(16).padStart(2, '0').repeat(32);
const FILTERED = { type: 'Err', value: { type: 'Module', value: { index: 0, error: '05000000' } } };

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
});
const executed = (): unknown => {
  const found = eventsWith(block).filter(([name]) => name === 'Proxy.ProxyExecuted');
  return (found.at(-1)![1] as { result: unknown }).result;
};

describe('having proxies', () => {
  test('locks a base and a part for each, kept in order of delegate, type and delay', () => {
    for (const call of [
      add(account(9)),
      add(account(3), 'Staking', 5),
      add(account(3), 'Staking'),
      add(account(3), 'Owner'),
    ]) {
      expect(attempt(block, DAVE, call)).toBe('ok');
    }
    const [proxies, deposit] = Proxies.get(block.x, DAVE);
    expect(proxies.map(({ delegate, proxy_type, delay }) => `${delegate.slice(0, 2)} ${proxy_type} ${delay}`)).toEqual([
      '03 Owner 0',
      '03 Staking 0',
      '03 Staking 5',
      '09 Any 0',
    ]);
    expect(deposit).toBe(BASE + 4n * EACH);
    expect(reservedBalance(block.x, DAVE)).toBe(deposit);
    expect(attempt(block, DAVE, remove(account(3), 'Owner'))).toBe('ok');
    expect(reservedBalance(block.x, DAVE)).toBe(BASE + 3n * EACH);
  });

  test('has its limits: not oneself, not twice, twenty at most, and one must have what it costs', () => {
    expect(attempt(block, DAVE, add(DAVE))).toBe('Proxy.NoSelfProxy');
    expect(attempt(block, NOBODY, add(BOB))).toBe('Balances.InsufficientBalance');
    for (let i = 1; i <= 20; i++) perform(block, DAVE, add(account(i)));
    expect(attempt(block, DAVE, add(account(7)))).toBe('Proxy.Duplicate');
    expect(attempt(block, DAVE, add(account(21)))).toBe('Proxy.TooMany');
    expect(attempt(block, DAVE, remove(account(21)))).toBe('Proxy.NotFound');
    expect(attempt(block, BOB, remove(DAVE))).toBe('Proxy.NotFound');
    perform(block, DAVE, proxyCall('remove_proxies'));
    expect(reservedBalance(block.x, DAVE)).toBe(0n);
    expect(Proxies.containsKey(block.x, DAVE)).toBe(false);
  });

  test('and letting them have their fees paid, until they are removed', () => {
    const pays = (delegate: string, pays_fee: boolean) =>
      attempt(block, DAVE, proxyCall('set_real_pays_fee', { delegate: idOf(delegate), pays_fee }));
    expect(pays(BOB, true)).toBe('Proxy.NotProxy');
    for (const type of ['Any', 'Staking']) perform(block, DAVE, add(BOB, type));
    perform(block, DAVE, add(account(1)));
    expect(pays(BOB, true)).toBe('ok');
    expect(pays(account(1), true)).toBe('ok');
    expect(lastEvent(block)?.[0]).toBe('Proxy.RealPaysFeeSet');
    // Removing one relation takes the flag, though another is left (remove_proxy_delegate).
    perform(block, DAVE, remove(BOB, 'Staking'));
    expect(RealPaysFee.containsKey(block.x, DAVE, BOB)).toBe(false);
    perform(block, DAVE, proxyCall('remove_proxies'));
    expect([...RealPaysFee.keysPrefix(block.x, DAVE)]).toEqual([]);
  });
});

describe('acting for another', () => {
  test('only proxies may, of the type that is asked for, and without a delay', () => {
    expect(attempt(block, BOB, through(remark))).toBe('Proxy.NotProxy');
    perform(block, DAVE, add(BOB, 'Staking'));
    perform(block, DAVE, add(account(1), 'Any', 1));
    expect(attempt(block, BOB, through(remark, 'Any'))).toBe('Proxy.NotProxy');
    expect(attempt(block, account(1), through(remark))).toBe('Proxy.Unannounced');
    expect(attempt(block, BOB, through(transferOf(NOBODY, 1000n)))).toBe('ok');
    expect(executed()).toEqual(FILTERED);
    expect(LastCallResult.get(block.x, DAVE)).toEqual(FILTERED);
  });

  test('what the call ends with is the event’s affair, not the proxy’s', () => {
    perform(block, DAVE, add(BOB, 'Transfer'));
    const before = freeBalance(block.x, DAVE);
    expect(attempt(block, BOB, through(transferOf(NOBODY, 1000n)))).toBe('ok');
    expect(freeBalance(block.x, NOBODY)).toBe(1000n);
    expect(freeBalance(block.x, DAVE)).toBe(before - 1000n);
    expect(attempt(block, BOB, through(transferOf(NOBODY, before)))).toBe('ok');
    expect(executed()).toMatchObject({ type: 'Err', value: { type: 'Token', value: 'FundsUnavailable' } });
  });

  test('a batch does not widen the permission', () => {
    perform(block, DAVE, add(BOB, 'NonTransfer'));
    perform(block, BOB, through(callOf('Utility', 'batch', { calls: [remark, transferOf(NOBODY, 1000n)] })));
    expect(freeBalance(block.x, NOBODY)).toBe(0n);
    expect(eventsWith(block).map(([name]) => name)).toContain('Utility.BatchInterrupted');
    perform(block, BOB, through(callOf('Utility', 'force_batch', { calls: [transferOf(NOBODY, 1000n), remark] })));
    expect(freeBalance(block.x, NOBODY)).toBe(0n);
    expect(executed()).toMatchObject({ type: 'Ok' });
  });

  test('proxies may be changed only within one’s own permission', () => {
    perform(block, DAVE, add(BOB, 'NonTransfer'));
    const changes: [RuntimeCallValue, boolean][] = [
      [add(account(1), 'Any'), false],
      [add(account(1), 'Transfer'), false],
      [add(account(1), 'Staking'), true],
      [remove(account(1), 'Staking'), true],
      [proxyCall('remove_proxies'), false],
      [proxyCall('kill_pure', { spawner: idOf(BOB), proxy_type: 'Any', index: 0, height: 1, ext_index: 0 }), false],
    ];
    for (const [call, may] of changes) {
      perform(block, BOB, through(call));
      expect(executed(), call.value.type).toMatchObject(may ? { type: 'Ok' } : FILTERED);
    }
  });

  test('results are forgotten at the block’s end (on_finalize)', () => {
    perform(block, DAVE, add(BOB));
    perform(block, BOB, through(remark));
    expect(LastCallResult.get(block.x, DAVE)).toEqual({ type: 'Ok', value: undefined });
    block.runtime.finalizeBlock(block.x);
    expect(LastCallResult.isEmpty(block.x)).toBe(true);
  });
});

describe('announcing', () => {
  const call = transferOf(NOBODY, 1000n);
  const hash = () => toHex(blake2_256(block.runtime.encodeCall(call)));
  const announce = (call_hash = hash()) => proxyCall('announce', { real: idOf(DAVE), call_hash });
  const announced = () =>
    proxyCall('proxy_announced', { delegate: idOf(BOB), real: idOf(DAVE), force_proxy_type: undefined, call });

  test('holds a deposit, and lets the call be made by anybody once the delay is over', () => {
    expect(attempt(block, BOB, announce())).toBe('Proxy.NotProxy');
    perform(block, DAVE, add(BOB, 'Any', 3));
    expect(attempt(block, BOB, announce())).toBe('ok');
    expect(reservedBalance(block.x, BOB)).toBe(ANNOUNCEMENT_BASE + ANNOUNCEMENT_EACH);
    goTo(block, 3);
    expect(attempt(block, NOBODY, announced())).toBe('Proxy.Unannounced');
    goTo(block, 4);
    expect(attempt(block, NOBODY, announced())).toBe('ok');
    expect(freeBalance(block.x, NOBODY)).toBe(1000n);
    expect(reservedBalance(block.x, BOB)).toBe(0n);
    expect(Announcements.containsKey(block.x, BOB)).toBe(false);
    expect(attempt(block, NOBODY, announced())).toBe('Proxy.Unannounced');
  });

  test('can be taken back, and refused by whom it is for', () => {
    perform(block, DAVE, add(BOB, 'Any', 3));
    for (const call_hash of [hash(), account(1), account(1), account(2)]) perform(block, BOB, announce(call_hash));
    expect(reservedBalance(block.x, BOB)).toBe(ANNOUNCEMENT_BASE + 4n * ANNOUNCEMENT_EACH);
    const taken = (call_hash: string) => proxyCall('remove_announcement', { real: idOf(DAVE), call_hash });
    expect(attempt(block, BOB, taken(account(1)))).toBe('ok');
    expect(Announcements.get(block.x, BOB)[0]).toHaveLength(2);
    expect(attempt(block, BOB, taken(account(1)))).toBe('Proxy.NotFound');
    const refused = (call_hash: string) => proxyCall('reject_announcement', { delegate: idOf(BOB), call_hash });
    expect(attempt(block, NOBODY, refused(account(2)))).toBe('Proxy.NotFound');
    expect(attempt(block, DAVE, refused(account(2)))).toBe('ok');
    goTo(block, 10);
    expect(attempt(block, DAVE, refused(hash()))).toBe('ok');
    expect(attempt(block, BOB, announced())).toBe('Proxy.Unannounced');
    expect(reservedBalance(block.x, BOB)).toBe(0n);
  });

  test('seventy-five may wait', () => {
    perform(block, DAVE, add(BOB, 'Any', 3));
    for (let i = 0; i < 75; i++) perform(block, BOB, announce(account(i)));
    expect(attempt(block, BOB, announce(account(80)))).toBe('Proxy.TooMany');
  });
});

describe('accounts without a key', () => {
  const create = (index = 0) => proxyCall('create_pure', { proxy_type: 'Any', delay: 0, index });

  test('are made of who, when, type and index, act through their maker, and give the deposit back when killed', () => {
    const before = freeBalance(block.x, DAVE);
    expect(attempt(block, DAVE, create())).toBe('ok');
    expect(attempt(block, DAVE, create())).toBe('Proxy.Duplicate');
    const pure = pureAccount(DAVE, 'Any', 0, { height: 1, extrinsic: 1 });
    expect(lastEvent(block)).toEqual([
      'Proxy.PureCreated',
      { pure, who: DAVE, proxy_type: 'Any', disambiguation_index: 0 },
    ]);
    expect(reservedBalance(block.x, DAVE)).toBe(BASE + EACH);
    const kill = (height: number) =>
      proxyCall('kill_pure', { spawner: idOf(DAVE), proxy_type: 'Any', index: 0, height, ext_index: 1 });
    expect(attempt(block, DAVE, kill(1))).toBe('Proxy.NoPermission');
    perform(block, DAVE, through(kill(2), undefined, pure));
    expect(executed()).toMatchObject({ type: 'Err' });
    perform(block, DAVE, through(kill(1), undefined, pure));
    expect(executed()).toMatchObject({ type: 'Ok' });
    expect(freeBalance(block.x, DAVE)).toBe(before);
    expect(attempt(block, DAVE, through(remark, undefined, pure))).toBe('Proxy.NotProxy');
  });
});

describe('poking deposits', () => {
  test('costs the fee unless something changed', () => {
    perform(block, DAVE, add(BOB));
    expect(perform(block, DAVE, proxyCall('poke_deposit'))).toEqual({ pays: 'Yes' });
    const [proxies] = Proxies.get(block.x, DAVE);
    Proxies.insert(block.x, DAVE, [proxies, BASE + EACH - 7n]);
    expect(perform(block, DAVE, proxyCall('poke_deposit'))).toEqual({ pays: 'No' });
    expect(Proxies.get(block.x, DAVE)[1]).toBe(BASE + EACH);
    expect(lastEvent(block)).toEqual([
      'Proxy.DepositPoked',
      { who: DAVE, kind: 'Proxies', old_deposit: BASE + EACH - 7n, new_deposit: BASE + EACH },
    ]);
  });

  test('leaves nothing where there is nothing', () => {
    expect(perform(block, NOBODY, proxyCall('poke_deposit'))).toEqual({ pays: 'Yes' });
    expect(Proxies.containsKey(block.x, NOBODY) || Announcements.containsKey(block.x, NOBODY)).toBe(false);
  });
});
