import type { Ext } from '../../../frame/ext.ts';
import { errors } from '../errors.ts';
import {
  Bonds,
  Incentive,
  LastUpdate,
  MaxAllowedUids,
  MaxMechanismCount,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  TimelockedWeightCommits,
  WeightCommits,
  Weights,
} from '../storage.ts';
import { ifSubnetExist } from './subnet.ts';

/** Incentive mechanisms of a subnet: how many, where they are stored, how they share emission. Source: pallets/subtensor subnets/mechanism.rs. */

/** Netuids per mechanism in storage indices. */
const GLOBAL_MAX_SUBNET_COUNT = 4096;
const MAX_MECHANISM_COUNT_PER_SUBNET = 16;
/** Neurons that a subnet's mechanisms may have together. */
export const DEFAULT_MAX_ALLOWED_UIDS = 256;
const U16_MAX = 0xffff;

/** Key under which a mechanism's weights, bonds, incentives and update blocks are stored. */
export const getMechanismStorageIndex = (netuid: number, mechanism: number): number =>
  Math.min(Math.min(mechanism * GLOBAL_MAX_SUBNET_COUNT, U16_MAX) + netuid, U16_MAX);

/** The netuid in a storage index. */
export const getNetuid = (index: number): number => index % GLOBAL_MAX_SUBNET_COUNT;

/** Netuid and mechanism of a storage index, undefined where there is no such mechanism. */
export function getNetuidAndSubid(
  x: Ext,
  index: number,
): { readonly netuid: number; readonly mechanism: number } | undefined {
  const netuid = getNetuid(index);
  const mechanism = Math.floor(index / GLOBAL_MAX_SUBNET_COUNT);
  const exists = ifSubnetExist(x, netuid) && MechanismCountCurrent.get(x, netuid) > mechanism;
  return exists ? { netuid, mechanism } : undefined;
}

/** Storage indices of all mechanisms of a subnet. */
export function mechanismIndices(x: Ext, netuid: number): readonly number[] {
  const count = MechanismCountCurrent.get(x, netuid);
  return Array.from({ length: count }, (_, mechanism) => getMechanismStorageIndex(netuid, mechanism));
}

/** @throws MechanismDoesNotExist */
export function ensureMechanismExists(x: Ext, netuid: number, mechanism: number): void {
  if (!ifSubnetExist(x, netuid)) throw errors.MechanismDoesNotExist;
  if (MechanismCountCurrent.get(x, netuid) <= mechanism) throw errors.MechanismDoesNotExist;
}

/** @throws TooManyUIDsPerMechanism */
export function ensureMaxUidsOverAllMechanisms(maxUids: number, mechanismCount: number): void {
  if (Math.min(maxUids * mechanismCount, U16_MAX) > DEFAULT_MAX_ALLOWED_UIDS) throw errors.TooManyUIDsPerMechanism;
}

/** @throws MechanismDoesNotExist, InvalidValue, TooManyUIDsPerMechanism */
export function doSetMechanismCount(x: Ext, netuid: number, count: number): void {
  if (!ifSubnetExist(x, netuid)) throw errors.MechanismDoesNotExist;
  if (count === 0 || count > MaxMechanismCount.get(x)) throw errors.InvalidValue;
  ensureMaxUidsOverAllMechanisms(MaxAllowedUids.get(x, netuid), count);
  if (count > MAX_MECHANISM_COUNT_PER_SUBNET) throw errors.InvalidValue;
  updateMechanismCount(x, netuid, count);
}

/** @throws InvalidValue */
export function doSetMaxMechanismCount(x: Ext, count: number): void {
  if (count === 0 || count > MAX_MECHANISM_COUNT_PER_SUBNET) throw errors.InvalidValue;
  MaxMechanismCount.put(x, count);
}

/** Sets the count and forgets what removed mechanisms had; the emission split starts afresh. */
function updateMechanismCount(x: Ext, netuid: number, count: number): void {
  const before = MechanismCountCurrent.get(x, netuid);
  if (before === count) return;
  for (let mechanism = count; mechanism < before; mechanism++) {
    const index = getMechanismStorageIndex(netuid, mechanism);
    Weights.clearPrefix(x, index);
    Incentive.remove(x, index);
    LastUpdate.remove(x, index);
    Bonds.clearPrefix(x, index);
    WeightCommits.clearPrefix(x, index);
    TimelockedWeightCommits.clearPrefix(x, index);
  }
  MechanismCountCurrent.insert(x, netuid, count);
  MechanismEmissionSplit.remove(x, netuid);
}

/**
 * @param split parts of 65535, one per mechanism from the first on; undefined shares equally
 * @throws MechanismDoesNotExist, InvalidValue
 */
export function doSetEmissionSplit(x: Ext, netuid: number, split: readonly number[] | undefined): void {
  if (!ifSubnetExist(x, netuid)) throw errors.MechanismDoesNotExist;
  if (split === undefined) {
    MechanismEmissionSplit.remove(x, netuid);
    return;
  }
  if (split.length === 0 || split.length > MechanismCountCurrent.get(x, netuid)) throw errors.InvalidValue;
  if (split.reduce((sum, part) => sum + part, 0) !== U16_MAX) throw errors.InvalidValue;
  MechanismEmissionSplit.insert(x, netuid, split);
}
