import { saturatingAddU64, U64_MAX } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureRoot, ensureSigned, type Origin } from '../../../frame/origin.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { purgeNetuid } from '../../commitments/purge.ts';
import { clearProtocolLiquidity } from '../../swap/swap.ts';
import { currentBlock } from '../../system/block-number.ts';
import { Account, callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { finalizeAllSubnetRootDividends } from '../staking/claim-root.ts';
import { destroyAlphaInOutStakes } from '../staking/destroy-alpha-in-out-stakes.ts';
import { createAccountIfNonExistent, delegateHotkey, hotkeyIsDelegate } from '../staking/helpers.ts';
import { getMovingAlphaPrice, getStakeForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import {
  Keys,
  MaxAllowedUids,
  MaxRegistrationsPerBlock,
  NetworkImmunityPeriod,
  NetworkRegisteredAt,
  NetworksAdded,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  SubnetworkN,
  TargetRegistrationsPerInterval,
  Uids,
} from '../storage.ts';
import { ifSubnetExist, ROOT_NETUID } from '../subnets/subnet.ts';
import { appendNeuron, getHotkeyForNetAndUid, replaceNeuron } from '../subnets/uids.ts';
import { removeNetwork } from './remove-network.ts';

/** The root network and the end of subnets. Source: pallets/subtensor coinbase/root.rs. */

/** Take of a hotkey that becomes a delegate by registering on root: 18 %. */
const ROOT_DELEGATE_TAKE = 11_796;

/** Registers on root, in place of the member with the least stake when it is full. @throws DispatchError in the chain's order */
function doRootRegister(x: Ext, origin: Origin, hotkey: AccountId): void {
  if (!ifSubnetExist(x, ROOT_NETUID)) throw errors.RootNetworkDoesNotExist;
  const coldkey = ensureSigned(origin);
  const thisBlock = RegistrationsThisBlock.get(x, ROOT_NETUID);
  if (thisBlock >= MaxRegistrationsPerBlock.get(x, ROOT_NETUID)) throw errors.TooManyRegistrationsThisBlock;
  const thisInterval = RegistrationsThisInterval.get(x, ROOT_NETUID);
  const perInterval = Math.min(TargetRegistrationsPerInterval.get(x, ROOT_NETUID) * 3, 0xffff);
  if (thisInterval >= perInterval) throw errors.TooManyRegistrationsThisInterval;
  if (Uids.containsKey(x, ROOT_NETUID, hotkey)) throw errors.HotKeyAlreadyRegisteredInSubNet;
  createAccountIfNonExistent(x, coldkey, hotkey);
  const uid = seatOnRoot(x, hotkey);
  if (!hotkeyIsDelegate(x, hotkey)) delegateHotkey(x, hotkey, ROOT_DELEGATE_TAKE);
  RegistrationsThisInterval.insert(x, ROOT_NETUID, thisInterval + 1);
  RegistrationsThisBlock.insert(x, ROOT_NETUID, thisBlock + 1);
  events.deposit(x, 'NeuronRegistered', [ROOT_NETUID, uid, hotkey]);
}

/** @throws StakeTooLowForRoot */
function seatOnRoot(x: Ext, hotkey: AccountId): number {
  const block = currentBlock(x);
  const n = SubnetworkN.get(x, ROOT_NETUID);
  if (n < MaxAllowedUids.get(x, ROOT_NETUID)) {
    appendNeuron(x, ROOT_NETUID, hotkey, block);
    return n;
  }
  let lowestStake = U64_MAX;
  let lowestUid = 0;
  for (const [uid, member] of Keys.iterPrefix(x, ROOT_NETUID)) {
    const stake = getStakeForHotkeyOnSubnet(x, member, ROOT_NETUID);
    if (stake < lowestStake) {
      lowestStake = stake;
      lowestUid = uid;
    }
  }
  getHotkeyForNetAndUid(x, ROOT_NETUID, lowestUid);
  if (lowestStake >= getStakeForHotkeyOnSubnet(x, hotkey, ROOT_NETUID)) throw errors.StakeTooLowForRoot;
  replaceNeuron(x, ROOT_NETUID, lowestUid, hotkey, block);
  return lowestUid;
}

/** Ends a subnet: stakers are paid from its pool and everything about it is removed. @throws SubnetNotExists, DispatchError */
export function doDissolveNetwork(x: Ext, netuid: number): void {
  if (!ifSubnetExist(x, netuid) || netuid === ROOT_NETUID) throw errors.SubnetNotExists;
  finalizeAllSubnetRootDividends(x, netuid);
  destroyAlphaInOutStakes(x, netuid);
  clearProtocolLiquidity(x, netuid);
  purgeNetuid(x, netuid);
  removeNetwork(x, netuid);
  events.deposit(x, 'NetworkRemoved', netuid);
}

/** The subnet past its immunity with the lowest moving price, the older one of equals; undefined when all are immune. */
export function getNetworkToPrune(x: Ext): number | undefined {
  const block = currentBlock(x);
  const immunity = NetworkImmunityPeriod.get(x);
  let weakest: { readonly netuid: number; readonly price: bigint; readonly registered: bigint } | undefined;
  for (const [netuid, added] of NetworksAdded.iter(x)) {
    if (!added || netuid === ROOT_NETUID) continue;
    const registered = NetworkRegisteredAt.get(x, netuid);
    if (block < saturatingAddU64(registered, immunity)) continue;
    const price = getMovingAlphaPrice(x, netuid);
    if (!weakest || price < weakest.price || (price === weakest.price && registered < weakest.registered))
      weakest = { netuid, price, registered };
  }
  return weakest?.netuid;
}

/** Calls 61, 62 and 120. */
export const rootCalls = {
  dissolve_network: callWithNames(
    61,
    { coldkey: Account, netuid: NetUid },
    costs(3_369_000_000n),
    (x, origin, { netuid }) => {
      ensureRoot(origin);
      doDissolveNetwork(x, netuid);
    },
  ),
  root_register: callWithNames(62, { hotkey: Account }, costs(2_178_934_000n, 4981n), (x, origin, { hotkey }) =>
    doRootRegister(x, origin, hotkey),
  ),
  root_dissolve_network: callWithNames(120, { netuid: NetUid }, costs(3_369_000_000n), (x, origin, { netuid }) => {
    ensureRoot(origin);
    doDissolveNetwork(x, netuid);
  }),
};
