// Types of the pallet that storage, events and calls carry.

import { enumeration, plainEnum, struct } from '../../scale/compound.ts';
import { fixedBytes, u64, u128 } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';
import { PreimageHoldReason } from '../preimage/types.ts';
import { SafeModeHoldReason } from '../safe-mode/types.ts';

export const ExtraFlags = newtype('pallet_balances::types::ExtraFlags', u128);
export const AccountData = struct(
  'pallet_balances::types::AccountData',
  { free: u64, reserved: u64, frozen: u64, flags: ExtraFlags },
  { params: [{ name: 'Balance', type: u64 as Type<unknown> }] },
);
export const Reasons = plainEnum('pallet_balances::types::Reasons', ['Fee', 'Misc', 'All']);
export const BalanceLock = struct(
  'pallet_balances::types::BalanceLock',
  { id: fixedBytes(8), amount: u64, reasons: Reasons },
  { params: [{ name: 'Balance', type: u64 as Type<unknown> }] },
);
export const ReserveData = struct(
  'pallet_balances::types::ReserveData',
  { id: fixedBytes(8), amount: u64 },
  {
    params: [
      { name: 'ReserveIdentifier', type: fixedBytes(8) as Type<unknown> },
      { name: 'Balance', type: u64 as Type<unknown> },
    ],
  },
);
export const ContractsHoldReason = plainEnum('pallet_contracts::pallet::HoldReason', [
  'CodeUploadDepositReserve',
  'StorageDepositReserve',
]);
export const RuntimeHoldReason = enumeration(
  'node_subtensor_runtime::RuntimeHoldReason',
  { Preimage: PreimageHoldReason, SafeMode: SafeModeHoldReason, Contracts: ContractsHoldReason },
  { indices: { Preimage: 14, SafeMode: 20, Contracts: 29 } },
);
export const RuntimeFreezeReason = plainEnum('node_subtensor_runtime::RuntimeFreezeReason', []);
