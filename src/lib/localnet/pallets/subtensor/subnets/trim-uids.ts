import type { Ext } from '../../../frame/ext.ts';
import type { StorageDoubleMap, StorageMap } from '../../../frame/storage.ts';
import { errors } from '../errors.ts';
import {
  Active,
  AlphaDividendsPerSubnet,
  AssociatedEvmAddress,
  Axons,
  BlockAtRegistration,
  Bonds,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  IsNetworkMember,
  Keys,
  LastHotkeyEmissionOnNetuid,
  LastUpdate,
  MaxAllowedUids,
  MinAllowedUids,
  NeuronCertificates,
  Prometheus,
  StakeWeight,
  SubnetOwner,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
  Weights,
} from '../storage.ts';
import { mechanismIndices } from './mechanism.ts';
import { getImmuneOwnerNeurons, getNeuronIsImmune } from './neuron-pruning.ts';
import { ifSubnetExist } from './subnet.ts';

/** Making a subnet smaller. Source: pallets/subtensor subnets/uids.rs `trim_to_max_allowed_uids`. */

/** Immune neurons may be less than this part of what stays, percent. */
const MAX_IMMUNE_PERCENT = 80;

/**
 * Removes the neurons with the least emission until `maxN` are left, and moves the others' uids together.
 *
 * @throws SubnetNotExists, InvalidValue, TrimmingWouldExceedMaxImmunePercentage
 */
export function trimToMaxAllowedUids(x: Ext, netuid: number, maxN: number): void {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (maxN < MinAllowedUids.get(x, netuid) || maxN > MaxAllowedUids.get(x, netuid)) throw errors.InvalidValue;
  MaxAllowedUids.insert(x, netuid, maxN);
  const n = SubnetworkN.get(x, netuid);
  if (n <= maxN) return;
  const immune = immuneUids(x, netuid, n);
  if (percentOf(immune.size, maxN) >= MAX_IMMUNE_PERCENT) throw errors.TrimmingWouldExceedMaxImmunePercentage;
  const kept = removeLowestEmitters(x, netuid, { n, maxN, immune });
  compressVectors(x, netuid, kept);
  compressRows(x, netuid, kept);
  Uids.clearPrefix(x, netuid);
  for (let uid = 0; uid < kept.length; uid++) Uids.insert(x, netuid, Keys.get(x, netuid, uid), uid);
  SubnetworkN.insert(x, netuid, maxN);
}

/** `Percent::from_rational`: rounded down; the whole where the part is greater, and of nothing. */
const percentOf = (part: number, whole: number): number =>
  whole === 0 || part > whole ? 100 : Math.floor((part * 100) / whole);

function immuneUids(x: Ext, netuid: number, n: number): ReadonlySet<number> {
  const owned = new Set(getImmuneOwnerNeurons(x, netuid, SubnetOwner.get(x, netuid)).map(({ uid }) => uid));
  const uids = Array.from({ length: n }, (_, uid) => uid);
  return new Set(uids.filter((uid) => owned.has(uid) || getNeuronIsImmune(x, netuid, uid)));
}

interface Trim {
  readonly n: number;
  readonly maxN: number;
  readonly immune: ReadonlySet<number>;
}

/** Removes neurons from the lowest emission up; answers the uids that stay, ascending. */
function removeLowestEmitters(x: Ext, netuid: number, { n, maxN, immune }: Trim): readonly number[] {
  const emissions = Emission.get(x, netuid);
  const order = emissions.map((_, uid) => uid);
  order.sort((a, b) => (emissions[a] === emissions[b] ? a - b : emissions[a]! > emissions[b]! ? -1 : 1));
  let left = n;
  for (let i = n - 1; i >= 0 && left !== maxN; i--) {
    const uid = order[i];
    if (uid === undefined || immune.has(uid)) continue;
    removeNeuron(x, netuid, uid);
    order.splice(i, 1);
    left -= 1;
  }
  return order.sort((a, b) => a - b);
}

function removeNeuron(x: Ext, netuid: number, uid: number): void {
  const hotkey = Keys.tryGet(x, netuid, uid);
  if (hotkey !== undefined) {
    Uids.remove(x, netuid, hotkey);
    IsNetworkMember.remove(x, hotkey, netuid);
    LastHotkeyEmissionOnNetuid.remove(x, hotkey, netuid);
    AlphaDividendsPerSubnet.remove(x, netuid, hotkey);
    Axons.remove(x, netuid, hotkey);
    NeuronCertificates.remove(x, netuid, hotkey);
    Prometheus.remove(x, netuid, hotkey);
  }
  Keys.remove(x, netuid, uid);
  BlockAtRegistration.remove(x, netuid, uid);
  AssociatedEvmAddress.remove(x, netuid, uid);
  for (const index of mechanismIndices(x, netuid)) {
    Weights.remove(x, index, uid);
    Bonds.remove(x, index, uid);
  }
}

function pick<T>(
  x: Ext,
  map: StorageMap<number, readonly T[], readonly T[]>,
  key: number,
  uids: readonly number[],
  empty: T,
): void {
  const list = map.get(x, key);
  map.insert(
    x,
    key,
    uids.map((uid) => list[uid] ?? empty),
  );
}

function compressVectors(x: Ext, netuid: number, kept: readonly number[]): void {
  pick(x, Emission, netuid, kept, 0n);
  pick(x, Active, netuid, kept, false);
  pick(x, Consensus, netuid, kept, 0);
  pick(x, Dividends, netuid, kept, 0);
  pick(x, ValidatorTrust, netuid, kept, 0);
  pick(x, ValidatorPermit, netuid, kept, false);
  pick(x, StakeWeight, netuid, kept, 0);
  for (const index of mechanismIndices(x, netuid)) {
    pick(x, Incentive, index, kept, 0);
    pick(x, LastUpdate, index, kept, 0n);
  }
}

/** Exchanges what two uids have, absence included. */
function swapEntries<T, R>(
  x: Ext,
  map: StorageDoubleMap<number, number, T, R>,
  key: number,
  a: number,
  b: number,
): void {
  const [first, second] = [map.tryGet(x, key, a), map.tryGet(x, key, b)];
  if (first === undefined) map.remove(x, key, b);
  else map.insert(x, key, b, first);
  if (second === undefined) map.remove(x, key, a);
  else map.insert(x, key, a, second);
}

/** Moves what is stored by uid to the new uids, in ascending order, and renames the targets of weights and bonds. */
function compressRows(x: Ext, netuid: number, kept: readonly number[]): void {
  const renamed = new Map(kept.map((uid, to) => [uid, to]));
  const rename = (row: Uint16Array): Uint16Array => {
    const out: number[] = [];
    for (let i = 0; i < row.length; i += 2) {
      const to = renamed.get(row[i]!);
      if (to !== undefined) out.push(to, row[i + 1]!);
    }
    return Uint16Array.from(out);
  };
  kept.forEach((from, to) => {
    swapEntries(x, Keys, netuid, from, to);
    swapEntries(x, AssociatedEvmAddress, netuid, from, to);
    swapEntries(x, BlockAtRegistration, netuid, from, to);
    for (const index of mechanismIndices(x, netuid)) {
      for (const map of [Weights, Bonds]) {
        swapEntries(x, map, index, from, to);
        map.mutate(x, index, to, rename);
      }
    }
  });
}
