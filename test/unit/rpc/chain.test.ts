import { describe, expect, it } from 'vitest';
import { follow, rpcNode, settled } from '../../helpers/rpc-harness.ts';

describe('chain', () => {
  it('knows hashes by number, by hex number, many at once, and the head', async () => {
    const { client, engine } = await rpcNode();
    await engine.advance(3);
    const hashes = [0, 1, 2, 3].map((number) => `0x${engine.store.hashOf(number)}`);
    expect(await client.request('chain_getBlockHash', [2])).toBe(hashes[2]);
    expect(await client.request('chain_getBlockHash', ['0x2'])).toBe(hashes[2]);
    expect(await client.request('chain_getBlockHash', [[1, '0x3', 9]])).toEqual([hashes[1], hashes[3], null]);
    expect(await client.request('chain_getBlockHash', [4])).toBeNull();
    for (const method of ['chain_getBlockHash', 'chain_getHead', 'chain_getFinalizedHead', 'chain_getFinalisedHead']) {
      expect(await client.request(method)).toBe(hashes[3]);
    }
  });
  it('gives headers and blocks', async () => {
    const { client, engine } = await rpcNode();
    const { hash, header, extrinsics } = engine.createBlock();
    const json = {
      parentHash: `0x${engine.genesisHash}`,
      number: '0x1',
      stateRoot: `0x${header.state_root}`,
      extrinsicsRoot: `0x${header.extrinsics_root}`,
      digest: { logs: expect.arrayContaining([expect.stringMatching(/^0x0661757261/)]) },
    };
    expect(await client.request('chain_getHeader', [`0x${hash}`])).toEqual(json);
    expect(await client.request('chain_getHeader')).toEqual(json);
    expect(await client.request('chain_getHeader', [`0x${'00'.repeat(32)}`])).toBeNull();
    expect(await client.request('chain_getBlock', [hash])).toEqual({
      block: { header: json, extrinsics: [`0x${Buffer.from(extrinsics[0]!).toString('hex')}`] },
      justifications: null,
    });
  });
  it.each([
    ['chain_subscribeNewHeads', 'chain_unsubscribeNewHeads'],
    ['chain_subscribeAllHeads', 'chain_unsubscribeAllHeads'],
    ['chain_subscribeFinalizedHeads', 'chain_unsubscribeFinalizedHeads'],
    ['subscribe_newHead', 'unsubscribe_newHead'],
  ])('%s begins with the block that is there and ends when asked', async (method, unsubscribe) => {
    const node = await rpcNode();
    const { items, stop } = await follow(node, method, unsubscribe);
    node.engine.createBlock();
    node.engine.createBlock();
    await settled();
    await stop();
    node.engine.createBlock();
    await settled();
    expect(items.map((item) => (item as { number: string }).number)).toEqual(['0x0', '0x1', '0x2']);
  });
  it('tells best and final apart', async () => {
    const node = await rpcNode();
    const final = await follow(node, 'chain_subscribeFinalizedHeads', 'chain_unsubscribeFinalizedHeads');
    node.engine.createBlock({ final: false });
    const { hash } = node.engine.createBlock({ final: false });
    await settled();
    expect(final.items).toHaveLength(1);
    expect(await node.client.request('engine_finalizeBlock', [hash])).toBe(true);
    await settled();
    expect(final.items.map((item) => (item as { number: string }).number)).toEqual(['0x0', '0x1', '0x2']);
  });
  it('says whether there was something to unsubscribe', async () => {
    const { client } = await rpcNode();
    const id = await client.request('chain_subscribeNewHeads');
    expect(id).toMatch(/^0x[0-9a-f]{16}$/);
    expect(await client.request('chain_unsubscribeFinalizedHeads', [id])).toBe(false);
    expect(await client.request('chain_unsubscribeNewHeads', [id])).toBe(true);
    expect(await client.request('chain_unsubscribeNewHeads', [id])).toBe(false);
  });
});
