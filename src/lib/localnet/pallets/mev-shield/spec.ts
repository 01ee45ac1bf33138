// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { identity, storageOf, twox64Concat } from '../../frame/storage.ts';
import { boundedBytes } from '../../scale/compound.ts';
import { bool, u32, u64 } from '../../scale/primitives.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';
import { AuraPublic } from '../aura/types.ts';
import { PendingExtrinsic } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'MevShield', index: 30, module: 'pallet_shield' } as const;
export const storage = storageOf('MevShield');
export const CurrentKey = storage.optionalValue('CurrentKey', boundedBytes());
export const PendingKey = storage.optionalValue('PendingKey', boundedBytes());
export const NextKey = storage.optionalValue('NextKey', boundedBytes());
export const AuthorKeys = storage.optionalMap('AuthorKeys', twox64Concat(AuraPublic), boundedBytes());
export const PendingKeyExpiresAt = storage.optionalValue('PendingKeyExpiresAt', u32);
export const NextKeyExpiresAt = storage.optionalValue('NextKeyExpiresAt', u32);
export const HasMigrationRun = storage.map('HasMigrationRun', identity(boundedBytes()), bool, false);
export const MaxPendingExtrinsicsLimit = storage.value('MaxPendingExtrinsicsLimit', u32, 100);
export const ExtrinsicLifetime = storage.value('ExtrinsicLifetime', u32, 10);
export const OnInitializeWeight = storage.value('OnInitializeWeight', u64, 500_000_000_000n);
export const MaxExtrinsicWeight = storage.value('MaxExtrinsicWeight', u64, 50_000_000_000n);
export const PendingExtrinsics = storage.optionalMap('PendingExtrinsics', identity(u32), PendingExtrinsic);
export const CounterForPendingExtrinsics = storage.value('CounterForPendingExtrinsics', u32, 0);
export const NextPendingExtrinsicIndex = storage.value('NextPendingExtrinsicIndex', u32, 0);
export const events = defineEvents(palletInfo, {
  EncryptedSubmitted: { id: H256, who: AccountId32 },
  ExtrinsicStored: { index: u32, who: AccountId32 },
  ExtrinsicDecodeFailed: { index: u32 },
  ExtrinsicDispatchFailed: { index: u32, error: DispatchErrorType },
  ExtrinsicDispatched: { index: u32 },
  ExtrinsicExpired: { index: u32 },
  ExtrinsicPostponed: { index: u32 },
  MaxPendingExtrinsicsNumberSet: { value: u32 },
  OnInitializeWeightSet: { value: u64 },
  ExtrinsicLifetimeSet: { value: u32 },
  MaxExtrinsicWeightSet: { value: u64 },
  ExtrinsicWeightExceeded: { index: u32 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'BadEncKeyLen',
  'Unreachable',
  'TooManyPendingExtrinsics',
  'WeightExceedsAbsoluteMax',
]);
