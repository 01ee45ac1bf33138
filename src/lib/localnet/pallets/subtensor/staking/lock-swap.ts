import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import {
  AccountFlags,
  DecayingHotkeyLock,
  DecayingLock,
  DecayingOwnerLock,
  HotkeyLock,
  Lock,
  LockingColdkeys,
  OwnerLock,
} from '../storage.ts';
import { getAllSubnetNetuids } from '../subnets/subnet.ts';
import {
  insertAggregateLock,
  insertLockState,
  isPerpetualLock,
  isSubnetOwnerHotkey,
  lockKindOf,
  removeLockState,
  takeAggregateLock,
} from './conviction-model.ts';
import { accountRejectsLockedAlpha, addAggregateLock, reduceAggregateLock } from './lock.ts';
import { type LockState, lockRates, rollForwardLock } from './lock-state.ts';

/** Locks when keys are swapped. Source: staking/lock.rs. */

/** @throws ActiveLockExists */
export function ensureNoActiveLocks(x: Ext, coldkey: AccountId): void {
  const now = currentBlock(x);
  const rates = lockRates(x);
  for (const [[, netuid, hotkey], lock] of Lock.iterPrefix(x, [coldkey])) {
    if (rollForwardLock(lock, now, rates, lockKindOf(x, coldkey, netuid, hotkey)).locked_mass > 0n)
      throw errors.ActiveLockExists;
  }
}

/** Moves a coldkey's locks and flags to another one. @throws ActiveLockExists, AccountRejectsLockedAlpha */
export function swapColdkeyLocks(x: Ext, oldColdkey: AccountId, newColdkey: AccountId): void {
  ensureNoActiveLocks(x, newColdkey);
  const now = currentBlock(x);
  const rates = lockRates(x);
  const rejects = accountRejectsLockedAlpha(x, newColdkey);
  const modes = [...DecayingLock.iterPrefix(x, oldColdkey)];
  const locks = [...Lock.iterPrefix(x, [oldColdkey])].map(([[, netuid, hotkey], lock]) => {
    const kind = {
      owner: isSubnetOwnerHotkey(x, netuid, hotkey),
      perpetual: modes.some(([modeNetuid, decaying]) => modeNetuid === netuid && !decaying),
    };
    const rolled = rollForwardLock(lock, now, rates, kind);
    if (rejects && rolled.locked_mass !== 0n) throw errors.AccountRejectsLockedAlpha;
    return { netuid, hotkey, kind, lock: rolled };
  });
  for (const { netuid, hotkey, lock } of locks) {
    removeLockState(x, oldColdkey, netuid, hotkey);
    reduceAggregateLock(x, oldColdkey, hotkey, netuid, lock.locked_mass, lock.conviction);
  }
  for (const [netuid, decaying] of modes) {
    DecayingLock.remove(x, oldColdkey, netuid);
    DecayingLock.insert(x, newColdkey, netuid, decaying);
  }
  const flags = AccountFlags.take(x, oldColdkey);
  if (flags !== 0n) AccountFlags.insert(x, newColdkey, flags);
  else AccountFlags.remove(x, newColdkey);
  for (const { netuid, hotkey, kind, lock } of locks) {
    const moved = rollForwardLock(lock, now, rates, kind);
    insertLockState(x, newColdkey, netuid, hotkey, moved);
    addAggregateLock(x, newColdkey, hotkey, netuid, moved);
  }
}

/** Storage accesses that a swap counts. */
export interface AccessCount {
  readonly reads: number;
  readonly writes: number;
}

/** Moves the locks on a hotkey to another one, on every subnet. */
export const swapHotkeyLocks = (x: Ext, oldHotkey: AccountId, newHotkey: AccountId): AccessCount =>
  swapHotkeyLocksForNetuids(x, oldHotkey, newHotkey, getAllSubnetNetuids(x));

/** Moves the locks on a hotkey to another one, on one subnet. */
export const swapHotkeyLocksOnSubnet = (
  x: Ext,
  oldHotkey: AccountId,
  newHotkey: AccountId,
  netuid: number,
): AccessCount => swapHotkeyLocksForNetuids(x, oldHotkey, newHotkey, [netuid]);

/** A subnet where locks have to move: whether the old hotkey owned it, and whether the new one does or takes its place. */
interface Move {
  readonly netuid: number;
  readonly fromOwner: boolean;
  readonly toOwner: boolean;
}

function swapHotkeyLocksForNetuids(
  x: Ext,
  oldHotkey: AccountId,
  newHotkey: AccountId,
  netuids: readonly number[],
): AccessCount {
  let reads = 5 * netuids.length;
  let writes = 0;
  const moves = netuids.flatMap((netuid) => moveOn(x, netuid, oldHotkey, newHotkey));
  const locks: { readonly coldkey: AccountId; readonly move: Move; readonly lock: LockState }[] = [];
  for (const move of moves) {
    for (const [[, , coldkey]] of LockingColdkeys.iterPrefix(x, [move.netuid, oldHotkey])) {
      const lock = Lock.get(x, [coldkey, move.netuid, oldHotkey]);
      if (lock) locks.push({ coldkey, move, lock });
      else {
        LockingColdkeys.remove(x, [move.netuid, oldHotkey, coldkey]);
        writes += 1;
      }
      reads += 1;
    }
  }
  for (const { coldkey, move, lock } of locks) {
    moveLockOfColdkey(x, coldkey, move, lock, oldHotkey, newHotkey);
    writes += 2;
  }
  for (const move of moves) {
    moveAggregates(x, move, oldHotkey, newHotkey);
    writes += 6;
  }
  return { reads, writes };
}

function moveOn(x: Ext, netuid: number, oldHotkey: AccountId, newHotkey: AccountId): Move[] {
  const fromOwner = isSubnetOwnerHotkey(x, netuid, oldHotkey);
  const toOwner = fromOwner || isSubnetOwnerHotkey(x, netuid, newHotkey);
  const concerned =
    toOwner ||
    HotkeyLock.containsKey(x, netuid, oldHotkey) ||
    DecayingHotkeyLock.containsKey(x, netuid, oldHotkey) ||
    (fromOwner && (OwnerLock.containsKey(x, netuid) || DecayingOwnerLock.containsKey(x, netuid)));
  return concerned ? [{ netuid, fromOwner, toOwner }] : [];
}

function moveLockOfColdkey(
  x: Ext,
  coldkey: AccountId,
  { netuid, fromOwner, toOwner }: Move,
  lock: LockState,
  oldHotkey: AccountId,
  newHotkey: AccountId,
): void {
  const now = currentBlock(x);
  const rates = lockRates(x);
  const perpetual = isPerpetualLock(x, coldkey, netuid);
  const rolled = rollForwardLock(lock, now, rates, { owner: fromOwner, perpetual });
  const moved = rollForwardLock(rolled, now, rates, { owner: toOwner, perpetual });
  removeLockState(x, coldkey, netuid, oldHotkey);
  insertLockState(x, coldkey, netuid, newHotkey, moved);
}

function moveAggregates(
  x: Ext,
  { netuid, fromOwner, toOwner }: Move,
  oldHotkey: AccountId,
  newHotkey: AccountId,
): void {
  const now = currentBlock(x);
  const rates = lockRates(x);
  const taken = [true, false].map((perpetual) => {
    const kind = { owner: fromOwner, perpetual };
    const lock = takeAggregateLock(x, netuid, oldHotkey, kind);
    return { perpetual, lock: lock && rollForwardLock(lock, now, rates, kind) };
  });
  for (const { perpetual, lock } of taken) {
    if (!lock) continue;
    const kind = { owner: toOwner, perpetual };
    insertAggregateLock(x, netuid, newHotkey, kind, rollForwardLock(lock, now, rates, kind));
  }
}
