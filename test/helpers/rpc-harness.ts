import { afterEach, expect } from 'vitest';
import { answerMessage } from '../../src/lib/localnet/rpc/json-rpc.ts';
import { Session } from '../../src/lib/localnet/rpc/session.ts';
import { type LocalNode, type LocalNodeOptions, startLocalNode } from './local-node.ts';

const nodes: LocalNode[] = [];

/** A node for one test; it ends with the test, and no fault may have come up in it. */
export async function rpcNode(options: LocalNodeOptions = {}): Promise<LocalNode> {
  const node = await startLocalNode({ sealing: { mode: 'manual' }, ...options });
  nodes.push(node);
  return node;
}

afterEach(async () => {
  for (const node of nodes.splice(0)) {
    await node.close();
    expect(node.faults).toEqual([]);
  }
});

/** What came of one subscription. */
export interface Followed {
  readonly items: unknown[];
  stop(): Promise<void>;
}

/** Opens a subscription and collects what comes. */
export async function follow(
  { client }: LocalNode,
  method: string,
  unsubscribe: string,
  params: readonly unknown[] = [],
): Promise<Followed> {
  const items: unknown[] = [];
  const stop = await client.subscribe(method, unsubscribe, params, (item) => items.push(item));
  await settled();
  return { items, stop };
}

/** Lets everything happen that was set off. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Sends text as it would come over a wire, and reads the answer. */
export async function raw({ rpc }: LocalNode, text: string, subscriptions = false): Promise<unknown> {
  const session = new Session({ notify: () => {} });
  const answer = await answerMessage(rpc, session, text, { subscriptions });
  session.close();
  return answer === undefined ? undefined : JSON.parse(answer);
}
