import type { Ext } from '../../frame/ext.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { reducibleBalance } from '../../pallets/balances/currency.ts';
import { BaseFeePerGas, Elasticity } from '../../pallets/base-fee/spec.ts';
import { ContractInfoOf } from '../../pallets/contracts/spec.ts';
import { CurrentBlock, CurrentReceipts, CurrentTransactionStatuses } from '../../pallets/ethereum/spec.ts';
import { Block, ReceiptV4, TransactionStatus, TransactionV3 } from '../../pallets/ethereum/types.ts';
import { AccountCodes, AccountStorages } from '../../pallets/evm/spec.ts';
import { U256 } from '../../pallets/evm/types.ts';
import { ChainId } from '../../pallets/evm-chain-id/spec.ts';
import { nonceOf } from '../../pallets/system/account.ts';
import { Permill } from '../../pallets/system/types.ts';
import { concatBytes, fromHex, type Hex, toHex, utf8 } from '../../scale/bytes.ts';
import { option, plainEnum, result, struct, tuple, vec } from '../../scale/compound.ts';
import { bytes, u64, unit } from '../../scale/primitives.ts';
import { encode } from '../../scale/type.ts';
import { type AccountId, AccountId32, H160, H256 } from '../../scale/well-known.ts';
import type { Runtime } from '../create-runtime.ts';
import { uncheckedExtrinsicType } from '../unchecked-extrinsic.ts';

// What can be read of the EVM and of contracts. This project runs neither: methods that would execute code are not here.
// Source: runtime/src/lib.rs.

/** EVM amounts have eighteen decimals, TAO nine. */
const EVM_UNITS_PER_RAO = 1_000_000_000n;
const WORD = (1n << 64n) - 1n;

/** A 256-bit number as the chain stores it: four words, lowest first. */
const toWords = (value: bigint): readonly bigint[] => [0n, 64n, 128n, 192n].map((shift) => (value >> shift) & WORD);

/** The same as 32 bytes, highest first: how the EVM names storage slots. */
const toBigEndian = (words: readonly bigint[]): Hex =>
  [...words]
    .reverse()
    .map((word) => word.toString(16).padStart(16, '0'))
    .join('');

/** The account that stands for an Ethereum address. */
const accountOf = (address: Hex): AccountId => toHex(blake2_256(concatBytes(utf8.encode('evm:'), fromHex(address))));

const Basic = struct('evm::backend::Basic', { balance: U256, nonce: U256 });
const currentBlock = option(Block);
const currentReceipts = option(vec(ReceiptV4));
const currentStatuses = option(vec(TransactionStatus));

function accountBasic(x: Ext, address: Hex) {
  const account = accountOf(address);
  const rao = reducibleBalance(x, account, 'Preserve');
  return { balance: toWords(rao * EVM_UNITS_PER_RAO), nonce: toWords(BigInt(nonceOf(x, account))) };
}

export const EthereumRuntimeRPCApi = runtimeApi('EthereumRuntimeRPCApi', 6, {
  chain_id: apiMethod({}, u64, (x) => ChainId.get(x)),
  account_basic: apiMethod({ address: H160 }, Basic, (x, { address }) => accountBasic(x, address)),
  gas_price: apiMethod({}, U256, (x) => BaseFeePerGas.get(x)),
  account_code_at: apiMethod({ address: H160 }, bytes, (x, { address }) => AccountCodes.get(x, address)),
  storage_at: apiMethod({ address: H160, index: U256 }, H256, (x, { address, index }) =>
    AccountStorages.get(x, address, toBigEndian(index)),
  ),
  current_block: apiMethod({}, currentBlock, (x) => CurrentBlock.get(x)),
  current_receipts: apiMethod({}, currentReceipts, (x) => CurrentReceipts.get(x)),
  current_transaction_statuses: apiMethod({}, currentStatuses, (x) => CurrentTransactionStatuses.get(x)),
  current_all: apiMethod(
    {},
    tuple(currentBlock, currentReceipts, currentStatuses),
    (x) => [CurrentBlock.get(x), CurrentReceipts.get(x), CurrentTransactionStatuses.get(x)] as const,
  ),
  elasticity: apiMethod({}, option(Permill), (x) => Elasticity.get(x)),
  gas_limit_multiplier_support: apiMethod({}, unit, () => undefined),
});

/** A bare extrinsic of version 5, and Ethereum.transact. */
const TRANSACT = Uint8Array.of(5, 21, 0);

export const convertTransactionApi = (runtime: Runtime) =>
  runtimeApi('ConvertTransactionRuntimeApi', 2, {
    convert_transaction: apiMethod(
      { transaction: TransactionV3 },
      uncheckedExtrinsicType(runtime.extensions),
      (_, { transaction }) => concatBytes(TRANSACT, encode(TransactionV3, transaction)),
    ),
  });

const ContractAccessError = plainEnum('pallet_contracts::primitives::ContractAccessError', [
  'DoesntExist',
  'KeyDecodingFailed',
  'MigrationInProgress',
]);

/** No contract can come to be here, so there is none to read. */
export const ContractsApi = runtimeApi('ContractsApi', 2, {
  get_storage: apiMethod(
    { address: AccountId32, key: bytes },
    result(option(bytes), ContractAccessError),
    (x, { address }) => {
      if (ContractInfoOf.containsKey(x, address))
        throw new Error('a contract in the state of a chain without contracts');
      return { type: 'Err', value: 'DoesntExist' } as const;
    },
  ),
});
