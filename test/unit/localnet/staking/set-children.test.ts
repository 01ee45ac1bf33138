import { beforeEach, describe, expect, it } from 'vitest';
import { BadOrigin } from '../../../../src/lib/localnet/frame/dispatch-error.ts';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { ROOT as ROOT_ORIGIN, signed } from '../../../../src/lib/localnet/frame/origin.ts';
import { addWeight, dbReadsWrites } from '../../../../src/lib/localnet/frame/weight.ts';
import { getParentChildDividendsDistribution } from '../../../../src/lib/localnet/pallets/subtensor/coinbase/dividends.ts';
import { errors } from '../../../../src/lib/localnet/pallets/subtensor/errors.ts';
import { parentChildSwapHotkey } from '../../../../src/lib/localnet/pallets/subtensor/staking/child-relations.ts';
import {
  doSetPendingChildren,
  doSetRootValidatorsForSubnet,
  getChildkeyTake,
  setChildrenCalls,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/set-children.ts';
import {
  getInheritedForHotkeyOnSubnet,
  getTaoInheritedForHotkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AutoParentDelegationEnabled,
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  ChildKeys,
  ChildkeyTake,
  Delegates,
  Keys,
  MaxChildkeyTake,
  MinChildkeyTake,
  MinChildkeyTakePerSubnet,
  MinDelegateTake,
  OwnedHotkeys,
  Owner,
  ParentKeys,
  PendingChildKeyCooldown,
  PendingChildKeys,
  StakeThreshold,
  SubnetOwnerHotkey,
  SubtokenEnabled,
  TxChildkeyTakeRateLimit,
  Uids,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import {
  account,
  addHotkey,
  addPool,
  addRoot,
  emptyState,
  goToBlock,
  ROOT,
  run,
  subtensorEvents,
  TAO,
} from '../../../helpers/stake-state.ts';

/** Source of all unless named: pallets/subtensor/src/staking/set_children.rs. */

const U64_MAX = (1n << 64n) - 1n;
const NETUID = 1;
const alice = account(1);
const bob = account(2);
const [p, c1, c2, c3] = [11, 12, 13, 14].map(account) as [string, string, string, string];

let x: Ext;
type Children = readonly (readonly [bigint, string])[];
const set = (children: Children, hotkey = p, netuid = NETUID) =>
  run(x, alice, 'set_children', { hotkey, netuid, children });

beforeEach(() => {
  x = emptyState();
  addRoot(x);
  addPool(x, NETUID, 1_000n * TAO, 1_000n * TAO);
  for (const hotkey of [p, c1, c2]) addHotkey(x, alice, hotkey);
  addHotkey(x, bob, c3);
  goToBlock(x, 1_000);
});

describe('set_children (:480)', () => {
  it('refuses in the chain’s order', () => {
    StakeThreshold.put(x, 1n);
    expect(() => set([[1n, p]], p, ROOT)).toThrow(errors.RegistrationNotPermittedOnRootSubnet);
    expect(() => set([[1n, p]], p, 9)).toThrow(errors.SubnetNotExists);
    expect(() => set([[1n, p]], c3)).toThrow(errors.NonAssociatedColdKey);
    expect(() =>
      set([
        [1n, p],
        [2n, p],
      ]),
    ).toThrow(errors.DuplicateChild);
    expect(() => set([[1n, p]])).toThrow(errors.InvalidChild);
    const six = [20, 21, 22, 23, 24, 25].map((byte) => [U64_MAX, account(byte)] as const);
    expect(() => set(six)).toThrow(errors.TooManyChildren);
    expect(() =>
      set([
        [U64_MAX, c1],
        [1n, c2],
      ]),
    ).toThrow(errors.ProportionOverflow);
    ParentKeys.insert(x, p, NETUID, [[5n, c1]]);
    expect(() => set([[1n, c1]])).toThrow(errors.ChildParentInconsistency);
    expect(() => set([[1n, c2]])).toThrow(errors.NotEnoughStakeToSetChildkeys);
    set([]);
    expect(() => set([])).toThrow(errors.TxRateLimitExceeded);
    goToBlock(x, 1_149);
    expect(() => set([])).toThrow(errors.TxRateLimitExceeded);
    goToBlock(x, 1_150);
    set([]);
  });

  it('is open to enough stake and to the subnet owner’s hotkey', () => {
    StakeThreshold.put(x, 5n * TAO);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, p, alice, NETUID, 5n * TAO);
    set([[1n, c1]]);
    SubnetOwnerHotkey.insert(x, NETUID, c1);
    set([[1n, c2]], c1);
    expect([...PendingChildKeys.iter(x)]).toHaveLength(2);
  });

  it('waits for the cool-down and the epoch after it', () => {
    PendingChildKeyCooldown.put(x, 50n);
    set([
      [7n, c2],
      [9n, c1],
    ]);
    expect(PendingChildKeys.get(x, NETUID, p)).toEqual([
      [
        [7n, c2],
        [9n, c1],
      ],
      1_050n,
    ]);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'SetChildrenScheduled',
      value: [
        p,
        NETUID,
        1_050n,
        [
          [7n, c2],
          [9n, c1],
        ],
      ],
    });
    goToBlock(x, 1_050);
    doSetPendingChildren(x, NETUID);
    expect(ChildKeys.get(x, p, NETUID)).toEqual([]);
    goToBlock(x, 1_051);
    doSetPendingChildren(x, NETUID);
    expect(ChildKeys.get(x, p, NETUID)).toEqual([
      [9n, c1],
      [7n, c2],
    ]);
    expect(ParentKeys.get(x, c1, NETUID)).toEqual([[9n, p]]);
    expect(PendingChildKeys.isEmpty(x)).toBe(true);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'SetChildren',
      value: [
        p,
        NETUID,
        [
          [7n, c2],
          [9n, c1],
        ],
      ],
    });
  });

  it('holds at once before the subnet starts, replaces what was there and removes empty lists', () => {
    SubtokenEnabled.insert(x, NETUID, false);
    set([
      [7n, c1],
      [9n, c2],
    ]);
    goToBlock(x, 2_000);
    set([
      [8n, c2],
      [1n, c3],
    ]);
    expect(ChildKeys.get(x, p, NETUID)).toEqual([
      [8n, c2],
      [1n, c3],
    ]);
    expect(ParentKeys.containsKey(x, c1, NETUID)).toBe(false);
    expect(ParentKeys.get(x, c2, NETUID)).toEqual([[8n, p]]);
    goToBlock(x, 3_000);
    set([]);
    expect(ChildKeys.containsKey(x, p, NETUID)).toBe(false);
    expect(ParentKeys.isEmpty(x)).toBe(true);
  });

  it('drops children that have become impossible in the meantime', () => {
    set([[1n, c1]]);
    ParentKeys.insert(x, p, NETUID, [[5n, c1]]);
    goToBlock(x, 20_000);
    doSetPendingChildren(x, NETUID);
    expect(ChildKeys.isEmpty(x)).toBe(true);
    expect(PendingChildKeys.isEmpty(x)).toBe(true);
    expect(subtensorEvents(x).filter(({ type }) => type === 'SetChildren')).toEqual([]);
  });
});

describe('inherited stake (stake_utils.rs:320, :395)', () => {
  it('moves proportions of alpha and of root TAO, not on root itself', () => {
    ChildKeys.insert(x, p, NETUID, [
      [U64_MAX / 4n, c1],
      [U64_MAX / 2n, c2],
    ]);
    ParentKeys.insert(x, c1, NETUID, [[U64_MAX / 4n, p]]);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, p, alice, NETUID, 1_000n);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, c1, alice, NETUID, 10n);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, p, alice, ROOT, 400n);
    // A quarter of u64::MAX is a hair below a quarter in 32 fraction bits: what goes is rounded down, what stays up.
    expect(getInheritedForHotkeyOnSubnet(x, c1, NETUID)).toBe(259n);
    expect(getInheritedForHotkeyOnSubnet(x, p, NETUID)).toBe(250n);
    expect(getTaoInheritedForHotkeyOnSubnet(x, c1, NETUID)).toBe(99n);
    expect(getTaoInheritedForHotkeyOnSubnet(x, p, NETUID)).toBe(100n);
    expect(getInheritedForHotkeyOnSubnet(x, p, ROOT)).toBe(400n);
    expect(getInheritedForHotkeyOnSubnet(x, c2, NETUID)).toBe(0n);
  });
});

describe('parent_child_swap_hotkey (:404)', () => {
  const fresh = account(40);

  it('puts the new hotkey in the old one’s place on both sides, and counts', () => {
    ChildKeys.insert(x, p, NETUID, [[7n, c1]]);
    ParentKeys.insert(x, c1, NETUID, [
      [3n, c2],
      [7n, p],
    ]);
    ParentKeys.insert(x, p, NETUID, [[5n, c3]]);
    ChildKeys.insert(x, c3, NETUID, [[5n, p]]);
    PendingChildKeys.insert(x, NETUID, p, [[[1n, c2]], 77n]);
    const one = dbReadsWrites(1, 1);
    const weights = [dbReadsWrites(2, 0), one, one, dbReadsWrites(0, 2), dbReadsWrites(1, 2), one, one, one];
    expect(parentChildSwapHotkey(x, p, fresh, NETUID)).toEqual(weights.reduce(addWeight));
    expect(ChildKeys.get(x, fresh, NETUID)).toEqual([[7n, c1]]);
    expect(ParentKeys.get(x, c1, NETUID)).toEqual([
      [3n, c2],
      [7n, fresh],
    ]);
    expect(ParentKeys.get(x, fresh, NETUID)).toEqual([[5n, c3]]);
    expect(ChildKeys.get(x, c3, NETUID)).toEqual([[5n, fresh]]);
    expect(PendingChildKeys.get(x, NETUID, fresh)).toEqual([[[1n, c2]], 77n]);
    // An empty list of children stays with the old hotkey, an empty list of parents does not (:429).
    expect(ChildKeys.containsKey(x, p, NETUID)).toBe(true);
    expect(ParentKeys.containsKey(x, p, NETUID)).toBe(false);
  });

  it('refuses a new hotkey that is a relative', () => {
    ChildKeys.insert(x, p, NETUID, [[7n, c1]]);
    expect(() => x.transact(() => parentChildSwapHotkey(x, p, c1, NETUID))).toThrow(errors.InvalidChild);
  });
});

describe('childkey take (:697)', () => {
  const take = (value: number, hotkey = p) =>
    run(x, alice, 'set_childkey_take', { hotkey, netuid: NETUID, take: value });

  it('keeps to owner, bounds and, when it grows, to its rate limit', () => {
    MinChildkeyTakePerSubnet.insert(x, NETUID, 100);
    expect(() => take(500, c3)).toThrow(errors.NonAssociatedColdKey);
    expect(() => take(99)).toThrow(errors.InvalidChildkeyTake);
    expect(() => take(11_797)).toThrow(errors.InvalidChildkeyTake);
    expect(getChildkeyTake(x, p, NETUID)).toBe(100);
    take(500);
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'ChildKeyTakeSet', value: [p, 500] });
    take(400);
    expect(() => take(401)).toThrow(errors.TxChildkeyTakeRateLimitExceeded);
    take(400);
    goToBlock(x, 217_000);
    take(401);
    expect(ChildkeyTake.get(x, p, NETUID)).toBe(401);
  });
});

describe('root validators as parents of a new subnet (:782)', () => {
  it('lends all of every validator that allows it to the owner hotkey', () => {
    SubnetOwnerHotkey.insert(x, NETUID, c3);
    for (const [uid, hotkey] of [p, c1, c2, c3].entries()) Keys.insert(x, ROOT, uid, hotkey);
    AutoParentDelegationEnabled.insert(x, c1, false);
    ParentKeys.insert(x, c2, NETUID, [[1n, c3]]);
    SubtokenEnabled.insert(x, NETUID, false);
    doSetRootValidatorsForSubnet(x, NETUID);
    expect([...ChildKeys.iter(x)].map(([hotkey]) => hotkey)).toEqual([p]);
    expect(ChildKeys.get(x, p, NETUID)).toEqual([[U64_MAX, c3]]);
    expect(() => doSetRootValidatorsForSubnet(x, ROOT)).toThrow(errors.RegistrationNotPermittedOnRootSubnet);
    expect(() => doSetRootValidatorsForSubnet(x, 7)).toThrow(errors.SubnetNotExists);
  });

  it('only the owner of a registered root validator may opt out (dispatches.rs:2580)', () => {
    const opt = (who: string) => run(x, who, 'set_auto_parent_delegation_enabled', { hotkey: p, enabled: false });
    expect(() => opt(bob)).toThrow(errors.NonAssociatedColdKey);
    expect(() => opt(alice)).toThrow(errors.HotKeyNotRegisteredInSubNet);
    Uids.insert(x, ROOT, p, 0);
    opt(alice);
    expect(AutoParentDelegationEnabled.get(x, p)).toBe(false);
  });
});

describe('settings by root', () => {
  it.each([
    ['sudo_set_min_childkey_take', { take: 5 }, () => MinChildkeyTake.get(x), 5],
    ['sudo_set_max_childkey_take', { take: 6 }, () => MaxChildkeyTake.get(x), 6],
    ['sudo_set_tx_childkey_take_rate_limit', { tx_rate_limit: 7n }, () => TxChildkeyTakeRateLimit.get(x), 7n],
    ['set_pending_childkey_cooldown', { cooldown: 8n }, () => PendingChildKeyCooldown.get(x), 8n],
  ] as const)('%s', (name, args, read, value) => {
    expect(() => setChildrenCalls[name].run(x, signed(alice), args)).toThrow(BadOrigin);
    setChildrenCalls[name].run(x, ROOT_ORIGIN, args);
    expect(read()).toBe(value);
  });
});

describe('delegate take (increase_take.rs:33, decrease_take.rs:30)', () => {
  const increase = (take: number, hotkey = p, who = alice) => run(x, who, 'increase_take', { hotkey, take });
  const decrease = (take: number) => run(x, alice, 'decrease_take', { hotkey: p, take });

  it('checks hotkey, owner, direction, bounds, rate', () => {
    expect(() => increase(1, account(99))).toThrow(errors.HotKeyAccountNotExists);
    expect(() => increase(1, p, bob)).toThrow(errors.NonAssociatedColdKey);
    expect(() => increase(11_797)).toThrow(errors.DelegateTakeTooHigh);
    increase(1_000);
    expect(() => increase(1_000)).toThrow(errors.DelegateTakeTooLow);
    expect(() => increase(1_001)).toThrow(errors.DelegateTxRateLimitExceeded);
    MinDelegateTake.put(x, 10);
    expect(() => decrease(1_000)).toThrow(errors.DelegateTakeTooLow);
    expect(() => decrease(9)).toThrow(errors.DelegateTakeTooLow);
    goToBlock(x, 5_000);
    decrease(10);
    expect(Delegates.get(x, p)).toBe(10);
    goToBlock(x, 221_000);
    expect(() => increase(11)).toThrow(errors.DelegateTxRateLimitExceeded);
    goToBlock(x, 221_001);
    increase(11);
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'TakeIncreased', value: [alice, p, 11] });
  });
});

describe('try_associate_hotkey (account.rs:4)', () => {
  it('gives free hotkeys to the caller, never taken or system ones', () => {
    const free = account(50);
    run(x, bob, 'try_associate_hotkey', { hotkey: free });
    run(x, alice, 'try_associate_hotkey', { hotkey: free });
    expect(Owner.get(x, free)).toBe(bob);
    expect(OwnedHotkeys.get(x, bob)).toEqual([c3, free]);
    expect(() => run(x, bob, 'try_associate_hotkey', { hotkey: subnetAccountId(300) })).toThrow(
      errors.CannotUseSystemAccount,
    );
  });
});

describe('set_coldkey_auto_stake_hotkey (dispatches.rs:2114)', () => {
  const choose = (hotkey: string, netuid = NETUID) =>
    run(x, alice, 'set_coldkey_auto_stake_hotkey', { netuid, hotkey });

  it('needs a registered hotkey and moves the coldkey from the old to the new', () => {
    expect(() => choose(p, 9)).toThrow(errors.SubnetNotExists);
    expect(() => choose(p)).toThrow(errors.HotKeyNotRegisteredInSubNet);
    for (const [uid, hotkey] of [p, c1].entries()) Uids.insert(x, NETUID, hotkey, uid);
    choose(p);
    expect(() => choose(p)).toThrow(errors.SameAutoStakeHotkeyAlreadySet);
    choose(c1);
    expect(AutoStakeDestination.get(x, alice, NETUID)).toBe(c1);
    expect(AutoStakeDestinationColdkeys.get(x, p, NETUID)).toEqual([]);
    expect(AutoStakeDestinationColdkeys.get(x, c1, NETUID)).toEqual([alice]);
  });
});

describe("a childkey's part of its parents' dividends (coinbase/run_coinbase.rs:957 get_parent_child_dividends_distribution)", () => {
  const parent = account(31);
  const child = account(32);
  // Parent and child bring 1000 alpha each, the parent all of it to the child: half of the dividends is the parent's.
  const state = (): Ext => {
    const state = emptyState();
    addPool(state, NETUID, TAO, TAO, TAO);
    addHotkey(state, account(1), parent);
    addHotkey(state, account(2), child);
    increaseStakeForHotkeyAndColdkeyOnSubnet(state, parent, account(1), NETUID, 1_000n);
    increaseStakeForHotkeyAndColdkeyOnSubnet(state, child, account(2), NETUID, 1_000n);
    ChildKeys.insert(state, parent, NETUID, [[U64_MAX, child]]);
    ParentKeys.insert(state, child, NETUID, [[U64_MAX, parent]]);
    return state;
  };
  const divided = (state: Ext) => getParentChildDividendsDistribution(state, child, NETUID, 1_000_000n);

  it('is none where no take is set or asked for', () => {
    expect(divided(state())).toEqual([
      [parent, 500_000n],
      [child, 500_000n],
    ]);
  });

  // 13107 of 65535 are 0.2, which 32 fraction bits hold as a little less: both parts are rounded down.
  it.each([
    ['the take of the childkey', (x: Ext) => ChildkeyTake.insert(x, child, NETUID, 13_107)],
    ['the least take of all subnets', (x: Ext) => MinChildkeyTake.put(x, 13_107)],
    ['the least take of the subnet', (x: Ext) => MinChildkeyTakePerSubnet.insert(x, NETUID, 13_107)],
    [
      'the greatest of the three',
      (x: Ext) => {
        ChildkeyTake.insert(x, child, NETUID, 5);
        MinChildkeyTake.put(x, 13_107);
        MinChildkeyTakePerSubnet.insert(x, NETUID, 100);
      },
    ],
  ])('is %s', (_, set) => {
    const x = state();
    set(x);
    expect(divided(x)).toEqual([
      [parent, 400_000n],
      [child, 599_999n],
    ]);
  });
});
