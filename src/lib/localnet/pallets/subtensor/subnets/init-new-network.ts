import { saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import { currentBlock } from '../../system/block-number.ts';
import {
  ActivityCutoff,
  Burn,
  Kappa,
  LastEpochBlock,
  NetworksAdded,
  RegistrationsThisInterval,
  SubnetEmissionEnabled,
  SubnetworkN,
  Tempo,
  TotalNetworks,
  Yuma3On,
} from '../storage.ts';
import {
  setImmunityPeriod,
  setMaxAllowedUids,
  setMaxAllowedValidators,
  setMinAllowedWeights,
  setNetworkRegistrationAllowed,
} from '../utils/misc.ts';

const NEURON_BURN_COST = 1_000_000_000n;

/**
 * Settings of a new subnet. Its first epoch is put off by its netuid, so that subnets do not all run theirs in one block.
 *
 * @param tempo blocks between epochs
 * Source: pallets/subtensor subnets/subnet.rs.
 */
export function initNewNetwork(x: Ext, netuid: number, tempo: number): void {
  SubnetworkN.insert(x, netuid, 0);
  NetworksAdded.insert(x, netuid, true);
  Tempo.insert(x, netuid, tempo);
  LastEpochBlock.insert(x, netuid, saturatingSub(currentBlock(x), BigInt(netuid % Math.max(tempo, 1))));
  TotalNetworks.mutate(x, (count) => Math.min(count + 1, 0xffff));
  setNetworkRegistrationAllowed(x, netuid, true);
  setMaxAllowedUids(x, netuid, 256);
  setMaxAllowedValidators(x, netuid, 64);
  setMinAllowedWeights(x, netuid, 1);
  setImmunityPeriod(x, netuid, 5000);
  Yuma3On.insert(x, netuid, true);
  Burn.insert(x, netuid, NEURON_BURN_COST);
  SubnetEmissionEnabled.insert(x, netuid, true);
  // Defaults that are written out, so that they stay when the default changes.
  if (!Kappa.containsKey(x, netuid)) Kappa.insert(x, netuid, Kappa.get(x, netuid));
  if (!ActivityCutoff.containsKey(x, netuid)) ActivityCutoff.insert(x, netuid, ActivityCutoff.get(x, netuid));
  if (!RegistrationsThisInterval.containsKey(x, netuid)) RegistrationsThisInterval.insert(x, netuid, 0);
}
