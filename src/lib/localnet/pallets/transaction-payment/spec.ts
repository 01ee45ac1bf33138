// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { storageOf } from '../../frame/storage.ts';
import { u8, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { FixedU128 } from '../system/types.ts';
import { Releases } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'TransactionPayment', index: 6, module: 'pallet_transaction_payment' } as const;
export const storage = storageOf('TransactionPayment');
export const NextFeeMultiplier = storage.value('NextFeeMultiplier', FixedU128, 1_000_000_000_000_000_000n);
export const StorageVersion = storage.value('StorageVersion', Releases, 'V1Ancient');
export const events = defineEvents(palletInfo, {
  TransactionFeePaid: { who: AccountId32, actual_fee: u64, tip: u64 },
});
export const constants = {
  OperationalFeeMultiplier: constant(u8, 5),
};
