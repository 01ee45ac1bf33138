import type { Ext } from '../frame/ext.ts';
import type { Params } from '../frame/params.ts';
import type { StateReader } from '../frame/state-reader.ts';
import type { Runtime } from './create-runtime.ts';
import { createSubtensorRuntime } from './pallets.ts';

const runtimes = new Map<boolean, Runtime>();

/** Externalities of the chain's runtime over any state, to compute with; no block is built on them. */
export function openState(state: StateReader, params: Params): Ext {
  let runtime = runtimes.get(params.fast);
  if (!runtime) {
    runtime = createSubtensorRuntime(params, {
      rootOf: () => {
        throw new Error('a state that is only computed with has no root');
      },
      verifySignature: () => {
        throw new Error('a state that is only computed with takes no extrinsics');
      },
    });
    runtimes.set(params.fast, runtime);
  }
  return runtime.createExt(state);
}
