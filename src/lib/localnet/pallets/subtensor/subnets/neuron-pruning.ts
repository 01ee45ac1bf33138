import { saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import {
  BlockAtRegistration,
  Emission,
  ImmuneOwnerUidsLimit,
  ImmunityPeriod,
  Keys,
  MinNonImmuneUids,
  OwnedHotkeys,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetworkN,
  Uids,
} from '../storage.ts';

/** Which neuron makes room in a full subnet. Source: pallets/subtensor subnets/registration.rs `get_neuron_to_prune`. */

interface Neuron {
  readonly uid: number;
  readonly hotkey: AccountId;
}

/** Whether a neuron is still in its immunity period. */
export function getNeuronIsImmune(x: Ext, netuid: number, uid: number): boolean {
  const registered = BlockAtRegistration.get(x, netuid, uid);
  return saturatingSub(currentBlock(x), registered) < BigInt(ImmunityPeriod.get(x, netuid));
}

/** Neurons of the owner that are never pruned: the owner hotkey first, then the owner's longest registered ones, up to the limit. */
export function getImmuneOwnerNeurons(x: Ext, netuid: number, coldkey: AccountId): readonly Neuron[] {
  const limit = ImmuneOwnerUidsLimit.get(x, netuid);
  const registered = OwnedHotkeys.get(x, coldkey).flatMap((hotkey) => {
    const uid = Uids.get(x, netuid, hotkey);
    return uid === undefined ? [] : [{ uid, hotkey, block: BlockAtRegistration.get(x, netuid, uid) }];
  });
  registered.sort((a, b) => (a.block === b.block ? a.uid - b.uid : a.block < b.block ? -1 : 1));
  const immune: Neuron[] = registered.slice(0, limit);
  const hotkey = SubnetOwnerHotkey.tryGet(x, netuid);
  const uid = hotkey === undefined ? undefined : Uids.get(x, netuid, hotkey);
  if (hotkey === undefined || uid === undefined) return immune;
  if (immune.some((neuron) => neuron.uid === uid && neuron.hotkey === hotkey)) return immune;
  return [{ uid, hotkey }, ...immune].slice(0, limit);
}

interface Candidate {
  readonly uid: number;
  readonly emission: bigint;
  readonly block: bigint;
}

function beats(a: Candidate, b: Candidate | undefined): boolean {
  if (b === undefined) return true;
  if (a.emission !== b.emission) return a.emission < b.emission;
  return a.block !== b.block ? a.block < b.block : a.uid < b.uid;
}

/**
 * The neuron with the least emission, then the longest registered, then the lowest uid: among those past their immunity
 * while more than `MinNonImmuneUids` of them are there, else among the immune. Undefined when nobody can go.
 */
export function getNeuronToPrune(x: Ext, netuid: number): number | undefined {
  const owned = new Set(getImmuneOwnerNeurons(x, netuid, SubnetOwner.get(x, netuid)).map(({ hotkey }) => hotkey));
  const emissions = Emission.get(x, netuid);
  const n = SubnetworkN.get(x, netuid);
  let free = 0;
  let bestFree: Candidate | undefined;
  let bestImmune: Candidate | undefined;
  for (let uid = 0; uid < n; uid++) {
    const hotkey = Keys.tryGet(x, netuid, uid);
    if (hotkey === undefined || owned.has(hotkey)) continue;
    const candidate = { uid, emission: emissions[uid] ?? 0n, block: BlockAtRegistration.get(x, netuid, uid) };
    if (getNeuronIsImmune(x, netuid, uid)) {
      if (beats(candidate, bestImmune)) bestImmune = candidate;
    } else {
      free += 1;
      if (beats(candidate, bestFree)) bestFree = candidate;
    }
  }
  if (free > MinNonImmuneUids.get(x, netuid) && bestFree) return bestFree.uid;
  return bestImmune?.uid;
}
