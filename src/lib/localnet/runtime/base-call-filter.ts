import type { Ext } from '../frame/ext.ts';
import type { RuntimeCallValue } from '../frame/runtime-handle.ts';
import { EnteredUntil } from '../pallets/safe-mode/spec.ts';

// `InsideBoth<SafeMode, NoNestingCallFilter>` (runtime/src/lib.rs).

const BATCHES = new Set(['batch', 'batch_all', 'force_batch']);

const isBatch = ({ type, value }: RuntimeCallValue): boolean => type === 'Utility' && BATCHES.has(value.type);

/** A batch may not hold a batch. */
function nestsBatches(call: RuntimeCallValue): boolean {
  if (!isBatch(call)) return false;
  const { calls } = call.value.value as { readonly calls: readonly RuntimeCallValue[] };
  return calls.some(isBatch);
}

const ALWAYS = new Set(['Sudo', 'Multisig', 'System', 'SafeMode', 'Timestamp']);
const ALLOWED = new Set(['SubtensorModule.set_weights', 'SubtensorModule.serve_axon', 'Commitments.set_commitment']);

/** What may be called by others than root: everything outside safe mode, but no batch of batches. */
export function baseCallFilter(x: Ext, call: RuntimeCallValue): boolean {
  if (EnteredUntil.exists(x) && !ALWAYS.has(call.type) && !ALLOWED.has(`${call.type}.${call.value.type}`)) {
    return false;
  }
  return !nestsBatches(call);
}
