// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { identity, storageOf, twox64Concat } from '../../frame/storage.ts';
import { boundedBytes } from '../../scale/compound.ts';
import { bool, bytes, u32, u64 } from '../../scale/primitives.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';
import {
  ApiVersion,
  CodeInfo,
  ContractInfo,
  DeletionQueueManager,
  Environment,
  Origin,
  Perbill,
  Schedule,
} from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Contracts', index: 29, module: 'pallet_contracts' } as const;
export const storage = storageOf('Contracts');
export const PristineCode = storage.optionalMap('PristineCode', identity(H256), boundedBytes());
export const CodeInfoOf = storage.optionalMap('CodeInfoOf', identity(H256), CodeInfo);
export const Nonce = storage.value('Nonce', u64, 0n);
export const ContractInfoOf = storage.optionalMap('ContractInfoOf', twox64Concat(AccountId32), ContractInfo);
export const DeletionQueue = storage.optionalMap('DeletionQueue', twox64Concat(u32), boundedBytes());
export const DeletionQueueCounter = storage.value('DeletionQueueCounter', DeletionQueueManager, {
  insert_counter: 0,
  delete_counter: 0,
});
export const MigrationInProgress = storage.optionalValue('MigrationInProgress', boundedBytes());
export const events = defineEvents(palletInfo, {
  Instantiated: { deployer: AccountId32, contract: AccountId32 },
  Terminated: { contract: AccountId32, beneficiary: AccountId32 },
  CodeStored: { code_hash: H256, deposit_held: u64, uploader: AccountId32 },
  ContractEmitted: { contract: AccountId32, data: bytes },
  CodeRemoved: { code_hash: H256, deposit_released: u64, remover: AccountId32 },
  ContractCodeUpdated: { contract: AccountId32, new_code_hash: H256, old_code_hash: H256 },
  Called: { caller: Origin, contract: AccountId32 },
  DelegateCalled: { contract: AccountId32, code_hash: H256 },
  StorageDepositTransferredAndHeld: { from: AccountId32, to: AccountId32, amount: u64 },
  StorageDepositTransferredAndReleased: { from: AccountId32, to: AccountId32, amount: u64 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'InvalidSchedule',
  'InvalidCallFlags',
  'OutOfGas',
  'OutputBufferTooSmall',
  'TransferFailed',
  'MaxCallDepthReached',
  'ContractNotFound',
  'CodeTooLarge',
  'CodeNotFound',
  'CodeInfoNotFound',
  'OutOfBounds',
  'DecodingFailed',
  'ContractTrapped',
  'ValueTooLarge',
  'TerminatedWhileReentrant',
  'InputForwarded',
  'RandomSubjectTooLong',
  'TooManyTopics',
  'NoChainExtension',
  'XCMDecodeFailed',
  'DuplicateContract',
  'TerminatedInConstructor',
  'ReentranceDenied',
  'StateChangeDenied',
  'StorageDepositNotEnoughFunds',
  'StorageDepositLimitExhausted',
  'CodeInUse',
  'ContractReverted',
  'CodeRejected',
  'Indeterministic',
  'MigrationInProgress',
  'NoMigrationPerformed',
  'MaxDelegateDependenciesReached',
  'DelegateDependencyNotFound',
  'DelegateDependencyAlreadyExists',
  'CannotAddSelfAsDelegateDependency',
  'OutOfTransientStorage',
]);
export const constants = {
  Schedule: constant(Schedule, {
    limits: {
      event_topics: 4,
      memory_pages: 16,
      subject_len: 32,
      payload_len: 16384,
      runtime_memory: 1_073_741_824,
      validator_runtime_memory: 2_147_483_648,
      event_ref_time: 60000n,
    },
    instruction_weights: { base: 1259 },
  }),
  DepositPerByte: constant(u64, 30n),
  DefaultDepositLimit: constant(u64, 31_534_080n),
  DepositPerItem: constant(u64, 75n),
  CodeHashLockupDepositPercent: constant(Perbill, 300_000_000),
  MaxCodeLen: constant(u32, 131_072),
  MaxStorageKeyLen: constant(u32, 128),
  MaxTransientStorageSize: constant(u32, 1_048_576),
  MaxDelegateDependencies: constant(u32, 32),
  UnsafeUnstableInterface: constant(bool, false),
  MaxDebugBufferLen: constant(u32, 2_097_152),
  Environment: constant(Environment, {
    account_id: {},
    balance: {},
    hash: {},
    hasher: {},
    timestamp: {},
    block_number: {},
  }),
  ApiVersion: constant(ApiVersion, 4),
};
