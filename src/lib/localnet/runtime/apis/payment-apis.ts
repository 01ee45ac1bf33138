import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import { WeightType } from '../../frame/weight.ts';
import { DispatchClass } from '../../pallets/system/types.ts';
import { weightToFee } from '../../pallets/transaction-payment/fee.ts';
import { option, struct } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import type { Runtime } from '../create-runtime.ts';
import { uncheckedExtrinsicType } from '../unchecked-extrinsic.ts';
import { withLengthPrefix } from './extrinsic-bytes.ts';

// Fees in rao; lengths in bytes. Source: pallet-transaction-payment 42 (runtime-api, types).

const balance = { name: 'Balance', type: u64 as Type<unknown> };
const PATH = 'pallet_transaction_payment::types';
const RuntimeDispatchInfo = struct(
  `${PATH}::RuntimeDispatchInfo`,
  { weight: WeightType, class: DispatchClass, partial_fee: u64 },
  { params: [balance, { name: 'Weight', type: WeightType as Type<unknown> }] },
);
const InclusionFee = struct(
  `${PATH}::InclusionFee`,
  { base_fee: u64, len_fee: u64, adjusted_weight_fee: u64 },
  { params: [balance] },
);
const FeeDetails = struct(
  `${PATH}::FeeDetails`,
  { inclusion_fee: option(InclusionFee), tip: u64 },
  { params: [balance] },
);

/** The same in both APIs: what weight and length cost by themselves. */
const parts = {
  query_weight_to_fee: apiMethod({ weight: WeightType }, u64, (_, { weight }) => weightToFee(weight)),
  query_length_to_fee: apiMethod({ length: u32 }, u64, (_, { length }) => BigInt(length)),
};

export function transactionPaymentApi(runtime: Runtime) {
  const inputs = { uxt: uncheckedExtrinsicType(runtime.extensions), len: u32 };
  return runtimeApi('TransactionPaymentApi', 4, {
    query_info: apiMethod(inputs, RuntimeDispatchInfo, (x, { uxt, len }) =>
      runtime.queryInfo(x, withLengthPrefix(uxt), len),
    ),
    query_fee_details: apiMethod(inputs, FeeDetails, (x, { uxt, len }) =>
      runtime.queryFeeDetails(x, withLengthPrefix(uxt), len),
    ),
    ...parts,
  });
}

export const transactionPaymentCallApi = (runtime: Runtime) =>
  runtimeApi('TransactionPaymentCallApi', 3, {
    query_call_info: apiMethod({ call: RuntimeCall, len: u32 }, RuntimeDispatchInfo, (x, { call, len }) =>
      runtime.queryCallInfo(x, call, len),
    ),
    query_call_fee_details: apiMethod({ call: RuntimeCall, len: u32 }, FeeDetails, (x, { call, len }) =>
      runtime.queryCallFeeDetails(x, call, len),
    ),
    ...parts,
  });
