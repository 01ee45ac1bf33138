import { DispatchErrorType } from '../frame/dispatch-error.ts';
import type { Ext } from '../frame/ext.ts';
import {
  TransactionValidityError,
  TransactionValidityErrorType,
  TransactionValidityType,
} from '../frame/transaction-validity.ts';
import { slotDigest, slotDuration } from '../pallets/aura/slot.ts';
import { initialize } from '../pallets/system/block.ts';
import type { Runtime } from '../runtime/create-runtime.ts';
import { timestampInherent } from '../runtime/timestamp-inherent.ts';
import { fromHex, toHex } from '../scale/bytes.ts';
import { result } from '../scale/compound.ts';
import { unit } from '../scale/primitives.ts';
import { encode } from '../scale/type.ts';
import { compareRow, type VectorFormat } from './format.ts';
import { hasKeys, listOf } from './json.ts';
import { fromKey, runtimeOver } from './runtime-for-vectors.ts';

interface ValidityCase {
  readonly case: string;
  readonly extrinsic_hex: string;
  readonly validate_scale: string;
  readonly apply_scale: string;
}

const ApplyResult = result(result(unit, DispatchErrorType), TransactionValidityErrorType);
const FIRST_SLOT = 1000n;

function validated(runtime: Runtime, x: Ext, bytes: Uint8Array, parentHash: string): string {
  try {
    const value = runtime.validateTransaction(x, 'External', bytes, parentHash);
    return `0x${toHex(encode(TransactionValidityType, { type: 'Ok', value }))}`;
  } catch (thrown) {
    if (!(thrown instanceof TransactionValidityError)) throw thrown;
    return `0x${toHex(encode(TransactionValidityType, { type: 'Err', value: thrown.value }))}`;
  }
}

function applied(runtime: Runtime, x: Ext, bytes: Uint8Array): string {
  try {
    const { error } = runtime.applyExtrinsic(x, bytes);
    const value = error ? ({ type: 'Err', value: error.value } as const) : ({ type: 'Ok', value: undefined } as const);
    return `0x${toHex(encode(ApplyResult, { type: 'Ok', value }))}`;
  } catch (thrown) {
    if (!(thrown instanceof TransactionValidityError)) throw thrown;
    return `0x${toHex(encode(ApplyResult, { type: 'Err', value: thrown.value }))}`;
  }
}

/** `validity.json`: what the pool says of extrinsics, and what becomes of them in a block. */
export const validityFormat: VectorFormat = {
  name: 'validity',
  recognises: (json) => hasKeys(json, ['initial', 'cases', 'block_number']),
  *check(json) {
    const { initial, cases, block_number, parent_hash } = json as {
      readonly initial: readonly (readonly [string, string])[];
      readonly cases: unknown;
      readonly block_number: number;
      readonly parent_hash: string;
    };
    const { runtime, state } = runtimeOver(initial);
    const number = block_number + 1;
    const slot = FIRST_SLOT + BigInt(number);
    for (const item of listOf(cases, 'cases')) {
      const row = item as ValidityCase;
      const x = runtime.createExt(state);
      const bytes = fromHex(row.extrinsic_hex);
      const parentHash = fromKey(parent_hash);
      runtime.initializeBlock(x, { number, parentHash, digest: { logs: [slotDigest(slot)] } });
      runtime.applyExtrinsic(x, timestampInherent(slot * slotDuration(x.params)));
      const validity = validated(runtime, x, bytes, parentHash);
      // The recording did not undo what validate_transaction writes, which is the start of the block after.
      initialize(x, number + 1, parentHash, { logs: [] });
      yield compareRow(row.case, [
        ['validate', validity, row.validate_scale],
        ['apply', applied(runtime, x, bytes), row.apply_scale],
      ]);
    }
  },
};
