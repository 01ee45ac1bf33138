import type { BlockState } from '../node/block-state.ts';
import type { Engine } from '../node/engine.ts';
import { NodeError } from '../node/node-error.ts';
import type { Hex } from '../scale/bytes.ts';
import { forRuntimeCall } from './blocks.ts';
import { FollowSubscription } from './chain-head-follow.ts';
import { queryItems, type StorageResult, storageItem } from './chain-head-operations.ts';
import { headerHex, hexOf } from './json.ts';
import { method, type RpcContext, type RpcMethods, subscription } from './method.ts';
import { bool, hash, hexBytes, list, oneOrMany, optional, storageKey, text } from './params.ts';
import { CODES, RpcError } from './rpc-error.ts';
import type { Session } from './session.ts';

/** Follow subscriptions of one connection, and operations of one subscription, as a real node limits them. */
const MOST_FOLLOWS = 4;
const MOST_OPERATIONS = 16;
const MOST_ITEMS = 10_000;
/** Storage results that go into one event. */
const ITEMS_PER_EVENT = 1000;
const KIND = 'chainHead_v1_followEvent';

const bySession = new WeakMap<Session, Map<string, FollowSubscription>>();

function followsOf(session: Session): Map<string, FollowSubscription> {
  let follows = bySession.get(session);
  if (!follows) {
    follows = new Map();
    bySession.set(session, follows);
  }
  return follows;
}

function follow(withRuntime: boolean, { engine, session }: RpcContext): string {
  const follows = followsOf(session);
  if (follows.size >= MOST_FOLLOWS)
    throw new RpcError(CODES.reachedLimits, 'Maximum number of chainHead_follow has been reached');
  const open = session.subscribe(KIND);
  follows.set(open.id, new FollowSubscription(engine, open, withRuntime));
  open.onEnd(() => follows.delete(open.id));
  return open.id;
}

/** The subscription, where the block is pinned. Undefined: no such subscription (any more). @throws RpcError -32801 */
function pinned(session: Session, id: string, block: Hex): FollowSubscription | undefined {
  const found = followsOf(session).get(id);
  if (found && !found.isPinned(block)) throw new RpcError(CODES.invalidBlock, 'Invalid block hash');
  return found;
}

interface Operation {
  readonly follow: FollowSubscription;
  readonly id: string;
}

/** Starts an operation and lets `run` report its events after the answer. */
function operation(
  follow: FollowSubscription | undefined,
  run: (operation: Operation) => void,
  details: Readonly<Record<string, unknown>> = {},
): unknown {
  if (!follow || follow.operations.size >= MOST_OPERATIONS) return { result: 'limitReached' };
  const id = follow.startOperation();
  setImmediate(() => {
    if (!follow.operations.has(id)) return;
    try {
      run({ follow, id });
    } catch (error) {
      follow.endOperation(id, { event: 'operationError', error: (error as Error).message });
    }
  });
  return { result: 'started', operationId: id, ...details };
}

/** The state of a pinned block; gone only when the chain was reverted under it. */
function stateOf(engine: Engine, block: Hex): BlockState {
  try {
    return engine.at(block);
  } catch (error) {
    if (error instanceof NodeError) throw new RpcError(CODES.invalidBlock, 'Invalid block hash');
    throw error;
  }
}

/** Sends results in pages; after each page but the last the client must ask to go on. */
function sendStorage({ follow, id }: Operation, results: Iterator<StorageResult>): void {
  const items: StorageResult[] = [];
  for (let next = results.next(); !next.done; next = results.next()) {
    items.push(next.value);
    if (items.length < ITEMS_PER_EVENT) continue;
    follow.send({ event: 'operationStorageItems', operationId: id, items });
    follow.continueLater(id, () => sendStorage({ follow, id }, results));
    follow.send({ event: 'operationWaitingForContinue', operationId: id });
    return;
  }
  if (items.length > 0) follow.send({ event: 'operationStorageItems', operationId: id, items });
  follow.endOperation(id, { event: 'operationStorageDone' });
}

const target = { followSubscription: text, hash };

/** Following the chain block by block, with operations on pinned blocks. */
export const chainHeadMethods: RpcMethods = {
  chainHead_v1_follow: subscription({ withRuntime: bool }, ({ withRuntime }, context) => follow(withRuntime, context)),
  chainHead_v1_unfollow: subscription({ followSubscription: text }, ({ followSubscription }, { session }) => {
    session.unsubscribe(followSubscription, KIND);
    return null;
  }),
  chainHead_v1_header: method(target, ({ followSubscription, hash: block }, { engine, session }) => {
    if (!pinned(session, followSubscription, block)) return null;
    const header = engine.header(block);
    return header ? headerHex(header) : null;
  }),
  chainHead_v1_body: method(target, ({ followSubscription, hash: block }, { engine, session }) =>
    operation(pinned(session, followSubscription, block), ({ follow: open, id }) => {
      const body = engine.block(block)?.body;
      if (!body) open.endOperation(id, { event: 'operationInaccessible' });
      else open.endOperation(id, { event: 'operationBodyDone', value: body.map(hexOf) });
    }),
  ),
  chainHead_v1_call: method(
    { ...target, function: text, callParameters: hexBytes },
    ({ followSubscription, hash: block, function: name, callParameters }, { engine, session }) => {
      const open = pinned(session, followSubscription, block);
      if (open && !open.withRuntime) {
        throw new RpcError(CODES.invalidRuntimeCall, 'The runtime updates flag must be set');
      }
      return forRuntimeCall(engine, name, () =>
        operation(open, ({ follow: found, id }) => {
          const output = stateOf(engine, block).call(name, callParameters);
          if (output) found.endOperation(id, { event: 'operationCallDone', output: hexOf(output) });
          else found.endOperation(id, { event: 'operationError', error: `Exported method ${name} is not found` });
        }),
      );
    },
  ),
  chainHead_v1_storage: method(
    { ...target, items: list(storageItem, MOST_ITEMS), childTrie: optional(storageKey) },
    ({ followSubscription, hash: block, items, childTrie }, { engine, session }) =>
      operation(
        pinned(session, followSubscription, block),
        (started) => {
          const state = stateOf(engine, block);
          // There are no child tries: whatever is asked of one is absent.
          sendStorage(started, queryItems(engine, state, childTrie === undefined ? items : [])[Symbol.iterator]());
        },
        { discardedItems: 0 },
      ),
  ),
  chainHead_v1_continue: method(
    { followSubscription: text, operationId: text },
    ({ followSubscription, operationId }, { session }) => {
      const found = followsOf(session).get(followSubscription);
      if (found && !found.continueNow(operationId)) {
        throw new RpcError(
          CODES.invalidContinue,
          'chainHead_v1_continue called for an operation that does not wait for it',
        );
      }
      return null;
    },
  ),
  chainHead_v1_stopOperation: method(
    { followSubscription: text, operationId: text },
    ({ followSubscription, operationId }, { session }) => {
      followsOf(session).get(followSubscription)?.operations.delete(operationId);
      return null;
    },
  ),
  chainHead_v1_unpin: method(
    { followSubscription: text, hashOrHashes: oneOrMany(hash) },
    ({ followSubscription, hashOrHashes }, { session }) => {
      const found = followsOf(session).get(followSubscription);
      if (!found) return null;
      const hashes = typeof hashOrHashes === 'string' ? [hashOrHashes] : hashOrHashes;
      if (new Set(hashes).size !== hashes.length) throw new RpcError(-32_804, 'Received duplicate hashes');
      if (!hashes.every((block) => found.isPinned(block))) throw new RpcError(CODES.invalidBlock, 'Invalid block hash');
      for (const block of hashes) found.unpin(block);
      return null;
    },
  ),
};
