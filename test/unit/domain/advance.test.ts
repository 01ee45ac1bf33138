import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChainClient } from '../../../src/lib/chain/client.ts';
import type { Connection } from '../../../src/lib/chain/connection.ts';
import { type AdvanceGoal, advance, planAdvance } from '../../../src/lib/domain/localnet/advance.ts';
import { type LocalNode, startLocalNode } from '../../helpers/local-node.ts';

/** Blocks that somebody else makes while each of our requests is under way. */
const OTHERS = 3;
/** They make none from this block on. */
let othersUntil = Number.POSITIVE_INFINITY;

let node: LocalNode;
let client: ChainClient;
beforeAll(async () => {
  node = await startLocalNode({ sealing: { mode: 'manual' } });
  const connection: Connection = {
    endpoint: 'busy',
    request: <T>(method: string, params: readonly unknown[] = []) => {
      if (method === 'dev_newBlock') {
        for (let i = 0; i < OTHERS && node.engine.head.number < othersUntil; i++) node.engine.createBlock();
      }
      return node.client.request(method, params) as Promise<T>;
    },
    subscribe: () => Promise.reject(new Error('nobody subscribes')),
    close: async () => {},
  };
  client = await ChainClient.open({ network: 'local', connect: async () => connection });
});
afterAll(() => node.close());

const options = { signal: new AbortController().signal, onProgress: () => {} };

describe('advance, while others make blocks too', () => {
  const goals: readonly ((head: number) => readonly [AdvanceGoal, number])[] = [
    (head) => [{ type: 'until', block: head + 100 }, head + 100],
    (head) => [{ type: 'blocks', blocks: 60 }, head + 60],
    (head) => [{ type: 'days', days: 0.01 }, head + 72],
  ];

  it.each(goals)('goes no further than it was asked to', async (goalAt) => {
    const { number: head } = node.engine.head;
    const [goal, target] = goalAt(head);
    othersUntil = target - 1;
    expect(await planAdvance(client, goal)).toEqual({ from: head, to: target });
    expect(node.engine.head.number).toBe(head);
    const made: number[] = [];
    const advanced = await advance(client, goal, { ...options, onProgress: (done) => made.push(done) });
    expect(advanced).toMatchObject({ from: head, to: target });
    expect(made.at(-1)).toBe(target - head);
  });

  it('makes no block once others have passed the target', async () => {
    othersUntil = Number.POSITIVE_INFINITY;
    const { number: head } = node.engine.head;
    const { to } = await advance(client, { type: 'until', block: head + 1 }, options);
    expect(to).toBe(head + OTHERS);
  });

  it('plans the block of an epoch', async () => {
    const goal: AdvanceGoal = { type: 'epochs', epochs: 2, netuid: 1 };
    const { from, to } = await planAdvance(client, goal);
    expect(from).toBe(node.engine.head.number);
    const { epochs, to: reached } = await advance(client, goal, options);
    expect(epochs).toEqual([{ netuid: 1, epochs: 2 }]);
    expect(reached).toBeGreaterThanOrEqual(to);
    expect(reached).toBeLessThan(to + OTHERS);
  });
});
