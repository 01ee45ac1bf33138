import { beforeEach, describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { errors } from '../../../../src/lib/localnet/pallets/subtensor/errors.ts';
import {
  accountRejectsLockedAlpha,
  availableToUnstake,
  cleanupLockIfZero,
  destroyLockMaps,
  forceReduceLock,
  getColdkeyLock,
  getConviction,
  getCurrentLocked,
  stakeAvailability,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/lock.ts';
import { autoLockOwnerCut } from '../../../../src/lib/localnet/pallets/subtensor/staking/lock-owner-cut.ts';
import { rollForwardLock } from '../../../../src/lib/localnet/pallets/subtensor/staking/lock-state.ts';
import {
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AccountFlags,
  DecayingHotkeyLock,
  DecayingLock,
  DecayingOwnerLock,
  HotkeyLock,
  Lock,
  LockingColdkeys,
  OwnerCutAutoLockEnabled,
  OwnerLock,
  SubnetOwner,
  SubnetOwnerHotkey,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import {
  account,
  addHotkey,
  addPool,
  emptyState,
  fund,
  goToBlock,
  run,
  subtensorEvents,
  TAO,
} from '../../../helpers/stake-state.ts';

/** Source of all unless named: pallets/subtensor/src/staking/lock.rs. */

const ONE = 1n << 64n;
const NETUID = 1;
const [alice, bob, hot, hot2, ownerHot, ownerCold] = [1, 2, 11, 12, 21, 22].map(account) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const RATES = { unlock: 934_866n, maturity: 934_866n };
const DECAYING = { owner: false, perpetual: false };
const STAKE = 1_000n * TAO;
/** 500 and 100 alpha · e^(-648000 / 934866), whole rao. */
const HALF_OF_500 = 249_999_928_359n;
const HALF_OF_100 = 49_999_985_671n;

let x: Ext;
const stake = (coldkey: string, hotkey: string, amount: bigint): void =>
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, NETUID, amount);
const lockStake = (coldkey: string, hotkey: string, amount: bigint) =>
  run(x, coldkey, 'lock_stake', { hotkey, netuid: NETUID, amount });
const perpetual = (coldkey: string, enabled = true) =>
  run(x, coldkey, 'set_perpetual_lock', { netuid: NETUID, enabled });
const lockOf = (coldkey: string, hotkey: string) => Lock.get(x, [coldkey, NETUID, hotkey]);

beforeEach(() => {
  x = emptyState();
  addPool(x, NETUID, 100_000n * TAO, 100_000n * TAO, 10_000n * TAO);
  for (const who of [alice, bob, ownerCold]) fund(x, who, 10n * TAO);
  addHotkey(x, alice, hot);
  addHotkey(x, bob, hot2);
  addHotkey(x, ownerCold, ownerHot);
  SubnetOwnerHotkey.insert(x, NETUID, ownerHot);
  SubnetOwner.insert(x, NETUID, ownerCold);
  stake(alice, hot, STAKE);
});

describe('lock_stake (:756)', () => {
  it('refuses in the order amount, hotkey, other hotkey, stake', () => {
    expect(() => lockStake(alice, account(99), 0n)).toThrow(errors.AmountTooLow);
    expect(() => lockStake(alice, account(99), 1n)).toThrow(errors.HotKeyAccountNotExists);
    expect(() => lockStake(alice, hot, STAKE + 1n)).toThrow(errors.InsufficientStakeForLock);
    lockStake(alice, hot, 500n * TAO);
    expect(() => lockStake(alice, hot2, STAKE + 1n)).toThrow(errors.LockHotkeyMismatch);
    expect(() => lockStake(alice, hot, 500n * TAO + 1n)).toThrow(errors.InsufficientStakeForLock);
    lockStake(alice, hot, 500n * TAO);
    expect(lockOf(alice, hot)?.locked_mass).toBe(STAKE);
  });

  it('stores the lock, its sum, its place in the index, and tells', () => {
    lockStake(alice, hot, 500n * TAO);
    const lock = { locked_mass: 500n * TAO, conviction: 0n, last_update: 1n };
    expect(lockOf(alice, hot)).toEqual(lock);
    expect(DecayingHotkeyLock.get(x, NETUID, hot)).toEqual(lock);
    expect(HotkeyLock.get(x, NETUID, hot)).toBeUndefined();
    expect(LockingColdkeys.containsKey(x, [NETUID, hot, alice])).toBe(true);
    expect(subtensorEvents(x)).toEqual([
      { type: 'StakeLocked', value: { coldkey: alice, hotkey: hot, netuid: NETUID, amount: 500n * TAO } },
    ]);
  });

  it('counts the stake on all hotkeys of the coldkey, and may name a hotkey without stake', () => {
    stake(alice, hot2, STAKE);
    lockStake(alice, ownerHot, 2n * STAKE);
    expect(lockOf(alice, ownerHot)?.locked_mass).toBe(2n * STAKE);
  });

  it('rolls what there is forward before it adds', () => {
    lockStake(alice, hot, 500n * TAO);
    goToBlock(x, 100_001);
    const rolled = rollForwardLock(
      { locked_mass: 500n * TAO, conviction: 0n, last_update: 1n },
      100_001n,
      RATES,
      DECAYING,
    );
    lockStake(alice, hot, 100n * TAO);
    expect(lockOf(alice, hot)).toEqual({ ...rolled, locked_mass: rolled.locked_mass + 100n * TAO });
    expect(DecayingHotkeyLock.get(x, NETUID, hot)).toEqual({
      ...rolled,
      locked_mass: rolled.locked_mass + 100n * TAO,
      // The first roll takes lost mass off the sum but gives it no conviction for the time: the sum is dated now (:213, :243).
      conviction: 0n,
    });
  });

  it('on the owner hotkey gives full conviction and counts in the owner sums (:204)', () => {
    lockStake(alice, ownerHot, 10n * TAO);
    expect(lockOf(alice, ownerHot)?.conviction).toBe(10n * TAO * ONE);
    expect(DecayingOwnerLock.get(x, NETUID)).toEqual({
      locked_mass: 10n * TAO,
      conviction: 10n * TAO * ONE,
      last_update: 1n,
    });
    expect(OwnerLock.get(x, NETUID)).toBeUndefined();
    expect(DecayingHotkeyLock.get(x, NETUID, ownerHot)).toBeUndefined();
  });
});

describe('what a lock holds back', () => {
  it('is subtracted from the stake on all hotkeys (:704)', () => {
    stake(alice, hot2, 200n * TAO);
    expect(stakeAvailability(x, alice, NETUID)).toEqual({ total: 1_200n * TAO, locked: 0n, available: 1_200n * TAO });
    lockStake(alice, hot, 500n * TAO);
    expect(stakeAvailability(x, alice, NETUID)).toEqual({
      total: 1_200n * TAO,
      locked: 500n * TAO,
      available: 700n * TAO,
    });
    goToBlock(x, 648_001);
    expect(getCurrentLocked(x, alice, NETUID)).toBe(HALF_OF_500);
    expect(availableToUnstake(x, alice, NETUID)).toBe(1_200n * TAO - HALF_OF_500);
    expect(getConviction(x, alice, NETUID)).toBe(getColdkeyLock(x, alice, NETUID)?.conviction);
    expect(lockOf(alice, hot)?.last_update).toBe(1n);
    expect(getColdkeyLock(x, bob, NETUID)).toBeUndefined();
  });

  it.each([
    ['remove_stake', { amount_unstaked: 501n * TAO }],
    ['remove_stake_limit', { amount_unstaked: 501n * TAO, limit_price: 1_000n, allow_partial: false }],
    ['recycle_alpha', { amount: 501n * TAO }],
    ['burn_alpha', { amount: 501n * TAO }],
  ] as const)('%s of more is StakeUnavailable; of what is free it works', (name, args) => {
    lockStake(alice, hot, 500n * TAO);
    expect(() => run(x, alice, name, { hotkey: hot, netuid: NETUID, ...args })).toThrow(errors.StakeUnavailable);
    const allowed = Object.fromEntries(Object.entries(args).map(([k, v]) => [k, v === 501n * TAO ? 500n * TAO : v]));
    run(x, alice, name, { hotkey: hot, netuid: NETUID, ...allowed });
    expect(getStakeForHotkeyAndColdkeyOnSubnet(x, hot, alice, NETUID)).toBe(500n * TAO);
  });

  it('stops moves to another subnet, not those within one (stake_utils.rs:1308)', () => {
    addPool(x, 2, 1_000n * TAO, 1_000n * TAO);
    lockStake(alice, hot, 500n * TAO);
    const move = (destination_netuid: number) =>
      run(x, alice, 'move_stake', {
        origin_hotkey: hot,
        destination_hotkey: hot2,
        origin_netuid: NETUID,
        destination_netuid,
        alpha_amount: 501n * TAO,
      });
    expect(() => move(2)).toThrow(errors.StakeUnavailable);
    move(NETUID);
    expect(getStakeForHotkeyAndColdkeyOnSubnet(x, hot2, alice, NETUID)).toBe(501n * TAO);
    expect(lockOf(alice, hot)?.locked_mass).toBe(500n * TAO);
  });

  it('goes away with unstaking once it is over (:822, stake_utils.rs:821)', () => {
    lockStake(alice, hot, 1_000n);
    goToBlock(x, 3_000_000);
    expect(lockOf(alice, hot)?.locked_mass).toBe(1_000n);
    run(x, alice, 'remove_stake', { hotkey: hot, netuid: NETUID, amount_unstaked: 10n * TAO });
    // 1000 rao decay to 40, their conviction to 129: a lock of conviction only is left.
    expect(lockOf(alice, hot)?.locked_mass).toBe(40n);
    goToBlock(x, 9_000_000);
    cleanupLockIfZero(x, alice, NETUID);
    expect(lockOf(alice, hot)).toBeUndefined();
    expect(LockingColdkeys.containsKey(x, [NETUID, hot, alice])).toBe(false);
    expect(DecayingHotkeyLock.get(x, NETUID, hot)).toBeUndefined();
  });
});

describe('set_perpetual_lock (:628)', () => {
  it('moves the lock from one sum to the other, and back', () => {
    lockStake(alice, hot, 500n * TAO);
    stake(bob, hot, STAKE);
    lockStake(bob, hot, 100n * TAO);
    perpetual(alice);
    expect(DecayingLock.get(x, alice, NETUID)).toBe(false);
    expect(HotkeyLock.get(x, NETUID, hot)?.locked_mass).toBe(500n * TAO);
    expect(DecayingHotkeyLock.get(x, NETUID, hot)?.locked_mass).toBe(100n * TAO);
    goToBlock(x, 648_001);
    expect(getCurrentLocked(x, alice, NETUID)).toBe(500n * TAO);
    perpetual(alice, false);
    expect(DecayingLock.containsKey(x, alice, NETUID)).toBe(false);
    expect(HotkeyLock.get(x, NETUID, hot)).toBeUndefined();
    expect(DecayingHotkeyLock.get(x, NETUID, hot)?.locked_mass).toBe(500n * TAO + HALF_OF_100);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'PerpetualLockUpdated',
      value: { coldkey: alice, netuid: NETUID, enabled: false },
    });
  });

  it('is kept without a lock, for the next one', () => {
    perpetual(alice);
    lockStake(alice, hot, 5n * TAO);
    expect(HotkeyLock.get(x, NETUID, hot)?.locked_mass).toBe(5n * TAO);
    perpetual(alice);
    expect(HotkeyLock.get(x, NETUID, hot)?.locked_mass).toBe(5n * TAO);
  });
});

describe('move_lock (:1713)', () => {
  beforeEach(() => {
    perpetual(alice);
    lockStake(alice, hot, 500n * TAO);
    goToBlock(x, 500_001);
  });

  it('refuses a hotkey that is none, and without a lock', () => {
    expect(() => run(x, alice, 'move_lock', { destination_hotkey: account(99), netuid: NETUID })).toThrow(
      errors.HotKeyAccountNotExists,
    );
    expect(() => run(x, bob, 'move_lock', { destination_hotkey: hot, netuid: NETUID })).toThrow(errors.NoExistingLock);
  });

  it('loses conviction on the way to another owner', () => {
    run(x, alice, 'move_lock', { destination_hotkey: hot2, netuid: NETUID });
    expect(lockOf(alice, hot)).toBeUndefined();
    expect(lockOf(alice, hot2)).toEqual({ locked_mass: 500n * TAO, conviction: 0n, last_update: 500_001n });
    expect(HotkeyLock.get(x, NETUID, hot)).toBeUndefined();
    expect(HotkeyLock.get(x, NETUID, hot2)).toEqual({ locked_mass: 500n * TAO, conviction: 0n, last_update: 500_001n });
    expect(LockingColdkeys.containsKey(x, [NETUID, hot, alice])).toBe(false);
    expect(LockingColdkeys.containsKey(x, [NETUID, hot2, alice])).toBe(true);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'LockMoved',
      value: { coldkey: alice, origin_hotkey: hot, destination_hotkey: hot2, netuid: NETUID },
    });
  });

  it('keeps it on a hotkey of the same owner, and gets all of it on the subnet owner’s', () => {
    const own = account(13);
    addHotkey(x, alice, own);
    const before = getConviction(x, alice, NETUID);
    expect(before).toBeGreaterThan(0n);
    run(x, alice, 'move_lock', { destination_hotkey: own, netuid: NETUID });
    expect(lockOf(alice, own)?.conviction).toBe(before);
    expect(HotkeyLock.get(x, NETUID, own)?.conviction).toBe(before);
    run(x, alice, 'move_lock', { destination_hotkey: ownerHot, netuid: NETUID });
    expect(lockOf(alice, ownerHot)?.conviction).toBe(500n * TAO * ONE);
    expect(OwnerLock.get(x, NETUID)?.conviction).toBe(500n * TAO * ONE);
  });
});

describe('transfer_stake within a subnet (:1803 transfer_lock)', () => {
  const transfer = (alpha_amount: bigint) =>
    run(x, alice, 'transfer_stake', {
      destination_coldkey: bob,
      hotkey: hot,
      origin_netuid: NETUID,
      destination_netuid: NETUID,
      alpha_amount,
    });
  const accept = (who: string) => run(x, who, 'set_reject_locked_alpha', { enabled: false });

  beforeEach(() => {
    perpetual(alice);
    lockStake(alice, hot, 800n * TAO);
    goToBlock(x, 500_001);
  });

  it('moves what is free first, whoever receives', () => {
    transfer(200n * TAO);
    expect(lockOf(alice, hot)?.locked_mass).toBe(800n * TAO);
    expect(lockOf(bob, hot)).toBeUndefined();
  });

  it('needs a receiver who accepts for more; everybody refuses at first (:487)', () => {
    expect(accountRejectsLockedAlpha(x, bob)).toBe(true);
    expect(() => transfer(200n * TAO + 1n)).toThrow(errors.AccountRejectsLockedAlpha);
  });

  it('moves the excess as a lock with its part of the conviction', () => {
    accept(bob);
    const before = getColdkeyLock(x, alice, NETUID)!;
    transfer(600n * TAO);
    const moved = (before.conviction * ((400n * ONE) / 800n)) >> 64n;
    expect(lockOf(alice, hot)).toEqual({
      locked_mass: 400n * TAO,
      conviction: before.conviction - moved,
      last_update: 500_001n,
    });
    expect(lockOf(bob, hot)).toEqual({ locked_mass: 400n * TAO, conviction: moved, last_update: 500_001n });
    expect(HotkeyLock.get(x, NETUID, hot)?.locked_mass).toBe(400n * TAO);
    expect(DecayingHotkeyLock.get(x, NETUID, hot)?.locked_mass).toBe(400n * TAO);
  });

  it('joins a lock on the same hotkey and refuses one on another', () => {
    accept(bob);
    stake(bob, hot2, STAKE);
    lockStake(bob, hot2, 1n * TAO);
    expect(() => transfer(600n * TAO)).toThrow(errors.LockHotkeyMismatch);
    transfer(200n * TAO);
    run(x, bob, 'move_lock', { destination_hotkey: hot, netuid: NETUID });
    transfer(600n * TAO);
    expect(lockOf(bob, hot)?.locked_mass).toBe(601n * TAO);
  });
});

describe('set_reject_locked_alpha (:473)', () => {
  it('stores the bit only while it is set, beside other bits', () => {
    run(x, alice, 'set_reject_locked_alpha', { enabled: false });
    expect(AccountFlags.get(x, alice)).toBe(1n);
    run(x, alice, 'set_reject_locked_alpha', { enabled: true });
    expect(AccountFlags.containsKey(x, alice)).toBe(false);
    AccountFlags.insert(x, alice, 4n);
    run(x, alice, 'set_reject_locked_alpha', { enabled: false });
    expect(AccountFlags.get(x, alice)).toBe(5n);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'RejectLockedAlphaUpdated',
      value: { coldkey: alice, enabled: false },
    });
  });
});

describe('by force and by itself', () => {
  it('force_reduce_lock takes mass and its conviction off the lock and the sum (:811)', () => {
    perpetual(alice);
    lockStake(alice, hot, 800n * TAO);
    goToBlock(x, 100_001);
    const before = getColdkeyLock(x, alice, NETUID)!;
    forceReduceLock(x, alice, NETUID, 200n * TAO);
    const after = lockOf(alice, hot)!;
    expect(after.locked_mass).toBe(600n * TAO);
    expect(Number(after.conviction) / Number(before.conviction)).toBeCloseTo(0.75, 9);
    forceReduceLock(x, alice, NETUID, 10_000n * TAO);
    expect(lockOf(alice, hot)).toBeUndefined();
    expect(HotkeyLock.get(x, NETUID, hot)).toBeUndefined();
    forceReduceLock(x, bob, NETUID, 1n);
  });

  it('the owner cut is locked where the subnet says so, on the lock that there is (:1766)', () => {
    stake(ownerCold, ownerHot, 50n * TAO);
    autoLockOwnerCut(x, NETUID, 10n * TAO);
    expect(lockOf(ownerCold, ownerHot)).toBeUndefined();
    OwnerCutAutoLockEnabled.insert(x, NETUID, true);
    autoLockOwnerCut(x, NETUID, 10n * TAO);
    autoLockOwnerCut(x, NETUID, 0n);
    autoLockOwnerCut(x, NETUID, 41n * TAO);
    expect(lockOf(ownerCold, ownerHot)?.locked_mass).toBe(10n * TAO);
    run(x, ownerCold, 'move_lock', { destination_hotkey: hot, netuid: NETUID });
    autoLockOwnerCut(x, NETUID, 5n * TAO);
    expect(lockOf(ownerCold, hot)?.locked_mass).toBe(15n * TAO);
  });

  it('destroy_lock_maps forgets one subnet and nothing of others (:1953)', () => {
    addPool(x, 2, TAO, TAO);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, alice, 2, STAKE);
    lockStake(alice, hot, TAO);
    perpetual(bob);
    stake(bob, hot, STAKE);
    lockStake(bob, hot, TAO);
    stake(ownerCold, ownerHot, TAO);
    lockStake(ownerCold, ownerHot, TAO);
    run(x, alice, 'lock_stake', { hotkey: hot, netuid: 2, amount: TAO });
    run(x, alice, 'set_perpetual_lock', { netuid: 2, enabled: true });
    destroyLockMaps(x, NETUID);
    expect([...Lock.keysAfter(x, '', 9)].map(([, keys]) => keys)).toEqual([[alice, 2, hot]]);
    expect([...LockingColdkeys.keysAfter(x, '', 9)].map(([, keys]) => keys)).toEqual([[2, hot, alice]]);
    expect([...HotkeyLock.iter(x)].map(([netuid]) => netuid)).toEqual([2]);
    expect(DecayingHotkeyLock.isEmpty(x)).toBe(true);
    expect(DecayingOwnerLock.isEmpty(x)).toBe(true);
    expect([...DecayingLock.iter(x)]).toEqual([[alice, 2, false]]);
  });
});
