import type { Engine } from '../node/engine.ts';
import { hexOf, orNull } from './json.ts';
import { method, type RpcMethods } from './method.ts';
import { hexBytes, type Param, storageKey } from './params.ts';
import { invalidParams, RpcError } from './rpc-error.ts';

const MOST_ENTRIES = 10_000;
const stores = new WeakMap<Engine, Map<string, Uint8Array>>();

/** Local to this process: no offchain worker runs here that would need more. */
function storeOf(engine: Engine): Map<string, Uint8Array> {
  let store = stores.get(engine);
  if (!store) {
    store = new Map();
    stores.set(engine, store);
  }
  return store;
}

const kind: Param<'PERSISTENT' | 'LOCAL'> = (value) => {
  if (value === 'PERSISTENT' || value === 'LOCAL') return value;
  throw invalidParams('kind: expected PERSISTENT or LOCAL');
};

/** Key-value storage beside the chain. */
export const offchainMethods: RpcMethods = {
  offchain_localStorageSet: method(
    { kind, key: storageKey, value: hexBytes },
    ({ kind: of, key, value }, { engine }) => {
      const store = storeOf(engine);
      if (store.size >= MOST_ENTRIES) throw new RpcError(5001, `at most ${MOST_ENTRIES} entries`);
      store.set(`${of}:${key}`, value);
      return null;
    },
  ),
  offchain_localStorageGet: method({ kind, key: storageKey }, ({ kind: of, key }, { engine }) =>
    orNull(storeOf(engine).get(`${of}:${key}`), hexOf),
  ),
};
