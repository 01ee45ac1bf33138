// Storage of the pallet: names, hashers, value types and defaults of spec 425.

import { blake2Concat, identity, storageOf, twox64Concat } from '../../frame/storage.ts';
import { boundedBytes, btreeMap, option, tuple, vec } from '../../scale/compound.ts';
import { I64F64Type, I96F32Type, U64F64Type, U96F32Type } from '../../scale/fixed-types.ts';
import { bool, bytes, i16, i64, u8, u16, u32, u64, u128, unit } from '../../scale/primitives.ts';
import { u16Pairs } from '../../scale/u16-pairs.ts';
import { AccountId32, H160, H256 } from '../../scale/well-known.ts';
import {
  AxonInfo,
  ChainIdentityV2,
  LockState,
  NeuronCertificate,
  PrometheusInfo,
  RateLimitKey,
  RecycleOrBurnEnum,
  RootClaimTypeEnum,
  SafeFloat,
  SubnetIdentityV3,
  SubnetLease,
} from './types.ts';

export const storage = storageOf('SubtensorModule');
export const MinActivityCutoff = storage.value('MinActivityCutoff', u16, 360);
export const AdminFreezeWindow = storage.value('AdminFreezeWindow', u16, 10);
export const OwnerHyperparamRateLimit = storage.value('OwnerHyperparamRateLimit', u16, 2);
export const DissolveNetworkScheduleDuration = storage.value('DissolveNetworkScheduleDuration', u32, 36000);
export const LastHotkeySwapOnNetuid = storage.doubleMap(
  'LastHotkeySwapOnNetuid',
  identity(u16),
  blake2Concat(AccountId32),
  u64,
  0n,
);
export const NextStakeJobId = storage.value('NextStakeJobId', u64, 0n);
export const TaoWeight = storage.value('TaoWeight', u64, 971_718_665_099_567_868n);
export const CKBurn = storage.value('CKBurn', u64, 0n);
export const MaxDelegateTake = storage.value('MaxDelegateTake', u16, 11796);
export const MinDelegateTake = storage.value('MinDelegateTake', u16, 0);
export const MaxChildkeyTake = storage.value('MaxChildkeyTake', u16, 11796);
export const MinChildkeyTake = storage.value('MinChildkeyTake', u16, 0);
export const MinChildkeyTakePerSubnet = storage.map('MinChildkeyTakePerSubnet', identity(u16), u16, 0);
export const Owner = storage.map('Owner', blake2Concat(AccountId32), AccountId32, '0'.repeat(64));
export const AccountFlags = storage.map('AccountFlags', blake2Concat(AccountId32), u128, 0n);
export const Delegates = storage.map('Delegates', blake2Concat(AccountId32), u16, 11796);
export const ChildkeyTake = storage.doubleMap('ChildkeyTake', blake2Concat(AccountId32), identity(u16), u16, 0);
export const PendingChildKeys = storage.doubleMap(
  'PendingChildKeys',
  identity(u16),
  blake2Concat(AccountId32),
  tuple(vec(tuple(u64, AccountId32)), u64),
  [[], 0n],
);
export const ChildKeys = storage.doubleMap(
  'ChildKeys',
  blake2Concat(AccountId32),
  identity(u16),
  vec(tuple(u64, AccountId32)),
  [],
);
export const ParentKeys = storage.doubleMap(
  'ParentKeys',
  blake2Concat(AccountId32),
  identity(u16),
  vec(tuple(u64, AccountId32)),
  [],
);
export const AlphaDividendsPerSubnet = storage.doubleMap(
  'AlphaDividendsPerSubnet',
  identity(u16),
  blake2Concat(AccountId32),
  u64,
  0n,
);
export const RootAlphaDividendsPerSubnet = storage.doubleMap(
  'RootAlphaDividendsPerSubnet',
  identity(u16),
  blake2Concat(AccountId32),
  u64,
  0n,
);
export const BlockEmission = storage.value('BlockEmission', u64, 1_000_000_000n);
export const LastHotkeyEmissionOnNetuid = storage.doubleMap(
  'LastHotkeyEmissionOnNetuid',
  blake2Concat(AccountId32),
  identity(u16),
  u64,
  0n,
);
export const SubnetLimit = storage.value('SubnetLimit', u16, 128);
export const TotalIssuance = storage.value('TotalIssuance', u64, 0n);
export const TotalStake = storage.value('TotalStake', u64, 0n);
export const SubnetMovingAlpha = storage.value('SubnetMovingAlpha', I96F32Type, 12885n);
export const SubnetMovingPrice = storage.map('SubnetMovingPrice', identity(u16), I96F32Type, 0n);
export const RootProp = storage.map('RootProp', identity(u16), U96F32Type, 0n);
export const SubnetVolume = storage.map('SubnetVolume', identity(u16), u128, 0n);
export const SubnetTAO = storage.map('SubnetTAO', identity(u16), u64, 0n);
export const SubnetAlphaInEmission = storage.map('SubnetAlphaInEmission', identity(u16), u64, 0n);
export const SubnetEmissionEnabled = storage.map('SubnetEmissionEnabled', identity(u16), bool, true);
export const SubnetAlphaOutEmission = storage.map('SubnetAlphaOutEmission', identity(u16), u64, 0n);
export const SubnetTaoInEmission = storage.map('SubnetTaoInEmission', identity(u16), u64, 0n);
export const SubnetExcessTao = storage.map('SubnetExcessTao', identity(u16), u64, 0n);
export const SubnetRootSellTao = storage.map('SubnetRootSellTao', identity(u16), u64, 0n);
export const SubnetAlphaIn = storage.map('SubnetAlphaIn', identity(u16), u64, 0n);
export const SubnetAlphaOut = storage.map('SubnetAlphaOut', identity(u16), u64, 0n);
export const SubnetProtocolAlpha = storage.map('SubnetProtocolAlpha', identity(u16), u64, 0n);
export const StakingHotkeys = storage.map('StakingHotkeys', blake2Concat(AccountId32), vec(AccountId32), []);
export const OwnedHotkeys = storage.map('OwnedHotkeys', blake2Concat(AccountId32), vec(AccountId32), []);
export const AutoStakeDestination = storage.optionalDoubleMap(
  'AutoStakeDestination',
  blake2Concat(AccountId32),
  identity(u16),
  AccountId32,
);
export const AutoStakeDestinationColdkeys = storage.doubleMap(
  'AutoStakeDestinationColdkeys',
  blake2Concat(AccountId32),
  identity(u16),
  vec(AccountId32),
  [],
);
export const ColdkeySwapAnnouncementDelay = storage.value('ColdkeySwapAnnouncementDelay', u32, ({ fast }) =>
  fast ? 50 : 36000,
);
export const ColdkeySwapReannouncementDelay = storage.value('ColdkeySwapReannouncementDelay', u32, ({ fast }) =>
  fast ? 10 : 7200,
);
export const ColdkeySwapAnnouncements = storage.optionalMap(
  'ColdkeySwapAnnouncements',
  twox64Concat(AccountId32),
  tuple(u32, H256),
);
export const ColdkeySwapDisputes = storage.optionalMap('ColdkeySwapDisputes', twox64Concat(AccountId32), u32);
export const TotalHotkeyAlpha = storage.doubleMap(
  'TotalHotkeyAlpha',
  blake2Concat(AccountId32),
  identity(u16),
  u64,
  0n,
);
export const TotalHotkeyAlphaLastEpoch = storage.doubleMap(
  'TotalHotkeyAlphaLastEpoch',
  blake2Concat(AccountId32),
  identity(u16),
  u64,
  0n,
);
export const TotalHotkeyShares = storage.doubleMap(
  'TotalHotkeyShares',
  blake2Concat(AccountId32),
  identity(u16),
  U64F64Type,
  0n,
);
export const Alpha = storage.nMap(
  'Alpha',
  [blake2Concat(AccountId32), blake2Concat(AccountId32), identity(u16)],
  U64F64Type,
  0n,
);
export const TotalHotkeySharesV2 = storage.doubleMap(
  'TotalHotkeySharesV2',
  blake2Concat(AccountId32),
  identity(u16),
  SafeFloat,
  { mantissa: 0n, exponent: 0n },
);
export const AlphaV2 = storage.nMap(
  'AlphaV2',
  [blake2Concat(AccountId32), blake2Concat(AccountId32), identity(u16)],
  SafeFloat,
  { mantissa: 0n, exponent: 0n },
);
export const Lock = storage.optionalNMap(
  'Lock',
  [blake2Concat(AccountId32), identity(u16), blake2Concat(AccountId32)],
  LockState,
);
export const LockingColdkeys = storage.optionalNMap(
  'LockingColdkeys',
  [identity(u16), blake2Concat(AccountId32), blake2Concat(AccountId32)],
  unit,
);
export const HotkeyLock = storage.optionalDoubleMap('HotkeyLock', identity(u16), blake2Concat(AccountId32), LockState);
export const DecayingHotkeyLock = storage.optionalDoubleMap(
  'DecayingHotkeyLock',
  identity(u16),
  blake2Concat(AccountId32),
  LockState,
);
export const OwnerLock = storage.optionalMap('OwnerLock', identity(u16), LockState);
export const DecayingOwnerLock = storage.optionalMap('DecayingOwnerLock', identity(u16), LockState);
export const DecayingLock = storage.optionalDoubleMap('DecayingLock', blake2Concat(AccountId32), identity(u16), bool);
export const OwnerCutAutoLockEnabled = storage.map('OwnerCutAutoLockEnabled', identity(u16), bool, false);
export const MaturityRate = storage.value('MaturityRate', u64, 934_866n);
export const UnlockRate = storage.value('UnlockRate', u64, 934_866n);
export const AlphaMapLastKey = storage.value('AlphaMapLastKey', option(bytes), undefined);
export const AlphaV2MapLastKey = storage.value('AlphaV2MapLastKey', option(bytes), undefined);
export const TokenSymbol = storage.map('TokenSymbol', identity(u16), bytes, Uint8Array.of(240, 157, 156, 143));
export const SubnetTaoFlow = storage.map('SubnetTaoFlow', identity(u16), i64, 0n);
export const SubnetEmaTaoFlow = storage.optionalMap('SubnetEmaTaoFlow', identity(u16), tuple(u64, I64F64Type));
export const NetTaoFlowEnabled = storage.value('NetTaoFlowEnabled', bool, true);
export const SubnetProtocolFlow = storage.map('SubnetProtocolFlow', identity(u16), i64, 0n);
export const SubnetEmaProtocolFlow = storage.optionalMap(
  'SubnetEmaProtocolFlow',
  identity(u16),
  tuple(u64, I64F64Type),
);
export const TaoFlowCutoff = storage.value('TaoFlowCutoff', I64F64Type, 0n);
export const FlowNormExponent = storage.value('FlowNormExponent', U64F64Type, 18_446_744_073_709_551_616n);
export const FlowEmaSmoothingFactor = storage.value('FlowEmaSmoothingFactor', u64, 29_597_889_189_277n);
export const UsedWork = storage.map('UsedWork', identity(bytes), u64, 0n);
export const MaxRegistrationsPerBlock = storage.map('MaxRegistrationsPerBlock', identity(u16), u16, 1);
export const TotalNetworks = storage.value('TotalNetworks', u16, 0);
export const NetworkImmunityPeriod = storage.value('NetworkImmunityPeriod', u64, 1_296_000n);
export const StartCallDelay = storage.value('StartCallDelay', u64, 0n);
export const NetworkMinLockCost = storage.value('NetworkMinLockCost', u64, 1_000_000_000_000n);
export const NetworkLastLockCost = storage.value('NetworkLastLockCost', u64, 1_000_000_000_000n);
export const NetworkLockReductionInterval = storage.value('NetworkLockReductionInterval', u64, 100_800n);
export const SubnetOwnerCut = storage.value('SubnetOwnerCut', u16, 11796);
export const OwnerCutEnabled = storage.map('OwnerCutEnabled', identity(u16), bool, true);
export const NetworkRateLimit = storage.value('NetworkRateLimit', u64, 7200n);
export const NominatorMinRequiredStake = storage.value('NominatorMinRequiredStake', u64, 0n);
export const WeightsVersionKeyRateLimit = storage.value('WeightsVersionKeyRateLimit', u64, 5n);
export const LastRateLimitedBlock = storage.map('LastRateLimitedBlock', identity(RateLimitKey), u64, 0n);
export const TransferToggle = storage.map('TransferToggle', identity(u16), bool, true);
export const SubnetLocked = storage.map('SubnetLocked', identity(u16), u64, 0n);
export const LargestLocked = storage.map('LargestLocked', identity(u16), u64, 0n);
export const Tempo = storage.map('Tempo', identity(u16), u16, ({ fast }) => (fast ? 10 : 360));
export const LastEpochBlock = storage.map('LastEpochBlock', identity(u16), u64, 0n);
export const PendingEpochAt = storage.map('PendingEpochAt', identity(u16), u64, 0n);
export const SubnetEpochIndex = storage.map('SubnetEpochIndex', identity(u16), u64, 0n);
export const ActivityCutoffFactorMilli = storage.map('ActivityCutoffFactorMilli', identity(u16), u32, 13889);
export const FirstEmissionBlockNumber = storage.optionalMap('FirstEmissionBlockNumber', identity(u16), u64);
export const SubnetMechanism = storage.map('SubnetMechanism', identity(u16), u16, 0);
export const SubnetworkN = storage.map('SubnetworkN', identity(u16), u16, 0);
export const NetworksAdded = storage.map('NetworksAdded', identity(u16), bool, false);
export const IsNetworkMember = storage.doubleMap(
  'IsNetworkMember',
  blake2Concat(AccountId32),
  identity(u16),
  bool,
  false,
);
export const NetworkRegistrationAllowed = storage.map('NetworkRegistrationAllowed', identity(u16), bool, true);
export const NetworkPowRegistrationAllowed = storage.map('NetworkPowRegistrationAllowed', identity(u16), bool, true);
export const NetworkRegisteredAt = storage.map('NetworkRegisteredAt', identity(u16), u64, 0n);
export const RegisteredSubnetCounter = storage.map('RegisteredSubnetCounter', identity(u16), u64, 0n);
export const PendingServerEmission = storage.map('PendingServerEmission', identity(u16), u64, 0n);
export const PendingValidatorEmission = storage.map('PendingValidatorEmission', identity(u16), u64, 0n);
export const PendingRootAlphaDivs = storage.map('PendingRootAlphaDivs', identity(u16), u64, 0n);
export const PendingOwnerCut = storage.map('PendingOwnerCut', identity(u16), u64, 0n);
export const MinerBurned = storage.map('MinerBurned', identity(u16), U96F32Type, 0n);
export const BlocksSinceLastStep = storage.map('BlocksSinceLastStep', identity(u16), u64, 0n);
export const LastMechansimStepBlock = storage.map('LastMechansimStepBlock', identity(u16), u64, 0n);
export const SubnetOwner = storage.map('SubnetOwner', identity(u16), AccountId32, '0'.repeat(64));
export const SubnetOwnerHotkey = storage.map('SubnetOwnerHotkey', identity(u16), AccountId32, '0'.repeat(64));
export const RecycleOrBurn = storage.map('RecycleOrBurn', identity(u16), RecycleOrBurnEnum, 'Burn');
export const ServingRateLimit = storage.map('ServingRateLimit', identity(u16), u64, 50n);
export const Rho = storage.map('Rho', identity(u16), u16, 10);
export const AlphaSigmoidSteepness = storage.map('AlphaSigmoidSteepness', identity(u16), i16, 1000);
export const Kappa = storage.map('Kappa', identity(u16), u16, 32767);
export const RegistrationsThisInterval = storage.map('RegistrationsThisInterval', identity(u16), u16, 0);
export const POWRegistrationsThisInterval = storage.map('POWRegistrationsThisInterval', identity(u16), u16, 0);
export const BurnRegistrationsThisInterval = storage.map('BurnRegistrationsThisInterval', identity(u16), u16, 0);
export const MinAllowedUids = storage.map('MinAllowedUids', identity(u16), u16, 64);
export const MaxAllowedUids = storage.map('MaxAllowedUids', identity(u16), u16, 256);
export const ImmunityPeriod = storage.map('ImmunityPeriod', identity(u16), u16, 4096);
export const ActivityCutoff = storage.map('ActivityCutoff', identity(u16), u16, 5000);
export const MaxWeightsLimit = storage.map('MaxWeightsLimit', identity(u16), u16, 65535);
export const WeightsVersionKey = storage.map('WeightsVersionKey', identity(u16), u64, 0n);
export const MinAllowedWeights = storage.map('MinAllowedWeights', identity(u16), u16, 1024);
export const MaxAllowedValidators = storage.map('MaxAllowedValidators', identity(u16), u16, 128);
export const AdjustmentInterval = storage.map('AdjustmentInterval', identity(u16), u16, 100);
export const BondsMovingAverage = storage.map('BondsMovingAverage', identity(u16), u64, 900_000n);
export const BondsPenalty = storage.map('BondsPenalty', identity(u16), u16, 65535);
export const BondsResetOn = storage.map('BondsResetOn', identity(u16), bool, false);
export const WeightsSetRateLimit = storage.map('WeightsSetRateLimit', identity(u16), u64, 100n);
export const ValidatorPruneLen = storage.map('ValidatorPruneLen', identity(u16), u64, 1n);
export const ScalingLawPower = storage.map('ScalingLawPower', identity(u16), u16, 50);
export const TargetRegistrationsPerInterval = storage.map('TargetRegistrationsPerInterval', identity(u16), u16, 2);
export const AdjustmentAlpha = storage.map('AdjustmentAlpha', identity(u16), u64, 0n);
export const CommitRevealWeightsEnabled = storage.map('CommitRevealWeightsEnabled', identity(u16), bool, true);
export const Burn = storage.map('Burn', identity(u16), u64, 100_000_000n);
export const Difficulty = storage.map('Difficulty', identity(u16), u64, 10_000_000n);
export const MinBurn = storage.map('MinBurn', identity(u16), u64, 500_000n);
export const MaxBurn = storage.map('MaxBurn', identity(u16), u64, 100_000_000_000n);
export const MinDifficulty = storage.map('MinDifficulty', identity(u16), u64, 10_000_000n);
export const MaxDifficulty = storage.map('MaxDifficulty', identity(u16), u64, 4_611_686_018_427_387_903n);
export const LastAdjustmentBlock = storage.map('LastAdjustmentBlock', identity(u16), u64, 0n);
export const RegistrationsThisBlock = storage.map('RegistrationsThisBlock', identity(u16), u16, 0);
export const EMAPriceHalvingBlocks = storage.map('EMAPriceHalvingBlocks', identity(u16), u64, 201_600n);
export const RAORecycledForRegistration = storage.map('RAORecycledForRegistration', identity(u16), u64, 0n);
export const MaxEpochsPerBlock = storage.value('MaxEpochsPerBlock', u8, ({ fast }) => (fast ? 32 : 2));
export const TxRateLimit = storage.value('TxRateLimit', u64, 1000n);
export const TxDelegateTakeRateLimit = storage.value('TxDelegateTakeRateLimit', u64, 216_000n);
export const TxChildkeyTakeRateLimit = storage.value('TxChildkeyTakeRateLimit', u64, ({ fast }) =>
  fast ? 5n : 216_000n,
);
export const LiquidAlphaOn = storage.map('LiquidAlphaOn', blake2Concat(u16), bool, false);
export const Yuma3On = storage.map('Yuma3On', blake2Concat(u16), bool, false);
export const AlphaValues = storage.map('AlphaValues', identity(u16), tuple(u16, u16), [45875, 58982]);
export const SubtokenEnabled = storage.map('SubtokenEnabled', identity(u16), bool, false);
export const VotingPower = storage.doubleMap('VotingPower', identity(u16), blake2Concat(AccountId32), u64, 0n);
export const VotingPowerTrackingEnabled = storage.map('VotingPowerTrackingEnabled', identity(u16), bool, false);
export const VotingPowerDisableAtBlock = storage.map('VotingPowerDisableAtBlock', identity(u16), u64, 0n);
export const VotingPowerEmaAlpha = storage.map('VotingPowerEmaAlpha', identity(u16), u64, 3_570_000_000_000_000n);
export const ImmuneOwnerUidsLimit = storage.map('ImmuneOwnerUidsLimit', identity(u16), u16, 1);
export const StakeWeight = storage.map('StakeWeight', identity(u16), vec(u16), []);
export const Uids = storage.optionalDoubleMap('Uids', identity(u16), blake2Concat(AccountId32), u16);
export const Keys = storage.doubleMap('Keys', identity(u16), identity(u16), AccountId32, '0'.repeat(64));
export const LoadedEmission = storage.optionalMap('LoadedEmission', identity(u16), vec(tuple(AccountId32, u64, u64)));
export const Active = storage.map('Active', identity(u16), vec(bool), []);
export const Consensus = storage.map('Consensus', identity(u16), vec(u16), []);
export const Incentive = storage.map('Incentive', identity(u16), vec(u16), []);
export const Dividends = storage.map('Dividends', identity(u16), vec(u16), []);
export const Emission = storage.map('Emission', identity(u16), vec(u64), []);
export const LastUpdate = storage.map('LastUpdate', identity(u16), vec(u64), []);
export const ValidatorTrust = storage.map('ValidatorTrust', identity(u16), vec(u16), []);
export const ValidatorPermit = storage.map('ValidatorPermit', identity(u16), vec(bool), []);
export const Weights = storage.doubleMap('Weights', identity(u16), identity(u16), u16Pairs, new Uint16Array());
export const Bonds = storage.doubleMap('Bonds', identity(u16), identity(u16), u16Pairs, new Uint16Array());
export const BlockAtRegistration = storage.doubleMap('BlockAtRegistration', identity(u16), identity(u16), u64, 0n);
export const Axons = storage.optionalDoubleMap('Axons', identity(u16), blake2Concat(AccountId32), AxonInfo);
export const NeuronCertificates = storage.optionalDoubleMap(
  'NeuronCertificates',
  identity(u16),
  blake2Concat(AccountId32),
  NeuronCertificate,
);
export const Prometheus = storage.optionalDoubleMap(
  'Prometheus',
  identity(u16),
  blake2Concat(AccountId32),
  PrometheusInfo,
);
export const IdentitiesV2 = storage.optionalMap('IdentitiesV2', blake2Concat(AccountId32), ChainIdentityV2);
export const SubnetIdentitiesV3 = storage.optionalMap('SubnetIdentitiesV3', blake2Concat(u16), SubnetIdentityV3);
export const TransactionKeyLastBlock = storage.nMap(
  'TransactionKeyLastBlock',
  [blake2Concat(AccountId32), identity(u16), identity(u16)],
  u64,
  0n,
);
export const LastTxBlock = storage.map('LastTxBlock', identity(AccountId32), u64, 0n);
export const LastTxBlockChildKeyTake = storage.map('LastTxBlockChildKeyTake', identity(AccountId32), u64, 0n);
export const LastTxBlockDelegateTake = storage.map('LastTxBlockDelegateTake', identity(AccountId32), u64, 0n);
export const StakeThreshold = storage.value('StakeThreshold', u64, 0n);
export const WeightCommits = storage.optionalDoubleMap(
  'WeightCommits',
  twox64Concat(u16),
  twox64Concat(AccountId32),
  vec(tuple(H256, u64, u64, u64)),
);
export const TimelockedWeightCommits = storage.doubleMap(
  'TimelockedWeightCommits',
  twox64Concat(u16),
  twox64Concat(u64),
  vec(tuple(AccountId32, u64, boundedBytes(), u64)),
  [],
);
export const CRV3WeightCommits = storage.doubleMap(
  'CRV3WeightCommits',
  twox64Concat(u16),
  twox64Concat(u64),
  vec(tuple(AccountId32, boundedBytes(), u64)),
  [],
);
export const CRV3WeightCommitsV2 = storage.doubleMap(
  'CRV3WeightCommitsV2',
  twox64Concat(u16),
  twox64Concat(u64),
  vec(tuple(AccountId32, u64, boundedBytes(), u64)),
  [],
);
export const RevealPeriodEpochs = storage.map('RevealPeriodEpochs', twox64Concat(u16), u64, 1n);
export const LastColdkeyHotkeyStakeBlock = storage.optionalDoubleMap(
  'LastColdkeyHotkeyStakeBlock',
  twox64Concat(AccountId32),
  twox64Concat(AccountId32),
  u64,
);
export const RootClaimableThreshold = storage.map(
  'RootClaimableThreshold',
  blake2Concat(u16),
  I96F32Type,
  2_147_483_648_000_000n,
);
export const RootClaimable = storage.map('RootClaimable', blake2Concat(AccountId32), btreeMap(u16, I96F32Type), []);
export const RootClaimed = storage.nMap(
  'RootClaimed',
  [identity(u16), blake2Concat(AccountId32), blake2Concat(AccountId32)],
  u128,
  0n,
);
export const RootClaimType = storage.map('RootClaimType', blake2Concat(AccountId32), RootClaimTypeEnum, {
  type: 'Swap',
});
export const StakingColdkeysByIndex = storage.optionalMap('StakingColdkeysByIndex', identity(u64), AccountId32);
export const StakingColdkeys = storage.optionalMap('StakingColdkeys', identity(AccountId32), u64);
export const NumStakingColdkeys = storage.value('NumStakingColdkeys', u64, 0n);
export const NumRootClaim = storage.value('NumRootClaim', u64, 5n);
export const AssociatedEvmAddress = storage.optionalDoubleMap(
  'AssociatedEvmAddress',
  twox64Concat(u16),
  twox64Concat(u16),
  tuple(H160, u64),
);
export const SubnetLeases = storage.optionalMap('SubnetLeases', twox64Concat(u32), SubnetLease);
export const SubnetLeaseShares = storage.doubleMap(
  'SubnetLeaseShares',
  twox64Concat(u32),
  identity(AccountId32),
  U64F64Type,
  0n,
);
export const SubnetUidToLeaseId = storage.optionalMap('SubnetUidToLeaseId', twox64Concat(u16), u32);
export const NextSubnetLeaseId = storage.value('NextSubnetLeaseId', u32, 0);
export const AccumulatedLeaseDividends = storage.map('AccumulatedLeaseDividends', twox64Concat(u32), u64, 0n);
export const CommitRevealWeightsVersion = storage.value('CommitRevealWeightsVersion', u16, 4);
export const NetworkRegistrationStartBlock = storage.value('NetworkRegistrationStartBlock', u64, 0n);
export const TaoInRefundDeploymentBlock = storage.value('TaoInRefundDeploymentBlock', u64, 0n);
export const MinNonImmuneUids = storage.map('MinNonImmuneUids', identity(u16), u16, 10);
export const MaxMechanismCount = storage.value('MaxMechanismCount', u8, 2);
export const MechanismCountCurrent = storage.map('MechanismCountCurrent', twox64Concat(u16), u8, 1);
export const MechanismEmissionSplit = storage.optionalMap('MechanismEmissionSplit', twox64Concat(u16), vec(u16));
export const BurnHalfLife = storage.map('BurnHalfLife', identity(u16), u16, 360);
export const BurnIncreaseMult = storage.map('BurnIncreaseMult', identity(u16), U64F64Type, 23_242_897_532_874_035_200n);
export const AutoParentDelegationEnabled = storage.map(
  'AutoParentDelegationEnabled',
  blake2Concat(AccountId32),
  bool,
  true,
);
export const HasMigrationRun = storage.map('HasMigrationRun', identity(bytes), bool, false);
export const PendingChildKeyCooldown = storage.value('PendingChildKeyCooldown', u64, ({ fast }) =>
  fast ? 15n : 7200n,
);
