// Types of the pallet that storage, events and calls carry.

import { boundedBytes, btreeSet, enumeration, option, plainEnum, struct } from '../../scale/compound.ts';
import { U64F64Type } from '../../scale/fixed-types.ts';
import { bytes, i64, u8, u16, u32, u64, u128 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { Percent } from '../system/types.ts';

export const SafeFloat = struct('share_pool::SafeFloat', { mantissa: u128, exponent: i64 });
export const LockState = struct('pallet_subtensor::staking::lock::LockState', {
  locked_mass: u64,
  conviction: U64F64Type,
  last_update: u64,
});
export const Hyperparameter = plainEnum('pallet_subtensor::utils::rate_limiting::Hyperparameter', [
  'Unknown',
  'ServingRateLimit',
  'MaxDifficulty',
  'AdjustmentAlpha',
  'MaxWeightLimit',
  'ImmunityPeriod',
  'MinAllowedWeights',
  'Kappa',
  'Rho',
  'ActivityCutoff',
  'PowRegistrationAllowed',
  'MinBurn',
  'MaxBurn',
  'BondsMovingAverage',
  'BondsPenalty',
  'CommitRevealEnabled',
  'LiquidAlphaEnabled',
  'AlphaValues',
  'WeightCommitInterval',
  'TransferEnabled',
  'AlphaSigmoidSteepness',
  'Yuma3Enabled',
  'BondsResetEnabled',
  'ImmuneNeuronLimit',
  'RecycleOrBurn',
  'MaxAllowedUids',
  'BurnHalfLife',
  'BurnIncreaseMult',
  'SubnetEmissionEnabled',
  'MinChildkeyTake',
  'ActivityCutoffFactorMilli',
  'TriggerEpoch',
]);
export const RateLimitKey = enumeration(
  'pallet_subtensor::RateLimitKey',
  {
    SetSNOwnerHotkey: u16,
    OwnerHyperparamUpdate: [u16, Hyperparameter],
    NetworkLastRegistered: null,
    LastTxBlock: AccountId32,
    LastTxBlockChildKeyTake: AccountId32,
    LastTxBlockDelegateTake: AccountId32,
    AddStakeBurn: u16,
  },
  { params: [{ name: 'AccountId', type: AccountId32 as Type<unknown> }] },
);
export const RecycleOrBurnEnum = plainEnum('pallet_subtensor::pallet::RecycleOrBurnEnum', ['Burn', 'Recycle']);
/** Also the arguments of `serve_axon`. */
export const axonFields = {
  version: u32,
  ip: u128,
  port: u16,
  ip_type: u8,
  protocol: u8,
  placeholder1: u8,
  placeholder2: u8,
} as const;
export const AxonInfo = struct('pallet_subtensor::pallet::AxonInfo', { block: u64, ...axonFields });
export const NeuronCertificate = struct('pallet_subtensor::pallet::NeuronCertificate', {
  public_key: boundedBytes(),
  algorithm: u8,
});
/** Also the arguments of `serve_prometheus`. */
export const prometheusFields = { version: u32, ip: u128, port: u16, ip_type: u8 } as const;
export const PrometheusInfo = struct('pallet_subtensor::pallet::PrometheusInfo', { block: u64, ...prometheusFields });
/** Also the arguments of `set_identity`. */
export const chainIdentityFields = {
  name: bytes,
  url: bytes,
  github_repo: bytes,
  image: bytes,
  discord: bytes,
  description: bytes,
  additional: bytes,
} as const;
export const ChainIdentityV2 = struct('pallet_subtensor::pallet::ChainIdentityV2', chainIdentityFields);
/** Also the arguments of `set_subnet_identity`. */
export const subnetIdentityFields = {
  subnet_name: bytes,
  github_repo: bytes,
  subnet_contact: bytes,
  subnet_url: bytes,
  discord: bytes,
  description: bytes,
  logo_url: bytes,
  additional: bytes,
} as const;
export const SubnetIdentityV3 = struct('pallet_subtensor::pallet::SubnetIdentityV3', subnetIdentityFields);
/** `BTreeSet<NetUid>`. */
export const NetUids = btreeSet(u16, (a, b) => a - b);
export const RootClaimTypeEnum = enumeration('pallet_subtensor::pallet::RootClaimTypeEnum', {
  Swap: null,
  Keep: null,
  KeepSubnets: { subnets: NetUids },
});
export const SubnetLease = struct(
  'pallet_subtensor::subnets::leasing::SubnetLease',
  {
    beneficiary: AccountId32,
    coldkey: AccountId32,
    hotkey: AccountId32,
    emissions_share: Percent,
    end_block: option(u32),
    netuid: u16,
    cost: u64,
  },
  {
    params: [
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'BlockNumber', type: u32 as Type<unknown> },
      { name: 'Balance', type: u64 as Type<unknown> },
    ],
  },
);
