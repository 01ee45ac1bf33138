import type { Ext } from '../../../frame/ext.ts';
import type { HotkeyEmission } from '../coinbase/dividends.ts';
import { events } from '../events.ts';
import {
  Active,
  Bonds,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  StakeWeight,
  ValidatorPermit,
  ValidatorTrust,
} from '../storage.ts';
import { aggregateMechanisms, mechanismWeight, type SubnetTerms, splitEmissions } from '../subnets/mechanism-terms.ts';
import { updateVotingPowerForSubnet } from '../utils/voting-power.ts';
import { hotkeysByUid, mechanismStorageIndex, readEpochInput } from './epoch-input.ts';
import type { EpochOutput } from './epoch-types.ts';
import { runEpoch } from './run-epoch.ts';

/**
 * Runs the epoch of each mechanism of a subnet, stores its terms and returns what every hotkey earned, in account order.
 *
 * @param emission rao of alpha for the whole subnet
 * Source: subnets/mechanism.rs `epoch_with_mechanisms`, epoch/run_epoch.rs `persist_*`.
 */
export function epochWithMechanisms(x: Ext, netuid: number, emission: bigint): HotkeyEmission[] {
  const neurons = hotkeysByUid(x, netuid).flatMap((hotkey, uid) => (hotkey === undefined ? [] : [{ uid, hotkey }]));
  const split = splitEmissions(
    emission,
    MechanismCountCurrent.get(x, netuid),
    MechanismEmissionSplit.get(x, netuid)?.slice() ?? null,
  );
  const mechanisms = split.map((part, mechanism) => {
    const terms = runEpoch(readEpochInput(x, netuid, mechanism, part));
    persistMechanismTerms(x, mechanismStorageIndex(netuid, mechanism), neurons, terms);
    return { terms, weight: mechanismWeight(mechanism, part, emission) };
  });
  const terms = aggregateMechanisms(mechanisms);
  persistNetuidTerms(x, netuid, neurons, terms);
  neurons.sort((a, b) => (a.hotkey < b.hotkey ? -1 : 1));
  updateVotingPowerForSubnet(
    x,
    netuid,
    neurons.map(({ uid, hotkey }) => ({
      hotkey,
      newValidatorPermit: terms.newValidatorPermits[uid] ?? false,
      stake: terms.stake[uid] ?? 0n,
    })),
  );
  return neurons.map(({ uid, hotkey }) => ({
    hotkey,
    incentive: terms.serverEmission[uid] ?? 0n,
    dividend: terms.validatorEmission[uid] ?? 0n,
  }));
}

interface Neuron {
  readonly uid: number;
  readonly hotkey: string;
}

function pick<T>(neurons: readonly Neuron[], values: readonly T[], missing: T): T[] {
  return neurons.map(({ uid }) => values[uid] ?? missing);
}

function persistMechanismTerms(x: Ext, index: number, neurons: readonly Neuron[], terms: EpochOutput): void {
  Incentive.insert(x, index, pick(neurons, terms.incentive, 0));
  events.deposit(x, 'IncentiveAlphaEmittedToMiners', {
    netuid: index,
    emissions: pick(neurons, terms.serverEmission, 0n),
  });
  for (const [row, { uid }] of neurons.entries()) Bonds.insert(x, index, row, terms.bonds[uid] ?? new Uint16Array());
}

function persistNetuidTerms(x: Ext, netuid: number, neurons: readonly Neuron[], terms: SubnetTerms): void {
  Active.insert(x, netuid, pick(neurons, terms.active, false));
  Emission.insert(x, netuid, pick(neurons, terms.emission, 0n));
  Consensus.insert(x, netuid, pick(neurons, terms.consensus, 0));
  Dividends.insert(x, netuid, pick(neurons, terms.dividends, 0));
  ValidatorTrust.insert(x, netuid, pick(neurons, terms.validatorTrust, 0));
  ValidatorPermit.insert(x, netuid, pick(neurons, terms.newValidatorPermits, false));
  StakeWeight.insert(x, netuid, pick(neurons, terms.stakeWeight, 0));
}
