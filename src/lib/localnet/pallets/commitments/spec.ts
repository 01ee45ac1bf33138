// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { identity, storageOf, twox64Concat } from '../../frame/storage.ts';
import { btreeSet, tuple, vec } from '../../scale/compound.ts';
import { bytes, u16, u32, u64 } from '../../scale/primitives.ts';
import { type AccountId, AccountId32 } from '../../scale/well-known.ts';
import { Registration, UsageTracker } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Commitments', index: 18, module: 'pallet_commitments' } as const;
export const storage = storageOf('Commitments');
/** The order of the index. */
export const byNetuidAndAccount = (a: readonly [number, AccountId], b: readonly [number, AccountId]): number =>
  a[0] - b[0] || (a[1] < b[1] ? -1 : Number(a[1] > b[1]));
export const TimelockedIndex = storage.value(
  'TimelockedIndex',
  btreeSet(tuple(u16, AccountId32), byNetuidAndAccount),
  [],
);
export const CommitmentOf = storage.optionalDoubleMap(
  'CommitmentOf',
  identity(u16),
  twox64Concat(AccountId32),
  Registration,
);
export const LastCommitment = storage.optionalDoubleMap(
  'LastCommitment',
  identity(u16),
  twox64Concat(AccountId32),
  u32,
);
export const LastBondsReset = storage.optionalDoubleMap(
  'LastBondsReset',
  identity(u16),
  twox64Concat(AccountId32),
  u32,
);
export const RevealedCommitments = storage.optionalDoubleMap(
  'RevealedCommitments',
  identity(u16),
  twox64Concat(AccountId32),
  vec(tuple(bytes, u64)),
);
export const UsedSpaceOf = storage.optionalDoubleMap(
  'UsedSpaceOf',
  identity(u16),
  twox64Concat(AccountId32),
  UsageTracker,
);
export const MaxSpace = storage.value('MaxSpace', u32, 3100);
export const events = defineEvents(palletInfo, {
  Commitment: { netuid: u16, who: AccountId32 },
  TimelockCommitment: { netuid: u16, who: AccountId32, reveal_round: u64 },
  CommitmentRevealed: { netuid: u16, who: AccountId32 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'TooManyFieldsInCommitmentInfo',
  'AccountNotAllowedCommit',
  'SpaceLimitExceeded',
  'UnexpectedUnreserveLeftover',
]);
export const constants = {
  MaxFields: constant(u32, 3),
  InitialDeposit: constant(u64, 0n),
  FieldDeposit: constant(u64, 0n),
};
