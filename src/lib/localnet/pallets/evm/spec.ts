// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { blake2Concat, storageOf } from '../../frame/storage.ts';
import { vec } from '../../scale/compound.ts';
import { bool, bytes } from '../../scale/primitives.ts';
import { H160, H256 } from '../../scale/well-known.ts';
import { Log } from '../ethereum/types.ts';
import { CodeMetadata } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'EVM', index: 22, module: 'pallet_evm' } as const;
export const storage = storageOf('EVM');
export const AccountCodes = storage.map('AccountCodes', blake2Concat(H160), bytes, new Uint8Array());
export const AccountCodesMetadata = storage.optionalMap('AccountCodesMetadata', blake2Concat(H160), CodeMetadata);
export const AccountStorages = storage.doubleMap(
  'AccountStorages',
  blake2Concat(H160),
  blake2Concat(H256),
  H256,
  '0'.repeat(64),
);
export const WhitelistedCreators = storage.value('WhitelistedCreators', vec(H160), []);
export const DisableWhitelistCheck = storage.value('DisableWhitelistCheck', bool, false);
export const events = defineEvents(palletInfo, {
  Log: { log: Log },
  Created: { address: H160 },
  CreatedFailed: { address: H160 },
  Executed: { address: H160 },
  ExecutedFailed: { address: H160 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'BalanceLow',
  'FeeOverflow',
  'PaymentOverflow',
  'WithdrawFailed',
  'GasPriceTooLow',
  'InvalidNonce',
  'GasLimitTooLow',
  'GasLimitTooHigh',
  'InvalidChainId',
  'InvalidSignature',
  'Reentrancy',
  'TransactionMustComeFromEOA',
  'Undefined',
  'NotAllowed',
  'CreateOriginNotAllowed',
]);
