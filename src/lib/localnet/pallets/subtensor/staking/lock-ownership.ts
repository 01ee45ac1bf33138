import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { type AccountId, ZERO_ACCOUNT } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { events } from '../events.ts';
import {
  DecayingHotkeyLock,
  HotkeyLock,
  NetworkRegisteredAt,
  Owner,
  SubnetAlphaOut,
  SubnetOwner,
  SubnetOwnerHotkey,
  Uids,
} from '../storage.ts';
import { registerNeuron } from '../subnets/register-neuron.ts';
import { getAggregateLock, insertAggregateLock, takeAggregateLock } from './conviction-model.ts';
import { emptyLock, type LockKind, type LockState, lockRates, rollForwardLock } from './lock-state.ts';

/** Conviction decides who owns a subnet; U64F64 bits of rao of alpha. Source: staking/lock.rs. */

const ONE_YEAR = 2_629_800n;
const TEN = U64F64.saturatingFromNum(10n);
const PERPETUAL: LockKind = { owner: false, perpetual: true };
const DECAYING: LockKind = { owner: false, perpetual: false };
const OWNER_PERPETUAL: LockKind = { owner: true, perpetual: true };
const OWNER_DECAYING: LockKind = { owner: true, perpetual: false };

const sum = (values: readonly U64F64[]): U64F64 => values.reduce((a, b) => U64F64.saturatingAdd(a, b), 0n);

/** Conviction of one sum of locks as of this block. */
function convictionOf(x: Ext, netuid: number, hotkey: AccountId, kind: LockKind): U64F64 {
  const lock = getAggregateLock(x, netuid, hotkey, kind);
  return lock ? rollForwardLock(lock, currentBlock(x), lockRates(x), kind).conviction : 0n;
}

/** Conviction of all locks on a hotkey. */
export function hotkeyConviction(x: Ext, hotkey: AccountId, netuid: number): U64F64 {
  const kinds =
    hotkey === SubnetOwnerHotkey.get(x, netuid)
      ? [PERPETUAL, DECAYING, OWNER_PERPETUAL, OWNER_DECAYING]
      : [PERPETUAL, DECAYING];
  return sum(kinds.map((kind) => convictionOf(x, netuid, hotkey, kind)));
}

/** Conviction by hotkey, those on the owner's hotkey under that. */
function convictions(x: Ext, netuid: number): Map<AccountId, U64F64> {
  const scores = new Map<AccountId, U64F64>();
  const add = (hotkey: AccountId, lock: LockState, kind: LockKind) => {
    const { conviction } = rollForwardLock(lock, currentBlock(x), lockRates(x), kind);
    scores.set(hotkey, U64F64.saturatingAdd(scores.get(hotkey) ?? 0n, conviction));
  };
  for (const [hotkey, lock] of HotkeyLock.iterPrefix(x, netuid)) add(hotkey, lock, PERPETUAL);
  for (const [hotkey, lock] of DecayingHotkeyLock.iterPrefix(x, netuid)) add(hotkey, lock, DECAYING);
  const owner = SubnetOwnerHotkey.get(x, netuid);
  for (const kind of [OWNER_PERPETUAL, OWNER_DECAYING]) {
    const lock = getAggregateLock(x, netuid, owner, kind);
    if (lock) add(owner, lock, kind);
  }
  return scores;
}

/** Conviction of all locks on a subnet. */
export const getTotalConviction = (x: Ext, netuid: number): U64F64 => sum([...convictions(x, netuid).values()]);

/** The hotkey with the most conviction; of equals the last in order of accounts. */
export function subnetKing(x: Ext, netuid: number): AccountId | undefined {
  let king: readonly [AccountId, U64F64] | undefined;
  for (const score of [...convictions(x, netuid)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!king || score[1] >= king[1]) king = score;
  }
  return king?.[0];
}

/** Adds a sum of locks of one kind to the sum of another. */
function moveAggregate(
  x: Ext,
  netuid: number,
  from: AccountId,
  fromKind: LockKind,
  to: AccountId,
  kind: LockKind,
): void {
  const taken = takeAggregateLock(x, netuid, from, fromKind);
  if (!taken) return;
  const now = currentBlock(x);
  const rates = lockRates(x);
  const moved = rollForwardLock(taken, now, rates, fromKind);
  const stored = getAggregateLock(x, netuid, to, kind);
  const current = stored ? rollForwardLock(stored, now, rates, kind) : emptyLock(now);
  const merged: LockState = {
    locked_mass: saturatingAddU64(current.locked_mass, moved.locked_mass),
    conviction: U64F64.saturatingAdd(current.conviction, moved.conviction),
    last_update: now,
  };
  insertAggregateLock(x, netuid, to, kind, kind.owner ? rollForwardLock(merged, now, rates, kind) : merged);
}

/** Gives the hotkey a uid unless it has one. Whether it has one now. */
function ensureRegistered(x: Ext, netuid: number, hotkey: AccountId): boolean {
  if (Uids.containsKey(x, netuid, hotkey)) return true;
  try {
    registerNeuron(x, netuid, hotkey);
    return true;
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return false;
  }
}

/** Hands a subnet that is a year old to the hotkey with the most conviction, once a tenth of its alpha stands behind owners. */
export function changeSubnetOwnerIfNeeded(x: Ext, netuid: number): void {
  const alphaOut = SubnetAlphaOut.get(x, netuid);
  if (alphaOut === 0n) return;
  if (currentBlock(x) < saturatingAddU64(NetworkRegisteredAt.get(x, netuid), ONE_YEAR)) return;
  if (U64F64.saturatingMul(getTotalConviction(x, netuid), TEN) < U64F64.saturatingFromNum(alphaOut)) return;
  const king = subnetKing(x, netuid);
  if (king === undefined) return;
  const newColdkey = Owner.get(x, king);
  const oldColdkey = SubnetOwner.get(x, netuid);
  if (newColdkey === ZERO_ACCOUNT || newColdkey === oldColdkey) return;
  const oldHotkey = SubnetOwnerHotkey.get(x, netuid);
  if (!ensureRegistered(x, netuid, king)) return;

  moveAggregate(x, netuid, oldHotkey, OWNER_PERPETUAL, oldHotkey, PERPETUAL);
  moveAggregate(x, netuid, oldHotkey, OWNER_DECAYING, oldHotkey, DECAYING);
  moveAggregate(x, netuid, king, PERPETUAL, king, OWNER_PERPETUAL);
  moveAggregate(x, netuid, king, DECAYING, king, OWNER_DECAYING);
  SubnetOwner.insert(x, netuid, newColdkey);
  SubnetOwnerHotkey.insert(x, netuid, king);
  events.deposit(x, 'SubnetOwnerChanged', { netuid, old_coldkey: oldColdkey, new_coldkey: newColdkey });
}
