import { blake2_256 } from '../frame/hashing.ts';
import type { BlockState } from '../node/block-state.ts';
import type { Engine } from '../node/engine.ts';
import type { Hex } from '../scale/bytes.ts';
import { IncrementalTrie } from '../trie/incremental-trie.ts';
import { callRuntime, clientError, forRuntimeCall, stateOf } from './blocks.ts';
import { hexOf, orNull, prefixed } from './json.ts';
import { aliases, method, type RpcContext, type RpcMethods, subscription } from './method.ts';
import { hash, hexBytes, list, optional, storageKey, text, u32 } from './params.ts';
import { RpcError } from './rpc-error.ts';
import { runtimeVersionJson } from './runtime-version.ts';

const MOST_KEYS_PER_PAGE = 1000;
/** Unpaged reads, which old clients still use, are answered up to here. */
const MOST_KEYS = 100_000;
const MOST_BLOCKS_PER_QUERY = 10_000;
const at = optional(hash);
const NO_PREFIX = '';

function keysOf(state: BlockState, prefix: Hex): Hex[] {
  const keys = state.keys(prefix);
  if (keys.length > MOST_KEYS) throw clientError(`more than ${MOST_KEYS} keys: use state_getKeysPaged`);
  return keys;
}

function changeSet(block: Hex, changes: readonly (readonly [Hex, Uint8Array | null | undefined])[]): unknown {
  return {
    block: prefixed(block),
    changes: changes.map(([key, value]) => [prefixed(key), value ? hexOf(value) : null]),
  };
}

const valuesAt = (state: BlockState, keys: readonly Hex[]) => keys.map((key) => [key, state.get(key)] as const);

/** The values at `from`, then what each block up to `to` changed. */
function queryStorage(engine: Engine, keys: readonly Hex[], from: Hex, to: Hex | undefined): unknown[] {
  const first = engine.store.numberOf(from);
  const last = to === undefined ? engine.head.number : engine.store.numberOf(to);
  if (first === undefined || last === undefined || last < first) {
    throw new RpcError(4001, `Cannot resolve a block range ['0x${from}' ... '${to ? `0x${to}` : 'None'}'].`);
  }
  if (last - first > MOST_BLOCKS_PER_QUERY) throw new RpcError(4002, `more than ${MOST_BLOCKS_PER_QUERY} blocks`);
  const sets = [changeSet(from, valuesAt(stateOf(engine, from), keys))];
  const wanted = new Set(keys);
  for (let number = first + 1; number <= last; number++) {
    const touched = (engine.store.reverseDiff(number) ?? []).filter(([key]) => wanted.has(key));
    if (touched.length === 0) continue;
    const block = engine.store.hashOf(number)!;
    sets.push(
      changeSet(
        block,
        valuesAt(
          stateOf(engine, block),
          touched.map(([key]) => key),
        ),
      ),
    );
  }
  return sets;
}

function subscribeStorage(keys: readonly Hex[] | undefined, { engine, session }: RpcContext): string {
  const open = session.subscribe('state_storage');
  const wanted = keys && new Set(keys);
  if (keys) open.send(changeSet(engine.head.hash, valuesAt(stateOf(engine, undefined), keys)));
  const stop = engine.listen({
    onImported: ({ hash: block, changes }) => {
      const touched = wanted ? changes.filter(([key]) => wanted.has(key)) : changes;
      if (touched.length > 0) open.send(changeSet(block, touched));
    },
    onReverted: () => {
      if (keys) open.send(changeSet(engine.head.hash, valuesAt(stateOf(engine, undefined), keys)));
    },
  });
  open.onEnd(stop);
  return open.id;
}

function readProof(engine: Engine, keys: readonly Hex[], block: Hex | undefined): unknown {
  if (engine.store.meta.rootMode !== 'trie') throw clientError('this chain has no state trie: its root mode is digest');
  const state = stateOf(engine, block);
  const trie = IncrementalTrie.from(state.keys(NO_PREFIX).map((key) => [key, state.get(key)!] as const));
  return { at: prefixed(state.hash), proof: trie.prove(keys).map(hexOf) };
}

const methods: RpcMethods = {
  state_getStorage: method({ key: storageKey, hash: at }, ({ key, hash: block }, { engine }) =>
    orNull(stateOf(engine, block).get(key), hexOf),
  ),
  state_getStorageHash: method({ key: storageKey, hash: at }, ({ key, hash: block }, { engine }) =>
    orNull(stateOf(engine, block).get(key), (value) => hexOf(blake2_256(value))),
  ),
  state_getStorageSize: method({ key: storageKey, hash: at }, ({ key, hash: block }, { engine }) =>
    orNull(stateOf(engine, block).get(key), ({ length }) => length),
  ),
  state_getKeys: method({ prefix: optional(storageKey), hash: at }, ({ prefix, hash: block }, { engine }) =>
    keysOf(stateOf(engine, block), prefix ?? NO_PREFIX).map(prefixed),
  ),
  state_getPairs: method({ prefix: optional(storageKey), hash: at }, ({ prefix, hash: block }, { engine }) => {
    const state = stateOf(engine, block);
    return keysOf(state, prefix ?? NO_PREFIX).map((key) => [prefixed(key), hexOf(state.get(key)!)]);
  }),
  state_getKeysPaged: method(
    { prefix: optional(storageKey), count: u32, startKey: optional(storageKey), hash: at },
    ({ prefix, count, startKey, hash: block }, { engine }) => {
      if (count > MOST_KEYS_PER_PAGE) {
        throw new RpcError(4002, `count exceeds maximum value. value: ${count}, max: ${MOST_KEYS_PER_PAGE}`);
      }
      const keys = stateOf(engine, block).keys(prefix ?? NO_PREFIX);
      let from = 0;
      if (startKey !== undefined) {
        let high = keys.length;
        while (from < high) {
          const middle = (from + high) >>> 1;
          if (keys[middle]! <= startKey) from = middle + 1;
          else high = middle;
        }
      }
      return keys.slice(from, from + count).map(prefixed);
    },
  ),
  state_queryStorageAt: method({ keys: list(storageKey), at }, ({ keys, at: block }, { engine }) => {
    const state = stateOf(engine, block);
    return [changeSet(state.hash, valuesAt(state, keys))];
  }),
  state_queryStorage: method(
    { keys: list(storageKey), block: hash, hash: at },
    ({ keys, block, hash: to }, { engine }) => queryStorage(engine, keys, block, to),
  ),
  state_getReadProof: method({ keys: list(storageKey), hash: at }, ({ keys, hash: block }, { engine }) =>
    readProof(engine, keys, block),
  ),
  state_call: method({ name: text, bytes: hexBytes, hash: at }, ({ name, bytes, hash: block }, { engine }) =>
    forRuntimeCall(engine, name, () => hexOf(callRuntime(stateOf(engine, block), name, bytes))),
  ),
  state_getMetadata: method({ hash: at }, ({ hash: block }, { engine }) => {
    stateOf(engine, block);
    return hexOf(engine.runtime.metadata(14)!);
  }),
  state_getRuntimeVersion: method({ hash: at }, ({ hash: block }, { engine }) => {
    stateOf(engine, block);
    return runtimeVersionJson(engine.runtime.version);
  }),
  state_subscribeStorage: subscription({ keys: optional(list(storageKey)) }, ({ keys }, context) =>
    subscribeStorage(keys, context),
  ),
  state_unsubscribeStorage: subscription({ id: text }, ({ id }, { session }) =>
    session.unsubscribe(id, 'state_storage'),
  ),
  state_subscribeRuntimeVersion: subscription({}, (_, { engine, session }) => {
    const open = session.subscribe('state_runtimeVersion');
    open.send(runtimeVersionJson(engine.runtime.version));
    return open.id;
  }),
  state_unsubscribeRuntimeVersion: subscription({ id: text }, ({ id }, { session }) =>
    session.unsubscribe(id, 'state_runtimeVersion'),
  ),
};

/** State at any block, runtime calls, metadata. */
export const stateMethods: RpcMethods = {
  ...methods,
  ...aliases(methods, {
    state_getStorageAt: 'state_getStorage',
    state_getStorageHashAt: 'state_getStorageHash',
    state_getStorageSizeAt: 'state_getStorageSize',
    state_getKeysPagedAt: 'state_getKeysPaged',
    state_callAt: 'state_call',
    chain_getRuntimeVersion: 'state_getRuntimeVersion',
    chain_subscribeRuntimeVersion: 'state_subscribeRuntimeVersion',
    chain_unsubscribeRuntimeVersion: 'state_unsubscribeRuntimeVersion',
  }),
};
