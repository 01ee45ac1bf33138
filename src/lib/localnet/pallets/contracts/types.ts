// Types of the pallet that storage, events and calls carry.

import { RuntimeType } from '../../frame/outer-types.ts';
import { boundedBytes, btreeMap, enumeration, plainEnum, struct } from '../../scale/compound.ts';
import { compactBigint, u16, u32, u64 } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';
import { BlakeTwo256, perThing } from '../system/types.ts';

export const Determinism = plainEnum('pallet_contracts::wasm::Determinism', ['Enforced', 'Relaxed']);
export const CodeInfo = struct(
  'pallet_contracts::wasm::CodeInfo',
  {
    owner: AccountId32,
    deposit: compactBigint(u64),
    refcount: compactBigint(u64),
    determinism: Determinism,
    code_len: u32,
  },
  { params: [{ name: 'T' }] },
);
export const BoundedBTreeMap = newtype('bounded_collections::bounded_btree_map::BoundedBTreeMap', btreeMap(H256, u64), {
  params: [{ name: 'K', type: H256 as Type<unknown> }, { name: 'V', type: u64 as Type<unknown> }, { name: 'S' }],
});
export const ContractInfo = struct(
  'pallet_contracts::storage::ContractInfo',
  {
    trie_id: boundedBytes(),
    code_hash: H256,
    storage_bytes: u32,
    storage_items: u32,
    storage_byte_deposit: u64,
    storage_item_deposit: u64,
    storage_base_deposit: u64,
    delegate_dependencies: BoundedBTreeMap,
  },
  { params: [{ name: 'T' }] },
);
export const DeletionQueueManager = struct(
  'pallet_contracts::storage::DeletionQueueManager',
  { insert_counter: u32, delete_counter: u32 },
  { params: [{ name: 'T' }] },
);
export const Origin = enumeration(
  'pallet_contracts::Origin',
  { Root: null, Signed: AccountId32 },
  { params: [{ name: 'T', type: RuntimeType }] },
);
export const Limits = struct('pallet_contracts::schedule::Limits', {
  event_topics: u32,
  memory_pages: u32,
  subject_len: u32,
  payload_len: u32,
  runtime_memory: u32,
  validator_runtime_memory: u32,
  event_ref_time: u64,
});
export const InstructionWeights = struct(
  'pallet_contracts::schedule::InstructionWeights',
  { base: u32 },
  { params: [{ name: 'T' }] },
);
export const Schedule = struct(
  'pallet_contracts::schedule::Schedule',
  { limits: Limits, instruction_weights: InstructionWeights },
  { params: [{ name: 'T' }] },
);
const environmentType = (of: Type<unknown>) =>
  struct('pallet_contracts::EnvironmentType', {}, { params: [{ name: 'T', type: of }] });
const amount = environmentType(u64 as Type<unknown>);
export const Environment = struct(
  'pallet_contracts::Environment',
  {
    account_id: environmentType(AccountId32 as Type<unknown>),
    balance: amount,
    hash: environmentType(H256 as Type<unknown>),
    hasher: environmentType(BlakeTwo256 as Type<unknown>),
    timestamp: amount,
    block_number: environmentType(u32 as Type<unknown>),
  },
  { params: [{ name: 'T' }] },
);
export const ApiVersion = newtype('pallet_contracts::ApiVersion', u16);
export const Perbill = perThing('Perbill', u32, 1_000_000_000);
