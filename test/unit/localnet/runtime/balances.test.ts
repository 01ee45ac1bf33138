import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DispatchError, TokenError } from '../../../../src/lib/localnet/frame/dispatch-error.ts';
import { ROOT, signed } from '../../../../src/lib/localnet/frame/origin.ts';
import {
  canWithdraw,
  dropCredit,
  freeBalance,
  issue,
  reducibleBalance,
  reservedBalance,
  resolve,
  totalIssuance,
  transfer,
  withdraw,
} from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { balanceOnHold, hold, release } from '../../../../src/lib/localnet/pallets/balances/hold.ts';
import {
  repatriateReserved,
  reserve,
  slashReserved,
  unreserve,
} from '../../../../src/lib/localnet/pallets/balances/reservable.ts';
import { errors } from '../../../../src/lib/localnet/pallets/balances/spec.ts';
import { accountExists, decConsumers, incConsumers } from '../../../../src/lib/localnet/pallets/system/account.ts';
import { Account } from '../../../../src/lib/localnet/pallets/system/spec.ts';
import { BOB, callOf, DAVE, NOBODY, openBlock, transferOf } from '../../../helpers/local-runtime.ts';

const TWO_THOUSAND = 2_000_000_000_000n;
const id = (value: string) => ({ type: 'Id', value });

describe('transfers', () => {
  test('below the existential deposit do not create an account', () => {
    const { runtime, x } = openBlock();
    expect(() => runtime.dispatch(x, transferOf(NOBODY, 499n), signed(DAVE))).toThrow(TokenError.BelowMinimum);
    runtime.dispatch(x, transferOf(NOBODY, 500n), signed(DAVE));
    expect(freeBalance(x, NOBODY)).toBe(500n);
  });

  test('that leave dust kill the account, and the dust leaves the issuance', () => {
    const { x, events } = openBlock();
    const before = totalIssuance(x);
    transfer(x, DAVE, BOB, TWO_THOUSAND - 499n, 'Expendable');
    expect(accountExists(x, DAVE)).toBe(false);
    expect(totalIssuance(x)).toBe(before - 499n);
    expect(events()).toEqual(['System.KilledAccount', 'Balances.DustLost', 'Balances.Transfer']);
  });

  test('that must keep the account alive are refused when they would not', () => {
    const { runtime, x } = openBlock();
    const keepAlive = callOf('Balances', 'transfer_keep_alive', { dest: id(BOB), value: TWO_THOUSAND - 499n });
    expect(() => runtime.dispatch(x, keepAlive, signed(DAVE))).toThrow(TokenError.NotExpendable);
    const all = callOf('Balances', 'transfer_all', { dest: id(BOB), keep_alive: true });
    runtime.dispatch(x, all, signed(DAVE));
    expect(freeBalance(x, DAVE)).toBe(500n);
    runtime.dispatch(x, callOf('Balances', 'transfer_all', { dest: id(BOB), keep_alive: false }), signed(DAVE));
    expect(accountExists(x, DAVE)).toBe(false);
  });

  test('to oneself change nothing', () => {
    const { x, events } = openBlock();
    transfer(x, DAVE, DAVE, 5n, 'Expendable');
    expect(events()).toEqual([]);
    expect(freeBalance(x, DAVE)).toBe(TWO_THOUSAND);
  });

  test('with an error leave no trace', () => {
    const { runtime, x } = openBlock();
    const before = x.changes().length;
    expect(() => runtime.dispatch(x, transferOf(BOB, TWO_THOUSAND + 1n), signed(DAVE))).toThrow(DispatchError);
    expect(x.changes()).toHaveLength(before);
  });

  test('keep what all accounts together hold, whatever is moved', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            from: fc.constantFrom(BOB, DAVE, NOBODY),
            to: fc.constantFrom(BOB, DAVE, NOBODY),
            amount: fc.bigInt(0n, TWO_THOUSAND + 1000n),
            preservation: fc.constantFrom('Expendable' as const, 'Preserve' as const),
          }),
          { maxLength: 12 },
        ),
        (moves) => {
          const { x } = openBlock();
          for (const { from, to, amount, preservation } of moves) {
            try {
              x.transact(() => transfer(x, from, to, amount, preservation));
            } catch (thrown) {
              if (!(thrown instanceof DispatchError)) throw thrown;
            }
          }
          let sum = 0n;
          for (const [, { data, providers }] of Account.iter(x)) {
            sum += data.free + data.reserved;
            expect(data.free >= 500n || providers === 0 || data.reserved > 0n).toBe(true);
          }
          expect(sum).toBe(totalIssuance(x));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('what may leave an account', () => {
  test('keeps the deposit while a consumer needs the account', () => {
    const { x } = openBlock();
    expect(reducibleBalance(x, DAVE, 'Expendable')).toBe(TWO_THOUSAND);
    expect(reducibleBalance(x, DAVE, 'Preserve')).toBe(TWO_THOUSAND - 500n);
    incConsumers(x, DAVE);
    expect(reducibleBalance(x, DAVE, 'Expendable')).toBe(TWO_THOUSAND - 500n);
    expect(canWithdraw(x, DAVE, TWO_THOUSAND)).toBe('Frozen');
    decConsumers(x, DAVE);
    expect(canWithdraw(x, DAVE, TWO_THOUSAND)).toBe('ReducedToZero');
    expect(canWithdraw(x, DAVE, TWO_THOUSAND + 1n)).toBe('BalanceLow');
  });
});

describe('credits', () => {
  test('are issued, placed and dropped', () => {
    const { x, events } = openBlock();
    const before = totalIssuance(x);
    const credit = issue(x, 1000n);
    expect(resolve(x, NOBODY, 499n)).toBe(false);
    expect(resolve(x, NOBODY, 600n)).toBe(true);
    dropCredit(x, credit - 600n);
    expect(totalIssuance(x)).toBe(before + 600n);
    expect(events()).toEqual(['Balances.Issued', 'System.NewAccount', 'Balances.Endowed', 'Balances.Deposit']);
  });

  test('withdrawn exactly or not at all', () => {
    const { x } = openBlock();
    expect(() => withdraw(x, DAVE, TWO_THOUSAND, 'Exact', 'Preserve', 'Polite')).toThrow(TokenError.FundsUnavailable);
    expect(withdraw(x, DAVE, TWO_THOUSAND, 'BestEffort', 'Preserve', 'Polite')).toBe(TWO_THOUSAND - 500n);
  });
});

describe('reserves and holds', () => {
  test('take a consumer reference and give it back', () => {
    const { x } = openBlock();
    reserve(x, DAVE, 1000n);
    expect(reservedBalance(x, DAVE)).toBe(1000n);
    expect(Account.get(x, DAVE).consumers).toBe(1);
    expect(() => reserve(x, DAVE, TWO_THOUSAND)).toThrow(errors.InsufficientBalance);
    expect(unreserve(x, DAVE, 1500n)).toBe(500n);
    expect(Account.get(x, DAVE)).toMatchObject({ consumers: 0, data: { free: TWO_THOUSAND, reserved: 0n } });
  });

  test('are repatriated and slashed as far as they reach', () => {
    const { x } = openBlock();
    reserve(x, DAVE, 1000n);
    expect(repatriateReserved(x, DAVE, BOB, 600n, 'Reserved')).toBe(0n);
    expect(reservedBalance(x, BOB)).toBe(600n);
    expect(slashReserved(x, BOB, 1000n)).toEqual({ credit: 600n, notSlashed: 400n });
    expect(repatriateReserved(x, DAVE, BOB, 600n, 'Free')).toBe(200n);
    expect(() => repatriateReserved(x, BOB, NOBODY, 0n, 'Free')).not.toThrow();
    reserve(x, DAVE, 10n);
    expect(() => repatriateReserved(x, DAVE, NOBODY, 5n, 'Free')).toThrow(errors.DeadAccount);
  });

  test('a hold has a reason and an end', () => {
    const { x } = openBlock();
    const reason = { type: 'Preimage', value: 'Preimage' } as const;
    hold(x, reason, DAVE, 700n);
    expect(balanceOnHold(x, reason, DAVE)).toBe(700n);
    expect(() => hold(x, reason, DAVE, TWO_THOUSAND)).toThrow(TokenError.FundsUnavailable);
    expect(release(x, reason, DAVE, 1000n, 'BestEffort')).toBe(700n);
    expect(reservedBalance(x, DAVE)).toBe(0n);
    expect(() => release(x, reason, DAVE, 1n, 'Exact')).toThrow(TokenError.FundsUnavailable);
  });
});

describe('root', () => {
  test('sets balances, and the issuance follows', () => {
    const { runtime, x, events } = openBlock();
    const before = totalIssuance(x);
    const set = (new_free: bigint) => callOf('Balances', 'force_set_balance', { who: id(DAVE), new_free });
    expect(() => runtime.dispatch(x, set(1n), signed(BOB))).toThrow('BadOrigin');
    runtime.dispatch(x, set(TWO_THOUSAND + 7n), ROOT);
    expect(totalIssuance(x)).toBe(before + 7n);
    runtime.dispatch(x, set(499n), ROOT);
    expect(accountExists(x, DAVE)).toBe(false);
    expect(totalIssuance(x)).toBe(before - TWO_THOUSAND);
    expect(events()).toContain('Balances.Rescinded');
  });
});
