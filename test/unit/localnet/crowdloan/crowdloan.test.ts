import { beforeEach, describe, expect, test } from 'vitest';
import type { RuntimeCallValue } from '../../../../src/lib/localnet/frame/runtime-handle.ts';
import { freeBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { fundsAccount } from '../../../../src/lib/localnet/pallets/crowdloan/checks.ts';
import {
  Contributions,
  Crowdloans,
  CurrentCrowdloanId,
  MaxContributions,
  NextCrowdloanId,
} from '../../../../src/lib/localnet/pallets/crowdloan/spec.ts';
import { weights } from '../../../../src/lib/localnet/pallets/crowdloan/weights.ts';
import { PreimageFor } from '../../../../src/lib/localnet/pallets/preimage/spec.ts';
import { accountExists, providersOf } from '../../../../src/lib/localnet/pallets/system/account.ts';
import { attempt, eventsWith, fund, goTo, lastEvent, perform } from '../../../helpers/attempt.ts';
import { callOf, NOBODY, type OpenBlock, openBlock, remark, transferOf } from '../../../helpers/local-runtime.ts';

// pallets/crowdloan/src/lib.rs with the constants of runtime/src/lib.rs 1455–1465.

const TAO = 1_000_000_000n;
const [CREATOR, ONE, TWO] = ['c1', '01', '02'].map((byte) => byte.repeat(32)) as [string, string, string];
const FIRST_END = 1 + 50_400;
const LAST_END = 1 + 432_000;

const crowdloan = (name: string, args: object = {}) => callOf('Crowdloan', name, { crowdloan_id: 0, ...args });
const create = (changes: object = {}) =>
  callOf('Crowdloan', 'create', {
    deposit: 10n * TAO,
    min_contribution: TAO / 10n,
    cap: 50n * TAO,
    end: FIRST_END,
    call: undefined,
    target_address: NOBODY,
    ...changes,
  });
const give = (amount: bigint) => crowdloan('contribute', { amount });
const account = (i: number) => i.toString(16).padStart(4, '0').padEnd(64, 'e');

let block: OpenBlock;
beforeEach(() => {
  block = openBlock();
  for (const who of [CREATOR, ONE, TWO]) fund(block, who, 100n * TAO);
});
const current = () => Crowdloans.get(block.x, 0)!;
const funds = fundsAccount(0);

describe('creating', () => {
  test.each([
    ['DepositTooLow', { deposit: 10n * TAO - 1n }],
    ['CapTooLow', { cap: 10n * TAO }],
    ['MinimumContributionTooLow', { min_contribution: TAO / 10n - 1n }],
    ['InvalidFinalizationConfig', { target_address: undefined }],
    ['InvalidFinalizationConfig', { call: remark }],
    ['CannotEndInPast', { end: 1 }],
    ['BlockDurationTooShort', { end: FIRST_END - 1 }],
    ['BlockDurationTooLong', { end: LAST_END + 1 }],
    ['InsufficientBalance', { deposit: 100n * TAO + 1n, cap: 200n * TAO }],
  ])('is refused: %s', (error, changes) => {
    expect(attempt(block, CREATOR, create(changes))).toBe(`Crowdloan.${error}`);
  });

  test('moves the deposit to the crowdloan’s own account, which has a provider of its own', () => {
    expect(attempt(block, CREATOR, create({ end: LAST_END }))).toBe('ok');
    expect(freeBalance(block.x, funds)).toBe(10n * TAO);
    expect(providersOf(block.x, funds)).toBe(2);
    expect(current()).toMatchObject({ creator: CREATOR, raised: 10n * TAO, contributors_count: 1, finalized: false });
    expect(Contributions.get(block.x, 0, CREATOR)).toBe(10n * TAO);
    expect(NextCrowdloanId.get(block.x)).toBe(1);
    expect(Buffer.from(funds, 'hex').toString('latin1').slice(0, 12)).toBe('modlbt/cloan');
  });
});

describe('contributing', () => {
  beforeEach(() => perform(block, CREATOR, create()));

  test('takes what fits under the cap, and no more when it is reached', () => {
    expect(attempt(block, ONE, give(TAO / 10n - 1n))).toBe('Crowdloan.ContributionTooLow');
    expect(attempt(block, NOBODY, give(TAO))).toBe('Crowdloan.InsufficientBalance');
    expect(attempt(block, ONE, give(5n * TAO))).toBe('ok');
    expect(attempt(block, ONE, give(TAO))).toBe('ok');
    expect(current()).toMatchObject({ raised: 16n * TAO, contributors_count: 2 });
    expect(attempt(block, TWO, give(100n * TAO))).toBe('ok');
    expect(lastEvent(block)).toEqual([
      'Crowdloan.Contributed',
      { crowdloan_id: 0, contributor: TWO, amount: 34n * TAO },
    ]);
    expect(attempt(block, ONE, give(TAO))).toBe('Crowdloan.CapRaised');
    expect(attempt(block, ONE, callOf('Crowdloan', 'contribute', { crowdloan_id: 7, amount: TAO }))).toBe(
      'Crowdloan.InvalidCrowdloanId',
    );
  });

  test('ends with the period', () => {
    goTo(block, FIRST_END - 1);
    expect(attempt(block, ONE, give(TAO))).toBe('ok');
    goTo(block, FIRST_END);
    expect(attempt(block, ONE, give(TAO))).toBe('Crowdloan.ContributionPeriodEnded');
  });

  test('has a maximum for each, where the creator sets one', () => {
    const max = (new_max_contribution?: bigint) => crowdloan('set_max_contribution', { new_max_contribution });
    expect(attempt(block, ONE, max(20n * TAO))).toBe('Crowdloan.InvalidOrigin');
    expect(attempt(block, CREATOR, max(10n * TAO - 1n))).toBe('Crowdloan.MaximumContributionTooLow');
    expect(attempt(block, CREATOR, max(10n * TAO))).toBe('ok');
    perform(block, ONE, give(4n * TAO));
    perform(block, ONE, give(50n * TAO));
    expect(Contributions.get(block.x, 0, ONE)).toBe(10n * TAO);
    expect(attempt(block, ONE, give(TAO))).toBe('Crowdloan.MaxContributionReached');
    expect(attempt(block, CREATOR, give(TAO))).toBe('Crowdloan.MaxContributionReached');
    const min = (new_min_contribution: bigint) => crowdloan('update_min_contribution', { new_min_contribution });
    expect(attempt(block, CREATOR, min(10n * TAO + 1n))).toBe('Crowdloan.MinimumContributionTooHigh');
    expect(attempt(block, CREATOR, max(undefined))).toBe('ok');
    expect(attempt(block, CREATOR, min(10n * TAO + 1n))).toBe('ok');
    expect(attempt(block, CREATOR, max(10n * TAO))).toBe('Crowdloan.MaximumContributionTooLow');
  });

  test('is for five hundred, of whom even those who are in cannot give more then', () => {
    perform(block, ONE, give(TAO));
    Crowdloans.insert(block.x, 0, { ...current(), contributors_count: 500 });
    expect(attempt(block, ONE, give(TAO))).toBe('Crowdloan.MaxContributorsReached');
  });
});

describe('taking back', () => {
  beforeEach(() => {
    perform(block, CREATOR, create());
    perform(block, ONE, give(5n * TAO));
  });
  const withdraw = crowdloan('withdraw');

  test('gives all of it to contributors, and to the creator what is above the deposit', () => {
    expect(attempt(block, TWO, withdraw)).toBe('Crowdloan.NoContribution');
    expect(attempt(block, ONE, withdraw)).toBe('ok');
    expect(freeBalance(block.x, ONE)).toBe(100n * TAO);
    expect(Contributions.containsKey(block.x, 0, ONE)).toBe(false);
    expect(current()).toMatchObject({ raised: 10n * TAO, contributors_count: 1 });
    expect(attempt(block, CREATOR, withdraw)).toBe('Crowdloan.DepositCannotBeWithdrawn');
    perform(block, CREATOR, give(3n * TAO));
    expect(attempt(block, CREATOR, withdraw)).toBe('ok');
    expect(Contributions.get(block.x, 0, CREATOR)).toBe(10n * TAO);
    expect(current()).toMatchObject({ raised: 10n * TAO, contributors_count: 1 });
  });

  test('is possible after the period, but not once the money is gone', () => {
    goTo(block, FIRST_END + 10);
    expect(attempt(block, ONE, withdraw)).toBe('ok');
    goTo(block, 1);
    perform(block, ONE, give(100n * TAO));
    perform(block, CREATOR, crowdloan('finalize'));
    expect(attempt(block, ONE, withdraw)).toBe('Crowdloan.AlreadyFinalized');
  });
});

describe('finalizing', () => {
  const finalize = crowdloan('finalize');
  const raise = (changes: object) => {
    perform(block, CREATOR, create(changes));
    perform(block, ONE, give(100n * TAO));
  };

  test('hands everything to the target, once, by the creator, when the cap is reached', () => {
    perform(block, CREATOR, create());
    expect(attempt(block, CREATOR, finalize)).toBe('Crowdloan.CapNotRaised');
    perform(block, ONE, give(40n * TAO));
    expect(attempt(block, ONE, finalize)).toBe('Crowdloan.InvalidOrigin');
    expect(attempt(block, CREATOR, finalize)).toBe('ok');
    expect(freeBalance(block.x, NOBODY)).toBe(50n * TAO);
    expect(accountExists(block.x, funds)).toBe(true);
    expect(attempt(block, CREATOR, finalize)).toBe('Crowdloan.AlreadyFinalized');
    for (const name of ['refund', 'dissolve']) {
      expect(attempt(block, CREATOR, crowdloan(name))).toBe('Crowdloan.AlreadyFinalized');
    }
  });

  test('or runs the creator’s call; its error is the finalization’s', () => {
    raise({ call: transferOf(NOBODY, 7000n), target_address: undefined });
    expect(attempt(block, CREATOR, finalize)).toBe('ok');
    expect(freeBalance(block.x, NOBODY)).toBe(7000n);
    expect(freeBalance(block.x, funds)).toBe(50n * TAO);
    expect(CurrentCrowdloanId.exists(block.x)).toBe(false);
    expect(current().finalized).toBe(true);
  });

  test('leaves no trace when the call fails', () => {
    raise({ call: transferOf(NOBODY, 95n * TAO), target_address: undefined });
    expect(attempt(block, CREATOR, finalize)).toBe('Token.FundsUnavailable');
    expect(current().finalized).toBe(false);
  });

  test('a long call is kept as a preimage; without it there is nothing to run', () => {
    const long: RuntimeCallValue = callOf('System', 'remark_with_event', { remark: new Uint8Array(200).fill(7) });
    raise({ call: long, target_address: undefined });
    expect(current().call).toMatchObject({ type: 'Lookup', value: { len: 204 } });
    expect(PreimageFor.isEmpty(block.x)).toBe(false);
    block.x.simulate(() => {
      PreimageFor.clear(block.x);
      expect(attempt(block, CREATOR, finalize)).toBe('Crowdloan.CallUnavailable');
    });
    expect(attempt(block, CREATOR, finalize)).toBe('ok');
    expect(eventsWith(block).map(([name]) => name)).toContain('System.Remarked');
  });
});

describe('giving up', () => {
  test('fifty get their money back at a time, then the creator dissolves it', () => {
    perform(block, CREATOR, create({ cap: 90n * TAO }));
    for (let i = 0; i < 60; i++) {
      fund(block, account(i), 2n * TAO);
      perform(block, account(i), give(TAO));
    }
    expect(attempt(block, ONE, crowdloan('refund'))).toBe('Crowdloan.InvalidOrigin');
    expect(attempt(block, CREATOR, crowdloan('dissolve'))).toBe('Crowdloan.NotReadyToDissolve');
    expect(perform(block, CREATOR, crowdloan('refund'))).toEqual({});
    expect(lastEvent(block)?.[0]).toBe('Crowdloan.PartiallyRefunded');
    expect(current()).toMatchObject({ raised: 20n * TAO, contributors_count: 11 });
    expect(perform(block, CREATOR, crowdloan('refund'))).toEqual({ actualWeight: weights.refund(10) });
    expect(lastEvent(block)?.[0]).toBe('Crowdloan.AllRefunded');
    for (let i = 0; i < 60; i++) expect(freeBalance(block.x, account(i))).toBe(2n * TAO);
    expect(attempt(block, ONE, crowdloan('dissolve'))).toBe('Crowdloan.InvalidOrigin');
    expect(attempt(block, CREATOR, crowdloan('dissolve'))).toBe('ok');
    expect(freeBalance(block.x, CREATOR)).toBe(100n * TAO);
    expect(Crowdloans.containsKey(block.x, 0) || accountExists(block.x, funds)).toBe(false);
    expect([...Contributions.keysPrefix(block.x, 0)]).toEqual([]);
  });

  test('dissolving drops the call and the maximum', () => {
    const long = callOf('System', 'remark', { remark: new Uint8Array(200) });
    perform(block, CREATOR, create({ call: long, target_address: undefined }));
    perform(block, CREATOR, crowdloan('set_max_contribution', { new_max_contribution: 20n * TAO }));
    expect(PreimageFor.isEmpty(block.x)).toBe(false);
    perform(block, CREATOR, crowdloan('dissolve'));
    expect(PreimageFor.isEmpty(block.x)).toBe(true);
    expect(MaxContributions.containsKey(block.x, 0)).toBe(false);
  });
});

describe('changing', () => {
  beforeEach(() => perform(block, CREATOR, create()));

  test('is the creator’s, within the same bounds', () => {
    const end = (new_end: number) => crowdloan('update_end', { new_end });
    const cap = (new_cap: bigint) => crowdloan('update_cap', { new_cap });
    const min = (new_min_contribution: bigint) => crowdloan('update_min_contribution', { new_min_contribution });
    for (const call of [end(FIRST_END), cap(60n * TAO), min(TAO)]) {
      expect(attempt(block, ONE, call)).toBe('Crowdloan.InvalidOrigin');
    }
    expect(attempt(block, CREATOR, end(FIRST_END - 1))).toBe('Crowdloan.BlockDurationTooShort');
    expect(attempt(block, CREATOR, end(LAST_END))).toBe('ok');
    expect(attempt(block, CREATOR, cap(10n * TAO - 1n))).toBe('Crowdloan.CapTooLow');
    expect(attempt(block, CREATOR, cap(10n * TAO))).toBe('ok');
    expect(attempt(block, CREATOR, min(TAO / 10n - 1n))).toBe('Crowdloan.MinimumContributionTooLow');
    expect(attempt(block, CREATOR, min(TAO))).toBe('ok');
    expect(current()).toMatchObject({ end: LAST_END, cap: 10n * TAO, min_contribution: TAO });
  });
});
