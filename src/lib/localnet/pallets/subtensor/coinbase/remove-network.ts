import type { Ext } from '../../../frame/ext.ts';
import { events } from '../events.ts';
import { destroyLockMaps } from '../staking/lock.ts';
import {
  AccumulatedLeaseDividends,
  Active,
  ActivityCutoff,
  ActivityCutoffFactorMilli,
  AlphaDividendsPerSubnet,
  AlphaSigmoidSteepness,
  AlphaValues,
  AssociatedEvmAddress,
  Axons,
  BlockAtRegistration,
  BlocksSinceLastStep,
  Bonds,
  BondsMovingAverage,
  BondsPenalty,
  BondsResetOn,
  Burn,
  BurnHalfLife,
  BurnIncreaseMult,
  BurnRegistrationsThisInterval,
  ChildKeys,
  ChildkeyTake,
  CommitRevealWeightsEnabled,
  Consensus,
  CRV3WeightCommits,
  CRV3WeightCommitsV2,
  Difficulty,
  Dividends,
  EMAPriceHalvingBlocks,
  Emission,
  FirstEmissionBlockNumber,
  ImmuneOwnerUidsLimit,
  ImmunityPeriod,
  Incentive,
  IsNetworkMember,
  Kappa,
  Keys,
  LargestLocked,
  LastAdjustmentBlock,
  LastEpochBlock,
  LastHotkeyEmissionOnNetuid,
  LastHotkeySwapOnNetuid,
  LastMechansimStepBlock,
  LastUpdate,
  LiquidAlphaOn,
  LoadedEmission,
  MaxAllowedUids,
  MaxAllowedValidators,
  MaxBurn,
  MaxDifficulty,
  MaxRegistrationsPerBlock,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  MinAllowedWeights,
  MinBurn,
  MinDifficulty,
  MinerBurned,
  NetworkPowRegistrationAllowed,
  NetworkRegisteredAt,
  NetworkRegistrationAllowed,
  NetworksAdded,
  NeuronCertificates,
  OwnerCutAutoLockEnabled,
  ParentKeys,
  PendingChildKeys,
  PendingEpochAt,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  POWRegistrationsThisInterval,
  Prometheus,
  RAORecycledForRegistration,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  RevealPeriodEpochs,
  Rho,
  ScalingLawPower,
  ServingRateLimit,
  StakeWeight,
  SubnetAlphaInEmission,
  SubnetAlphaOutEmission,
  SubnetEmaProtocolFlow,
  SubnetEmaTaoFlow,
  SubnetEpochIndex,
  SubnetExcessTao,
  SubnetIdentitiesV3,
  SubnetLeaseShares,
  SubnetLeases,
  SubnetLocked,
  SubnetMechanism,
  SubnetMovingPrice,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetProtocolFlow,
  SubnetRootSellTao,
  SubnetTaoFlow,
  SubnetTaoInEmission,
  SubnetUidToLeaseId,
  SubnetVolume,
  SubnetworkN,
  SubtokenEnabled,
  TargetRegistrationsPerInterval,
  Tempo,
  TimelockedWeightCommits,
  TokenSymbol,
  TotalHotkeyAlphaLastEpoch,
  TotalNetworks,
  TransactionKeyLastBlock,
  TransferToggle,
  Uids,
  ValidatorPermit,
  ValidatorPruneLen,
  ValidatorTrust,
  WeightCommits,
  Weights,
  WeightsSetRateLimit,
  WeightsVersionKey,
  Yuma3On,
} from '../storage.ts';
import { mechanismIndices } from '../subnets/mechanism.ts';
import { ROOT_NETUID } from '../subnets/subnet.ts';

/** What is removed with a subnet, in the chain's order where it matters. Source: pallets/subtensor coinbase/root.rs `remove_network`. */

/** Maps by netuid that lose the subnet's entry. */
const BY_NETUID = [
  SubnetOwner,
  SubnetworkN,
  NetworksAdded,
  NetworkRegisteredAt,
  Active,
  Emission,
  Consensus,
  Dividends,
  ValidatorPermit,
  ValidatorTrust,
  Tempo,
  Kappa,
  Difficulty,
  MaxAllowedUids,
  ImmunityPeriod,
  ActivityCutoff,
  ActivityCutoffFactorMilli,
  LastEpochBlock,
  PendingEpochAt,
  SubnetEpochIndex,
  MinAllowedWeights,
  RegistrationsThisInterval,
  POWRegistrationsThisInterval,
  BurnRegistrationsThisInterval,
  SubnetAlphaInEmission,
  SubnetAlphaOutEmission,
  SubnetTaoInEmission,
  SubnetVolume,
  SubnetMovingPrice,
  SubnetTaoFlow,
  SubnetEmaTaoFlow,
  SubnetProtocolFlow,
  SubnetEmaProtocolFlow,
  SubnetExcessTao,
  SubnetRootSellTao,
  TokenSymbol,
  SubnetMechanism,
  SubnetOwnerHotkey,
  NetworkRegistrationAllowed,
  NetworkPowRegistrationAllowed,
  TransferToggle,
  SubnetLocked,
  LargestLocked,
  FirstEmissionBlockNumber,
  PendingValidatorEmission,
  PendingServerEmission,
  PendingRootAlphaDivs,
  PendingOwnerCut,
  MinerBurned,
  BlocksSinceLastStep,
  LastMechansimStepBlock,
  LastAdjustmentBlock,
  ServingRateLimit,
  Rho,
  AlphaSigmoidSteepness,
  MaxAllowedValidators,
  BondsMovingAverage,
  BondsPenalty,
  BondsResetOn,
  WeightsSetRateLimit,
  ValidatorPruneLen,
  ScalingLawPower,
  TargetRegistrationsPerInterval,
  CommitRevealWeightsEnabled,
  BurnHalfLife,
  BurnIncreaseMult,
  Burn,
  MinBurn,
  MaxBurn,
  MinDifficulty,
  MaxDifficulty,
  RegistrationsThisBlock,
  EMAPriceHalvingBlocks,
  RAORecycledForRegistration,
  MaxRegistrationsPerBlock,
  WeightsVersionKey,
  LiquidAlphaOn,
  Yuma3On,
  AlphaValues,
  SubtokenEnabled,
  OwnerCutAutoLockEnabled,
  ImmuneOwnerUidsLimit,
  StakeWeight,
  LoadedEmission,
  RevealPeriodEpochs,
  MechanismEmissionSplit,
];

/** Maps whose first key is the netuid. */
const BY_NETUID_AND_MORE = [
  Uids,
  BlockAtRegistration,
  Axons,
  NeuronCertificates,
  Prometheus,
  AlphaDividendsPerSubnet,
  PendingChildKeys,
  AssociatedEvmAddress,
  LastHotkeySwapOnNetuid,
];

/** Maps by hotkey, then netuid. */
const BY_ACCOUNT_AND_NETUID = [
  ChildkeyTake,
  ChildKeys,
  ParentKeys,
  LastHotkeyEmissionOnNetuid,
  TotalHotkeyAlphaLastEpoch,
];

/** Maps by storage index of a mechanism. */
const BY_MECHANISM = [LastUpdate, Incentive];

/** Maps whose first key is the storage index of a mechanism. */
const BY_MECHANISM_AND_MORE = [
  WeightCommits,
  TimelockedWeightCommits,
  CRV3WeightCommits,
  CRV3WeightCommitsV2,
  Bonds,
  Weights,
];

/** Removes everything that is stored about a subnet but what outlives it on the chain too. Event SubnetIdentityRemoved if it had one. */
export function removeNetwork(x: Ext, netuid: number): void {
  TotalNetworks.mutate(x, (count) => Math.max(count - 1, 0));
  const hotkeys = [...Keys.iterPrefix(x, netuid)].map(([, hotkey]) => hotkey);
  Keys.clearPrefix(x, netuid);
  forgetRootWeightsTo(x, netuid);
  for (const hotkey of hotkeys) IsNetworkMember.remove(x, hotkey, netuid);
  for (const index of mechanismIndices(x, netuid)) {
    for (const map of BY_MECHANISM) map.remove(x, index);
    for (const map of BY_MECHANISM_AND_MORE) map.clearPrefix(x, index);
  }
  MechanismCountCurrent.remove(x, netuid);
  for (const map of BY_NETUID) map.remove(x, netuid);
  for (const map of BY_NETUID_AND_MORE) map.clearPrefix(x, netuid);
  if (SubnetIdentitiesV3.containsKey(x, netuid)) {
    SubnetIdentitiesV3.remove(x, netuid);
    events.deposit(x, 'SubnetIdentityRemoved', netuid);
  }
  for (const map of BY_ACCOUNT_AND_NETUID) {
    for (const [hotkey, of] of [...map.iter(x)]) if (of === netuid) map.remove(x, hotkey, netuid);
  }
  for (const [keys] of [...TransactionKeyLastBlock.iter(x)])
    if (keys[1] === netuid) TransactionKeyLastBlock.remove(x, keys);
  const lease = SubnetUidToLeaseId.take(x, netuid);
  if (lease !== undefined) {
    SubnetLeases.remove(x, lease);
    SubnetLeaseShares.clearPrefix(x, lease);
    AccumulatedLeaseDividends.remove(x, lease);
  }
  destroyLockMaps(x, netuid);
}

/** Root validators' old weights on subnets: the entry stays with weight 0. */
function forgetRootWeightsTo(x: Ext, netuid: number): void {
  for (const [uid, row] of [...Weights.iterPrefix(x, ROOT_NETUID)]) {
    const changed = row.slice();
    for (let i = 0; i < row.length; i += 2) if (row[i] === netuid) changed[i + 1] = 0;
    Weights.insert(x, ROOT_NETUID, uid, changed);
  }
}
