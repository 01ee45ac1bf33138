import type { Engine } from '../node/engine.ts';
import type { Hex } from '../scale/bytes.ts';
import { clientError, stateOf } from './blocks.ts';
import { method, type RpcMethods } from './method.ts';
import { hash, list, optional, storageKey, u32 } from './params.ts';

const CHILD_PREFIX = Buffer.from(':child_storage:default:').toString('hex');

/** Nothing on this chain keeps a child trie, so whoever asks for one gets what an empty one holds. */
function checkChild(engine: Engine, child: Hex, at: Hex | undefined): void {
  stateOf(engine, at);
  if (!child.startsWith(CHILD_PREFIX)) throw clientError('Invalid child storage key');
}

const child = { childKey: storageKey, key: storageKey, hash: optional(hash) };
const paged = {
  childKey: storageKey,
  prefix: optional(storageKey),
  count: u32,
  startKey: optional(storageKey),
  hash: optional(hash),
};

const answer = (value: unknown) =>
  method(child, ({ childKey, hash: at }, { engine }) => {
    checkChild(engine, childKey, at);
    return value;
  });

const page = method(paged, ({ childKey, hash: at }, { engine }) => {
  checkChild(engine, childKey, at);
  return [];
});

/** Child tries: there are none. */
export const childstateMethods: RpcMethods = {
  childstate_getKeys: method(
    { childKey: storageKey, prefix: optional(storageKey), hash: optional(hash) },
    ({ childKey, hash: at }, { engine }) => {
      checkChild(engine, childKey, at);
      return [];
    },
  ),
  childstate_getKeysPaged: page,
  childstate_getKeysPagedAt: page,
  childstate_getStorage: answer(null),
  childstate_getStorageHash: answer(null),
  childstate_getStorageSize: answer(null),
  childstate_getStorageEntries: method(
    { childKey: storageKey, keys: list(storageKey), hash: optional(hash) },
    ({ childKey, keys, hash: at }, { engine }) => {
      checkChild(engine, childKey, at);
      return keys.map(() => null);
    },
  ),
};
