import { TransactionValidityError } from '../frame/transaction-validity.ts';
import { checkFormat } from './author.ts';
import { stateOf } from './blocks.ts';
import { method, type RpcMethods } from './method.ts';
import { hash, hexBytes, optional } from './params.ts';
import { RpcError } from './rpc-error.ts';

const params = { extrinsic: hexBytes, at: optional(hash) };

/** A JSON number is exact for every fee that this chain can charge; weights go beyond, in nobody's use. */
const numeric = (value: bigint): number => Number(value);

function refusing<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof TransactionValidityError)) throw error;
    throw new RpcError(1, 'Unable to query dispatch info.', error.message);
  }
}

/** Fees before submission; the transaction's signature is not looked at. */
export const paymentMethods: RpcMethods = {
  payment_queryInfo: method(params, ({ extrinsic, at }, { engine }) => {
    const { ext } = stateOf(engine, at);
    const bytes = checkFormat(extrinsic);
    const info = refusing(() => engine.runtime.runtime.queryInfo(ext, bytes, bytes.length));
    return {
      weight: { ref_time: numeric(info.weight.ref_time), proof_size: numeric(info.weight.proof_size) },
      class: info.class.toLowerCase(),
      partialFee: info.partial_fee.toString(),
    };
  }),
  payment_queryFeeDetails: method(params, ({ extrinsic, at }, { engine }) => {
    const { ext } = stateOf(engine, at);
    const bytes = checkFormat(extrinsic);
    const { inclusion_fee: fee } = refusing(() => engine.runtime.runtime.queryFeeDetails(ext, bytes, bytes.length));
    if (!fee) return { inclusionFee: null };
    return {
      inclusionFee: {
        baseFee: numeric(fee.base_fee),
        lenFee: numeric(fee.len_fee),
        adjustedWeightFee: numeric(fee.adjusted_weight_fee),
      },
    };
  }),
};
