import { asDispatchError } from '../../../frame/dispatch-error.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { blake2_256 } from '../../../frame/hashing.ts';
import { ensureRoot, ensureSigned } from '../../../frame/origin.ts';
import { fromHex, toHex } from '../../../scale/bytes.ts';
import { type AccountId, H256 } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { BlockNumber } from '../../system/spec.ts';
import { Account, callWithNames, named, TaoBalance } from '../call-args.ts';
import { recycleTao, transferAllTaoAndKill } from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { transferRootClaimedForNewKeys } from '../staking/claim-root.ts';
import { hotkeyAccountExists, setHotkeyOwner } from '../staking/helpers.ts';
import { setAcceptLockedAlpha } from '../staking/lock.ts';
import { swapColdkeyLocks } from '../staking/lock-swap.ts';
import {
  decreaseStakeForHotkeyAndColdkeyOnSubnet,
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../staking/stake-utils.ts';
import { maybeAddColdkeyIndex, maybeRemoveColdkeyIndex } from '../staking/staking-coldkeys.ts';
import {
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  ColdkeySwapAnnouncementDelay,
  ColdkeySwapAnnouncements,
  ColdkeySwapDisputes,
  ColdkeySwapReannouncementDelay,
  IdentitiesV2,
  OwnedHotkeys,
  Owner,
  StakingHotkeys,
  SubnetOwner,
} from '../storage.ts';
import { getAllSubnetNetuids, ROOT_NETUID } from '../subnets/subnet.ts';
import { setLastTxBlock } from '../utils/rate-limiting.ts';

/** Moving everything that a coldkey has to another one. Source: pallets/subtensor swap/swap_coldkey.rs, macros/dispatches.rs. */

/** Rao that a swap costs. */
export const KEY_SWAP_COST = 100_000_000n;
const U32_MAX = 0xffff_ffff;

const addBlocks = (block: number, delay: number): number => Math.min(block + delay, U32_MAX);

/** Takes the cost of a swap out of existence. @throws NotEnoughBalanceToPaySwapColdKey */
function chargeSwapCost(x: Ext, coldkey: AccountId, rao: bigint): void {
  try {
    recycleTao(x, coldkey, rao);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    throw errors.NotEnoughBalanceToPaySwapColdKey;
  }
}

/** @throws ColdKeyAlreadyAssociated, NewColdKeyIsHotkey, DispatchError of what is moved */
function doSwapColdkey(x: Ext, oldColdkey: AccountId, newColdkey: AccountId): void {
  if (StakingHotkeys.get(x, newColdkey).length > 0) throw errors.ColdKeyAlreadyAssociated;
  if (hotkeyAccountExists(x, newColdkey)) throw errors.NewColdKeyIsHotkey;
  moveIdentity(x, oldColdkey, newColdkey);
  setAcceptLockedAlpha(x, newColdkey, true);
  for (const netuid of getAllSubnetNetuids(x)) {
    if (SubnetOwner.get(x, netuid) === oldColdkey) SubnetOwner.insert(x, netuid, newColdkey);
    moveAutoStakeDestination(x, netuid, oldColdkey, newColdkey);
    moveStake(x, netuid, oldColdkey, newColdkey);
  }
  StakingHotkeys.insert(x, newColdkey, union(StakingHotkeys.get(x, newColdkey), StakingHotkeys.take(x, oldColdkey)));
  moveOwnedHotkeys(x, oldColdkey, newColdkey);
  swapColdkeyLocks(x, oldColdkey, newColdkey);
  transferAllTaoAndKill(x, oldColdkey, newColdkey);
  setLastTxBlock(x, newColdkey, currentBlock(x));
  events.deposit(x, 'ColdkeySwapped', { old_coldkey: oldColdkey, new_coldkey: newColdkey });
}

const union = (known: readonly AccountId[], added: readonly AccountId[]): readonly AccountId[] => [
  ...new Set([...known, ...added]),
];

function moveIdentity(x: Ext, oldColdkey: AccountId, newColdkey: AccountId): void {
  if (IdentitiesV2.get(x, newColdkey) !== undefined) return;
  const identity = IdentitiesV2.take(x, oldColdkey);
  if (identity !== undefined) IdentitiesV2.insert(x, newColdkey, identity);
}

function moveAutoStakeDestination(x: Ext, netuid: number, oldColdkey: AccountId, newColdkey: AccountId): void {
  const hotkey = AutoStakeDestination.get(x, oldColdkey, netuid);
  if (hotkey === undefined) return;
  AutoStakeDestination.remove(x, oldColdkey, netuid);
  AutoStakeDestination.insert(x, newColdkey, netuid, hotkey);
  AutoStakeDestinationColdkeys.mutate(x, hotkey, netuid, (coldkeys) => [
    ...coldkeys.filter((coldkey) => coldkey !== oldColdkey && coldkey !== newColdkey),
    newColdkey,
  ]);
}

function moveStake(x: Ext, netuid: number, oldColdkey: AccountId, newColdkey: AccountId): void {
  for (const hotkey of StakingHotkeys.get(x, oldColdkey)) {
    const alpha = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, oldColdkey, netuid);
    decreaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, oldColdkey, netuid, alpha);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, newColdkey, netuid, alpha);
    if (getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, newColdkey, netuid) === 0n) continue;
    transferRootClaimedForNewKeys(x, netuid, hotkey, hotkey, oldColdkey, newColdkey);
    if (netuid === ROOT_NETUID) maybeAddColdkeyIndex(x, newColdkey);
  }
  if (netuid === ROOT_NETUID) maybeRemoveColdkeyIndex(x, oldColdkey);
}

/** @throws CannotUseSystemAccount */
function moveOwnedHotkeys(x: Ext, oldColdkey: AccountId, newColdkey: AccountId): void {
  const owned = OwnedHotkeys.get(x, oldColdkey);
  for (const hotkey of owned) {
    Owner.remove(x, hotkey);
    setHotkeyOwner(x, newColdkey, hotkey);
  }
  OwnedHotkeys.remove(x, oldColdkey);
  OwnedHotkeys.insert(x, newColdkey, union(OwnedHotkeys.get(x, newColdkey), owned));
}

/** Announces a swap, for a price the first time. @throws ColdkeySwapReannouncedTooEarly, NotEnoughBalanceToPaySwapColdKey */
function announceColdkeySwap(x: Ext, who: AccountId, newColdkeyHash: string): void {
  const now = BlockNumber.get(x);
  const announced = ColdkeySwapAnnouncements.get(x, who);
  if (!announced) chargeSwapCost(x, who, KEY_SWAP_COST);
  else if (now < addBlocks(announced[0], ColdkeySwapReannouncementDelay.get(x)))
    throw errors.ColdkeySwapReannouncedTooEarly;
  const when = addBlocks(now, ColdkeySwapAnnouncementDelay.get(x));
  ColdkeySwapAnnouncements.insert(x, who, [when, newColdkeyHash]);
  events.deposit(x, 'ColdkeySwapAnnounced', { who, new_coldkey_hash: newColdkeyHash });
}

/** @throws DispatchError in the chain's order of checks */
function swapColdkeyAnnounced(x: Ext, who: AccountId, newColdkey: AccountId): void {
  const announced = ColdkeySwapAnnouncements.take(x, who);
  if (!announced) throw errors.ColdkeySwapAnnouncementNotFound;
  const [when, hash] = announced;
  if (hash !== toHex(blake2_256(fromHex(newColdkey)))) throw errors.AnnouncedColdkeyHashDoesNotMatch;
  if (BlockNumber.get(x) < when) throw errors.ColdkeySwapTooEarly;
  doSwapColdkey(x, who, newColdkey);
}

function clearAnnouncement(x: Ext, who: AccountId): void {
  const announced = ColdkeySwapAnnouncements.get(x, who);
  if (!announced) throw errors.ColdkeySwapAnnouncementNotFound;
  if (BlockNumber.get(x) < addBlocks(announced[0], ColdkeySwapReannouncementDelay.get(x)))
    throw errors.ColdkeySwapClearTooEarly;
  ColdkeySwapAnnouncements.remove(x, who);
  events.deposit(x, 'ColdkeySwapCleared', { who });
}

function disputeSwap(x: Ext, coldkey: AccountId): void {
  if (!ColdkeySwapAnnouncements.containsKey(x, coldkey)) throw errors.ColdkeySwapAnnouncementNotFound;
  if (ColdkeySwapDisputes.containsKey(x, coldkey)) throw errors.ColdkeySwapAlreadyDisputed;
  ColdkeySwapDisputes.insert(x, coldkey, BlockNumber.get(x));
  events.deposit(x, 'ColdkeySwapDisputed', { coldkey });
}

/** Calls 71, 73, 125 to 128 and 133. */
export const swapColdkeyCalls = {
  swap_coldkey: callWithNames(
    71,
    { old_coldkey: Account, new_coldkey: Account, swap_cost: TaoBalance },
    costs(3_137_301_000n, 13_056n),
    (x, origin, { old_coldkey, new_coldkey, swap_cost }) => {
      ensureRoot(origin);
      if (swap_cost !== 0n) chargeSwapCost(x, old_coldkey, swap_cost);
      doSwapColdkey(x, old_coldkey, new_coldkey);
      ColdkeySwapAnnouncements.remove(x, old_coldkey);
      ColdkeySwapDisputes.remove(x, old_coldkey);
    },
  ),
  schedule_swap_coldkey: callWithNames(73, { new_coldkey: Account }, costs(125_000_000n), () => {
    throw errors.Deprecated;
  }),
  announce_coldkey_swap: callWithNames(
    125,
    { new_coldkey_hash: named(H256, 'T::Hash') },
    costs(447_248_000n, 4159n),
    (x, origin, { new_coldkey_hash }) => announceColdkeySwap(x, ensureSigned(origin), new_coldkey_hash),
  ),
  swap_coldkey_announced: callWithNames(
    126,
    { new_coldkey: Account },
    costs(2_713_156_000n, 13_000n),
    (x, origin, { new_coldkey }) => swapColdkeyAnnounced(x, ensureSigned(origin), new_coldkey),
  ),
  dispute_coldkey_swap: callWithNames(127, {}, costs(173_293_000n, 4130n), (x, origin) =>
    disputeSwap(x, ensureSigned(origin)),
  ),
  reset_coldkey_swap: callWithNames(128, { coldkey: Account }, costs(208_857_000n), (x, origin, { coldkey }) => {
    ensureRoot(origin);
    ColdkeySwapAnnouncements.remove(x, coldkey);
    ColdkeySwapDisputes.remove(x, coldkey);
    events.deposit(x, 'ColdkeySwapReset', { who: coldkey });
  }),
  clear_coldkey_swap_announcement: callWithNames(133, {}, costs(167_890_000n), (x, origin) =>
    clearAnnouncement(x, ensureSigned(origin)),
  ),
};
