import type { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import {
  AccountFlags,
  DecayingHotkeyLock,
  DecayingLock,
  DecayingOwnerLock,
  HotkeyLock,
  Lock,
  LockingColdkeys,
  Owner,
  OwnerLock,
  StakingHotkeys,
} from '../storage.ts';
import {
  insertLockState,
  lockKindOf,
  readConvictionModel,
  readConvictionModelForHotkey,
  removeLockState,
} from './conviction-model.ts';
import { hotkeyAccountExists } from './helpers.ts';
import { emptyLock, type LockState, lockRates, rollForwardLock } from './lock-state.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet } from './stake-utils.ts';

/** Locks on stake: alpha that cannot leave, for a say in who owns the subnet. Amounts are rao of alpha. Source: staking/lock.rs. */

/** Bit of `AccountFlags`: the account takes locked alpha from others. */
const ACCEPT_LOCKED_ALPHA = 1n;

export const accountRejectsLockedAlpha = (x: Ext, coldkey: AccountId): boolean =>
  (AccountFlags.get(x, coldkey) & ACCEPT_LOCKED_ALPHA) !== ACCEPT_LOCKED_ALPHA;

export function setAcceptLockedAlpha(x: Ext, coldkey: AccountId, enabled: boolean): void {
  const before = AccountFlags.get(x, coldkey);
  const flags = enabled ? before | ACCEPT_LOCKED_ALPHA : before & ~ACCEPT_LOCKED_ALPHA;
  if (flags === 0n) AccountFlags.remove(x, coldkey);
  else AccountFlags.insert(x, coldkey, flags);
}

/** @throws AccountRejectsLockedAlpha */
export function ensureCanReceiveLockedAlpha(x: Ext, coldkey: AccountId, amount: bigint): void {
  if (amount !== 0n && accountRejectsLockedAlpha(x, coldkey)) throw errors.AccountRejectsLockedAlpha;
}

/** A coldkey's stake on all hotkeys of a subnet. */
export const totalColdkeyAlphaOnSubnet = (x: Ext, coldkey: AccountId, netuid: number): bigint =>
  StakingHotkeys.get(x, coldkey).reduce(
    (total, hotkey) => saturatingAddU64(total, getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid)),
    0n,
  );

/** The coldkey's lock as of this block, undefined where there is none. */
export function getColdkeyLock(x: Ext, coldkey: AccountId, netuid: number): LockState | undefined {
  const now = currentBlock(x);
  const found = readConvictionModel(x, coldkey, netuid, now);
  found?.model.rollForward(now, lockRates(x));
  return found?.model.individual;
}

export const getCurrentLocked = (x: Ext, coldkey: AccountId, netuid: number): bigint =>
  getColdkeyLock(x, coldkey, netuid)?.locked_mass ?? 0n;

/** U64F64 bits of rao. */
export const getConviction = (x: Ext, coldkey: AccountId, netuid: number): U64F64 =>
  getColdkeyLock(x, coldkey, netuid)?.conviction ?? 0n;

export function stakeAvailability(
  x: Ext,
  coldkey: AccountId,
  netuid: number,
): { readonly total: bigint; readonly locked: bigint; readonly available: bigint } {
  const total = totalColdkeyAlphaOnSubnet(x, coldkey, netuid);
  const locked = getCurrentLocked(x, coldkey, netuid);
  return { total, locked, available: saturatingSub(total, locked) };
}

export const availableToUnstake = (x: Ext, coldkey: AccountId, netuid: number): bigint =>
  stakeAvailability(x, coldkey, netuid).available;

/** @throws StakeUnavailable */
export function ensureAvailableToUnstake(x: Ext, coldkey: AccountId, netuid: number, amount: bigint): void {
  if (availableToUnstake(x, coldkey, netuid) < amount) throw errors.StakeUnavailable;
}

// ---- the calls' work ------------------------------------------------------------------------------------------------

/**
 * Locks stake, or adds to the lock that there is.
 *
 * @throws AmountTooLow, HotKeyAccountNotExists, LockHotkeyMismatch, InsufficientStakeForLock
 */
export function doLockStake(x: Ext, coldkey: AccountId, netuid: number, hotkey: AccountId, amount: bigint): void {
  if (amount === 0n) throw errors.AmountTooLow;
  if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
  const total = totalColdkeyAlphaOnSubnet(x, coldkey, netuid);
  const now = currentBlock(x);
  const rates = lockRates(x);
  const found = readConvictionModel(x, coldkey, netuid, now);
  if (found && found.hotkey !== hotkey) throw errors.LockHotkeyMismatch;
  const model = found?.model ?? readConvictionModelForHotkey(x, coldkey, netuid, hotkey, now);
  model.rollForward(now, rates);

  const { individual } = model;
  const fresh = individual.locked_mass === 0n && individual.conviction === 0n;
  const before = fresh ? emptyLock(now) : individual;
  const locked_mass = saturatingAddU64(before.locked_mass, amount);
  if (total < locked_mass) throw errors.InsufficientStakeForLock;
  model.setIndividual(rollForwardLock({ ...before, locked_mass }, now, rates, model.kind));

  model.rollForwardAggregate(now, rates);
  model.addToAggregate({ ...emptyLock(now), locked_mass: amount });
  model.rollForwardAggregate(now, rates);
  model.save(x, coldkey, netuid, hotkey);
  events.deposit(x, 'StakeLocked', { coldkey, hotkey, netuid, amount });
}

/** Makes the coldkey's lock on the subnet keep its mass, or decay again. */
export function doSetPerpetualLock(x: Ext, coldkey: AccountId, netuid: number, enabled: boolean): void {
  const now = currentBlock(x);
  const current = DecayingLock.get(x, coldkey, netuid) === false;
  const found = readConvictionModel(x, coldkey, netuid, now);
  if (found) {
    found.model.rollForward(now, lockRates(x));
    found.model.save(x, coldkey, netuid, found.hotkey);
    const { locked_mass, conviction } = found.model.individual;
    if (current !== enabled) reduceAggregateLock(x, coldkey, found.hotkey, netuid, locked_mass, conviction);
  }
  if (enabled) DecayingLock.insert(x, coldkey, netuid, false);
  else DecayingLock.remove(x, coldkey, netuid);
  if (current !== enabled) {
    const kept = readConvictionModel(x, coldkey, netuid, now);
    if (kept) addAggregateLock(x, coldkey, kept.hotkey, netuid, kept.model.individual);
  }
  events.deposit(x, 'PerpetualLockUpdated', { coldkey, netuid, enabled });
}

/** Moves the coldkey's lock to another hotkey; to one of another owner it goes without conviction. @throws HotKeyAccountNotExists, NoExistingLock */
export function doMoveLock(x: Ext, coldkey: AccountId, destinationHotkey: AccountId, netuid: number): void {
  if (!hotkeyAccountExists(x, destinationHotkey)) throw errors.HotKeyAccountNotExists;
  const now = currentBlock(x);
  const rates = lockRates(x);
  const found = readConvictionModel(x, coldkey, netuid, now);
  if (!found) throw errors.NoExistingLock;
  found.model.rollForward(now, rates);
  const removed = found.model.individual;
  const sameOwner = Owner.get(x, found.hotkey) === Owner.get(x, destinationHotkey);
  const lock = rollForwardLock(
    sameOwner ? removed : { ...removed, conviction: 0n },
    now,
    rates,
    lockKindOf(x, coldkey, netuid, destinationHotkey),
  );
  removeLockState(x, coldkey, netuid, found.hotkey);
  insertLockState(x, coldkey, netuid, destinationHotkey, lock);
  reduceAggregateLock(x, coldkey, found.hotkey, netuid, removed.locked_mass, removed.conviction);
  addAggregateLock(x, coldkey, destinationHotkey, netuid, lock);
  events.deposit(x, 'LockMoved', {
    coldkey,
    origin_hotkey: found.hotkey,
    destination_hotkey: destinationHotkey,
    netuid,
  });
}

// ---- what stake operations do to locks --------------------------------------------------------------------------------

/** Adds a lock of the coldkey to the sum of its kind on the hotkey. */
export function addAggregateLock(
  x: Ext,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: number,
  added: LockState,
): void {
  const now = currentBlock(x);
  const rates = lockRates(x);
  const model = readConvictionModelForHotkey(x, coldkey, netuid, hotkey, now);
  model.rollForwardAggregate(now, rates);
  model.addToAggregate(added);
  model.rollForwardAggregate(now, rates);
  model.save(x, coldkey, netuid, hotkey);
}

/** Takes mass and conviction out of the sum of the coldkey's kind on the hotkey. */
export function reduceAggregateLock(
  x: Ext,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: number,
  mass: bigint,
  conviction: U64F64,
): void {
  const now = currentBlock(x);
  const model = readConvictionModelForHotkey(x, coldkey, netuid, hotkey, now);
  model.rollForwardAggregate(now, lockRates(x));
  model.reduceAggregate(mass, conviction);
  model.save(x, coldkey, netuid, hotkey);
}

/** Takes mass out of the coldkey's lock, for stake that left whether it was locked or not. */
export function forceReduceLock(x: Ext, coldkey: AccountId, netuid: number, amount: bigint): void {
  const now = currentBlock(x);
  const found = readConvictionModel(x, coldkey, netuid, now);
  if (!found) return;
  const rates = lockRates(x);
  found.model.rollForward(now, rates);
  found.model.rollForwardAggregate(now, rates);
  found.model.forceReduceIndividual(amount, now);
  found.model.save(x, coldkey, netuid, found.hotkey);
}

/** Brings the coldkey's lock up to date, so that one that is over goes away. */
export function cleanupLockIfZero(x: Ext, coldkey: AccountId, netuid: number): void {
  const now = currentBlock(x);
  const found = readConvictionModel(x, coldkey, netuid, now);
  if (!found) return;
  found.model.rollForward(now, lockRates(x));
  found.model.save(x, coldkey, netuid, found.hotkey);
}

/** Forgets every lock on a subnet that goes away. */
export function destroyLockMaps(x: Ext, netuid: number): void {
  for (const [[, hotkey, coldkey]] of [...LockingColdkeys.iterPrefix(x, [netuid])]) {
    Lock.remove(x, [coldkey, netuid, hotkey]);
  }
  LockingColdkeys.clearPrefix(x, [netuid]);
  HotkeyLock.clearPrefix(x, netuid);
  DecayingHotkeyLock.clearPrefix(x, netuid);
  OwnerLock.remove(x, netuid);
  DecayingOwnerLock.remove(x, netuid);
  for (const [coldkey, lockNetuid] of [...DecayingLock.iter(x)]) {
    if (lockNetuid === netuid) DecayingLock.remove(x, coldkey, netuid);
  }
}
