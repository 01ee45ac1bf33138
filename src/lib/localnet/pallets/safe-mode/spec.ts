// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { storageOf, twox64Concat } from '../../frame/storage.ts';
import { option } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { ExitReason } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'SafeMode', index: 20, module: 'pallet_safe_mode' } as const;
export const storage = storageOf('SafeMode');
export const EnteredUntil = storage.optionalValue('EnteredUntil', u32);
export const Deposits = storage.optionalDoubleMap('Deposits', twox64Concat(AccountId32), twox64Concat(u32), u64);
export const events = defineEvents(palletInfo, {
  Entered: { until: u32 },
  Extended: { until: u32 },
  Exited: { reason: ExitReason },
  DepositPlaced: { account: AccountId32, amount: u64 },
  DepositReleased: { account: AccountId32, amount: u64 },
  DepositSlashed: { account: AccountId32, amount: u64 },
  CannotDeposit: null,
  CannotRelease: null,
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'Entered',
  'Exited',
  'NotConfigured',
  'NoDeposit',
  'AlreadyDeposited',
  'CannotReleaseYet',
  'CurrencyError',
]);
export const constants = {
  EnterDuration: constant(u32, 0),
  ExtendDuration: constant(u32, 0),
  EnterDepositAmount: constant(option(u64), undefined),
  ExtendDepositAmount: constant(option(u64), undefined),
  ReleaseDelay: constant(option(u32), undefined),
};
