import { saturatingAddU64 } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import {
  ActivityCutoffFactorMilli,
  BondsResetOn,
  CommitRevealWeightsEnabled,
  ImmuneOwnerUidsLimit,
  ImmunityPeriod,
  LastEpochBlock,
  MaxAllowedUids,
  MaxAllowedValidators,
  MaxDelegateTake,
  MinAllowedWeights,
  MinChildkeyTakePerSubnet,
  NetworkRegistrationAllowed,
  RAORecycledForRegistration,
  RevealPeriodEpochs,
  Tempo,
} from '../storage.ts';

/** Settings that more than one place changes, each with its event. Source: pallets/subtensor utils/misc.rs. */

const MIN_IMMUNE_OWNER_UIDS = 1;
const MAX_IMMUNE_OWNER_UIDS = 10;
const MIN_REVEAL_PERIOD = 1n;
const MAX_REVEAL_PERIOD = 100n;

/** Sets the tempo and starts a new cycle at this block. */
export function applyTempoWithCycleReset(x: Ext, netuid: number, tempo: number): void {
  Tempo.insert(x, netuid, tempo);
  events.deposit(x, 'TempoSet', [netuid, tempo]);
  LastEpochBlock.insert(x, netuid, currentBlock(x));
}

export function setNetworkRegistrationAllowed(x: Ext, netuid: number, allowed: boolean): void {
  NetworkRegistrationAllowed.insert(x, netuid, allowed);
  events.deposit(x, 'RegistrationAllowed', [netuid, allowed]);
}

export function setMaxAllowedUids(x: Ext, netuid: number, count: number): void {
  MaxAllowedUids.insert(x, netuid, count);
  events.deposit(x, 'MaxAllowedUidsSet', [netuid, count]);
}

export function setMaxAllowedValidators(x: Ext, netuid: number, count: number): void {
  MaxAllowedValidators.insert(x, netuid, count);
  events.deposit(x, 'MaxAllowedValidatorsSet', [netuid, count]);
}

export function setMinAllowedWeights(x: Ext, netuid: number, count: number): void {
  MinAllowedWeights.insert(x, netuid, count);
  events.deposit(x, 'MinAllowedWeightSet', [netuid, count]);
}

/** @param blocks from a neuron's registration on */
export function setImmunityPeriod(x: Ext, netuid: number, blocks: number): void {
  ImmunityPeriod.insert(x, netuid, blocks);
  events.deposit(x, 'ImmunityPeriodSet', [netuid, blocks]);
}

export function setCommitRevealWeightsEnabled(x: Ext, netuid: number, enabled: boolean): void {
  CommitRevealWeightsEnabled.insert(x, netuid, enabled);
  events.deposit(x, 'CommitRevealEnabled', [netuid, enabled]);
}

export function setActivityCutoffFactorMilli(x: Ext, netuid: number, factorMilli: number): void {
  ActivityCutoffFactorMilli.insert(x, netuid, factorMilli);
  events.deposit(x, 'ActivityCutoffFactorMilliSet', { netuid, factor_milli: factorMilli });
}

export function setBondsReset(x: Ext, netuid: number, enabled: boolean): void {
  BondsResetOn.insert(x, netuid, enabled);
  events.deposit(x, 'BondsResetOnSet', [netuid, enabled]);
}

export function setRaoRecycled(x: Ext, netuid: number, rao: bigint): void {
  RAORecycledForRegistration.insert(x, netuid, rao);
  events.deposit(x, 'RAORecycledForRegistrationSet', [netuid, rao]);
}

export const increaseRaoRecycled = (x: Ext, netuid: number, rao: bigint): void =>
  setRaoRecycled(x, netuid, saturatingAddU64(RAORecycledForRegistration.get(x, netuid), rao));

export function setMinChildkeyTakeForSubnet(x: Ext, netuid: number, take: number): void {
  MinChildkeyTakePerSubnet.insert(x, netuid, take);
  events.deposit(x, 'MinChildKeyTakePerSubnetSet', [netuid, take]);
}

export function setMaxDelegateTake(x: Ext, take: number): void {
  MaxDelegateTake.put(x, take);
  events.deposit(x, 'MaxDelegateTakeSet', take);
}

/** @throws InvalidValue */
export function setOwnerImmuneNeuronLimit(x: Ext, netuid: number, limit: number): void {
  if (limit < MIN_IMMUNE_OWNER_UIDS || limit > MAX_IMMUNE_OWNER_UIDS) throw errors.InvalidValue;
  ImmuneOwnerUidsLimit.insert(x, netuid, limit);
}

/** @throws RevealPeriodTooLarge, RevealPeriodTooSmall */
export function setRevealPeriod(x: Ext, netuid: number, epochs: bigint): void {
  if (epochs > MAX_REVEAL_PERIOD) throw errors.RevealPeriodTooLarge;
  if (epochs < MIN_REVEAL_PERIOD) throw errors.RevealPeriodTooSmall;
  RevealPeriodEpochs.insert(x, netuid, epochs);
  events.deposit(x, 'CommitRevealPeriodsSet', [netuid, epochs]);
}
