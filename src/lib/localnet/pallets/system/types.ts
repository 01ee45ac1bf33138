// Types of the pallet that storage, events and calls carry.

import { RuntimeCall, RuntimeEvent } from '../../frame/runtime-types.ts';
import { WeightType } from '../../frame/weight.ts';
import { boundedBytes, enumeration, option, plainEnum, struct, tuple, vec } from '../../scale/compound.ts';
import { ScaleError } from '../../scale/io.ts';
import { bool, bytes, compactNumber, fixedBytes, u8, u32, u64, u128 } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';
import { cow, cowStr, H256 } from '../../scale/well-known.ts';
import { AccountData, RuntimeFreezeReason, RuntimeHoldReason } from '../balances/types.ts';

export const AccountInfo = struct(
  'frame_system::AccountInfo',
  { nonce: u32, consumers: u32, providers: u32, sufficients: u32, data: AccountData },
  {
    params: [
      { name: 'Nonce', type: u32 as Type<unknown> },
      { name: 'AccountData', type: AccountData as Type<unknown> },
    ],
  },
);
export const PerDispatchClass = struct(
  'frame_support::dispatch::PerDispatchClass',
  { normal: WeightType, operational: WeightType, mandatory: WeightType },
  { params: [{ name: 'T', type: WeightType as Type<unknown> }] },
);
export const DigestItem = enumeration(
  'sp_runtime::generic::digest::DigestItem',
  {
    PreRuntime: [fixedBytes(4), bytes],
    Consensus: [fixedBytes(4), bytes],
    Seal: [fixedBytes(4), bytes],
    Other: bytes,
    RuntimeEnvironmentUpdated: null,
  },
  { indices: { PreRuntime: 6, Consensus: 4, Seal: 5, Other: 0, RuntimeEnvironmentUpdated: 8 } },
);
export const DigestType = struct('sp_runtime::generic::digest::Digest', { logs: vec(DigestItem) });
export const Phase = enumeration('frame_system::Phase', {
  ApplyExtrinsic: u32,
  Finalization: null,
  Initialization: null,
});
export const EventRecord = struct(
  'frame_system::EventRecord',
  { phase: Phase, event: RuntimeEvent, topics: vec(H256) },
  {
    params: [
      { name: 'E', type: RuntimeEvent as Type<unknown> },
      { name: 'T', type: H256 as Type<unknown> },
    ],
  },
);
export const LastRuntimeUpgradeInfo = struct('frame_system::LastRuntimeUpgradeInfo', {
  spec_version: compactNumber(u32),
  spec_name: cowStr,
});
export const CodeUpgradeAuthorization = struct(
  'frame_system::CodeUpgradeAuthorization',
  { code_hash: H256, check_version: bool },
  { params: [{ name: 'T' }] },
);
export const DispatchClass = plainEnum('frame_support::dispatch::DispatchClass', [
  'Normal',
  'Operational',
  'Mandatory',
]);
export const Pays = plainEnum('frame_support::dispatch::Pays', ['Yes', 'No']);
export const DispatchEventInfo = struct('frame_system::DispatchEventInfo', {
  weight: WeightType,
  class: DispatchClass,
  pays_fee: Pays,
});
export const WeightsPerClass = struct('frame_system::limits::WeightsPerClass', {
  base_extrinsic: WeightType,
  max_extrinsic: option(WeightType),
  max_total: option(WeightType),
  reserved: option(WeightType),
});
export const PerDispatchClassOfWeightsPerClass = struct(
  'frame_support::dispatch::PerDispatchClass',
  { normal: WeightsPerClass, operational: WeightsPerClass, mandatory: WeightsPerClass },
  { params: [{ name: 'T', type: WeightsPerClass as Type<unknown> }] },
);
export const BlockWeights = struct('frame_system::limits::BlockWeights', {
  base_block: WeightType,
  max_block: WeightType,
  per_class: PerDispatchClassOfWeightsPerClass,
});
export const PerDispatchClassOfX = struct(
  'frame_support::dispatch::PerDispatchClass',
  { normal: u32, operational: u32, mandatory: u32 },
  { params: [{ name: 'T', type: u32 as Type<unknown> }] },
);
export const BlockLength = struct('frame_system::limits::BlockLength', { max: PerDispatchClassOfX });
export const RuntimeDbWeight = struct('sp_weights::RuntimeDbWeight', { read: u64, write: u64 });
export const RuntimeVersion = struct('sp_version::RuntimeVersion', {
  spec_name: cowStr,
  impl_name: cowStr,
  authoring_version: u32,
  spec_version: u32,
  impl_version: u32,
  apis: cow(vec(tuple(fixedBytes(8), u32))),
  transaction_version: u32,
  system_version: u8,
});
export const IdAmount = struct(
  'frame_support::traits::tokens::misc::IdAmount',
  { id: RuntimeHoldReason, amount: u64 },
  {
    params: [
      { name: 'Id', type: RuntimeHoldReason as Type<unknown> },
      { name: 'Balance', type: u64 as Type<unknown> },
    ],
  },
);
export const IdAmountOfRuntimeFreezeReason = struct(
  'frame_support::traits::tokens::misc::IdAmount',
  { id: RuntimeFreezeReason, amount: u64 },
  {
    params: [
      { name: 'Id', type: RuntimeFreezeReason as Type<unknown> },
      { name: 'Balance', type: u64 as Type<unknown> },
    ],
  },
);
export const BalanceStatus = plainEnum('frame_support::traits::tokens::misc::BalanceStatus', ['Free', 'Reserved']);
export const FixedU128 = newtype('sp_arithmetic::fixed_point::FixedU128', u128);

/**
 * Parts of a whole. More than the whole does not decode: a call that carries it is no call, and a stored value reads as absent.
 * Source: polkadot-sdk, substrate/primitives/arithmetic/src/per_things.rs.
 */
export function perThing<T extends number | bigint>(name: string, inner: Type<T>, whole: T): Type<T> {
  return {
    ...newtype(`sp_arithmetic::per_things::${name}`, inner),
    decode(input) {
      const parts = inner.decode(input);
      if (parts > whole) throw new ScaleError(`${parts} is more than the whole of a ${name}, ${whole}`);
      return parts;
    },
  };
}
export const Percent = perThing('Percent', u8, 100);
export const PalletId = newtype('frame_support::PalletId', fixedBytes(8));
export const BlakeTwo256 = struct('sp_runtime::traits::BlakeTwo256', {});
export const Bounded = enumeration(
  'frame_support::traits::preimages::Bounded',
  { Legacy: { hash: H256 }, Inline: boundedBytes(), Lookup: { hash: H256, len: u32 } },
  {
    params: [
      { name: 'T', type: RuntimeCall as Type<unknown> },
      { name: 'H', type: BlakeTwo256 as Type<unknown> },
    ],
  },
);
export const Permill = perThing('Permill', u32, 1_000_000);
export const Perquintill = perThing('Perquintill', u64, 1_000_000_000_000_000_000n);
