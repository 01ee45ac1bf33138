import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRpcTable } from '../../../src/lib/localnet/index.ts';
import { raw, rpcNode } from '../../helpers/rpc-harness.ts';

const failure = (code: number, id: unknown = null) => ({
  jsonrpc: '2.0',
  id,
  error: expect.objectContaining({ code }),
});

describe('JSON-RPC 2.0', () => {
  it('answers requests by position and by name', async () => {
    const node = await rpcNode();
    const genesis = `0x${node.engine.genesisHash}`;
    expect(await raw(node, '{"jsonrpc":"2.0","id":1,"method":"chain_getBlockHash","params":[0]}')).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: genesis,
    });
    const named = '{"jsonrpc":"2.0","id":"x","method":"chain_getBlockHash","params":{"number":0}}';
    expect(await raw(node, named)).toEqual({ jsonrpc: '2.0', id: 'x', result: genesis });
    expect(await raw(node, '{"jsonrpc":"2.0","id":null,"method":"system_chain"}')).toMatchObject({
      id: null,
      result: 'Bittensor',
    });
  });
  it.each([
    ['not JSON', '{"jsonrpc"', failure(-32700)],
    ['nothing', '', failure(-32700)],
    ['a number', '17', failure(-32600)],
    ['null', 'null', failure(-32600)],
    ['an empty batch', '[]', failure(-32600)],
    ['no version', '{"id":1,"method":"system_chain"}', failure(-32600, 1)],
    ['another version', '{"jsonrpc":"1.0","id":1,"method":"system_chain"}', failure(-32600, 1)],
    ['an id that is none', '{"jsonrpc":"2.0","id":{},"method":"system_chain"}', failure(-32600)],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":5}', failure(-32600, 1)],
    ['parameters that are text', '{"jsonrpc":"2.0","id":1,"method":"system_chain","params":"x"}', failure(-32600, 1)],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"chain_nope"}', failure(-32601, 1)],
    ['a method of every object', '{"jsonrpc":"2.0","id":1,"method":"constructor"}', failure(-32601, 1)],
    ['too many parameters', '{"jsonrpc":"2.0","id":1,"method":"system_chain","params":[1]}', failure(-32602, 1)],
    ['a missing parameter', '{"jsonrpc":"2.0","id":1,"method":"state_getStorage"}', failure(-32602, 1)],
    [
      'an odd hex string',
      '{"jsonrpc":"2.0","id":1,"method":"state_getStorage","params":["0x123"]}',
      failure(-32602, 1),
    ],
    ['a short hash', '{"jsonrpc":"2.0","id":1,"method":"chain_getHeader","params":["0x12"]}', failure(-32602, 1)],
    [
      'a subscription without a connection',
      '{"jsonrpc":"2.0","id":1,"method":"chain_subscribeNewHeads"}',
      failure(-32601, 1),
    ],
  ])('refuses %s', async (_, text, expected) => {
    expect(await raw(await rpcNode(), text)).toEqual(expected);
  });
  it('answers a batch in order, and leaves out notifications', async () => {
    const node = await rpcNode();
    const batch = [
      { jsonrpc: '2.0', id: 1, method: 'system_chain' },
      { jsonrpc: '2.0', method: 'system_chain' },
      5,
      { jsonrpc: '2.0', id: 2, method: 'nope' },
    ];
    expect(await raw(node, JSON.stringify(batch))).toEqual([
      { jsonrpc: '2.0', id: 1, result: 'Bittensor' },
      failure(-32600),
      failure(-32601, 2),
    ]);
    expect(await raw(node, JSON.stringify([batch[1]]))).toBeUndefined();
    expect(await raw(node, JSON.stringify(batch[1]))).toBeUndefined();
  });
  it('refuses batches that are too large', async () => {
    const one = { jsonrpc: '2.0', id: 1, method: 'system_chain' };
    expect(await raw(await rpcNode(), JSON.stringify(Array(1001).fill(one)))).toEqual(failure(-32010));
  });
  it('limits subscriptions', async () => {
    const { client } = await rpcNode();
    const open = () => client.request('chain_subscribeNewHeads');
    for (let i = 0; i < 1024; i++) await open();
    await expect(open()).rejects.toMatchObject({ code: -32006 });
  });
  it('survives whatever is sent to any method', async () => {
    const node = await rpcNode();
    const names = [...createRpcTable(node.engine, { version: '0', dev: false }).keys()];
    const params = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.array(fc.oneof(fc.jsonValue({ maxDepth: 1 }), hexText(), fc.constant(`0x${node.engine.genesisHash}`)), {
        maxLength: 5,
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), params, async (method, given) => {
        const answer = await raw(node, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: given }), true);
        expect(answer).toMatchObject({ jsonrpc: '2.0' });
        expect((answer as { error?: { code: number } }).error?.code).not.toBe(-32603);
      }),
      { numRuns: 1500 },
    );
    expect(node.engine.createBlock().number).toBeGreaterThan(0);
  });
  it('survives text that is deep or long', async () => {
    const node = await rpcNode();
    const deep = '['.repeat(200_000);
    expect(await raw(node, deep)).toEqual(failure(-32700));
    const nested = `{"jsonrpc":"2.0","id":1,"method":"state_getStorage","params":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(await raw(node, nested)).toEqual(failure(-32602, 1));
  });
});

function hexText() {
  return fc.uint8Array({ maxLength: 64 }).map((bytes) => `0x${Buffer.from(bytes).toString('hex')}`);
}
