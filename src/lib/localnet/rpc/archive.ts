import type { BlockState } from '../node/block-state.ts';
import type { Engine } from '../node/engine.ts';
import { NodeError } from '../node/node-error.ts';
import type { Hex } from '../scale/bytes.ts';
import { forRuntimeCall } from './blocks.ts';
import { queryItems, storageItem } from './chain-head-operations.ts';
import { headerHex, hexOf, prefixed } from './json.ts';
import { method, type RpcContext, type RpcMethods, subscription } from './method.ts';
import { hash, hexBytes, list, optional, storageKey, text, u32 } from './params.ts';

const KIND = 'archive_v1_storageEvent';
const MOST_ITEMS = 10_000;

function stateIfKept(engine: Engine, block: Hex): BlockState | undefined {
  try {
    return engine.at(block);
  } catch (error) {
    if (error instanceof NodeError) return undefined;
    throw error;
  }
}

function sendStorage(
  { engine, session }: RpcContext,
  block: Hex,
  items: readonly { readonly key: Hex; readonly type: Parameters<typeof queryItems>[2][number]['type'] }[],
): string {
  const open = session.subscribe(KIND);
  setImmediate(() => {
    if (open.ended) return;
    try {
      const state = stateIfKept(engine, block);
      if (!state) throw new Error(`the state of block 0x${block} is not known`);
      for (const item of queryItems(engine, state, items)) open.send({ event: 'storage', ...item });
      open.send({ event: 'storageDone' });
    } catch (error) {
      open.send({ event: 'storageError', error: (error as Error).message });
    }
    open.end();
  });
  return open.id;
}

function callOf(state: BlockState, name: string, input: Uint8Array): unknown {
  try {
    const output = state.call(name, input);
    if (output) return { success: true, value: hexOf(output) };
    return { success: false, error: `Exported method ${name} is not found` };
  } catch (error) {
    return { success: false, error: (error as Error).message };
  }
}

/** Any block that the chain still has, without following it. */
export const archiveMethods: RpcMethods = {
  archive_v1_genesisHash: method({}, (_, { engine }) => prefixed(engine.genesisHash)),
  archive_v1_finalizedHeight: method({}, (_, { engine }) => engine.finalized.number),
  archive_v1_hashByHeight: method({ height: u32 }, ({ height }, { engine }) => {
    const found = engine.store.hashOf(height);
    return found === undefined ? [] : [prefixed(found)];
  }),
  archive_v1_header: method({ hash }, ({ hash: block }, { engine }) => {
    const header = engine.header(block);
    return header ? headerHex(header) : null;
  }),
  archive_v1_body: method({ hash }, ({ hash: block }, { engine }) => engine.block(block)?.body.map(hexOf) ?? null),
  archive_v1_call: method(
    { hash, function: text, callParameters: hexBytes },
    ({ hash: block, function: name, callParameters }, { engine }) => {
      const state = stateIfKept(engine, block);
      if (!state) return null;
      return forRuntimeCall(engine, name, () => callOf(state, name, callParameters));
    },
  ),
  archive_v1_storage: subscription(
    { hash, items: list(storageItem, MOST_ITEMS), childTrie: optional(storageKey) },
    ({ hash: block, items, childTrie }, context) => sendStorage(context, block, childTrie === undefined ? items : []),
  ),
  archive_v1_stopStorage: subscription({ id: text }, ({ id }, { session }) => {
    session.unsubscribe(id, KIND);
    return null;
  }),
};
