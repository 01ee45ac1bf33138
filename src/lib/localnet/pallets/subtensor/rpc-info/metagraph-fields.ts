import { option, tuple, vec } from '../../../scale/compound.ts';
import { I96F32Type } from '../../../scale/fixed-types.ts';
import { bool, compactBigint, compactNumber, u8, u16, u64, u128 } from '../../../scale/primitives.ts';
import { AccountId32 } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import {
  Active,
  AdjustmentAlpha,
  AdjustmentInterval,
  AlphaDividendsPerSubnet,
  BlockAtRegistration,
  BondsMovingAverage,
  Burn,
  CommitRevealWeightsEnabled,
  Consensus,
  Difficulty,
  Dividends,
  Emission,
  IdentitiesV2,
  ImmunityPeriod,
  Incentive,
  Kappa,
  LastMechansimStepBlock,
  LastUpdate,
  LiquidAlphaOn,
  MaxAllowedUids,
  MaxAllowedValidators,
  MaxBurn,
  MaxDifficulty,
  MaxRegistrationsPerBlock,
  MinAllowedWeights,
  MinBurn,
  MinDifficulty,
  NetworkPowRegistrationAllowed,
  NetworkRegisteredAt,
  NetworkRegistrationAllowed,
  Owner,
  RevealPeriodEpochs,
  Rho,
  ServingRateLimit,
  SubnetAlphaIn,
  SubnetAlphaInEmission,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetIdentitiesV3,
  SubnetMovingPrice,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetTAO,
  SubnetTaoInEmission,
  SubnetVolume,
  SubnetworkN,
  TargetRegistrationsPerInterval,
  Tempo,
  TokenSymbol,
  ValidatorPermit,
  WeightsSetRateLimit,
  WeightsVersionKey,
} from '../storage.ts';
import { getNameForSubnet } from '../subnets/subnet-names.ts';
import { AxonInfo, ChainIdentityV2, SubnetIdentityV3 } from '../types.ts';
import { blocksSinceLastStep, pendingAlphaEmission } from './dynamic-info.ts';
import { activityCutoff, alphaHigh, alphaLow } from './hyperparams.ts';
import { getAxonInfo } from './served-info.ts';
import { uidsOf } from './show-subnet.ts';
import { field, maxWeightsLimit, stored } from './subnet-view.ts';

const number = compactNumber(u16);
const big = compactBigint(u64);
const text = vec(compactNumber(u8));
const numbers = vec(number);
const bigs = vec(big);
const dividends = vec(tuple(AccountId32, big));

/** Uids. */
export const uidList = numbers;
/** Committed bytes per account. */
export const commitmentsType = vec(tuple(AccountId32, text));

/** What a metagraph holds, in the chain's order, which is also the order of a selective metagraph's indices. Amounts are rao, ratios parts of 65535. */
export const metagraphFields = {
  netuid: field(number, ({ netuid }) => netuid),
  name: field(text, ({ x, netuid }) => [...getNameForSubnet(x, netuid)]),
  symbol: field(text, ({ x, netuid }) => [...TokenSymbol.get(x, netuid)]),
  identity: stored(option(SubnetIdentityV3), SubnetIdentitiesV3),
  network_registered_at: stored(big, NetworkRegisteredAt),
  owner_hotkey: stored(AccountId32, SubnetOwnerHotkey),
  owner_coldkey: stored(AccountId32, SubnetOwner),
  block: field(big, ({ x }) => currentBlock(x)),
  tempo: stored(number, Tempo),
  last_step: stored(big, LastMechansimStepBlock),
  blocks_since_last_step: field(big, ({ x, netuid }) => blocksSinceLastStep(x, netuid)),
  subnet_emission: field(big, () => 0n),
  alpha_in: stored(big, SubnetAlphaIn),
  alpha_out: stored(big, SubnetAlphaOut),
  tao_in: stored(big, SubnetTAO),
  alpha_out_emission: stored(big, SubnetAlphaOutEmission),
  alpha_in_emission: stored(big, SubnetAlphaInEmission),
  tao_in_emission: stored(big, SubnetTaoInEmission),
  pending_alpha_emission: field(big, ({ x, netuid }) => pendingAlphaEmission(x, netuid)),
  pending_root_emission: field(big, () => 0n),
  subnet_volume: stored(compactBigint(u128), SubnetVolume),
  moving_price: stored(I96F32Type, SubnetMovingPrice),
  rho: stored(number, Rho),
  kappa: stored(number, Kappa),
  min_allowed_weights: stored(number, MinAllowedWeights),
  max_weights_limit: maxWeightsLimit,
  weights_version: stored(big, WeightsVersionKey),
  weights_rate_limit: stored(big, WeightsSetRateLimit),
  activity_cutoff: activityCutoff,
  max_validators: stored(number, MaxAllowedValidators),
  num_uids: stored(number, SubnetworkN),
  max_uids: stored(number, MaxAllowedUids),
  burn: stored(big, Burn),
  difficulty: stored(big, Difficulty),
  registration_allowed: stored(bool, NetworkRegistrationAllowed),
  pow_registration_allowed: stored(bool, NetworkPowRegistrationAllowed),
  immunity_period: stored(number, ImmunityPeriod),
  min_difficulty: stored(big, MinDifficulty),
  max_difficulty: stored(big, MaxDifficulty),
  min_burn: stored(big, MinBurn),
  max_burn: stored(big, MaxBurn),
  adjustment_alpha: stored(big, AdjustmentAlpha),
  adjustment_interval: stored(number, AdjustmentInterval),
  target_regs_per_interval: stored(number, TargetRegistrationsPerInterval),
  max_regs_per_block: stored(number, MaxRegistrationsPerBlock),
  serving_rate_limit: stored(big, ServingRateLimit),
  commit_reveal_weights_enabled: stored(bool, CommitRevealWeightsEnabled),
  commit_reveal_period: stored(big, RevealPeriodEpochs),
  liquid_alpha_enabled: stored(bool, LiquidAlphaOn),
  alpha_high: alphaHigh,
  alpha_low: alphaLow,
  bonds_moving_avg: stored(big, BondsMovingAverage),
  hotkeys: field(vec(AccountId32), ({ hotkeys }) => hotkeys),
  coldkeys: field(vec(AccountId32), ({ x, hotkeys }) => hotkeys.map((hotkey) => Owner.get(x, hotkey))),
  identities: field(vec(option(ChainIdentityV2)), ({ x, hotkeys }) =>
    hotkeys.map((hotkey) => IdentitiesV2.get(x, Owner.get(x, hotkey))),
  ),
  axons: field(vec(AxonInfo), ({ x, netuid, hotkeys }) => hotkeys.map((hotkey) => getAxonInfo(x, netuid, hotkey))),
  active: stored(vec(bool), Active),
  validator_permit: stored(vec(bool), ValidatorPermit),
  pruning_score: field(numbers, () => []),
  last_update: stored(bigs, LastUpdate),
  emission: stored(bigs, Emission),
  dividends: stored(numbers, Dividends),
  incentives: stored(numbers, Incentive),
  consensus: stored(numbers, Consensus),
  trust: field(numbers, () => []),
  rank: field(numbers, () => []),
  block_at_registration: field(bigs, ({ x, netuid }) =>
    uidsOf(x, netuid).map((uid) => BlockAtRegistration.get(x, netuid, uid)),
  ),
  alpha_stake: field(bigs, ({ stake }) => stake.alpha),
  tao_stake: field(bigs, ({ stake }) => stake.tao),
  total_stake: field(bigs, ({ stake }) => stake.total),
  tao_dividends_per_hotkey: field(dividends, ({ hotkeys }) => hotkeys.map((hotkey) => [hotkey, 0n] as const)),
  alpha_dividends_per_hotkey: field(dividends, ({ x, netuid, hotkeys }) =>
    hotkeys.map((hotkey) => [hotkey, AlphaDividendsPerSubnet.get(x, netuid, hotkey)] as const),
  ),
};
