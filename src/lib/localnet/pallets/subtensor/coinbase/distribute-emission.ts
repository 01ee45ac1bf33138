import { U96F32 } from '../../../fixed/fixed.ts';
import { saturatingAddU64 } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { epochWithMechanisms } from '../epoch/epoch-with-mechanisms.ts';
import { events } from '../events.ts';
import { increaseRootClaimableForHotkeyAndSubnet } from '../staking/claim-root.ts';
import { autoLockOwnerCut } from '../staking/lock-owner-cut.ts';
import { increaseStakeForHotkeyAndColdkeyOnSubnet, increaseStakeForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import {
  AlphaDividendsPerSubnet,
  AutoStakeDestination,
  BlockAtRegistration,
  Delegates,
  LastMechansimStepBlock,
  MinerBurned,
  OwnedHotkeys,
  Owner,
  RecycleOrBurn,
  RootAlphaDividendsPerSubnet,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetUidToLeaseId,
  TaoWeight,
  TotalHotkeyAlpha,
  TotalHotkeyAlphaLastEpoch,
  Uids,
} from '../storage.ts';
import { distributeLeasedNetworkDividends } from '../subnets/lease-dividends.ts';
import { burnSubnetAlpha, recycleSubnetAlpha } from './alpha.ts';
import { calculateDividendDistribution, calculateDividendsAndIncentives, getStakeMap } from './dividends.ts';
import type { DrainedEmission } from './epoch-schedule.ts';
import { taoWeightOf } from './root-proportion.ts';

/** What an epoch pays and to whom. Source: coinbase/run_coinbase.rs `distribute_emission` and below. */

const U16_MAX_FIXED = U96F32.saturatingFromNum(65_535n);

/** Runs the epoch of every drained subnet and pays it out, in the order given (ascending netuid). */
export function distributeEmission(x: Ext, drained: readonly DrainedEmission[]): void {
  for (const emission of drained) {
    payEpoch(x, emission, runSubnetEpoch(x, emission));
    LastMechansimStepBlock.insert(x, emission.netuid, currentBlock(x));
  }
}

/** Pays what an epoch owes. */
export function payEpoch(x: Ext, { netuid, ownerCut }: DrainedEmission, { incentives, alpha, root }: EpochDues): void {
  payOwnerCut(x, netuid, ownerCut);
  payIncentives(x, netuid, incentives);
  payAlphaDividends(x, netuid, alpha);
  payRootDividends(x, netuid, root);
}

/** What an epoch owes to each hotkey, in account order: incentive in rao, dividends of both pots as U96F32 of rao. */
export interface EpochDues {
  readonly incentives: readonly (readonly [AccountId, bigint])[];
  readonly alpha: readonly (readonly [AccountId, bigint])[];
  readonly root: readonly (readonly [AccountId, bigint])[];
}

/** Runs and stores the epoch of one subnet; pays nothing yet, but for what childkeys burn. */
export function runSubnetEpoch(x: Ext, { netuid, server, validator, root }: DrainedEmission): EpochDues {
  const earned = epochWithMechanisms(x, netuid, saturatingAddU64(saturatingAddU64(server, validator), root));
  const incentiveSum = earned.reduce((sum, { incentive }) => saturatingAddU64(sum, incentive), 0n);
  // Without any incentive the validators get the miners' part too.
  const validatorPot = incentiveSum === 0n ? saturatingAddU64(validator, server) : validator;
  const { incentives, dividends } = calculateDividendsAndIncentives(x, netuid, earned);
  const stakes = getStakeMap(
    x,
    netuid,
    dividends.map(([hotkey]) => hotkey),
  );
  const pots = calculateDividendDistribution(validatorPot, root, taoWeightOf(TaoWeight.get(x)), stakes, dividends);
  return { incentives, alpha: pots.alpha, root: pots.root };
}

function payOwnerCut(x: Ext, netuid: number, ownerCut: bigint): void {
  const coldkey = SubnetOwner.tryGet(x, netuid);
  const hotkey = SubnetOwnerHotkey.tryGet(x, netuid);
  if (coldkey === undefined || hotkey === undefined) return;
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, ownerCut);
  const lease = SubnetUidToLeaseId.get(x, netuid);
  if (lease !== undefined) distributeLeasedNetworkDividends(x, lease, ownerCut);
  autoLockOwnerCut(x, netuid, ownerCut);
}

/** Hotkeys whose incentive is withheld: the owner's registered ones, the subnet's owner hotkey among them. */
export function getOwnerHotkeys(x: Ext, netuid: number, coldkey: AccountId): AccountId[] {
  const registered = OwnedHotkeys.get(x, coldkey).flatMap((hotkey) => {
    const uid = Uids.get(x, netuid, hotkey);
    return uid === undefined ? [] : [{ hotkey, uid, block: BlockAtRegistration.get(x, netuid, uid) }];
  });
  registered.sort((a, b) => (a.block === b.block ? a.uid - b.uid : a.block < b.block ? 1 : -1));
  const hotkeys = registered.map(({ hotkey }) => hotkey);
  const owner = SubnetOwnerHotkey.tryGet(x, netuid);
  if (owner !== undefined && Uids.get(x, netuid, owner) !== undefined && !hotkeys.includes(owner))
    hotkeys.unshift(owner);
  return hotkeys;
}

function payIncentives(x: Ext, netuid: number, incentives: readonly (readonly [AccountId, bigint])[]): void {
  const ownerHotkeys = new Set(getOwnerHotkeys(x, netuid, SubnetOwner.get(x, netuid)));
  let total = 0n;
  let withheld = 0n;
  for (const [hotkey, incentive] of incentives) {
    total = saturatingAddU64(total, incentive);
    if (ownerHotkeys.has(hotkey)) {
      withheld = saturatingAddU64(withheld, incentive);
      if (RecycleOrBurn.tryGet(x, netuid) === 'Recycle') recycleSubnetAlpha(x, netuid, incentive);
      else burnSubnetAlpha(x, netuid, incentive);
      continue;
    }
    const owner = Owner.get(x, hotkey);
    const destination = AutoStakeDestination.get(x, owner, netuid);
    if (destination !== undefined) {
      events.deposit(x, 'AutoStakeAdded', { netuid, destination, hotkey, owner, incentive });
    }
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, destination ?? hotkey, owner, netuid, incentive);
  }
  const share = U96F32.checkedDiv(U96F32.saturatingFromNum(withheld), U96F32.saturatingFromNum(total)) ?? 0n;
  MinerBurned.insert(x, netuid, share);
}

/** The owner's take and what is left for the nominators, U96F32. */
function splitTake(x: Ext, hotkey: AccountId, amount: bigint): { take: bigint; rest: bigint } {
  const proportion = U96F32.safeDiv(U96F32.saturatingFromNum(BigInt(Delegates.get(x, hotkey))), U16_MAX_FIXED);
  const take = U96F32.saturatingMul(proportion, amount);
  return { take, rest: U96F32.saturatingSub(amount, take) };
}

function payAlphaDividends(x: Ext, netuid: number, dividends: readonly (readonly [AccountId, bigint])[]): void {
  AlphaDividendsPerSubnet.clearPrefix(x, netuid);
  for (const [hotkey, amount] of dividends) {
    const { take, rest } = splitTake(x, hotkey, amount);
    const paid = U96F32.saturatingToU64(rest);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, Owner.get(x, hotkey), netuid, U96F32.saturatingToU64(take));
    increaseStakeForHotkeyOnSubnet(x, hotkey, netuid, paid);
    AlphaDividendsPerSubnet.mutate(x, netuid, hotkey, (total) => saturatingAddU64(total, paid));
    TotalHotkeyAlphaLastEpoch.insert(x, hotkey, netuid, TotalHotkeyAlpha.get(x, hotkey, netuid));
  }
}

function payRootDividends(x: Ext, netuid: number, dividends: readonly (readonly [AccountId, bigint])[]): void {
  RootAlphaDividendsPerSubnet.clearPrefix(x, netuid);
  for (const [hotkey, amount] of dividends) {
    const { take, rest } = splitTake(x, hotkey, amount);
    const paid = U96F32.saturatingToU64(rest);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, Owner.get(x, hotkey), netuid, U96F32.saturatingToU64(take));
    increaseRootClaimableForHotkeyAndSubnet(x, hotkey, netuid, paid);
    RootAlphaDividendsPerSubnet.mutate(x, netuid, hotkey, (total) => saturatingAddU64(total, paid));
  }
}
