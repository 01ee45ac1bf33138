import { randomBytes } from 'node:crypto';
import type { Engine } from '../node/engine.ts';
import { PoolError } from '../node/pool/pool-error.ts';
import { isLastStatus } from '../node/pool/transaction-status.ts';
import { method, prepared, type RpcMethods } from './method.ts';
import { hexBytes, text } from './params.ts';
import { CODES, RpcError } from './rpc-error.ts';
import type { Session } from './session.ts';

/** Broadcasts that one connection may have under way. */
const MOST_BROADCASTS = 16;

interface Broadcasts {
  readonly stops: Map<string, () => void>;
}

const bySession = new WeakMap<Session, Broadcasts>();

function broadcastsOf(session: Session): Broadcasts {
  let broadcasts = bySession.get(session);
  if (!broadcasts) {
    const made: Broadcasts = { stops: new Map() };
    session.onClose(() => {
      for (const stop of [...made.stops.values()]) stop();
    });
    bySession.set(session, made);
    broadcasts = made;
  }
  return broadcasts;
}

/** Offers the transaction to the pool now and, while it is not taken, after every block. Returns what ends it. */
function keepOffering(engine: Engine, bytes: Uint8Array, done: () => void): () => void {
  let taken = false;
  let over = false;
  const stop = () => {
    if (over) return;
    over = true;
    unlisten();
    done();
  };
  const offer = () => {
    if (taken || over || engine.isClosed) return;
    try {
      taken = true;
      engine.submit(bytes, 'External', (status) => {
        if (!isLastStatus(status)) return;
        taken = false;
        if (status.type === 'finalized' || status.type === 'usurped') stop();
      });
    } catch (error) {
      taken = error instanceof PoolError && error.refusal.type === 'already-imported';
      if (!(error instanceof PoolError)) throw error;
    }
  };
  const unlisten = engine.listen({ onImported: offer });
  offer();
  return stop;
}

/** Transactions that the node offers to the pool until it is told to stop; nothing is reported back. */
export const transactionMethods: RpcMethods = prepared({
  transaction_v1_broadcast: method({ transaction: hexBytes }, ({ transaction }, { engine, session }) => {
    const { stops } = broadcastsOf(session);
    if (stops.size >= MOST_BROADCASTS) return null;
    const id = randomBytes(8).toString('hex');
    // What ends by itself stays known until the client stops it.
    const stop = keepOffering(engine, transaction, () => {});
    stops.set(id, stop);
    return id;
  }),
  transaction_v1_stop: method({ operationId: text }, ({ operationId }, { session }) => {
    const { stops } = broadcastsOf(session);
    const stop = stops.get(operationId);
    if (!stop) throw new RpcError(CODES.invalidParams, 'Invalid operation id');
    stops.delete(operationId);
    stop();
    return null;
  }),
});
