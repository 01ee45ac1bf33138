import { callMethod, type RpcServer, toRpcError } from './json-rpc.ts';
import { Session } from './session.ts';

/** A client in the same process: what goes through is what would be JSON, without the text. */
export interface InProcessClient {
  /** @throws RpcError */
  request(method: string, params?: readonly unknown[]): Promise<unknown>;
  /** Answers what ends the subscription. @throws RpcError */
  subscribe(
    method: string,
    unsubscribe: string,
    params: readonly unknown[],
    onItem: (item: unknown) => void,
  ): Promise<() => Promise<void>>;
  close(): void;
}

const WITH_SUBSCRIPTIONS = { subscriptions: true };

/** Connects to the node without a wire. */
export function connectInProcess(server: RpcServer): InProcessClient {
  const handlers = new Map<string, (item: unknown) => void>();
  const session = new Session({
    // In a turn of its own, as over a wire: a handler may call the node again.
    notify: ({ params }) => queueMicrotask(() => handlers.get(params.subscription)?.(params.result)),
  });
  const request = async (method: string, params: readonly unknown[] = []): Promise<unknown> => {
    try {
      return (await callMethod(server, session, method, params, WITH_SUBSCRIPTIONS)) ?? null;
    } catch (error) {
      throw toRpcError(server, error);
    }
  };
  return {
    request,
    subscribe: async (method, unsubscribe, params, onItem) => {
      const release = session.hold();
      try {
        const id = String(await request(method, params));
        handlers.set(id, onItem);
        return async () => {
          if (!handlers.delete(id) || session.isClosed) return;
          await request(unsubscribe, [id]);
        };
      } finally {
        release();
      }
    },
    close: () => {
      handlers.clear();
      session.close();
    },
  };
}
