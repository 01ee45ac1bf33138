import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { NetworkRateLimit, NetworksAdded, SubnetOwnerHotkey, Uids } from '../storage.ts';
import { isSubnetAccountId } from './subnet-account.ts';

/** Which subnets there are and who owns them. Source: pallets/subtensor subnets/subnet.rs, utils/misc.rs. */

export const ROOT_NETUID = 0;

export const ifSubnetExist = (x: Ext, netuid: number): boolean => NetworksAdded.get(x, netuid);

/** Every netuid, root included, in storage order. */
export const getAllSubnetNetuids = (x: Ext): readonly number[] => [...NetworksAdded.keys(x)];

/** The lowest free netuid from 1 on. */
export function getNextNetuid(x: Ext): number {
  const taken = new Set(getAllSubnetNetuids(x));
  let netuid = 1;
  while (taken.has(netuid)) netuid += 1;
  return netuid;
}

export function setNetworkRateLimit(x: Ext, blocks: bigint): void {
  NetworkRateLimit.put(x, blocks);
  events.deposit(x, 'NetworkRateLimitSet', blocks);
}

/** @throws CannotUseSystemAccount */
export function setSubnetOwnerHotkey(x: Ext, netuid: number, hotkey: AccountId): void {
  if (isSubnetAccountId(hotkey) !== undefined) throw errors.CannotUseSystemAccount;
  SubnetOwnerHotkey.insert(x, netuid, hotkey);
  events.deposit(x, 'SubnetOwnerHotkeySet', [netuid, hotkey]);
}

/** The owner hotkey's uid, undefined while it has none. */
export function getOwnerUid(x: Ext, netuid: number): number | undefined {
  const hotkey = SubnetOwnerHotkey.tryGet(x, netuid);
  return hotkey === undefined ? undefined : Uids.get(x, netuid, hotkey);
}
