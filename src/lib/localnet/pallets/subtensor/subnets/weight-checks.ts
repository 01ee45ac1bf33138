import { saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { getStakeWeightsForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import {
  MinAllowedWeights,
  StakeThreshold,
  SubnetworkN,
  Uids,
  WeightsSetRateLimit,
  WeightsVersionKey,
} from '../storage.ts';
import { getNetuidAndSubid } from './mechanism.ts';
import { getOwnerUid, ROOT_NETUID } from './subnet.ts';
import { getLastUpdateForUid, getValidatorPermitForUid, isUidExistOnNetwork } from './uids.ts';

/** What weights must fulfil. Source: pallets/subtensor subnets/weights.rs, lib.rs `check_weights_min_stake`. */

/** Whether the hotkey has the stake that setting weights takes; the subnet owner's always has. */
export function checkWeightsMinStake(x: Ext, hotkey: AccountId, netuid: number): boolean {
  const owner = getOwnerUid(x, netuid);
  if (owner !== undefined && Uids.get(x, netuid, hotkey) === owner) return true;
  // The total is I64F64. Comparing it, substrate-fixed keeps the threshold's bits: from 2^63 they read as a negative number.
  const threshold = BigInt.asIntN(128, StakeThreshold.get(x) << 64n);
  return getStakeWeightsForHotkeyOnSubnet(x, hotkey, netuid).total >= threshold;
}

export function checkVersionKey(x: Ext, netuid: number, versionKey: bigint): boolean {
  const least = WeightsVersionKey.get(x, netuid);
  return least === 0n || versionKey >= least;
}

/** Whether enough blocks have passed since the neuron last set or committed weights. @param index storage index of the mechanism */
export function checkRateLimit(x: Ext, index: number, uid: number, block: bigint): boolean {
  const netuid = getNetuidAndSubid(x, index)?.netuid;
  if (netuid === undefined || !isUidExistOnNetwork(x, netuid, uid)) return false;
  const last = getLastUpdateForUid(x, index, uid);
  return last === 0n || saturatingSub(block, last) >= WeightsSetRateLimit.get(x, netuid);
}

export const containsInvalidUids = (x: Ext, netuid: number, uids: readonly number[]): boolean =>
  uids.some((uid) => !isUidExistOnNetwork(x, netuid, uid));

export const hasDuplicateUids = (uids: readonly number[]): boolean => new Set(uids).size !== uids.length;

/** Whether the only weight is the neuron's own. */
const isSelfWeight = (uid: number, uids: readonly number[], weights: readonly number[]): boolean =>
  weights.length === 1 && uids[0] === uid;

export function checkValidatorPermit(
  x: Ext,
  netuid: number,
  uid: number,
  uids: readonly number[],
  weights: readonly number[],
): boolean {
  return isSelfWeight(uid, uids, weights) || getOwnerUid(x, netuid) === uid || getValidatorPermitForUid(x, netuid, uid);
}

/** Whether there are as many weights as the subnet asks for. */
export function checkLength(
  x: Ext,
  netuid: number,
  uid: number,
  uids: readonly number[],
  weights: readonly number[],
): boolean {
  const least = Math.min(SubnetworkN.get(x, netuid), MinAllowedWeights.get(x, netuid));
  return (netuid !== ROOT_NETUID && isSelfWeight(uid, uids, weights)) || weights.length >= least;
}

export const checkLenUidsWithinAllowed = (x: Ext, netuid: number, uids: readonly number[]): boolean =>
  uids.length <= SubnetworkN.get(x, netuid);
