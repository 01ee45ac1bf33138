import { I32F32 } from '../../../fixed/fixed.ts';
import type { Ext } from '../../../frame/ext.ts';
import { utf8 } from '../../../scale/bytes.ts';
import { enumeration, struct, vec } from '../../../scale/compound.ts';
import { I32F32Type, U64F64Type } from '../../../scale/fixed-types.ts';
import { bool, bytes, compactBigint, compactNumber, u16, u32, u64, u128 } from '../../../scale/primitives.ts';
import type { ValueOf } from '../../../scale/type.ts';
import { activityCutoffBlocks } from '../coinbase/epoch-schedule.ts';
import {
  ActivityCutoffFactorMilli,
  AdjustmentAlpha,
  AdjustmentInterval,
  AlphaSigmoidSteepness,
  AlphaValues,
  BondsMovingAverage,
  BondsResetOn,
  BurnHalfLife,
  BurnIncreaseMult,
  CommitRevealWeightsEnabled,
  Difficulty,
  ImmunityPeriod,
  Kappa,
  LiquidAlphaOn,
  MaxAllowedValidators,
  MaxBurn,
  MaxDifficulty,
  MaxRegistrationsPerBlock,
  MinAllowedWeights,
  MinBurn,
  MinChildkeyTake,
  MinChildkeyTakePerSubnet,
  MinDifficulty,
  NetworkRegistrationAllowed,
  OwnerCutAutoLockEnabled,
  OwnerCutEnabled,
  RevealPeriodEpochs,
  Rho,
  ServingRateLimit,
  SubtokenEnabled,
  TargetRegistrationsPerInterval,
  Tempo,
  TransferToggle,
  WeightsSetRateLimit,
  WeightsVersionKey,
  Yuma3On,
} from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';
import { field, maxWeightsLimit, readFields, SubnetView, stored, typesOf } from './subnet-view.ts';

// A subnet's hyperparameters: two fixed shapes and a list of named values. Source: pallets/subtensor rpc_info/subnet_info.rs.

const number = compactNumber(u16);
const big = compactBigint(u64);

export const activityCutoff = field(big, ({ x, netuid }) =>
  activityCutoffBlocks(ActivityCutoffFactorMilli.get(x, netuid), Tempo.get(x, netuid)),
);
export const alphaHigh = field(number, ({ x, netuid }) => AlphaValues.get(x, netuid)[1]);
export const alphaLow = field(number, ({ x, netuid }) => AlphaValues.get(x, netuid)[0]);
const steepness = field(I32F32Type, ({ x, netuid }) =>
  I32F32.saturatingFromNum(BigInt(AlphaSigmoidSteepness.get(x, netuid))),
);
const yumaVersion = field(number, ({ x, netuid }) => (Yuma3On.get(x, netuid) ? 3 : 2));

const fields = {
  rho: stored(number, Rho),
  kappa: stored(number, Kappa),
  immunity_period: stored(number, ImmunityPeriod),
  min_allowed_weights: stored(number, MinAllowedWeights),
  max_weights_limit: maxWeightsLimit,
  tempo: stored(number, Tempo),
  min_difficulty: stored(big, MinDifficulty),
  max_difficulty: stored(big, MaxDifficulty),
  weights_version: stored(big, WeightsVersionKey),
  weights_rate_limit: stored(big, WeightsSetRateLimit),
  adjustment_interval: stored(number, AdjustmentInterval),
  activity_cutoff: activityCutoff,
  registration_allowed: stored(bool, NetworkRegistrationAllowed),
  target_regs_per_interval: stored(number, TargetRegistrationsPerInterval),
  min_burn: stored(big, MinBurn),
  max_burn: stored(big, MaxBurn),
  bonds_moving_avg: stored(big, BondsMovingAverage),
  max_regs_per_block: stored(number, MaxRegistrationsPerBlock),
  serving_rate_limit: stored(big, ServingRateLimit),
  max_validators: stored(number, MaxAllowedValidators),
  adjustment_alpha: stored(big, AdjustmentAlpha),
  difficulty: stored(big, Difficulty),
  commit_reveal_period: stored(big, RevealPeriodEpochs),
  commit_reveal_weights_enabled: stored(bool, CommitRevealWeightsEnabled),
  alpha_high: alphaHigh,
  alpha_low: alphaLow,
  liquid_alpha_enabled: stored(bool, LiquidAlphaOn),
};
const fieldsV2 = {
  ...fields,
  alpha_sigmoid_steepness: steepness,
  yuma_version: yumaVersion,
  subnet_is_active: stored(bool, SubtokenEnabled),
  transfers_enabled: stored(bool, TransferToggle),
  bonds_reset_enabled: stored(bool, BondsResetOn),
  user_liquidity_enabled: field(bool, () => false),
};

const PATH = 'pallet_subtensor::rpc_info::subnet_info';
export const SubnetHyperparams = struct(`${PATH}::SubnetHyperparams`, typesOf(fields));
export const SubnetHyperparamsV2 = struct(`${PATH}::SubnetHyperparamsV2`, typesOf(fieldsV2));

const HyperparamValue = enumeration(`${PATH}::HyperparamValue`, {
  Bool: bool,
  U16: compactNumber(u16),
  U32: compactNumber(u32),
  U64: compactBigint(u64),
  U128: compactBigint(u128),
  TaoBalance: compactBigint(u64),
  I32F32: I32F32Type,
  U64F64: U64F64Type,
});
const HyperparamEntry = struct(`${PATH}::HyperparamEntry`, { name: bytes, value: HyperparamValue });
export const SubnetHyperparamsV3 = vec(HyperparamEntry);

export const getSubnetHyperparams = (x: Ext, netuid: number) =>
  ifSubnetExist(x, netuid) ? readFields(fields, new SubnetView(x, netuid)) : undefined;
export const getSubnetHyperparamsV2 = (x: Ext, netuid: number) =>
  ifSubnetExist(x, netuid) ? readFields(fieldsV2, new SubnetView(x, netuid)) : undefined;

/** Every hyperparameter by name, in the chain's order. */
export function getSubnetHyperparamsV3(x: Ext, netuid: number): ValueOf<typeof SubnetHyperparamsV3> | undefined {
  const known = getSubnetHyperparamsV2(x, netuid);
  if (!known) return undefined;
  const values: Readonly<Record<string, ValueOf<typeof HyperparamValue>>> = {
    kappa: { type: 'U16', value: known.kappa },
    immunity_period: { type: 'U16', value: known.immunity_period },
    min_allowed_weights: { type: 'U16', value: known.min_allowed_weights },
    max_weights_limit: { type: 'U16', value: known.max_weights_limit },
    tempo: { type: 'U16', value: known.tempo },
    weights_version: { type: 'U64', value: known.weights_version },
    weights_rate_limit: { type: 'U64', value: known.weights_rate_limit },
    activity_cutoff: { type: 'U64', value: known.activity_cutoff },
    activity_cutoff_factor: { type: 'U32', value: ActivityCutoffFactorMilli.get(x, netuid) },
    registration_allowed: { type: 'Bool', value: known.registration_allowed },
    target_regs_per_interval: { type: 'U16', value: known.target_regs_per_interval },
    min_burn: { type: 'TaoBalance', value: known.min_burn },
    max_burn: { type: 'TaoBalance', value: known.max_burn },
    burn_half_life: { type: 'U16', value: BurnHalfLife.get(x, netuid) },
    burn_increase_mult: { type: 'U64F64', value: BurnIncreaseMult.get(x, netuid) },
    bonds_moving_avg: { type: 'U64', value: known.bonds_moving_avg },
    max_regs_per_block: { type: 'U16', value: known.max_regs_per_block },
    serving_rate_limit: { type: 'U64', value: known.serving_rate_limit },
    max_validators: { type: 'U16', value: known.max_validators },
    commit_reveal_period: { type: 'U64', value: known.commit_reveal_period },
    commit_reveal_weights_enabled: { type: 'Bool', value: known.commit_reveal_weights_enabled },
    alpha_high: { type: 'U16', value: known.alpha_high },
    alpha_low: { type: 'U16', value: known.alpha_low },
    liquid_alpha_enabled: { type: 'Bool', value: known.liquid_alpha_enabled },
    alpha_sigmoid_steepness: { type: 'I32F32', value: known.alpha_sigmoid_steepness },
    yuma_version: { type: 'U16', value: known.yuma_version },
    subnet_is_active: { type: 'Bool', value: known.subnet_is_active },
    transfers_enabled: { type: 'Bool', value: known.transfers_enabled },
    bonds_reset_enabled: { type: 'Bool', value: known.bonds_reset_enabled },
    user_liquidity_enabled: { type: 'Bool', value: known.user_liquidity_enabled },
    owner_cut_enabled: { type: 'Bool', value: OwnerCutEnabled.get(x, netuid) },
    owner_cut_auto_lock_enabled: { type: 'Bool', value: OwnerCutAutoLockEnabled.get(x, netuid) },
    min_childkey_take: {
      type: 'U16',
      value: Math.max(MinChildkeyTake.get(x), MinChildkeyTakePerSubnet.get(x, netuid)),
    },
  };
  return Object.entries(values).map(([name, value]) => ({ name: utf8.encode(name), value }));
}
