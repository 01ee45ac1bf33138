import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned } from '../../../frame/origin.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { Account, callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { AutoStakeDestination, AutoStakeDestinationColdkeys, Uids } from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';

/**
 * Names the hotkey that a coldkey's incentives on a subnet are staked on.
 *
 * @throws SubnetNotExists, HotKeyNotRegisteredInSubNet, SameAutoStakeHotkeyAlreadySet
 * Source: macros/dispatches.rs `set_coldkey_auto_stake_hotkey`.
 */
function setColdkeyAutoStakeHotkey(x: Ext, coldkey: AccountId, netuid: number, hotkey: AccountId): void {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (!Uids.containsKey(x, netuid, hotkey)) throw errors.HotKeyNotRegisteredInSubNet;
  const current = AutoStakeDestination.get(x, coldkey, netuid);
  if (current === hotkey) throw errors.SameAutoStakeHotkeyAlreadySet;
  if (current !== undefined) {
    AutoStakeDestinationColdkeys.mutate(x, current, netuid, (coldkeys) => coldkeys.filter((key) => key !== coldkey));
  }
  AutoStakeDestination.insert(x, coldkey, netuid, hotkey);
  AutoStakeDestinationColdkeys.mutate(x, hotkey, netuid, (coldkeys) =>
    coldkeys.includes(coldkey) ? coldkeys : [...coldkeys, coldkey],
  );
  events.deposit(x, 'AutoStakeDestinationSet', { coldkey, netuid, hotkey });
}

export const autoStakeCalls = {
  set_coldkey_auto_stake_hotkey: callWithNames(
    114,
    { netuid: NetUid, hotkey: Account },
    costs(333_853_000n, 4274),
    (x, origin, { netuid, hotkey }) => setColdkeyAutoStakeHotkey(x, ensureSigned(origin), netuid, hotkey),
  ),
};
