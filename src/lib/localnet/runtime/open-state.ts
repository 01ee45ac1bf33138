import type { Ext } from '../frame/ext.ts';
import type { Params } from '../frame/params.ts';
import type { StateReader } from '../frame/state-reader.ts';
import { createSubtensorRuntime } from './pallets.ts';

/** Externalities of the chain's runtime over any state, to compute with; no block is built on them. */
export function openState(state: StateReader, params: Params): Ext {
  const runtime = createSubtensorRuntime(params, {
    rootOf: () => {
      throw new Error('a state that is only computed with has no root');
    },
    verifySignature: () => {
      throw new Error('a state that is only computed with takes no extrinsics');
    },
  });
  return runtime.createExt(state);
}
