import { describe, expect, it } from 'vitest';
import { blake2_256 } from '../../../src/lib/localnet/frame/hashing.ts';
import { Account, BlockNumber } from '../../../src/lib/localnet/pallets/system/spec.ts';
import { fromHex, toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { verifyReadProof } from '../../../src/lib/localnet/trie/read-proof.ts';
import { follow, rpcNode, settled } from '../../helpers/rpc-harness.ts';

const NUMBER = `0x${BlockNumber.prefix}`;
const u32 = (value: number) => `0x${Buffer.from(Uint32Array.of(value).buffer).toString('hex')}`;

describe('state', () => {
  it('reads values at any block under all names', async () => {
    const { client, engine } = await rpcNode();
    await engine.advance(3);
    const first = engine.store.hashOf(1);
    for (const method of ['state_getStorage', 'state_getStorageAt']) {
      expect(await client.request(method, [NUMBER])).toBe(u32(3));
      expect(await client.request(method, [NUMBER, null])).toBe(u32(3));
      expect(await client.request(method, [NUMBER.slice(2), `0x${first}`])).toBe(u32(1));
      expect(await client.request(method, ['0xffff'])).toBeNull();
    }
    expect(await client.request('state_getStorageSize', [NUMBER])).toBe(4);
    expect(await client.request('state_getStorageHash', [NUMBER])).toBe(`0x${toHex(blake2_256(fromHex(u32(3))))}`);
    await expect(client.request('state_getStorage', [NUMBER, `0x${'12'.repeat(32)}`])).rejects.toMatchObject({
      code: 4003,
      message: expect.stringContaining('UnknownBlock'),
    });
  });
  it('lists keys: all, by page, with values', async () => {
    const { client, engine } = await rpcNode();
    const prefix = `0x${Account.prefix}`;
    const all = (await client.request('state_getKeys', [prefix])) as string[];
    expect(all).toEqual(engine.store.keys(Account.prefix).map((key) => `0x${key}`));
    expect(all.length).toBeGreaterThan(5);
    const paged: string[] = [];
    for (let last: string | null = null; ; last = paged.at(-1)!) {
      const page = (await client.request('state_getKeysPaged', [prefix, 2, last])) as string[];
      paged.push(...page);
      if (page.length < 2) break;
    }
    expect(paged).toEqual(all);
    const pairs = (await client.request('state_getPairs', [prefix])) as [string, string][];
    expect(pairs.map(([key]) => key)).toEqual(all);
    await expect(client.request('state_getKeysPaged', [prefix, 1001])).rejects.toMatchObject({ code: 4002 });
  });
  it('answers many keys in one block, and over a range of blocks', async () => {
    const { client, engine } = await rpcNode();
    await engine.advance(3);
    const [first, , third] = [1, 2, 3].map((number) => `0x${engine.store.hashOf(number)}`);
    expect(await client.request('state_queryStorageAt', [[NUMBER, '0xff'], first])).toEqual([
      {
        block: first,
        changes: [
          [NUMBER, u32(1)],
          ['0xff', null],
        ],
      },
    ]);
    const range = (await client.request('state_queryStorage', [[NUMBER], first, third])) as { changes: unknown[] }[];
    expect(range.map(({ changes }) => changes)).toEqual([1, 2, 3].map((number) => [[NUMBER, u32(number)]]));
    await expect(client.request('state_queryStorage', [[NUMBER], third, first])).rejects.toMatchObject({ code: 4001 });
  });
  it('calls runtime APIs, arguments with and without 0x', async () => {
    const { client } = await rpcNode();
    for (const argument of ['0x0f000000', '0f000000']) {
      const answer = (await client.request('state_call', ['Metadata_metadata_at_version', argument])) as string;
      expect(answer.slice(0, 4)).toBe('0x01');
    }
    expect(await client.request('state_callAt', ['Metadata_metadata_versions', '0x'])).toBe(
      '0x0c0e0000000f00000010000000',
    );
    await expect(client.request('state_call', ['Nope_nope', '0x'])).rejects.toMatchObject({
      code: 4003,
      message: expect.stringContaining('Exported method Nope_nope is not found'),
    });
    await expect(client.request('state_call', ['Metadata_metadata_at_version', '0x0f'])).rejects.toMatchObject({
      code: 4003,
    });
  });
  it('gives metadata and version', async () => {
    const { client } = await rpcNode();
    expect(await client.request('state_getMetadata')).toMatch(/^0x6d6574610e/);
    const version = (await client.request('state_getRuntimeVersion')) as { apis: [string, number][] };
    expect(version).toMatchObject({ specName: 'node-subtensor', specVersion: 425, transactionVersion: 1 });
    expect(version.apis.find(([id]) => id === '0x37e397fc7c91f5e4')![1]).toBeGreaterThanOrEqual(2);
    expect(await client.request('chain_getRuntimeVersion')).toEqual(version);
  });
  it('has a stable substitute for the code', async () => {
    const { client, engine } = await rpcNode();
    const hash = await client.request('state_getStorageHash', ['0x3a636f6465']);
    engine.createBlock();
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(await client.request('state_getStorageHash', ['0x3a636f6465'])).toBe(hash);
  });
  it('proves what it says', async () => {
    const { client, engine } = await rpcNode();
    await engine.advance(2);
    const block = `0x${engine.store.hashOf(1)}`;
    const answer = await client.request('state_getReadProof', [[NUMBER, '0xabcd'], block]);
    const { at, proof } = answer as { at: string; proof: string[] };
    expect(at).toBe(block);
    const root = fromHex(engine.header(1)!.state_root);
    const proved = verifyReadProof(root, proof.map(fromHex), [BlockNumber.prefix, 'abcd']);
    expect(proved.get(BlockNumber.prefix)).toEqual(fromHex(u32(1)));
    expect(proved.get('abcd')).toBeUndefined();
  });
  it('tells of changes to keys', async () => {
    const node = await rpcNode();
    const quiet = '0xdeadbeef';
    const { items, stop } = await follow(node, 'state_subscribeStorage', 'state_unsubscribeStorage', [[NUMBER, quiet]]);
    const { hash } = node.engine.createBlock();
    await settled();
    await stop();
    node.engine.createBlock();
    await settled();
    expect(items).toEqual([
      {
        block: `0x${node.engine.genesisHash}`,
        changes: [
          [NUMBER, null],
          [quiet, null],
        ],
      },
      { block: `0x${hash}`, changes: [[NUMBER, u32(1)]] },
    ]);
  });
  it('tells the runtime version once', async () => {
    const node = await rpcNode();
    const method = 'state_subscribeRuntimeVersion';
    const { items } = await follow(node, method, 'state_unsubscribeRuntimeVersion');
    node.engine.createBlock();
    await settled();
    expect(items).toEqual([expect.objectContaining({ specVersion: 425 })]);
  });
});

describe('childstate', () => {
  const child = `0x${Buffer.from(':child_storage:default:x').toString('hex')}`;
  it('is empty', async () => {
    const { client } = await rpcNode();
    expect(await client.request('childstate_getStorage', [child, '0x00'])).toBeNull();
    expect(await client.request('childstate_getKeys', [child])).toEqual([]);
    expect(await client.request('childstate_getKeysPaged', [child, null, 10])).toEqual([]);
    expect(await client.request('childstate_getStorageEntries', [child, ['0x00', '0x01']])).toEqual([null, null]);
    await expect(client.request('childstate_getStorage', ['0x00', '0x00'])).rejects.toMatchObject({ code: 4003 });
  });
});
