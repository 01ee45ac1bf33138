import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import {
  TransactionValidityError,
  TransactionValidityErrorType,
  type TransactionValidityErrorValue,
  TransactionValidityType,
} from '../../frame/transaction-validity.ts';
import { plainEnum, result } from '../../scale/compound.ts';
import { unit } from '../../scale/primitives.ts';
import { H256 } from '../../scale/well-known.ts';
import type { Runtime } from '../create-runtime.ts';
import { uncheckedExtrinsicType } from '../unchecked-extrinsic.ts';
import { withLengthPrefix } from './extrinsic-bytes.ts';

// What becomes of an extrinsic. Source: sp-block-builder, sp-transaction-pool, sp_runtime::ApplyExtrinsicResult.

const TransactionSourceType = plainEnum('sp_runtime::transaction_validity::TransactionSource', [
  'InBlock',
  'Local',
  'External',
]);
/** Refused, or in the block with the outcome of its dispatch. */
export const ApplyExtrinsicResult = result(result(unit, DispatchErrorType), TransactionValidityErrorType);

/** The outcome, or why the transaction is refused; the phase of the externalities stays. */
function outcomeOf<T>(
  x: Ext,
  body: () => T,
):
  | { readonly type: 'Ok'; readonly value: T }
  | { readonly type: 'Err'; readonly value: TransactionValidityErrorValue } {
  const { phase } = x;
  try {
    return { type: 'Ok', value: body() };
  } catch (thrown) {
    if (!(thrown instanceof TransactionValidityError)) throw thrown;
    return { type: 'Err', value: thrown.value };
  } finally {
    x.phase = phase;
  }
}

/** Building blocks is the node's; a client applies one extrinsic to a state to see how it ends. */
export const blockBuilderApi = (runtime: Runtime) =>
  runtimeApi('BlockBuilder', 6, {
    apply_extrinsic: apiMethod(
      { extrinsic: uncheckedExtrinsicType(runtime.extensions) },
      ApplyExtrinsicResult,
      (x, { extrinsic }) =>
        outcomeOf(x, () => {
          const { error } = runtime.applyExtrinsic(x, withLengthPrefix(extrinsic));
          return error ? { type: 'Err', value: error.value } : { type: 'Ok', value: undefined };
        }),
    ),
  });

export const taggedTransactionQueueApi = (runtime: Runtime) =>
  runtimeApi('TaggedTransactionQueue', 3, {
    validate_transaction: apiMethod(
      { source: TransactionSourceType, tx: uncheckedExtrinsicType(runtime.extensions), block_hash: H256 },
      TransactionValidityType,
      (x, { source, tx, block_hash }) =>
        outcomeOf(x, () => runtime.validateTransaction(x, source, withLengthPrefix(tx), block_hash)),
    ),
  });
