import { describe, expect, it } from 'vitest';
import { createRpcTable } from '../../../src/lib/localnet/index.ts';
import { rpcNode } from '../../helpers/rpc-harness.ts';

describe('system and chainSpec', () => {
  it('say what the node is', async () => {
    const { client, engine } = await rpcNode();
    await engine.advance(2);
    expect(await client.request('system_chainType')).toBe('Local');
    const properties = { ss58Format: 42, tokenDecimals: 9, tokenSymbol: 'TAO' };
    expect(await client.request('system_properties')).toEqual(properties);
    expect(await client.request('system_health')).toEqual({ peers: 0, isSyncing: false, shouldHavePeers: false });
    expect(await client.request('system_syncState')).toMatchObject({ currentBlock: 2, highestBlock: 2 });
    expect(await client.request('chainSpec_v1_chainName')).toBe(await client.request('system_chain'));
    expect(await client.request('chainSpec_v1_genesisHash')).toBe(`0x${engine.genesisHash}`);
    expect(await client.request('chainSpec_v1_properties')).toEqual(properties);
  });
  it('list every method that is served and no other', async () => {
    const { client, engine } = await rpcNode();
    const { methods } = (await client.request('rpc_methods')) as { methods: string[] };
    expect(methods).toEqual([...methods].sort());
    expect(methods).toEqual(
      expect.arrayContaining([
        'account_nextIndex',
        'chain_getHead',
        'state_getStorageAt',
        'chainHead_v1_follow',
        'rpc_methods',
      ]),
    );
    const open = createRpcTable(engine, { version: '1.2.3', dev: false });
    expect(methods.filter((name) => !open.has(name)).every((name) => name.startsWith('dev_'))).toBe(true);
    expect([...open.keys()].some((name) => name.startsWith('dev_'))).toBe(false);
  });
});

describe('offchain', () => {
  it('keeps values by kind', async () => {
    const { client } = await rpcNode();
    await client.request('offchain_localStorageSet', ['PERSISTENT', '0x01', '0xaa']);
    expect(await client.request('offchain_localStorageGet', ['PERSISTENT', '0x01'])).toBe('0xaa');
    expect(await client.request('offchain_localStorageGet', ['LOCAL', '0x01'])).toBeNull();
    await expect(client.request('offchain_localStorageGet', ['OTHER', '0x01'])).rejects.toMatchObject({ code: -32602 });
  });
});

describe('engine', () => {
  it('makes blocks on request', async () => {
    const { client, engine } = await rpcNode();
    await expect(client.request('engine_createBlock', [false, true])).rejects.toMatchObject({ code: 12_000 });
    const { hash, aux } = (await client.request('engine_createBlock', [true, false])) as { hash: string; aux: unknown };
    expect(hash).toBe(`0x${engine.head.hash}`);
    expect(aux).toMatchObject({ isNewBest: true });
    expect(engine.finalized.number).toBe(0);
    expect(await client.request('engine_finalizeBlock', [hash, null])).toBe(true);
    expect(engine.finalized.number).toBe(1);
    await expect(client.request('engine_finalizeBlock', [`0x${'11'.repeat(32)}`])).rejects.toMatchObject({
      code: 13_000,
    });
    await expect(client.request('engine_createBlock', [true, true, `0x${engine.genesisHash}`])).rejects.toMatchObject({
      code: 14_000,
    });
  });
});

describe('dev', () => {
  it('makes many blocks, to a number, and moves time', async () => {
    const { client, engine } = await rpcNode();
    expect(await client.request('dev_newBlock')).toBe(`0x${engine.head.hash}`);
    await client.request('dev_newBlock', [{ count: 5 }]);
    await client.request('dev_newBlock', [{ to: 10 }]);
    expect(engine.head.number).toBe(10);
    await expect(client.request('dev_newBlock', [{ to: 5 }])).rejects.toMatchObject({ code: -32_000 });
    // With both, so many blocks at most and none beyond the number, even where others have passed it already.
    await client.request('dev_newBlock', [{ count: 2, to: 20 }]);
    expect(engine.head.number).toBe(12);
    await client.request('dev_newBlock', [{ count: 5, to: 14 }]);
    expect(engine.head.number).toBe(14);
    await client.request('dev_newBlock', [{ count: 5, to: 3 }]);
    expect(engine.head.number).toBe(14);
    expect(await client.request('dev_timeTravel', ['2030-01-01T00:00:00Z'])).toBe(Date.UTC(2030, 0, 1));
    await expect(client.request('dev_timeTravel', [0])).rejects.toMatchObject({ data: { code: 'bad-option' } });
    await expect(client.request('dev_timeTravel', ['soon'])).rejects.toMatchObject({ code: -32602 });
  });
  it('writes storage, and takes it back with everything else', async () => {
    const { client, engine } = await rpcNode();
    await engine.advance(2);
    const id = await client.request('dev_snapshot');
    const block = await client.request('dev_setStorage', [
      [
        ['0xabcd', '0x01'],
        ['0xabce', null],
      ],
    ]);
    expect(block).toBe(`0x${engine.head.hash}`);
    expect(await client.request('state_getStorage', ['0xabcd'])).toBe('0x01');
    expect(await client.request('dev_revert', [id])).toBe(true);
    expect(await client.request('state_getStorage', ['0xabcd'])).toBeNull();
    expect(engine.head.number).toBe(2);
    expect(await client.request('dev_revert', [id])).toBe(false);
  });
  it('changes when blocks are made', async () => {
    const { client, engine } = await rpcNode();
    await client.request('dev_setBlockBuildMode', [10]);
    await expect.poll(() => engine.head.number, { interval: 10 }).toBeGreaterThan(1);
    await client.request('dev_setBlockBuildMode', ['Manual']);
    expect(await client.request('dev_status')).toMatchObject({
      preset: 'subtensor',
      sealing: { mode: 'manual' },
      slotDurationMs: 12_000,
    });
    await expect(client.request('dev_setBlockBuildMode', ['Often'])).rejects.toMatchObject({ code: -32602 });
  });
});
