import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { dbReads, type PostInfo } from '../../../frame/weight.ts';
import { bool } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { Account, callWithNames, OptionNetUid } from '../call-args.ts';
import { canRemoveBalanceFromColdkeyAccount, recycleTao } from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { alphaIterSinglePrefix, coldkeyOwnsHotkey, hotkeyAccountExists, setHotkeyOwner } from '../staking/helpers.ts';
import { swapHotkeyLocks, swapHotkeyLocksOnSubnet } from '../staking/lock-swap.ts';
import { getStakeForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import {
  ChildKeys,
  Delegates,
  IsNetworkMember,
  LastHotkeySwapOnNetuid,
  OwnedHotkeys,
  Owner,
  RootClaimable,
  RootClaimed,
  StakingHotkeys,
} from '../storage.ts';
import { getAllSubnetNetuids, ROOT_NETUID } from '../subnets/subnet.ts';
import { isSubnetAccountId } from '../subnets/subnet-account.ts';
import { isHotkeyRegisteredOnAnyNetwork, isHotkeyRegisteredOnSpecificNetwork } from '../subnets/uids.ts';
import {
  exceedsTxRateLimit,
  getLastTxBlock,
  getLastTxBlockChildkeyTake,
  getLastTxBlockDelegateTake,
  removeLastTxBlock,
  removeLastTxBlockChildkey,
  removeLastTxBlockDelegateTake,
  setLastTxBlock,
  setLastTxBlockChildkey,
  setLastTxBlockDelegateTake,
} from '../utils/rate-limiting.ts';
import { KEY_SWAP_COST } from './swap-coldkey.ts';
import { charge, type HotkeySwap, performHotkeySwapOnOneSubnet } from './swap-hotkey-on-one-subnet.ts';

/** Replacing a hotkey by another one of the same coldkey. Source: pallets/subtensor swap/swap_hotkey.rs. */

/** Rao that a swap on one subnet costs. */
const KEY_SWAP_ON_SUBNET_COST = 1_000_000n;

/** Blocks between two swaps on one subnet. */
const swapInterval = (x: Ext): bigint => (x.params.fast ? 1n : 7200n);

/**
 * @param netuid the subnet; undefined for all of them
 * @throws DispatchError in the chain's order of checks
 */
function doSwapHotkey(
  x: Ext,
  origin: Origin,
  oldHotkey: AccountId,
  newHotkey: AccountId,
  netuid: number | undefined,
  keepStake: boolean,
): PostInfo {
  const coldkey = ensureSigned(origin);
  if (!coldkeyOwnsHotkey(x, coldkey, oldHotkey)) throw errors.NonAssociatedColdKey;
  if (hotkeyAccountExists(x, newHotkey) && !coldkeyOwnsHotkey(x, coldkey, newHotkey)) throw errors.NonAssociatedColdKey;
  const swap: HotkeySwap = { oldHotkey, newHotkey, keepStake, weight: dbReads(2) };
  if (oldHotkey === newHotkey) throw errors.NewHotKeyIsSameWithOld;
  const block = currentBlock(x);
  if (exceedsTxRateLimit(x, getLastTxBlock(x, coldkey), block)) throw errors.HotKeySetTxRateLimitExceeded;
  charge(swap, 2, 0);
  const taken =
    netuid === undefined
      ? isHotkeyRegisteredOnAnyNetwork(x, newHotkey)
      : isHotkeyRegisteredOnSpecificNetwork(x, newHotkey, netuid);
  if (taken) throw errors.HotKeyAlreadyRegisteredInSubNet;
  if ((netuid === undefined || netuid === ROOT_NETUID) && !isCleanForRoot(x, newHotkey))
    throw errors.NewHotKeyNotCleanForRootSwap;
  setLastTxBlock(x, newHotkey, getLastTxBlock(x, oldHotkey));
  setLastTxBlockDelegateTake(x, newHotkey, getLastTxBlockDelegateTake(x, oldHotkey));
  setLastTxBlockChildkey(x, newHotkey, getLastTxBlockChildkeyTake(x, oldHotkey));
  charge(swap, 3, 3);
  if (netuid === undefined) swapEverywhere(x, coldkey, swap, block);
  else swapOnSubnet(x, coldkey, swap, netuid, block);
  return { actualWeight: swap.weight };
}

/** Whether a hotkey has nothing to do with root's dividends yet. */
function isCleanForRoot(x: Ext, hotkey: AccountId): boolean {
  return (
    RootClaimable.get(x, hotkey).length === 0 &&
    getStakeForHotkeyOnSubnet(x, hotkey, ROOT_NETUID) === 0n &&
    !RootClaimed.hasPrefix(x, [ROOT_NETUID, hotkey])
  );
}

function swapEverywhere(x: Ext, coldkey: AccountId, swap: HotkeySwap, block: bigint): void {
  const { oldHotkey, newHotkey } = swap;
  const netuids = getAllSubnetNetuids(x);
  charge(swap, netuids.length * 2 + 1, 0);
  const affected = netuids.filter(
    (netuid) => IsNetworkMember.get(x, oldHotkey, netuid) || ChildKeys.get(x, oldHotkey, netuid).length > 0,
  );
  for (const netuid of affected) {
    const last = LastHotkeySwapOnNetuid.get(x, netuid, coldkey);
    if (last !== 0n && saturatingAddU64(last, swapInterval(x)) >= block)
      throw errors.HotKeySwapOnSubnetIntervalNotPassed;
    charge(swap, 1, 0);
  }
  if (!canRemoveBalanceFromColdkeyAccount(x, coldkey, KEY_SWAP_COST)) throw errors.NotEnoughBalanceToPaySwapHotKey;
  recycleTao(x, coldkey, KEY_SWAP_COST);
  charge(swap, 3, 2);
  performHotkeySwapOnAllSubnets(x, coldkey, swap);
  for (const netuid of affected) LastHotkeySwapOnNetuid.insert(x, netuid, coldkey, block);
  setLastTxBlock(x, coldkey, block);
  charge(swap, 0, affected.length + 1);
  events.deposit(x, 'HotkeySwapped', { coldkey, old_hotkey: oldHotkey, new_hotkey: newHotkey });
}

function performHotkeySwapOnAllSubnets(x: Ext, coldkey: AccountId, swap: HotkeySwap): void {
  const { oldHotkey, newHotkey } = swap;
  const shares = alphaIterSinglePrefix(x, oldHotkey);
  charge(swap, shares.length, 0);
  const { reads, writes } = swapHotkeyLocks(x, oldHotkey, newHotkey);
  charge(swap, reads, writes);
  Owner.remove(x, oldHotkey);
  setHotkeyOwner(x, coldkey, newHotkey);
  charge(swap, 1, 1);
  const owned = OwnedHotkeys.get(x, coldkey);
  const extended = owned.includes(newHotkey) ? owned : [...owned, newHotkey];
  OwnedHotkeys.insert(
    x,
    coldkey,
    extended.filter((hotkey) => hotkey !== oldHotkey),
  );
  charge(swap, 1, 1);
  for (const netuid of getAllSubnetNetuids(x)) performHotkeySwapOnOneSubnet(x, swap, netuid);
  removeLastTxBlock(x, oldHotkey);
  removeLastTxBlockDelegateTake(x, oldHotkey);
  removeLastTxBlockChildkey(x, oldHotkey);
  charge(swap, 3, 6);
  if (Delegates.containsKey(x, oldHotkey)) {
    Delegates.insert(x, newHotkey, Delegates.take(x, oldHotkey));
    charge(swap, 2, 2);
  }
  if (swap.keepStake) return;
  for (const [staker, , share] of shares) if (share.mantissa !== 0n) renameStakingHotkey(x, swap, staker);
}

function renameStakingHotkey(x: Ext, swap: HotkeySwap, coldkey: AccountId): void {
  const { oldHotkey, newHotkey } = swap;
  const hotkeys = StakingHotkeys.get(x, coldkey);
  charge(swap, 1, 0);
  if (!hotkeys.includes(oldHotkey)) return;
  const others = hotkeys.filter((hotkey) => hotkey !== oldHotkey && hotkey !== newHotkey);
  StakingHotkeys.insert(x, coldkey, [...others, newHotkey]);
  charge(swap, 0, 1);
}

function swapOnSubnet(x: Ext, coldkey: AccountId, swap: HotkeySwap, netuid: number, block: bigint): void {
  const { oldHotkey, newHotkey } = swap;
  const last = LastHotkeySwapOnNetuid.get(x, netuid, coldkey);
  if (saturatingAddU64(last, swapInterval(x)) >= block) throw errors.HotKeySwapOnSubnetIntervalNotPassed;
  charge(swap, 3, 0);
  if (isSubnetAccountId(newHotkey) !== undefined) throw errors.CannotUseSystemAccount;
  charge(swap, 2, 0);
  if (!canRemoveBalanceFromColdkeyAccount(x, coldkey, KEY_SWAP_ON_SUBNET_COST))
    throw errors.NotEnoughBalanceToPaySwapHotKey;
  recycleTao(x, coldkey, KEY_SWAP_ON_SUBNET_COST);
  charge(swap, 1, 1);
  Owner.insert(x, newHotkey, coldkey);
  charge(swap, 1, 1);
  const owned = OwnedHotkeys.get(x, coldkey);
  if (!owned.includes(newHotkey)) {
    OwnedHotkeys.insert(x, coldkey, [...owned, newHotkey]);
    charge(swap, 1, 1);
  }
  const { reads, writes } = swapHotkeyLocksOnSubnet(x, oldHotkey, newHotkey, netuid);
  charge(swap, reads, writes);
  performHotkeySwapOnOneSubnet(x, swap, netuid);
  setLastTxBlock(x, coldkey, block);
  LastHotkeySwapOnNetuid.insert(x, netuid, coldkey, block);
  charge(swap, 0, 2);
  events.deposit(x, 'HotkeySwappedOnSubnet', { coldkey, old_hotkey: oldHotkey, new_hotkey: newHotkey, netuid });
}

/** Calls 70 and 72. */
export const swapHotkeyCalls = {
  swap_hotkey: callWithNames(
    70,
    { hotkey: Account, new_hotkey: Account, netuid: OptionNetUid },
    costs(15_692_038_000n, 28_912n),
    (x, origin, { hotkey, new_hotkey, netuid }) => doSwapHotkey(x, origin, hotkey, new_hotkey, netuid, false),
  ),
  swap_hotkey_v2: callWithNames(
    72,
    { hotkey: Account, new_hotkey: Account, netuid: OptionNetUid, keep_stake: bool },
    costs(5_075_300_000n),
    (x, origin, { hotkey, new_hotkey, netuid, keep_stake }) =>
      doSwapHotkey(x, origin, hotkey, new_hotkey, netuid, keep_stake),
  ),
};
