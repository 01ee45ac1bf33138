import type { Ext } from '../../frame/ext.ts';
import { METADATA_VERSIONS } from '../../frame/metadata.ts';
import { apiMethod, type RuntimeApi, runtimeApi } from '../../frame/runtime-api.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import { TransactionValidityError, TransactionValidityType } from '../../frame/transaction-validity.ts';
import { WeightType } from '../../frame/weight.ts';
import { slotDuration } from '../../pallets/aura/slot.ts';
import { Authorities } from '../../pallets/aura/spec.ts';
import { AuraPublic } from '../../pallets/aura/types.ts';
import { CurrentSetId, Authorities as GrandpaAuthorities } from '../../pallets/grandpa/spec.ts';
import { GrandpaPublic } from '../../pallets/grandpa/types.ts';
import { nonceOf } from '../../pallets/system/account.ts';
import { DispatchClass, RuntimeVersion } from '../../pallets/system/types.ts';
import { weightToFee } from '../../pallets/transaction-payment/fee.ts';
import type { Runtime } from '../../runtime/create-runtime.ts';
import { option, plainEnum, struct, tuple, vec } from '../../scale/compound.ts';
import { Writer } from '../../scale/io.ts';
import { bytes, u32, u64 } from '../../scale/primitives.ts';
import { newtype, type Type, type ValueOf } from '../../scale/type.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';

/** What the core APIs need of the node. */
export interface RuntimeDescription {
  readonly version: ValueOf<typeof RuntimeVersion>;
  metadata(version: number): Uint8Array | undefined;
}

const OpaqueMetadata = newtype('sp_core::OpaqueMetadata', bytes, { typeName: 'Vec<u8>' });
/** An extrinsic as an argument: the bytes behind the length prefix. */
const OpaqueExtrinsic = newtype('sp_runtime::OpaqueExtrinsic', bytes, { typeName: 'Vec<u8>' });
const TransactionSource = plainEnum('sp_runtime::transaction_validity::TransactionSource', [
  'InBlock',
  'Local',
  'External',
]);
const balanceParam = { name: 'Balance', type: u64 as Type<unknown> };
const RuntimeDispatchInfo = struct(
  'pallet_transaction_payment::types::RuntimeDispatchInfo',
  { weight: WeightType, class: DispatchClass, partial_fee: u64 },
  { params: [balanceParam, { name: 'Weight', type: WeightType as Type<unknown> }] },
);
const InclusionFee = struct(
  'pallet_transaction_payment::types::InclusionFee',
  { base_fee: u64, len_fee: u64, adjusted_weight_fee: u64 },
  { params: [balanceParam] },
);
const FeeDetailsType: Type<{
  readonly inclusion_fee: ValueOf<typeof InclusionFee> | undefined;
}> = struct(
  'pallet_transaction_payment::types::FeeDetails',
  { inclusion_fee: option(InclusionFee) },
  { params: [balanceParam] },
);

function withPrefix(content: Uint8Array): Uint8Array {
  const out = new Writer(content.length + 4);
  bytes.encode(out, content);
  return out.finish();
}

/** The runtime APIs that every Substrate chain has, as far as a client can use them here. */
export function coreApis(runtime: Runtime, about: RuntimeDescription): readonly RuntimeApi[] {
  const nothing = {};
  return [
    runtimeApi('Core', 5, { version: apiMethod(nothing, RuntimeVersion, () => about.version) }),
    runtimeApi('Metadata', 2, {
      metadata: apiMethod(nothing, OpaqueMetadata, () => about.metadata(14)!),
      metadata_at_version: apiMethod({ version: u32 }, option(OpaqueMetadata), (_, { version }) =>
        about.metadata(version),
      ),
      metadata_versions: apiMethod(nothing, vec(u32), () => [...METADATA_VERSIONS]),
    }),
    runtimeApi('TaggedTransactionQueue', 3, {
      validate_transaction: apiMethod(
        { source: TransactionSource, tx: OpaqueExtrinsic, block_hash: H256 },
        TransactionValidityType,
        (x, { source, tx, block_hash }) => validity(runtime, x, source, withPrefix(tx), block_hash),
      ),
    }),
    runtimeApi('AuraApi', 1, {
      slot_duration: apiMethod(nothing, newtype('sp_consensus_slots::SlotDuration', u64, { typeName: 'u64' }), () =>
        slotDuration(runtime.params),
      ),
      authorities: apiMethod(nothing, vec(AuraPublic), (x) => Authorities.get(x)),
    }),
    runtimeApi('GrandpaApi', 3, {
      grandpa_authorities: apiMethod(nothing, vec(tuple(GrandpaPublic, u64)), (x) => GrandpaAuthorities.get(x)),
      current_set_id: apiMethod(nothing, u64, (x) => CurrentSetId.get(x)),
    }),
    runtimeApi('AccountNonceApi', 1, {
      account_nonce: apiMethod({ account: AccountId32 }, u32, (x, { account }) => nonceOf(x, account)),
    }),
    runtimeApi('TransactionPaymentApi', 4, {
      query_info: apiMethod({ uxt: OpaqueExtrinsic, len: u32 }, RuntimeDispatchInfo, (x, { uxt, len }) =>
        runtime.queryInfo(x, withPrefix(uxt), len),
      ),
      query_fee_details: apiMethod({ uxt: OpaqueExtrinsic, len: u32 }, FeeDetailsType, (x, { uxt, len }) =>
        runtime.queryFeeDetails(x, withPrefix(uxt), len),
      ),
      query_weight_to_fee: apiMethod({ weight: WeightType }, u64, (_, { weight }) => weightToFee(weight)),
      query_length_to_fee: apiMethod({ length: u32 }, u64, (_, { length }) => BigInt(length)),
    }),
    runtimeApi('TransactionPaymentCallApi', 3, {
      query_call_info: apiMethod({ call: RuntimeCall, len: u32 }, RuntimeDispatchInfo, (x, { call, len }) =>
        runtime.queryCallInfo(x, call, len),
      ),
      query_call_fee_details: apiMethod({ call: RuntimeCall, len: u32 }, FeeDetailsType, (x, { call, len }) =>
        runtime.queryCallFeeDetails(x, call, len),
      ),
      query_weight_to_fee: apiMethod({ weight: WeightType }, u64, (_, { weight }) => weightToFee(weight)),
      query_length_to_fee: apiMethod({ length: u32 }, u64, (_, { length }) => BigInt(length)),
    }),
  ];
}

function validity(
  runtime: Runtime,
  x: Ext,
  source: ValueOf<typeof TransactionSource>,
  transaction: Uint8Array,
  blockHash: string,
): ValueOf<typeof TransactionValidityType> {
  try {
    return { type: 'Ok', value: runtime.validateTransaction(x, source, transaction, blockHash) };
  } catch (error) {
    if (!(error instanceof TransactionValidityError)) throw error;
    return { type: 'Err', value: error.value };
  }
}
