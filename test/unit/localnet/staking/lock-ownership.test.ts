import { beforeEach, describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { errors } from '../../../../src/lib/localnet/pallets/subtensor/errors.ts';
import {
  changeSubnetOwnerIfNeeded,
  getTotalConviction,
  hotkeyConviction,
  subnetKing,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/lock-ownership.ts';
import {
  ensureNoActiveLocks,
  swapColdkeyLocks,
  swapHotkeyLocks,
  swapHotkeyLocksOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/lock-swap.ts';
import { increaseStakeForHotkeyAndColdkeyOnSubnet } from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AccountFlags,
  DecayingHotkeyLock,
  DecayingLock,
  DecayingOwnerLock,
  HotkeyLock,
  Lock,
  LockingColdkeys,
  MaxAllowedUids,
  NetworkRegisteredAt,
  Owner,
  OwnerLock,
  SubnetAlphaOut,
  SubnetOwner,
  SubnetOwnerHotkey,
  Uids,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import {
  account,
  addHotkey,
  addPool,
  emptyState,
  goToBlock,
  run,
  subtensorEvents,
  TAO,
} from '../../../helpers/stake-state.ts';

/** Source of all: pallets/subtensor/src/staking/lock.rs. */

const ONE = 1n << 64n;
const NETUID = 1;
const YEAR = 2_629_800;
const alice = account(1);
const bob = account(2);
const ownerCold = account(22);
const hot = account(11);
const hot2 = account(12);
const ownerHot = account(21);

let x: Ext;
function lockStake(coldkey: string, hotkey: string, amount: bigint, perpetual = true): void {
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, NETUID, amount);
  run(x, coldkey, 'set_perpetual_lock', { netuid: NETUID, enabled: perpetual });
  run(x, coldkey, 'lock_stake', { hotkey, netuid: NETUID, amount });
}

beforeEach(() => {
  x = emptyState();
  addPool(x, NETUID, 100_000n * TAO, 100_000n * TAO, 10_000n * TAO);
  addHotkey(x, alice, hot);
  addHotkey(x, bob, hot2);
  addHotkey(x, ownerCold, ownerHot);
  SubnetOwner.insert(x, NETUID, ownerCold);
  SubnetOwnerHotkey.insert(x, NETUID, ownerHot);
});

describe('conviction', () => {
  it('of a hotkey sums perpetual and decaying locks, the owner’s beside (:889)', () => {
    lockStake(alice, hot, 100n * TAO);
    lockStake(bob, hot, 50n * TAO, false);
    lockStake(ownerCold, ownerHot, 7n * TAO);
    expect(hotkeyConviction(x, hot, NETUID)).toBe(0n);
    expect(hotkeyConviction(x, ownerHot, NETUID)).toBe(7n * TAO * ONE);
    goToBlock(x, 648_001);
    const t = 648_000 / 934_866;
    const expected = 100e9 * (1 - Math.exp(-t)) + 50e9 * t * Math.exp(-t);
    expect(Math.abs(Number(hotkeyConviction(x, hot, NETUID) >> 64n) - expected)).toBeLessThan(1e3);
    expect(getTotalConviction(x, NETUID)).toBe(
      hotkeyConviction(x, hot, NETUID) + hotkeyConviction(x, ownerHot, NETUID),
    );
  });

  it('makes the king; of equals the last account, and nobody without locks (:1003)', () => {
    expect(subnetKing(x, NETUID)).toBeUndefined();
    lockStake(alice, hot, 100n * TAO);
    lockStake(bob, hot2, 100n * TAO);
    expect(subnetKing(x, NETUID)).toBe(hot2);
    goToBlock(x, 10_000);
    expect(subnetKing(x, NETUID)).toBe(hot2);
    lockStake(account(3), hot, 1n * TAO);
    goToBlock(x, 20_000);
    expect(subnetKing(x, NETUID)).toBe(hot);
  });
});

describe('change_subnet_owner_if_needed (:1140)', () => {
  beforeEach(() => {
    NetworkRegisteredAt.insert(x, NETUID, 10n);
    lockStake(alice, hot, 2_000n * TAO);
    lockStake(bob, hot, 10n * TAO, false);
    lockStake(ownerCold, ownerHot, 50n * TAO);
    goToBlock(x, YEAR + 10);
  });
  const owner = () => SubnetOwner.get(x, NETUID);

  it('hands the subnet over, registers the king, and moves the sums of both hotkeys', () => {
    const perpetual = HotkeyLock.get(x, NETUID, hot)!;
    changeSubnetOwnerIfNeeded(x, NETUID);
    expect(owner()).toBe(alice);
    expect(SubnetOwnerHotkey.get(x, NETUID)).toBe(hot);
    expect(Uids.get(x, NETUID, hot)).toBe(0);
    expect(HotkeyLock.get(x, NETUID, ownerHot)).toEqual({
      locked_mass: 50n * TAO,
      conviction: 50n * TAO * ONE,
      last_update: BigInt(YEAR + 10),
    });
    expect(HotkeyLock.get(x, NETUID, hot)).toBeUndefined();
    expect(DecayingHotkeyLock.get(x, NETUID, hot)).toBeUndefined();
    expect(perpetual.locked_mass).toBe(2_000n * TAO);
    expect(OwnerLock.get(x, NETUID)).toEqual({
      locked_mass: 2_000n * TAO,
      conviction: 2_000n * TAO * ONE,
      last_update: BigInt(YEAR + 10),
    });
    const decaying = DecayingOwnerLock.get(x, NETUID)!;
    // 10 alpha · e^(-2629809 / 934866), whole rao.
    expect(decaying.locked_mass).toBe(600_226_614n);
    expect(decaying.conviction).toBe(decaying.locked_mass * ONE);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'SubnetOwnerChanged',
      value: { netuid: NETUID, old_coldkey: ownerCold, new_coldkey: alice },
    });
  });

  it('takes a tenth of the alpha outside the pool behind locks, no less', () => {
    const alphaOut = (getTotalConviction(x, NETUID) * 10n) / ONE;
    SubnetAlphaOut.insert(x, NETUID, alphaOut + 1n);
    changeSubnetOwnerIfNeeded(x, NETUID);
    expect(owner()).toBe(ownerCold);
    SubnetAlphaOut.insert(x, NETUID, alphaOut);
    changeSubnetOwnerIfNeeded(x, NETUID);
    expect(owner()).toBe(alice);
  });

  it('what decayed on the old owner’s hotkey is a plain hotkey’s from then on, beside what it had', () => {
    const now = BigInt(YEAR + 10);
    DecayingOwnerLock.insert(x, NETUID, { locked_mass: 7n * TAO, conviction: 0n, last_update: now });
    DecayingHotkeyLock.insert(x, NETUID, ownerHot, { locked_mass: 2n * TAO, conviction: 5n * ONE, last_update: now });
    changeSubnetOwnerIfNeeded(x, NETUID);
    // An owner's conviction is its mass; it stays as it was then.
    expect(DecayingHotkeyLock.get(x, NETUID, ownerHot)).toEqual({
      locked_mass: 9n * TAO,
      conviction: (7n * TAO + 5n) * ONE,
      last_update: now,
    });
  });

  it.each([
    ['to a king that nobody owns', () => Owner.remove(x, hot)],
    ['before a year has passed', () => goToBlock(x, YEAR + 9)],
    ['without a tenth of the alpha behind locks', () => SubnetAlphaOut.insert(x, NETUID, 40_000n * TAO)],
    ['without any alpha', () => SubnetAlphaOut.insert(x, NETUID, 0n)],
    ['to the one who owns it', () => SubnetOwner.insert(x, NETUID, alice)],
    ['to a king that cannot be registered', () => MaxAllowedUids.insert(x, NETUID, 0)],
  ])('does nothing %s', (_, change) => {
    change();
    const before = owner();
    changeSubnetOwnerIfNeeded(x, NETUID);
    expect(owner()).toBe(before);
    expect(SubnetOwnerHotkey.get(x, NETUID)).toBe(ownerHot);
    expect(OwnerLock.get(x, NETUID)?.locked_mass).toBe(50n * TAO);
  });
});

describe('swap_coldkey_locks (:1276)', () => {
  const fresh = account(30);

  it('moves locks, mode and flags', () => {
    lockStake(alice, hot, 100n * TAO);
    AccountFlags.insert(x, alice, 1n);
    AccountFlags.insert(x, fresh, 1n);
    goToBlock(x, 1_001);
    swapColdkeyLocks(x, alice, fresh);
    expect(Lock.get(x, [alice, NETUID, hot])).toBeUndefined();
    expect(Lock.get(x, [fresh, NETUID, hot])?.locked_mass).toBe(100n * TAO);
    expect(HotkeyLock.get(x, NETUID, hot)).toEqual(Lock.get(x, [fresh, NETUID, hot]));
    expect([...LockingColdkeys.keysAfter(x, '', 9)].map(([, keys]) => keys)).toEqual([[NETUID, hot, fresh]]);
    expect(DecayingLock.get(x, alice, NETUID)).toBeUndefined();
    expect(DecayingLock.get(x, fresh, NETUID)).toBe(false);
    expect(AccountFlags.containsKey(x, alice)).toBe(false);
    expect(AccountFlags.get(x, fresh)).toBe(1n);
  });

  it('needs a receiver who accepts and has no active lock', () => {
    lockStake(alice, hot, 100n * TAO);
    expect(() => swapColdkeyLocks(x, alice, fresh)).toThrow(errors.AccountRejectsLockedAlpha);
    lockStake(bob, hot2, 100n * TAO);
    expect(() => swapColdkeyLocks(x, alice, bob)).toThrow(errors.ActiveLockExists);
    ensureNoActiveLocks(x, fresh);
  });
});

describe('swap_hotkey_locks (:1404)', () => {
  const fresh = account(31);

  it('moves a plain hotkey’s locks, on the subnet that is named only', () => {
    addPool(x, 2, TAO, TAO);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, alice, 2, 10n * TAO);
    lockStake(alice, hot, 100n * TAO);
    lockStake(bob, hot, 30n * TAO, false);
    run(x, alice, 'lock_stake', { hotkey: hot, netuid: 2, amount: TAO });
    expect(swapHotkeyLocksOnSubnet(x, hot, fresh, NETUID)).toEqual({ reads: 5 + 2, writes: 2 * 2 + 6 });
    expect(Lock.get(x, [alice, NETUID, fresh])?.locked_mass).toBe(100n * TAO);
    expect(Lock.get(x, [alice, NETUID, hot])).toBeUndefined();
    expect(HotkeyLock.get(x, NETUID, fresh)?.locked_mass).toBe(100n * TAO);
    expect(DecayingHotkeyLock.get(x, NETUID, fresh)?.locked_mass).toBe(30n * TAO);
    expect(Lock.get(x, [alice, 2, hot])?.locked_mass).toBe(TAO);
    swapHotkeyLocks(x, hot, fresh);
    expect(Lock.get(x, [alice, 2, fresh])?.locked_mass).toBe(TAO);
  });

  it('keeps the owner’s sums with the owner’s new hotkey', () => {
    lockStake(alice, ownerHot, 100n * TAO);
    const before = OwnerLock.get(x, NETUID);
    swapHotkeyLocks(x, ownerHot, fresh);
    expect(OwnerLock.get(x, NETUID)).toEqual(before);
    expect(Lock.get(x, [alice, NETUID, fresh])?.conviction).toBe(100n * TAO * ONE);
    expect(HotkeyLock.get(x, NETUID, fresh)).toBeUndefined();
  });

  it('drops index entries without a lock', () => {
    lockStake(alice, hot, 100n * TAO);
    LockingColdkeys.insert(x, [NETUID, hot, bob], undefined);
    expect(swapHotkeyLocks(x, hot, fresh)).toEqual({ reads: 5 + 2, writes: 1 + 2 + 6 });
    expect(LockingColdkeys.containsKey(x, [NETUID, hot, bob])).toBe(false);
  });
});
