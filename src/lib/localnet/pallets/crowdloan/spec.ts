// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { identity, storageOf, twox64Concat } from '../../frame/storage.ts';
import { boundedBytes, option } from '../../scale/compound.ts';
import { bool, u32, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { PalletId } from '../system/types.ts';
import { CrowdloanInfo } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Crowdloan', index: 27, module: 'pallet_crowdloan' } as const;
export const storage = storageOf('Crowdloan');
export const Crowdloans = storage.optionalMap('Crowdloans', twox64Concat(u32), CrowdloanInfo);
export const NextCrowdloanId = storage.value('NextCrowdloanId', u32, 0);
export const Contributions = storage.optionalDoubleMap('Contributions', twox64Concat(u32), identity(AccountId32), u64);
export const MaxContributions = storage.optionalMap('MaxContributions', twox64Concat(u32), u64);
export const CurrentCrowdloanId = storage.optionalValue('CurrentCrowdloanId', u32);
export const HasMigrationRun = storage.map('HasMigrationRun', identity(boundedBytes()), bool, false);
export const events = defineEvents(palletInfo, {
  Created: { crowdloan_id: u32, creator: AccountId32, end: u32, cap: u64 },
  Contributed: { crowdloan_id: u32, contributor: AccountId32, amount: u64 },
  Withdrew: { crowdloan_id: u32, contributor: AccountId32, amount: u64 },
  PartiallyRefunded: { crowdloan_id: u32 },
  AllRefunded: { crowdloan_id: u32 },
  Finalized: { crowdloan_id: u32 },
  Dissolved: { crowdloan_id: u32 },
  MinContributionUpdated: { crowdloan_id: u32, new_min_contribution: u64 },
  EndUpdated: { crowdloan_id: u32, new_end: u32 },
  CapUpdated: { crowdloan_id: u32, new_cap: u64 },
  MaxContributionUpdated: { crowdloan_id: u32, new_max_contribution: option(u64) },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'DepositTooLow',
  'CapTooLow',
  'MinimumContributionTooLow',
  'CannotEndInPast',
  'BlockDurationTooShort',
  'BlockDurationTooLong',
  'InsufficientBalance',
  'Overflow',
  'InvalidCrowdloanId',
  'CapRaised',
  'ContributionPeriodEnded',
  'ContributionTooLow',
  'InvalidOrigin',
  'AlreadyFinalized',
  'ContributionPeriodNotEnded',
  'NoContribution',
  'CapNotRaised',
  'Underflow',
  'CallUnavailable',
  'NotReadyToDissolve',
  'DepositCannotBeWithdrawn',
  'MaxContributorsReached',
  'InvalidFinalizationConfig',
  'MaxContributionReached',
  'MaximumContributionTooLow',
  'MinimumContributionTooHigh',
]);
export const constants = {
  PalletId: constant(PalletId, '62742f636c6f616e'),
  MinimumDeposit: constant(u64, 10_000_000_000n),
  AbsoluteMinimumContribution: constant(u64, 100_000_000n),
  MinimumBlockDuration: constant(u32, ({ fast }) => (fast ? 50 : 50400)),
  MaximumBlockDuration: constant(u32, ({ fast }) => (fast ? 20000 : 432_000)),
  RefundContributorsLimit: constant(u32, 50),
  MaxContributors: constant(u32, 500),
};
