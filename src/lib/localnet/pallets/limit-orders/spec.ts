// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { blake2Concat, identity, storageOf } from '../../frame/storage.ts';
import { boundedBytes } from '../../scale/compound.ts';
import { bool, u16, u32, u64 } from '../../scale/primitives.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';
import { PalletId } from '../system/types.ts';
import { OrderSide, OrderStatus, OrderType } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'LimitOrders', index: 32, module: 'pallet_limit_orders' } as const;
export const storage = storageOf('LimitOrders');
export const Orders = storage.optionalMap('Orders', blake2Concat(H256), OrderStatus);
export const LimitOrdersEnabled = storage.value('LimitOrdersEnabled', bool, false);
export const HasMigrationRun = storage.map('HasMigrationRun', identity(boundedBytes()), bool, false);
export const events = defineEvents(palletInfo, {
  OrderExecuted: {
    order_id: H256,
    signer: AccountId32,
    netuid: u16,
    order_type: OrderType,
    amount_in: u64,
    amount_out: u64,
  },
  OrderSkipped: { order_id: H256, reason: DispatchErrorType },
  OrderCancelled: { order_id: H256, signer: AccountId32 },
  GroupExecutionSummary: { netuid: u16, net_side: OrderSide, net_amount: u64, actual_out: u64, executed_count: u32 },
  LimitOrdersPalletStatusChanged: { enabled: bool },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'InvalidSignature',
  'OrderAlreadyProcessed',
  'OrderCancelled',
  'OrderExpired',
  'PriceConditionNotMet',
  'Unauthorized',
  'SwapReturnedZero',
  'RootNetUidNotAllowed',
  'OrderNetUidMismatch',
  'LimitOrdersDisabled',
  'RelayerMissMatch',
  'PartialFillsNotEnabled',
  'IncorrectPartialFillAmount',
  'RelayerRequiredForPartialFill',
  'ChainIdMismatch',
  'PalletHotkeyNotRegistered',
  'ArithmeticOverflow',
  'DuplicateOrderInBatch',
  'ZeroShareInBatch',
]);
export const constants = {
  MaxOrdersPerBatch: constant(u32, 100),
  PalletId: constant(PalletId, '62742f6c696d6974'),
  PalletHotkey: constant(AccountId32, '6d6f646c62742f6c6d686b790000000000000000000000000000000000000000'),
};
