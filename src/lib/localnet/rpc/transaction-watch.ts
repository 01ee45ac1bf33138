import { PoolError } from '../node/pool/pool-error.ts';
import type { TransactionStatus } from '../node/pool/transaction-status.ts';
import { isLastStatus } from '../node/pool/transaction-status.ts';
import { prefixed } from './json.ts';
import { prepared, type RpcMethods, subscription } from './method.ts';
import { hexBytes, text } from './params.ts';
import { poolRpcError } from './pool-errors.ts';
import type { Subscription } from './session.ts';

const KIND = 'transactionWatch_v1_watchEvent';

function eventsOf(status: TransactionStatus): Record<string, unknown>[] {
  switch (status.type) {
    case 'future':
      return [];
    case 'ready':
      return [{ event: 'validated' }];
    case 'inBlock':
      return [{ event: 'bestChainBlockIncluded', block: { hash: prefixed(status.block), index: status.index } }];
    case 'retracted':
      return [{ event: 'bestChainBlockIncluded', block: null }];
    case 'finalized':
      return [{ event: 'finalized', block: { hash: prefixed(status.block), index: status.index } }];
    case 'usurped':
      return [{ event: 'invalid', error: `Extrinsic was usurped by 0x${status.by}` }];
    case 'dropped':
      return [{ event: 'dropped', error: 'Extrinsic dropped from the pool due to exceeding limits' }];
    case 'invalid':
      return [{ event: 'invalid', error: 'Extrinsic marked as invalid' }];
  }
}

/** The refusal comes as an event: the subscription itself always opens. */
function refuse(open: Subscription, error: unknown): void {
  if (!(error instanceof PoolError)) throw error;
  const { message, data } = poolRpcError(error);
  open.send({ event: 'invalid', error: typeof data === 'string' ? data : message });
  open.end();
}

/** One transaction from submission to finality. */
export const transactionWatchMethods: RpcMethods = prepared({
  transactionWatch_v1_submitAndWatch: subscription(
    { transaction: hexBytes },
    ({ transaction }, { engine, session }) => {
      const open = session.subscribe(KIND);
      const watch = (status: TransactionStatus) => {
        for (const event of eventsOf(status)) open.send(event);
        if (isLastStatus(status)) open.end();
      };
      try {
        const hash = engine.submit(transaction, 'External', watch);
        open.onEnd(() => engine.pool.unwatch(hash, watch));
      } catch (error) {
        refuse(open, error);
      }
      return open.id;
    },
  ),
  transactionWatch_v1_unwatch: subscription({ id: text }, ({ id }, { session }) => {
    session.unsubscribe(id, KIND);
    return null;
  }),
});
