import type { Ext } from '../../../frame/ext.ts';
import type { StorageMap } from '../../../frame/storage.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { errors } from '../errors.ts';
import {
  Active,
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
  LastUpdate,
  NeuronCertificates,
  Prometheus,
  StakeWeight,
  SubnetOwnerHotkey,
  SubnetworkN,
  Uids,
  ValidatorPermit,
  ValidatorTrust,
  Weights,
} from '../storage.ts';
import { getNetuid, mechanismIndices } from './mechanism.ts';

/** Neurons by uid: adding, replacing, finding them. Source: pallets/subtensor subnets/uids.rs, utils/misc.rs. */

type ListMap<T> = StorageMap<number, readonly T[], readonly T[]>;

/** The list with one element changed; as it is where it has no such element. */
function withElement<T>(list: readonly T[], at: number, value: T): readonly T[] {
  return at < list.length ? list.with(at, value) : list;
}

function setElement<T>(x: Ext, map: ListMap<T>, key: number, at: number, value: T): void {
  map.mutate(x, key, (list) => withElement(list, at, value));
}

function append<T>(x: Ext, map: ListMap<T>, key: number, value: T): void {
  map.mutate(x, key, (list) => [...list, value]);
}

/** Update blocks of a mechanism's neurons, filled up with zeros to the number of neurons. */
function getLastUpdate(x: Ext, index: number): readonly bigint[] {
  const known = LastUpdate.get(x, index);
  const missing = SubnetworkN.get(x, getNetuid(index)) - known.length;
  return missing > 0 ? [...known, ...Array<bigint>(missing).fill(0n)] : known;
}

export function setLastUpdateForUid(x: Ext, index: number, uid: number, block: bigint): void {
  const updates = getLastUpdate(x, index);
  if (uid < updates.length) LastUpdate.insert(x, index, updates.with(uid, block));
}

function setActiveForUid(x: Ext, netuid: number, uid: number, active: boolean): void {
  const known = Active.get(x, netuid);
  if (uid < known.length) Active.insert(x, netuid, known.with(uid, active));
}

export const getLastUpdateForUid = (x: Ext, index: number, uid: number): bigint => LastUpdate.get(x, index)[uid] ?? 0n;
export const getValidatorPermitForUid = (x: Ext, netuid: number, uid: number): boolean =>
  ValidatorPermit.get(x, netuid)[uid] ?? false;

/** Puts a neuron's weights, bonds and results back to nothing; others' weights to it become 0. */
function clearNeuron(x: Ext, netuid: number, uid: number): void {
  setElement(x, Emission, netuid, uid, 0n);
  setElement(x, Consensus, netuid, uid, 0);
  for (const index of mechanismIndices(x, netuid)) {
    setElement(x, Incentive, index, uid, 0);
    Bonds.remove(x, index, uid);
    Weights.remove(x, index, uid);
    for (const from of [...Weights.keysPrefix(x, index)]) {
      Weights.mutate(x, index, from, (row) => {
        const changed = row.slice();
        for (let i = 0; i < row.length; i += 2) if (row[i] === uid) changed[i + 1] = 0;
        return changed;
      });
    }
  }
  setElement(x, Dividends, netuid, uid, 0);
  setElement(x, StakeWeight, netuid, uid, 0);
  setElement(x, ValidatorTrust, netuid, uid, 0);
  setElement(x, ValidatorPermit, netuid, uid, false);
}

/** Gives a uid to another hotkey; does nothing where the subnet owner's hotkey holds it. */
export function replaceNeuron(x: Ext, netuid: number, uid: number, newHotkey: AccountId, block: bigint): void {
  const oldHotkey = Keys.get(x, netuid, uid);
  if (SubnetOwnerHotkey.tryGet(x, netuid) === oldHotkey) return;
  Uids.remove(x, netuid, oldHotkey);
  AssociatedEvmAddress.remove(x, netuid, uid);
  IsNetworkMember.remove(x, oldHotkey, netuid);
  Keys.remove(x, netuid, uid);
  setActiveForUid(x, netuid, uid, true);
  takeSeat(x, netuid, uid, newHotkey, block);
  Axons.remove(x, netuid, oldHotkey);
  NeuronCertificates.remove(x, netuid, oldHotkey);
  Prometheus.remove(x, netuid, oldHotkey);
  clearNeuron(x, netuid, uid);
  for (const index of mechanismIndices(x, netuid)) setLastUpdateForUid(x, index, uid, block);
}

/** Adds a neuron at the end. */
export function appendNeuron(x: Ext, netuid: number, hotkey: AccountId, block: bigint): void {
  const uid = SubnetworkN.get(x, netuid);
  SubnetworkN.insert(x, netuid, Math.min(uid + 1, 0xffff));
  append(x, Active, netuid, true);
  append(x, Emission, netuid, 0n);
  append(x, Consensus, netuid, 0);
  for (const index of mechanismIndices(x, netuid)) {
    append(x, Incentive, index, 0);
    setLastUpdateForUid(x, index, uid, block);
  }
  append(x, Dividends, netuid, 0);
  append(x, ValidatorTrust, netuid, 0);
  append(x, ValidatorPermit, netuid, false);
  takeSeat(x, netuid, uid, hotkey, block);
}

function takeSeat(x: Ext, netuid: number, uid: number, hotkey: AccountId, block: bigint): void {
  Keys.insert(x, netuid, uid, hotkey);
  Uids.insert(x, netuid, hotkey, uid);
  BlockAtRegistration.insert(x, netuid, uid, block);
  IsNetworkMember.insert(x, hotkey, netuid, true);
}

export const isUidExistOnNetwork = (x: Ext, netuid: number, uid: number): boolean => Keys.containsKey(x, netuid, uid);
export const isHotkeyRegisteredOnNetwork = (x: Ext, netuid: number, hotkey: AccountId): boolean =>
  Uids.containsKey(x, netuid, hotkey);

/** @throws HotKeyNotRegisteredInSubNet */
export function getHotkeyForNetAndUid(x: Ext, netuid: number, uid: number): AccountId {
  const hotkey = Keys.tryGet(x, netuid, uid);
  if (hotkey === undefined) throw errors.HotKeyNotRegisteredInSubNet;
  return hotkey;
}

/** @throws HotKeyNotRegisteredInSubNet */
export function getUidForNetAndHotkey(x: Ext, netuid: number, hotkey: AccountId): number {
  const uid = Uids.tryGet(x, netuid, hotkey);
  if (uid === undefined) throw errors.HotKeyNotRegisteredInSubNet;
  return uid;
}

export function getRegisteredNetworksForHotkey(x: Ext, hotkey: AccountId): readonly number[] {
  return [...IsNetworkMember.iterPrefix(x, hotkey)].filter(([, member]) => member).map(([netuid]) => netuid);
}

export function isHotkeyRegisteredOnAnyNetwork(x: Ext, hotkey: AccountId): boolean {
  for (const [, member] of IsNetworkMember.iterPrefix(x, hotkey)) if (member) return true;
  return false;
}

/** Whether a membership is recorded at all, even a false one. */
export const isHotkeyRegisteredOnSpecificNetwork = (x: Ext, hotkey: AccountId, netuid: number): boolean =>
  IsNetworkMember.containsKey(x, hotkey, netuid);
