// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { identity, storageOf, twox64Concat } from '../../frame/storage.ts';
import { tuple, vec } from '../../scale/compound.ts';
import { bytes, u32 } from '../../scale/primitives.ts';
import { H160, H256 } from '../../scale/well-known.ts';
import { ExitReason, U256 } from '../evm/types.ts';
import { Block, ReceiptV4, TransactionStatus, TransactionV3 } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Ethereum', index: 21, module: 'pallet_ethereum', eventGenerics: [] } as const;
export const storage = storageOf('Ethereum');
export const Pending = storage.optionalMap(
  'Pending',
  identity(u32),
  tuple(TransactionV3, TransactionStatus, ReceiptV4),
);
export const CounterForPending = storage.value('CounterForPending', u32, 0);
export const CurrentBlock = storage.optionalValue('CurrentBlock', Block);
export const CurrentReceipts = storage.optionalValue('CurrentReceipts', vec(ReceiptV4));
export const CurrentTransactionStatuses = storage.optionalValue('CurrentTransactionStatuses', vec(TransactionStatus));
export const BlockHash = storage.map('BlockHash', twox64Concat(U256), H256, '0'.repeat(64));
export const events = defineEvents(palletInfo, {
  Executed: { from: H160, to: H160, transaction_hash: H256, exit_reason: ExitReason, extra_data: bytes },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, ['InvalidSignature', 'PreLogExists']);
