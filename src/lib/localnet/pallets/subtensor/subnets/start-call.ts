import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { Origin } from '../../../frame/origin.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { FirstEmissionBlockNumber, NetworkRegisteredAt, StartCallDelay, SubtokenEnabled } from '../storage.ts';
import { ensureSubnetOwner, ensureSubnetOwnerOrRoot } from '../utils/ensure-owner.ts';
import { passesRateLimitOnSubnet, setLastBlockOnSubnet } from '../utils/rate-limiting.ts';
import { ifSubnetExist, setSubnetOwnerHotkey } from './subnet.ts';

/** What a subnet's owner does once or rarely. Source: pallets/subtensor subnets/subnet.rs. */

/** Starts emission and trading from the next block on. @throws DispatchError in the chain's order of checks */
function doStartCall(x: Ext, origin: Origin, netuid: number): void {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  ensureSubnetOwner(x, origin, netuid);
  if (FirstEmissionBlockNumber.containsKey(x, netuid)) throw errors.FirstEmissionBlockNumberAlreadySet;
  const block = currentBlock(x);
  if (block < saturatingAddU64(NetworkRegisteredAt.get(x, netuid), StartCallDelay.get(x)))
    throw errors.NeedWaitingMoreBlocksToStarCall;
  const first = saturatingAddU64(block, 1n);
  FirstEmissionBlockNumber.insert(x, netuid, first);
  SubtokenEnabled.insert(x, netuid, true);
  events.deposit(x, 'FirstEmissionBlockNumberSet', [netuid, first]);
}

/** Names the owner's hotkey, at most once in 50,400 blocks, root included. @throws DispatchError */
export function doSetSnOwnerHotkey(x: Ext, origin: Origin, netuid: number, hotkey: AccountId): void {
  ensureSubnetOwnerOrRoot(x, origin, netuid);
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (!passesRateLimitOnSubnet(x, 'SetSNOwnerHotkey', hotkey, netuid)) throw errors.TxRateLimitExceeded;
  setLastBlockOnSubnet(x, 'SetSNOwnerHotkey', hotkey, netuid, currentBlock(x));
  setSubnetOwnerHotkey(x, netuid, hotkey);
}

/** Call 92. */
export const startCalls = {
  start_call: callWithNames(92, { netuid: NetUid }, costs(364_454_000n, 4583n), (x, origin, { netuid }) =>
    doStartCall(x, origin, netuid),
  ),
};
