import type { DispatchInfo } from '../frame/weight.ts';
import { feeDetails, finalFee } from '../pallets/transaction-payment/fee.ts';
import type { Runtime } from '../runtime/create-runtime.ts';
import { fromHex } from '../scale/bytes.ts';
import { ScaleError } from '../scale/io.ts';
import { compareRow, type VectorFormat } from './format.ts';
import { isObject, listOf, objectOf } from './json.ts';
import { runtimeOverNothing } from './runtime-for-vectors.ts';

interface FeeRow {
  readonly call: string;
  readonly call_hex: string;
  readonly call_weight: readonly [string, string];
  readonly class: DispatchInfo['class'];
  readonly extrinsic_len: number;
  readonly inclusion_fee: { readonly base: string; readonly len: string; readonly adjusted_weight: string } | null;
  readonly partial_fee: string;
  readonly pays: DispatchInfo['pays'];
}

/** What our runtime declares of the call, or what the row says where our runtime does not have the call. */
function infoOf(runtime: Runtime, row: FeeRow): DispatchInfo {
  try {
    return runtime.dispatchInfo(runtime.decodeCall(fromHex(row.call_hex)));
  } catch (thrown) {
    if (!(thrown instanceof ScaleError)) throw thrown;
    const [ref_time, proof_size] = row.call_weight;
    return {
      weight: { ref_time: BigInt(ref_time), proof_size: BigInt(proof_size) },
      class: row.class,
      pays: row.pays,
    };
  }
}

/** `fees.json`: weight, class and fee parts of calls (query_info, query_fee_details). */
export const feesFormat: VectorFormat = {
  name: 'fees',
  recognises: (json) =>
    isObject(json) && Array.isArray(json.rows) && isObject(json.rows[0]) && 'inclusion_fee' in json.rows[0],
  *check(json) {
    const runtime = runtimeOverNothing();
    const x = runtime.createExt({ get: () => undefined, keys: () => [] });
    for (const item of listOf(objectOf(json).rows, 'rows')) {
      const row = item as FeeRow;
      const info = infoOf(runtime, row);
      const details = feeDetails(x, row.extrinsic_len, info, 0n);
      const fee = details.inclusion_fee;
      yield compareRow(row.call.slice(0, 80), [
        ['call_weight', [info.weight.ref_time, info.weight.proof_size], row.call_weight],
        ['class', info.class, row.class],
        ['pays', info.pays, row.pays],
        [
          'inclusion_fee',
          fee && { adjusted_weight: fee.adjusted_weight_fee, base: fee.base_fee, len: fee.len_fee },
          row.inclusion_fee,
        ],
        ['partial_fee', finalFee(details), row.partial_fee],
      ]);
    }
  },
};
