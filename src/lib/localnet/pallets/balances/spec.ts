// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { blake2Concat, storageOf } from '../../frame/storage.ts';
import { boundedVec, weakBoundedVec } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { BalanceStatus, IdAmount, IdAmountOfRuntimeFreezeReason } from '../system/types.ts';
import { AccountData, BalanceLock, ReserveData } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Balances', index: 5, module: 'pallet_balances', generics: ['T', 'I'] } as const;
export const storage = storageOf('Balances');
export const TotalIssuance = storage.value('TotalIssuance', u64, 0n);
export const InactiveIssuance = storage.value('InactiveIssuance', u64, 0n);
export const Account = storage.map('Account', blake2Concat(AccountId32), AccountData, {
  free: 0n,
  reserved: 0n,
  frozen: 0n,
  flags: 170_141_183_460_469_231_731_687_303_715_884_105_728n,
});
export const Locks = storage.map('Locks', blake2Concat(AccountId32), weakBoundedVec(BalanceLock), []);
export const Reserves = storage.map('Reserves', blake2Concat(AccountId32), boundedVec(ReserveData), []);
export const Holds = storage.map('Holds', blake2Concat(AccountId32), boundedVec(IdAmount), []);
export const Freezes = storage.map('Freezes', blake2Concat(AccountId32), boundedVec(IdAmountOfRuntimeFreezeReason), []);
export const events = defineEvents(palletInfo, {
  Endowed: { account: AccountId32, free_balance: u64 },
  DustLost: { account: AccountId32, amount: u64 },
  Transfer: { from: AccountId32, to: AccountId32, amount: u64 },
  BalanceSet: { who: AccountId32, free: u64 },
  Reserved: { who: AccountId32, amount: u64 },
  Unreserved: { who: AccountId32, amount: u64 },
  ReserveRepatriated: { from: AccountId32, to: AccountId32, amount: u64, destination_status: BalanceStatus },
  Deposit: { who: AccountId32, amount: u64 },
  Withdraw: { who: AccountId32, amount: u64 },
  Slashed: { who: AccountId32, amount: u64 },
  Minted: { who: AccountId32, amount: u64 },
  Burned: { who: AccountId32, amount: u64 },
  Suspended: { who: AccountId32, amount: u64 },
  Restored: { who: AccountId32, amount: u64 },
  Upgraded: { who: AccountId32 },
  Issued: { amount: u64 },
  Rescinded: { amount: u64 },
  Locked: { who: AccountId32, amount: u64 },
  Unlocked: { who: AccountId32, amount: u64 },
  Frozen: { who: AccountId32, amount: u64 },
  Thawed: { who: AccountId32, amount: u64 },
  TotalIssuanceForced: { old: u64, new: u64 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'VestingBalance',
  'LiquidityRestrictions',
  'InsufficientBalance',
  'ExistentialDeposit',
  'Expendability',
  'ExistingVestingSchedule',
  'DeadAccount',
  'TooManyReserves',
  'TooManyHolds',
  'TooManyFreezes',
  'IssuanceDeactivated',
  'DeltaZero',
]);
export const constants = {
  ExistentialDeposit: constant(u64, 500n),
  MaxLocks: constant(u32, 50),
  MaxReserves: constant(u32, 50),
  MaxFreezes: constant(u32, 50),
};
