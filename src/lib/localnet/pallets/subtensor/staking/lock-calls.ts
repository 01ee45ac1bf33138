import { costs } from '../../../frame/dispatch-info.ts';
import { ensureSigned } from '../../../frame/origin.ts';
import { bool } from '../../../scale/primitives.ts';
import { Account, AlphaBalance, callWithNames, NetUid } from '../call-args.ts';
import { events } from '../events.ts';
import { doLockStake, doMoveLock, doSetPerpetualLock, setAcceptLockedAlpha } from './lock.ts';

/** Calls around locks on stake. Source: macros/dispatches.rs. */
export const lockCalls = {
  lock_stake: callWithNames(
    136,
    { hotkey: Account, netuid: NetUid, amount: AlphaBalance },
    costs(840_995_000n, 7655),
    (x, origin, { hotkey, netuid, amount }) => doLockStake(x, ensureSigned(origin), netuid, hotkey, amount),
  ),
  move_lock: callWithNames(
    137,
    { destination_hotkey: Account, netuid: NetUid },
    costs(1_099_819_000n, 7339),
    (x, origin, { destination_hotkey, netuid }) => doMoveLock(x, ensureSigned(origin), destination_hotkey, netuid),
  ),
  set_perpetual_lock: callWithNames(
    138,
    { netuid: NetUid, enabled: bool },
    costs(400_000_000n),
    (x, origin, { netuid, enabled }) => doSetPerpetualLock(x, ensureSigned(origin), netuid, enabled),
  ),
  set_reject_locked_alpha: callWithNames(142, { enabled: bool }, costs(125_000_000n), (x, origin, { enabled }) => {
    const coldkey = ensureSigned(origin);
    setAcceptLockedAlpha(x, coldkey, !enabled);
    events.deposit(x, 'RejectLockedAlphaUpdated', { coldkey, enabled });
  }),
};
