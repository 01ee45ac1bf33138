// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { blake2Concat, storageOf, twox64Concat } from '../../frame/storage.ts';
import { WeightType } from '../../frame/weight.ts';
import { tuple, vec } from '../../scale/compound.ts';
import { bool, bytes, u16, u32 } from '../../scale/primitives.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';
import {
  AccountInfo,
  BlockLength,
  BlockWeights,
  CodeUpgradeAuthorization,
  DigestType,
  DispatchEventInfo,
  EventRecord,
  LastRuntimeUpgradeInfo,
  PerDispatchClass,
  Phase,
  RuntimeDbWeight,
  RuntimeVersion,
} from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'System', index: 0, module: 'frame_system' } as const;
export const storage = storageOf('System');
export const Account = storage.map('Account', blake2Concat(AccountId32), AccountInfo, {
  nonce: 0,
  consumers: 0,
  providers: 0,
  sufficients: 0,
  data: { free: 0n, reserved: 0n, frozen: 0n, flags: 170_141_183_460_469_231_731_687_303_715_884_105_728n },
});
export const ExtrinsicCount = storage.optionalValue('ExtrinsicCount', u32);
export const InherentsApplied = storage.value('InherentsApplied', bool, false);
export const BlockWeight = storage.value('BlockWeight', PerDispatchClass, {
  normal: { ref_time: 0n, proof_size: 0n },
  operational: { ref_time: 0n, proof_size: 0n },
  mandatory: { ref_time: 0n, proof_size: 0n },
});
export const AllExtrinsicsLen = storage.optionalValue('AllExtrinsicsLen', u32);
export const BlockHash = storage.map('BlockHash', twox64Concat(u32), H256, '0'.repeat(64));
export const ExtrinsicData = storage.map('ExtrinsicData', twox64Concat(u32), bytes, new Uint8Array());
export const BlockNumber = storage.value('Number', u32, 0);
export const ParentHash = storage.value('ParentHash', H256, '0'.repeat(64));
export const Digest = storage.value('Digest', DigestType, { logs: [] });
export const Events = storage.value('Events', vec(EventRecord), []);
export const EventCount = storage.value('EventCount', u32, 0);
export const EventTopics = storage.map('EventTopics', blake2Concat(H256), vec(tuple(u32, u32)), []);
export const LastRuntimeUpgrade = storage.optionalValue('LastRuntimeUpgrade', LastRuntimeUpgradeInfo);
export const UpgradedToU32RefCount = storage.value('UpgradedToU32RefCount', bool, false);
export const UpgradedToTripleRefCount = storage.value('UpgradedToTripleRefCount', bool, false);
export const ExecutionPhase = storage.optionalValue('ExecutionPhase', Phase);
export const AuthorizedUpgrade = storage.optionalValue('AuthorizedUpgrade', CodeUpgradeAuthorization);
export const ExtrinsicWeightReclaimed = storage.value('ExtrinsicWeightReclaimed', WeightType, {
  ref_time: 0n,
  proof_size: 0n,
});
export const events = defineEvents(palletInfo, {
  ExtrinsicSuccess: { dispatch_info: DispatchEventInfo },
  ExtrinsicFailed: { dispatch_error: DispatchErrorType, dispatch_info: DispatchEventInfo },
  CodeUpdated: null,
  NewAccount: { account: AccountId32 },
  KilledAccount: { account: AccountId32 },
  Remarked: { sender: AccountId32, hash: H256 },
  UpgradeAuthorized: { code_hash: H256, check_version: bool },
  RejectedInvalidAuthorizedUpgrade: { code_hash: H256, error: DispatchErrorType },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'InvalidSpecName',
  'SpecVersionNeedsToIncrease',
  'FailedToExtractRuntimeVersion',
  'NonDefaultComposite',
  'NonZeroRefCount',
  'CallFiltered',
  'MultiBlockMigrationsOngoing',
  'NothingAuthorized',
  'Unauthorized',
]);
export const constants = {
  BlockWeights: constant(BlockWeights, {
    base_block: { ref_time: 431_614_000n, proof_size: 0n },
    max_block: { ref_time: 4_000_000_000_000n, proof_size: 18_446_744_073_709_551_615n },
    per_class: {
      normal: {
        base_extrinsic: { ref_time: 108_157_000n, proof_size: 0n },
        max_extrinsic: { ref_time: 2_599_891_843_000n, proof_size: 11_990_383_647_911_208_550n },
        max_total: { ref_time: 3_000_000_000_000n, proof_size: 13_835_058_055_282_163_711n },
        reserved: { ref_time: 0n, proof_size: 0n },
      },
      operational: {
        base_extrinsic: { ref_time: 108_157_000n, proof_size: 0n },
        max_extrinsic: { ref_time: 3_599_891_843_000n, proof_size: 16_602_069_666_338_596_454n },
        max_total: { ref_time: 4_000_000_000_000n, proof_size: 18_446_744_073_709_551_615n },
        reserved: { ref_time: 1_000_000_000_000n, proof_size: 4_611_686_018_427_387_904n },
      },
      mandatory: {
        base_extrinsic: { ref_time: 108_157_000n, proof_size: 0n },
        max_extrinsic: undefined,
        max_total: undefined,
        reserved: undefined,
      },
    },
  }),
  BlockLength: constant(BlockLength, { max: { normal: 7_864_320, operational: 10_485_760, mandatory: 10_485_760 } }),
  BlockHashCount: constant(u32, 2400),
  DbWeight: constant(RuntimeDbWeight, { read: 25_000_000n, write: 100_000_000n }),
  Version: constant(RuntimeVersion, {
    spec_name: 'node-subtensor',
    impl_name: 'node-subtensor',
    authoring_version: 1,
    spec_version: 425,
    impl_version: 1,
    // The runtime fills in what it has (runtime/runtime-version.ts).
    apis: [],
    transaction_version: 1,
    system_version: 1,
  }),
  SS58Prefix: constant(u16, 42),
};
