import { beforeEach, describe, expect, test } from 'vitest';
import { freeBalance, totalIssuance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { balanceOnHold, hold } from '../../../../src/lib/localnet/pallets/balances/hold.ts';
import { SafeMode } from '../../../../src/lib/localnet/pallets/safe-mode/pallet.ts';
import { Deposits, EnteredUntil } from '../../../../src/lib/localnet/pallets/safe-mode/spec.ts';
import { attempt, lastEvent, perform } from '../../../helpers/attempt.ts';
import { callOf, DAVE, NOBODY, type OpenBlock, openBlock, remark, transferOf } from '../../../helpers/local-runtime.ts';

// pallet-safe-mode 41 (src/lib.rs) as runtime/src/lib.rs configures it.

const safe = (name: string, args: object = {}) => callOf('SafeMode', name, args);
const REASON = { type: 'SafeMode', value: 'EnterOrExtend' } as const;

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
});

describe('safe mode', () => {
  test('is entered, extended and left by root, a day and half a day long', () => {
    for (const name of ['force_enter', 'force_extend', 'force_exit']) {
      expect(attempt(block, DAVE, safe(name))).toBe('BadOrigin');
    }
    expect(attempt(block, 'root', safe('force_extend'))).toBe('SafeMode.Exited');
    expect(attempt(block, 'root', safe('force_exit'))).toBe('SafeMode.Exited');
    expect(attempt(block, 'root', safe('force_enter'))).toBe('ok');
    expect(lastEvent(block)).toEqual(['SafeMode.Entered', { until: 1 + 7200 }]);
    expect(attempt(block, 'root', safe('force_enter'))).toBe('SafeMode.Entered');
    perform(block, 'root', safe('force_extend'));
    expect(EnteredUntil.get(block.x)).toBe(1 + 7200 + 3600);
    perform(block, 'root', safe('force_exit'));
    expect(lastEvent(block)).toEqual(['SafeMode.Exited', { reason: 'Force' }]);
  });

  test('shuts out what is not on the list, and only that', () => {
    perform(block, 'root', safe('force_enter'));
    expect(attempt(block, DAVE, transferOf(NOBODY, 1000n))).toBe('System.CallFiltered');
    expect(attempt(block, DAVE, callOf('Proxy', 'poke_deposit'))).toBe('System.CallFiltered');
    expect(attempt(block, DAVE, remark)).toBe('ok');
    const commit = callOf('Commitments', 'set_commitment', { netuid: 1, info: { fields: [] } });
    expect(attempt(block, DAVE, commit)).toBe('Commitments.AccountNotAllowedCommit');
    const multisig = callOf('Multisig', 'as_multi_threshold_1', { other_signatories: [NOBODY], call: remark });
    expect(attempt(block, DAVE, multisig)).toBe('ok');
  });

  test('ends by itself after its last block', () => {
    perform(block, 'root', safe('force_enter'));
    const { onInitialize } = SafeMode.hooks;
    const idle = onInitialize(block.x, 7201);
    expect(EnteredUntil.exists(block.x)).toBe(true);
    const exit = onInitialize(block.x, 7202);
    expect(EnteredUntil.exists(block.x)).toBe(false);
    expect(lastEvent(block)).toEqual(['SafeMode.Exited', { reason: 'Timeout' }]);
    expect([idle, exit, onInitialize(block.x, 7203)].map(({ ref_time }) => ref_time)).toEqual([
      25_733_000n,
      129_926_000n,
      25_733_000n,
    ]);
  });

  test('cannot be bought', () => {
    expect(attempt(block, DAVE, safe('enter'))).toBe('SafeMode.NotConfigured');
    expect(attempt(block, DAVE, safe('extend'))).toBe('SafeMode.Exited');
    perform(block, 'root', safe('force_enter'));
    expect(attempt(block, DAVE, safe('enter'))).toBe('SafeMode.Entered');
    expect(attempt(block, DAVE, safe('extend'))).toBe('SafeMode.NotConfigured');
  });
});

describe('deposits', () => {
  const of = { account: DAVE, block: 5 };

  test('there are none', () => {
    expect(attempt(block, DAVE, safe('release_deposit', of))).toBe('SafeMode.NoDeposit');
    for (const name of ['force_release_deposit', 'force_slash_deposit']) {
      expect(attempt(block, DAVE, safe(name, of))).toBe('BadOrigin');
      expect(attempt(block, 'root', safe(name, of))).toBe('SafeMode.NoDeposit');
    }
  });

  test('one that was made otherwise is released or slashed by root', () => {
    const place = () => {
      hold(block.x, REASON, DAVE, 1000n);
      Deposits.insert(block.x, DAVE, 5, 1000n);
    };
    const before = freeBalance(block.x, DAVE);
    place();
    expect(attempt(block, DAVE, safe('release_deposit', of))).toBe('SafeMode.NotConfigured');
    expect(attempt(block, 'root', safe('force_release_deposit', of))).toBe('ok');
    expect(freeBalance(block.x, DAVE)).toBe(before);
    place();
    const issuance = totalIssuance(block.x);
    expect(attempt(block, 'root', safe('force_slash_deposit', of))).toBe('ok');
    expect(balanceOnHold(block.x, REASON, DAVE)).toBe(0n);
    expect(freeBalance(block.x, DAVE)).toBe(before - 1000n);
    expect(totalIssuance(block.x)).toBe(issuance - 1000n);
    expect(Deposits.isEmpty(block.x)).toBe(true);
  });
});
