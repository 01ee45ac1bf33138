import type { Change } from '../frame/ext.ts';
import type { Runtime } from '../runtime/create-runtime.ts';
import { createSubtensorRuntime } from '../runtime/pallets.ts';
import { ReplayState } from '../runtime/replay-state.ts';
import { fromHex, type Hex, toHex } from '../scale/bytes.ts';
import { stateRoot } from '../trie/state-root.ts';
import { verifyInJavaScript } from './verify-in-javascript.ts';

export const fromKey = (hex: string): Hex => (hex.startsWith('0x') ? hex.slice(2) : hex);

/** A runtime over a recorded state. */
export function runtimeOver(
  initial: readonly (readonly [string, string])[],
  fast = false,
): { readonly runtime: Runtime; readonly state: ReplayState } {
  const state = new ReplayState(initial.map(([key, value]) => [fromKey(key), fromHex(value)] as const));
  const runtime = createSubtensorRuntime(
    { fast },
    { rootOf: (x) => state.rootWith(x.changes()), verifySignature: verifyInJavaScript },
  );
  return { runtime, state };
}

/** A runtime over nothing, for genesis and for fees. */
export function runtimeOverNothing(fast = false): Runtime {
  const rootOf = (changes: readonly Change[]): Hex =>
    toHex(stateRoot(changes.flatMap(([key, value]) => (value ? [[key, value] as const] : []))));
  return createSubtensorRuntime({ fast }, { rootOf: (x) => rootOf(x.changes()), verifySignature: verifyInJavaScript });
}
