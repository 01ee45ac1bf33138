import type { RuntimeCallValue } from '../../../frame/runtime-handle.ts';

/** A call of the subtensor pallet as the guards see it: its name and its arguments. */
export interface SubtensorCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The subtensor call among `names`, undefined for every other call. */
export function applicableCall(call: RuntimeCallValue, names: ReadonlySet<string>): SubtensorCall | undefined {
  if (call.type !== 'SubtensorModule' || !names.has(call.value.type)) return undefined;
  return { name: call.value.type, args: (call.value.value ?? {}) as SubtensorCall['args'] };
}
