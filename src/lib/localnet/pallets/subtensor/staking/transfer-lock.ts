import { U64F64 } from '../../../fixed/fixed.ts';
import { minOf, saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import { type ConvictionModel, insertLockState, lockKindOf, readConvictionModel } from './conviction-model.ts';
import {
  addAggregateLock,
  ensureCanReceiveLockedAlpha,
  reduceAggregateLock,
  totalColdkeyAlphaOnSubnet,
} from './lock.ts';
import { emptyLock, type LockState, lockRates, rollForwardLock } from './lock-state.ts';

/** Locks that go with stake to another coldkey. Source: staking/lock.rs. */

/**
 * Moves the locked part of an amount of stake that goes to another coldkey; what is not locked goes first.
 *
 * @throws LockHotkeyMismatch, AccountRejectsLockedAlpha
 */
export function transferLock(
  x: Ext,
  originColdkey: AccountId,
  destinationColdkey: AccountId,
  netuid: number,
  amount: bigint,
): void {
  if (originColdkey === destinationColdkey || amount === 0n) return;
  const now = currentBlock(x);
  const source = readConvictionModel(x, originColdkey, netuid, now);
  if (!source) return;
  const rates = lockRates(x);
  const destination = readConvictionModel(x, destinationColdkey, netuid, now);
  const available = availableBeside(x, originColdkey, netuid, source.model, now);
  destination?.model.rollForward(now, rates);

  let from = source.model.individual;
  let to = destination?.model.individual ?? emptyLock(now);
  const destinationHotkey = destination?.hotkey ?? source.hotkey;
  const moved = { mass: 0n, conviction: 0n };
  const remaining = saturatingSub(amount, minOf(amount, available));
  if (remaining !== 0n) {
    if (destinationHotkey !== source.hotkey) throw errors.LockHotkeyMismatch;
    moved.mass = minOf(remaining, from.locked_mass);
    moved.conviction = convictionShare(from, moved.mass);
    from = {
      ...from,
      locked_mass: saturatingSub(from.locked_mass, moved.mass),
      conviction: U64F64.saturatingSub(from.conviction, moved.conviction),
    };
    to = {
      ...to,
      locked_mass: saturatingAddU64(to.locked_mass, moved.mass),
      conviction: U64F64.saturatingAdd(to.conviction, moved.conviction),
    };
  }
  ensureCanReceiveLockedAlpha(x, destinationColdkey, moved.mass);

  from = rollForwardLock(from, now, rates, lockKindOf(x, originColdkey, netuid, source.hotkey));
  to = rollForwardLock(to, now, rates, lockKindOf(x, destinationColdkey, netuid, destinationHotkey));
  insertLockState(x, originColdkey, netuid, source.hotkey, from);
  insertLockState(x, destinationColdkey, netuid, destinationHotkey, to);
  if (moved.mass === 0n) return;
  reduceAggregateLock(x, originColdkey, source.hotkey, netuid, moved.mass, moved.conviction);
  addAggregateLock(x, destinationColdkey, destinationHotkey, netuid, {
    locked_mass: moved.mass,
    conviction: moved.conviction,
    last_update: now,
  });
}

/** Conviction that belongs to a part of a lock's mass. */
function convictionShare(lock: LockState, mass: bigint): U64F64 {
  if (mass === 0n || lock.locked_mass === 0n) return 0n;
  const part = U64F64.safeDiv(U64F64.saturatingFromNum(mass), U64F64.saturatingFromNum(lock.locked_mass));
  return U64F64.saturatingMul(lock.conviction, part);
}

/** Brings the lock up to date and answers the coldkey's stake that is not in it. */
function availableBeside(x: Ext, coldkey: AccountId, netuid: number, model: ConvictionModel, now: bigint): bigint {
  model.rollForward(now, lockRates(x));
  return saturatingSub(totalColdkeyAlphaOnSubnet(x, coldkey, netuid), model.individual.locked_mass);
}
