import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { u16 } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { Account, callWithNames } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { Delegates, MaxDelegateTake, MinDelegateTake } from '../storage.ts';
import {
  exceedsTxDelegateTakeRateLimit,
  getLastTxBlockDelegateTake,
  setLastTxBlockDelegateTake,
} from '../utils/rate-limiting.ts';
import { coldkeyOwnsHotkey, hotkeyAccountExists } from './helpers.ts';

/** A delegate's take, parts of 65535. Source: staking/increase_take.rs, decrease_take.rs, utils/misc.rs. */

/** @throws HotKeyAccountNotExists, NonAssociatedColdKey */
function doTakeChecks(x: Ext, coldkey: AccountId, hotkey: AccountId): void {
  if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
  if (!coldkeyOwnsHotkey(x, coldkey, hotkey)) throw errors.NonAssociatedColdKey;
}

/** @throws HotKeyAccountNotExists, NonAssociatedColdKey, DelegateTakeTooLow, DelegateTakeTooHigh, DelegateTxRateLimitExceeded */
function doIncreaseTake(x: Ext, origin: Origin, hotkey: AccountId, take: number): void {
  const coldkey = ensureSigned(origin);
  doTakeChecks(x, coldkey, hotkey);
  const current = Delegates.tryGet(x, hotkey);
  if (current !== undefined && take <= current) throw errors.DelegateTakeTooLow;
  if (take > MaxDelegateTake.get(x)) throw errors.DelegateTakeTooHigh;
  const block = currentBlock(x);
  if (exceedsTxDelegateTakeRateLimit(x, getLastTxBlockDelegateTake(x, hotkey), block))
    throw errors.DelegateTxRateLimitExceeded;
  setLastTxBlockDelegateTake(x, hotkey, block);
  Delegates.insert(x, hotkey, take);
  events.deposit(x, 'TakeIncreased', [coldkey, hotkey, take]);
}

/** @throws HotKeyAccountNotExists, NonAssociatedColdKey, DelegateTakeTooLow */
function doDecreaseTake(x: Ext, origin: Origin, hotkey: AccountId, take: number): void {
  const coldkey = ensureSigned(origin);
  doTakeChecks(x, coldkey, hotkey);
  const current = Delegates.tryGet(x, hotkey);
  if (current !== undefined && take >= current) throw errors.DelegateTakeTooLow;
  if (take < MinDelegateTake.get(x)) throw errors.DelegateTakeTooLow;
  Delegates.insert(x, hotkey, take);
  setLastTxBlockDelegateTake(x, hotkey, currentBlock(x));
  events.deposit(x, 'TakeDecreased', [coldkey, hotkey, take]);
}

export const takeCalls = {
  decrease_take: callWithNames(
    65,
    { hotkey: Account, take: u16 },
    costs(304_895_000n, 4295, 'No'),
    (x, origin, { hotkey, take }) => doDecreaseTake(x, origin, hotkey, take),
  ),
  increase_take: callWithNames(
    66,
    { hotkey: Account, take: u16 },
    costs(362_710_000n, 4388, 'No'),
    (x, origin, { hotkey, take }) => doIncreaseTake(x, origin, hotkey, take),
  ),
};
