import type { Engine } from '../node/engine.ts';
import type { HeaderValue } from '../runtime/header.ts';
import type { Hex } from '../scale/bytes.ts';
import { headerJson, hexOf, prefixed } from './json.ts';
import { aliases, method, type RpcContext, type RpcMethods, subscription } from './method.ts';
import { blockNumber, hash, oneOrMany, optional, text } from './params.ts';

const MOST_HASHES = 1000;

function hashAt(engine: Engine, number: number): string | null {
  const found = engine.store.hashOf(number);
  return found === undefined ? null : prefixed(found);
}

/** Headers as they become the head, or final, beginning with the one that is it now. */
function followHeaders({ engine, session }: RpcContext, kind: string, when: 'imported' | 'finalized'): string {
  const open = session.subscribe(kind);
  const send = (header: HeaderValue | undefined) => {
    if (header) open.send(headerJson(header));
  };
  send(engine.header((when === 'imported' ? engine.head : engine.finalized).hash));
  open.onEnd(
    engine.listen(
      when === 'imported'
        ? { onImported: ({ header }) => send(header) }
        : {
            onFinalized: (hashes: readonly Hex[]) => {
              for (const final of hashes) send(engine.header(final));
            },
          },
    ),
  );
  return open.id;
}

const unsubscribe = (kind: string) =>
  subscription({ id: text }, ({ id }, { session }) => session.unsubscribe(id, kind));

const methods: RpcMethods = {
  chain_getBlockHash: method({ number: optional(oneOrMany(blockNumber, MOST_HASHES)) }, ({ number }, { engine }) => {
    if (number === undefined) return prefixed(engine.head.hash);
    return typeof number === 'number' ? hashAt(engine, number) : number.map((one) => hashAt(engine, one));
  }),
  chain_getHeader: method({ hash: optional(hash) }, ({ hash: at }, { engine }) => {
    const header = engine.header(at ?? engine.head.hash);
    return header ? headerJson(header) : null;
  }),
  chain_getBlock: method({ hash: optional(hash) }, ({ hash: at }, { engine }) => {
    const id = at ?? engine.head.hash;
    const block = engine.block(id);
    const header = engine.header(id);
    if (!block || !header) return null;
    return { block: { header: headerJson(header), extrinsics: block.body.map(hexOf) }, justifications: null };
  }),
  chain_getFinalizedHead: method({}, (_, { engine }) => prefixed(engine.finalized.hash)),
  chain_subscribeNewHeads: subscription({}, (_, context) => followHeaders(context, 'chain_newHead', 'imported')),
  chain_unsubscribeNewHeads: unsubscribe('chain_newHead'),
  chain_subscribeAllHeads: subscription({}, (_, context) => followHeaders(context, 'chain_allHead', 'imported')),
  chain_unsubscribeAllHeads: unsubscribe('chain_allHead'),
  chain_subscribeFinalizedHeads: subscription({}, (_, context) =>
    followHeaders(context, 'chain_finalizedHead', 'finalized'),
  ),
  chain_unsubscribeFinalizedHeads: unsubscribe('chain_finalizedHead'),
};

/** Blocks and headers. */
export const chainMethods: RpcMethods = {
  ...methods,
  ...aliases(methods, {
    chain_getHead: 'chain_getBlockHash',
    chain_getFinalisedHead: 'chain_getFinalizedHead',
    chain_subscribeNewHead: 'chain_subscribeNewHeads',
    chain_unsubscribeNewHead: 'chain_unsubscribeNewHeads',
    subscribe_newHead: 'chain_subscribeNewHeads',
    unsubscribe_newHead: 'chain_unsubscribeNewHeads',
    chain_subscribeFinalisedHeads: 'chain_subscribeFinalizedHeads',
    chain_unsubscribeFinalisedHeads: 'chain_unsubscribeFinalizedHeads',
  }),
};
