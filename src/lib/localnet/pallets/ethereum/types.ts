// Types of the pallet that storage, events and calls carry.

import { enumeration, option, struct, vec } from '../../scale/compound.ts';
import { bool, bytes, fixedBytes, u8, u32, u64 } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';
import { H160, H256 } from '../../scale/well-known.ts';
import { U256 } from '../evm/types.ts';

export const TransactionAction = enumeration('ethereum::transaction::legacy::TransactionAction', {
  Call: H160,
  Create: null,
});
export const TransactionRecoveryId = newtype('ethereum::transaction::legacy::TransactionRecoveryId', u64);
export const TransactionSignature = struct('ethereum::transaction::legacy::TransactionSignature', {
  v: TransactionRecoveryId,
  r: H256,
  s: H256,
});
export const LegacyTransaction = struct('ethereum::transaction::legacy::LegacyTransaction', {
  nonce: U256,
  gas_price: U256,
  gas_limit: U256,
  action: TransactionAction,
  value: U256,
  input: bytes,
  signature: TransactionSignature,
});
export const AccessListItem = struct('ethereum::transaction::eip2930::AccessListItem', {
  address: H160,
  storage_keys: vec(H256),
});
export const Eip2930TransactionSignature = struct('ethereum::transaction::eip2930::TransactionSignature', {
  odd_y_parity: bool,
  r: H256,
  s: H256,
});
export const EIP2930Transaction = struct('ethereum::transaction::eip2930::EIP2930Transaction', {
  chain_id: u64,
  nonce: U256,
  gas_price: U256,
  gas_limit: U256,
  action: TransactionAction,
  value: U256,
  input: bytes,
  access_list: vec(AccessListItem),
  signature: Eip2930TransactionSignature,
});
export const EIP1559Transaction = struct('ethereum::transaction::eip1559::EIP1559Transaction', {
  chain_id: u64,
  nonce: U256,
  max_priority_fee_per_gas: U256,
  max_fee_per_gas: U256,
  gas_limit: U256,
  action: TransactionAction,
  value: U256,
  input: bytes,
  access_list: vec(AccessListItem),
  signature: Eip2930TransactionSignature,
});
export const MalleableTransactionSignature = struct('ethereum::transaction::eip2930::MalleableTransactionSignature', {
  odd_y_parity: bool,
  r: H256,
  s: H256,
});
export const AuthorizationListItem = struct('ethereum::transaction::eip7702::AuthorizationListItem', {
  chain_id: u64,
  address: H160,
  nonce: U256,
  signature: MalleableTransactionSignature,
});
export const EIP7702Transaction = struct('ethereum::transaction::eip7702::EIP7702Transaction', {
  chain_id: u64,
  nonce: U256,
  max_priority_fee_per_gas: U256,
  max_fee_per_gas: U256,
  gas_limit: U256,
  destination: TransactionAction,
  value: U256,
  data: bytes,
  access_list: vec(AccessListItem),
  authorization_list: vec(AuthorizationListItem),
  signature: Eip2930TransactionSignature,
});
export const TransactionV3 = enumeration('ethereum::transaction::TransactionV3', {
  Legacy: LegacyTransaction,
  EIP2930: EIP2930Transaction,
  EIP1559: EIP1559Transaction,
  EIP7702: EIP7702Transaction,
});
export const Log = struct('ethereum::log::Log', { address: H160, topics: vec(H256), data: bytes });
export const Bloom = newtype('ethbloom::Bloom', fixedBytes(256));
export const TransactionStatus = struct('fp_rpc::TransactionStatus', {
  transaction_hash: H256,
  transaction_index: u32,
  from: H160,
  to: option(H160),
  contract_address: option(H160),
  logs: vec(Log),
  logs_bloom: Bloom,
});
export const EIP658ReceiptData = struct('ethereum::receipt::EIP658ReceiptData', {
  status_code: u8,
  used_gas: U256,
  logs_bloom: Bloom,
  logs: vec(Log),
});
export const ReceiptV4 = enumeration('ethereum::receipt::ReceiptV4', {
  Legacy: EIP658ReceiptData,
  EIP2930: EIP658ReceiptData,
  EIP1559: EIP658ReceiptData,
  EIP7702: EIP658ReceiptData,
});
export const H64 = newtype('ethereum_types::hash::H64', fixedBytes(8));
export const Header = struct('ethereum::header::Header', {
  parent_hash: H256,
  ommers_hash: H256,
  beneficiary: H160,
  state_root: H256,
  transactions_root: H256,
  receipts_root: H256,
  logs_bloom: Bloom,
  difficulty: U256,
  number: U256,
  gas_limit: U256,
  gas_used: U256,
  timestamp: u64,
  extra_data: bytes,
  mix_hash: H256,
  nonce: H64,
});
export const Block = struct(
  'ethereum::block::Block',
  { header: Header, transactions: vec(TransactionV3), ommers: vec(Header) },
  { params: [{ name: 'T', type: TransactionV3 as Type<unknown> }] },
);
