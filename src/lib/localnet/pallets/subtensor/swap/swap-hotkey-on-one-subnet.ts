import { saturatingAddU64 } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { StorageDoubleMap } from '../../../frame/storage.ts';
import { addWeight, dbReadsWrites, type Weight } from '../../../frame/weight.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { parentChildSwapHotkey } from '../staking/child-relations.ts';
import { transferRootClaimableForNewHotkey, transferRootClaimedForNewKeys } from '../staking/claim-root.ts';
import {
  addStakingHotkey,
  decreaseStakeForHotkeyAndColdkeyOnSubnet,
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../staking/stake-utils.ts';
import {
  Alpha,
  AlphaDividendsPerSubnet,
  AlphaV2,
  AutoParentDelegationEnabled,
  AutoStakeDestination,
  AutoStakeDestinationColdkeys,
  Axons,
  ChildkeyTake,
  IsNetworkMember,
  Keys,
  LoadedEmission,
  NeuronCertificates,
  PendingChildKeys,
  Prometheus,
  RootClaimable,
  RootClaimed,
  StakingHotkeys,
  SubnetOwnerHotkey,
  TotalHotkeyAlphaLastEpoch,
  Uids,
  WeightCommits,
} from '../storage.ts';
import { mechanismIndices } from '../subnets/mechanism.ts';
import { ROOT_NETUID, setSubnetOwnerHotkey } from '../subnets/subnet.ts';
import { swapVotingPowerForHotkey } from '../utils/voting-power.ts';

/** Two hotkeys, of which the new one takes the old one's place, and the weight that this has taken so far. */
export interface HotkeySwap {
  readonly oldHotkey: AccountId;
  readonly newHotkey: AccountId;
  /** Whether nominators' stake stays with the old hotkey. */
  readonly keepStake: boolean;
  weight: Weight;
}

/** Counts storage accesses as the chain does; they need not be those that happen. */
export function charge(swap: HotkeySwap, reads: number, writes: number): void {
  swap.weight = addWeight(swap.weight, dbReadsWrites(reads, writes));
}

/**
 * Puts the new hotkey in the old one's place on one subnet: its seat, its services, its family, and its stake unless that stays.
 *
 * @throws DispatchError
 * Source: pallets/subtensor swap/swap_hotkey.rs.
 */
export function performHotkeySwapOnOneSubnet(x: Ext, swap: HotkeySwap, netuid: number): void {
  const { oldHotkey, newHotkey } = swap;
  const member = IsNetworkMember.get(x, oldHotkey, netuid);
  IsNetworkMember.remove(x, oldHotkey, netuid);
  IsNetworkMember.insert(x, newHotkey, netuid, member);
  charge(swap, 1, 2);
  if (member) moveSeat(x, swap, netuid);
  if (ChildkeyTake.containsKey(x, oldHotkey, netuid)) {
    ChildkeyTake.insert(x, newHotkey, netuid, ChildkeyTake.take(x, oldHotkey, netuid));
    charge(swap, 1, 2);
  }
  swap.weight = addWeight(swap.weight, parentChildSwapHotkey(x, oldHotkey, newHotkey, netuid));
  renamePendingChild(x, swap, netuid);
  moveAutoStakes(x, swap, netuid);
  const ownerHotkey = SubnetOwnerHotkey.tryGet(x, netuid);
  if (ownerHotkey !== undefined) {
    charge(swap, 1, 0);
    if (ownerHotkey === oldHotkey) {
      setSubnetOwnerHotkey(x, netuid, newHotkey);
      charge(swap, 0, 1);
    }
  }
  if (!swap.keepStake) moveStake(x, swap, netuid);
}

/** What a registered neuron has under its hotkey. */
function moveSeat(x: Ext, swap: HotkeySwap, netuid: number): void {
  const { oldHotkey, newHotkey } = swap;
  const uid = Uids.tryGet(x, netuid, oldHotkey);
  if (uid !== undefined) {
    Uids.remove(x, netuid, oldHotkey);
    Uids.insert(x, netuid, newHotkey, uid);
    Keys.insert(x, netuid, uid, newHotkey);
    charge(swap, 1, 3);
  }
  moveEntry(x, swap, Prometheus, netuid);
  moveEntry(x, swap, Axons, netuid);
  for (const index of mechanismIndices(x, netuid)) moveEntry(x, swap, WeightCommits, index);
  const loaded = LoadedEmission.get(x, netuid);
  if (loaded !== undefined) {
    LoadedEmission.insert(
      x,
      netuid,
      loaded.map(([hotkey, server, validator]) => [hotkey === oldHotkey ? newHotkey : hotkey, server, validator]),
    );
    charge(swap, 1, 2);
  }
  moveEntry(x, swap, NeuronCertificates, netuid);
}

function moveEntry<T, R>(x: Ext, swap: HotkeySwap, map: StorageDoubleMap<number, AccountId, T, R>, key: number): void {
  const value = map.tryGet(x, key, swap.oldHotkey);
  if (value === undefined) return;
  map.remove(x, key, swap.oldHotkey);
  map.insert(x, key, swap.newHotkey, value);
  charge(swap, 1, 2);
}

function renamePendingChild(x: Ext, swap: HotkeySwap, netuid: number): void {
  for (const [parent, [children, coolDown]] of [...PendingChildKeys.iterPrefix(x, netuid)]) {
    charge(swap, 1, 0);
    const at = children.findIndex(([, child]) => child === swap.oldHotkey);
    if (at < 0) continue;
    const [proportion] = children[at]!;
    PendingChildKeys.insert(x, netuid, parent, [
      [...children.slice(0, at), ...children.slice(at + 1), [proportion, swap.newHotkey]],
      coolDown,
    ]);
    charge(swap, 1, 2);
  }
}

function moveAutoStakes(x: Ext, { oldHotkey, newHotkey }: HotkeySwap, netuid: number): void {
  const coldkeys = AutoStakeDestinationColdkeys.tryGet(x, oldHotkey, netuid);
  if (coldkeys === undefined) return;
  for (const coldkey of coldkeys) AutoStakeDestination.insert(x, coldkey, netuid, newHotkey);
  AutoStakeDestinationColdkeys.remove(x, oldHotkey, netuid);
  AutoStakeDestinationColdkeys.insert(x, newHotkey, netuid, coldkeys);
}

function moveStake(x: Ext, swap: HotkeySwap, netuid: number): void {
  const { oldHotkey, newHotkey } = swap;
  const lastEpoch = TotalHotkeyAlphaLastEpoch.take(x, oldHotkey, netuid);
  TotalHotkeyAlphaLastEpoch.mutate(x, newHotkey, netuid, (known) => saturatingAddU64(lastEpoch, known));
  charge(swap, 2, 2);
  const dividends = AlphaDividendsPerSubnet.take(x, netuid, oldHotkey);
  AlphaDividendsPerSubnet.mutate(x, netuid, newHotkey, (known) => saturatingAddU64(dividends, known));
  charge(swap, 2, 2);
  swapVotingPowerForHotkey(x, oldHotkey, newHotkey, netuid);
  charge(swap, 2, 2);
  for (const coldkey of stakersOn(x, swap, netuid)) {
    const alpha = getStakeForHotkeyAndColdkeyOnSubnet(x, oldHotkey, coldkey, netuid);
    decreaseStakeForHotkeyAndColdkeyOnSubnet(x, oldHotkey, coldkey, netuid, alpha);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, newHotkey, coldkey, netuid, alpha);
    charge(swap, 3, 2);
    const hotkeys = StakingHotkeys.get(x, coldkey);
    if (hotkeys.includes(oldHotkey) && !hotkeys.includes(newHotkey)) {
      addStakingHotkey(x, coldkey, newHotkey);
      charge(swap, 0, 1);
    }
  }
  if (netuid === ROOT_NETUID) moveRootClaims(x, swap);
}

/** Coldkeys with shares on the old hotkey in this subnet, ascending. All of its shares count for the weight. */
function stakersOn(x: Ext, swap: HotkeySwap, netuid: number): readonly AccountId[] {
  const coldkeys = new Set<AccountId>();
  for (const map of [Alpha, AlphaV2]) {
    const shares = [...map.iterPrefix(x, [swap.oldHotkey])];
    charge(swap, shares.length, shares.length);
    for (const [[, coldkey, of]] of shares) if (of === netuid) coldkeys.add(coldkey);
  }
  return [...coldkeys].sort();
}

function moveRootClaims(x: Ext, swap: HotkeySwap): void {
  const { oldHotkey, newHotkey } = swap;
  transferRootClaimableForNewHotkey(x, oldHotkey, newHotkey);
  charge(swap, 3, 2);
  for (const [subnet] of RootClaimable.get(x, newHotkey)) {
    const claims = [...RootClaimed.iterPrefix(x, [subnet, oldHotkey])];
    charge(swap, claims.length, 0);
    for (const [[, , coldkey]] of claims) {
      transferRootClaimedForNewKeys(x, subnet, oldHotkey, newHotkey, coldkey, coldkey);
      charge(swap, 2, 2);
    }
  }
  if (AutoParentDelegationEnabled.containsKey(x, oldHotkey)) {
    AutoParentDelegationEnabled.insert(x, newHotkey, AutoParentDelegationEnabled.take(x, oldHotkey));
    charge(swap, 1, 2);
  }
}
