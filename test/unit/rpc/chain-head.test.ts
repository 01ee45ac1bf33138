import { describe, expect, it } from 'vitest';
import { blake2_256 } from '../../../src/lib/localnet/frame/hashing.ts';
import { Account, BlockNumber } from '../../../src/lib/localnet/pallets/system/spec.ts';
import { callMethod } from '../../../src/lib/localnet/rpc/json-rpc.ts';
import { Session } from '../../../src/lib/localnet/rpc/session.ts';
import { fromHex, toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import type { LocalNode } from '../../helpers/local-node.ts';
import { rpcNode, settled } from '../../helpers/rpc-harness.ts';
import { devAccount, remark, signExtrinsic } from '../../helpers/sign-extrinsic.ts';

type Event = Readonly<Record<string, unknown>> & { readonly event: string };

/** One connection, as papi uses it: a follow subscription whose events are collected. */
class Client {
  readonly events: Event[] = [];
  readonly session: Session;
  private readonly node: LocalNode;
  id = '';

  constructor(node: LocalNode) {
    this.node = node;
    this.session = new Session({ notify: ({ params }) => this.events.push(params.result as Event) });
  }

  request(method: string, ...params: unknown[]): Promise<unknown> {
    return callMethod(this.node.rpc, this.session, method, params, { subscriptions: true });
  }

  async follow(withRuntime = true): Promise<this> {
    this.id = String(await this.request('chainHead_v1_follow', withRuntime));
    return this;
  }

  /** Starts an operation and gives the events that belong to it. */
  async operation(method: string, hash: string, ...params: unknown[]): Promise<Event[]> {
    const started = (await this.request(method, this.id, hash, ...params)) as { result: string; operationId: string };
    expect(started.result).toBe('started');
    await settled();
    return this.events.filter(({ operationId }) => operationId === started.operationId);
  }
}

const hashOf = ({ engine }: LocalNode, number: number) => `0x${engine.store.hashOf(number)}`;

describe('chainHead_v1_follow', () => {
  it('begins with finalized blocks, oldest first, the runtime, and at once the best block', async () => {
    const node = await rpcNode();
    await node.engine.advance(20);
    const { events } = await new Client(node).follow();
    expect(events).toEqual([
      {
        event: 'initialized',
        finalizedBlockHashes: Array.from({ length: 16 }, (_, i) => hashOf(node, 5 + i)),
        finalizedBlockRuntime: {
          type: 'valid',
          spec: expect.objectContaining({ specName: 'node-subtensor', specVersion: 425, apis: expect.any(Object) }),
        },
      },
      { event: 'bestBlockChanged', bestBlockHash: hashOf(node, 20) },
    ]);
  });
  it('tells of blocks that are not final yet', async () => {
    const node = await rpcNode();
    node.engine.createBlock({ final: false });
    const { events } = await new Client(node).follow(false);
    expect(events.map(({ event }) => event)).toEqual(['initialized', 'newBlock', 'bestBlockChanged']);
    expect(events[0]).toEqual({ event: 'initialized', finalizedBlockHashes: [hashOf(node, 0)] });
  });
  it('tells of each block: new, best, final', async () => {
    const node = await rpcNode();
    const { events } = await new Client(node).follow();
    events.length = 0;
    node.engine.createBlock();
    const [parent, block] = [hashOf(node, 0), hashOf(node, 1)];
    expect(events).toEqual([
      { event: 'newBlock', blockHash: block, parentBlockHash: parent, newRuntime: null },
      { event: 'bestBlockChanged', bestBlockHash: block },
      { event: 'finalized', finalizedBlockHashes: [block], prunedBlockHashes: [] },
    ]);
  });
  it('gives headers that hash to their block', async () => {
    const node = await rpcNode();
    node.engine.createBlock();
    const client = await new Client(node).follow();
    const header = String(await client.request('chainHead_v1_header', client.id, hashOf(node, 1)));
    expect(`0x${toHex(blake2_256(fromHex(header)))}`).toBe(hashOf(node, 1));
    expect(await client.request('chainHead_v1_header', 'nope', hashOf(node, 1))).toBeNull();
  });
  it('keeps blocks pinned until they are unpinned, one or many', async () => {
    const node = await rpcNode();
    await node.engine.advance(3);
    const client = await new Client(node).follow();
    const header = (number: number) => client.request('chainHead_v1_header', client.id, hashOf(node, number));
    expect(await header(1)).toMatch(/^0x/);
    await client.request('chainHead_v1_unpin', client.id, hashOf(node, 1));
    await expect(header(1)).rejects.toMatchObject({ code: -32801 });
    await client.request('chainHead_v1_unpin', client.id, [hashOf(node, 2), hashOf(node, 3)]);
    await expect(header(3)).rejects.toMatchObject({ code: -32801 });
    await expect(client.request('chainHead_v1_unpin', client.id, hashOf(node, 2))).rejects.toMatchObject({
      code: -32801,
    });
    await expect(client.request('chainHead_v1_body', client.id, hashOf(node, 2))).rejects.toMatchObject({
      code: -32801,
    });
  });
  it('stops a client that never unpins', async () => {
    const node = await rpcNode();
    const client = await new Client(node).follow();
    await node.engine.advance(600);
    expect(client.events.at(-1)).toEqual({ event: 'stop' });
    expect(client.events.filter(({ event }) => event === 'newBlock')).toHaveLength(511);
    expect(await client.request('chainHead_v1_header', client.id, hashOf(node, 1))).toBeNull();
  });
  it('stops when the chain goes back', async () => {
    const node = await rpcNode();
    await node.engine.advance(2);
    const client = await new Client(node).follow();
    node.engine.revertTo(1);
    expect(client.events.at(-1)).toEqual({ event: 'stop' });
  });
  it('ends with unfollow, and allows four at a time', async () => {
    const node = await rpcNode();
    const client = new Client(node);
    for (let i = 0; i < 4; i++) await client.follow();
    await expect(client.follow()).rejects.toMatchObject({ code: -32800 });
    await client.request('chainHead_v1_unfollow', client.id);
    await client.follow();
    await client.request('chainHead_v1_unfollow', client.id);
    client.events.length = 0;
    node.engine.createBlock();
    expect(client.events.filter(({ event }) => event === 'newBlock')).toHaveLength(3);
  });
});

describe('operations', () => {
  it('body: the extrinsics as they were sent', async () => {
    const node = await rpcNode();
    const bytes = signExtrinsic(node.engine, await devAccount('//Alice'), remark('x'));
    node.engine.submit(bytes);
    node.engine.createBlock();
    const client = await new Client(node).follow();
    const [done] = await client.operation('chainHead_v1_body', hashOf(node, 1));
    expect(done).toMatchObject({ event: 'operationBodyDone', value: [expect.any(String), `0x${toHex(bytes)}`] });
  });
  it('call: output, unknown names, bad arguments', async () => {
    const node = await rpcNode();
    const client = await new Client(node).follow();
    const at = hashOf(node, 0);
    const call = (name: string, argument: string) => client.operation('chainHead_v1_call', at, name, argument);
    expect(await call('Metadata_metadata_versions', '0x')).toEqual([
      { event: 'operationCallDone', operationId: '0', output: '0x0c0e0000000f00000010000000' },
    ]);
    expect((await call('No_no', '0x'))[0]).toMatchObject({ event: 'operationError' });
    expect((await call('Metadata_metadata_at_version', '0x'))[0]).toMatchObject({ event: 'operationError' });
    const blind = await new Client(node).follow(false);
    await expect(blind.request('chainHead_v1_call', blind.id, at, 'Core_version', '0x')).rejects.toMatchObject({
      code: -32802,
    });
  });
  it('storage: value, hash, descendants, Merkle value', async () => {
    const node = await rpcNode();
    node.engine.createBlock();
    const client = await new Client(node).follow();
    const key = `0x${BlockNumber.prefix}`;
    const accounts = node.engine.store.keys(Account.prefix);
    const query = [
      { key, type: 'value' },
      { key, type: 'hash' },
      { key: '0xdead', type: 'value' },
      { key: `0x${Account.prefix}`, type: 'descendantsValues' },
      { key: `0x${Account.prefix}`, type: 'closestDescendantMerkleValue' },
    ];
    const [items, done] = await client.operation('chainHead_v1_storage', hashOf(node, 1), query, null);
    expect(done).toMatchObject({ event: 'operationStorageDone' });
    const found = items!.items as Record<string, string>[];
    expect(found[0]).toEqual({ key, value: '0x01000000' });
    expect(found[1]!.hash).toBe(`0x${toHex(blake2_256(fromHex('01000000')))}`);
    expect(found.slice(2, -1).map((item) => item.key)).toEqual(accounts.map((account) => `0x${account}`));
    expect(found.at(-1)!.closestDescendantMerkleValue).toMatch(/^0x[0-9a-f]{64}$/);
  });
  it('storage: long answers come in parts', async () => {
    const node = await rpcNode();
    const writes = Array.from(
      { length: 2500 },
      (_, i) => [`ee${i.toString(16).padStart(4, '0')}`, Uint8Array.of(1)] as const,
    );
    node.engine.createBlock({ writes });
    const client = await new Client(node).follow();
    const query = [{ key: '0xee', type: 'descendantsValues' }];
    const events = await client.operation('chainHead_v1_storage', hashOf(node, 1), query, null);
    expect(events.map(({ event }) => event)).toEqual(['operationStorageItems', 'operationWaitingForContinue']);
    const { operationId } = events[0]!;
    for (let part = 0; part < 2; part++) {
      await client.request('chainHead_v1_continue', client.id, operationId);
      await settled();
    }
    const all = client.events.filter((event) => event.operationId === operationId);
    expect(all.at(-1)!.event).toBe('operationStorageDone');
    const items = all.flatMap((event) => (event.items as { key: string }[] | undefined) ?? []);
    expect(items.map(({ key }) => key)).toEqual(writes.map(([key]) => `0x${key}`));
    await expect(client.request('chainHead_v1_continue', client.id, operationId)).rejects.toMatchObject({
      code: -32803,
    });
  });
  it('can be stopped, and sixteen may be under way', async () => {
    const node = await rpcNode();
    const client = await new Client(node).follow();
    const body = () => client.request('chainHead_v1_body', client.id, hashOf(node, 0)) as Promise<{ result: string }>;
    const started = [];
    for (let i = 0; i < 17; i++) started.push((await body()).result);
    expect(started.filter((result) => result === 'started')).toHaveLength(16);
    expect(started.at(-1)).toBe('limitReached');
    for (let i = 0; i < 16; i++) await client.request('chainHead_v1_stopOperation', client.id, String(i));
    await settled();
    expect(client.events.filter(({ event }) => event === 'operationBodyDone')).toEqual([]);
    expect((await body()).result).toBe('started');
  });
});

describe('transaction_v1', () => {
  it('keeps offering until the transaction is in, or the client stops it', async () => {
    const node = await rpcNode();
    const alice = await devAccount('//Alice');
    const client = new Client(node);
    const bytes = signExtrinsic(node.engine, alice, remark('x'));
    const id = await client.request('transaction_v1_broadcast', `0x${toHex(bytes)}`);
    expect(node.engine.createBlock().extrinsics).toHaveLength(2);
    expect(await client.request('transaction_v1_stop', id)).toBeNull();
    await expect(client.request('transaction_v1_stop', id)).rejects.toMatchObject({ code: -32602 });
  });
  it('takes what is not valid and does nothing with it', async () => {
    const client = new Client(await rpcNode());
    expect(await client.request('transaction_v1_broadcast', '0x00')).toMatch(/./);
    for (let i = 1; i < 16; i++) await client.request('transaction_v1_broadcast', '0x00');
    expect(await client.request('transaction_v1_broadcast', '0x00')).toBeNull();
    client.session.close();
  });
});

describe('transactionWatch_v1', () => {
  it('reports from validation to finality', async () => {
    const node = await rpcNode();
    const client = new Client(node);
    const bytes = signExtrinsic(node.engine, await devAccount('//Alice'), remark('x'));
    await client.request('transactionWatch_v1_submitAndWatch', `0x${toHex(bytes)}`);
    const block = { hash: `0x${node.engine.createBlock().hash}`, index: 1 };
    expect(client.events).toEqual([
      { event: 'validated' },
      { event: 'bestChainBlockIncluded', block },
      { event: 'finalized', block },
    ]);
  });
  it('reports a refusal as an event', async () => {
    const client = new Client(await rpcNode());
    await client.request('transactionWatch_v1_submitAndWatch', '0x00');
    expect(client.events).toEqual([{ event: 'invalid', error: expect.any(String) }]);
  });
});

describe('archive_v1', () => {
  it('reads any block', async () => {
    const node = await rpcNode();
    await node.engine.advance(3);
    const client = new Client(node);
    expect(await client.request('archive_v1_finalizedHeight')).toBe(3);
    expect(await client.request('archive_v1_hashByHeight', 2)).toEqual([hashOf(node, 2)]);
    expect(await client.request('archive_v1_hashByHeight', 9)).toEqual([]);
    const header = String(await client.request('archive_v1_header', hashOf(node, 2)));
    expect(`0x${toHex(blake2_256(fromHex(header)))}`).toBe(hashOf(node, 2));
    expect(await client.request('archive_v1_body', hashOf(node, 2))).toHaveLength(1);
    expect(await client.request('archive_v1_body', `0x${'00'.repeat(32)}`)).toBeNull();
    const at = hashOf(node, 1);
    expect(await client.request('archive_v1_call', at, 'Metadata_metadata_versions', '0x')).toMatchObject({
      success: true,
    });
    expect(await client.request('archive_v1_call', at, 'No_no', '0x')).toMatchObject({ success: false });
    await client.request('archive_v1_storage', at, [{ key: `0x${BlockNumber.prefix}`, type: 'value' }]);
    await settled();
    expect(client.events).toEqual([
      { event: 'storage', key: `0x${BlockNumber.prefix}`, value: '0x01000000' },
      { event: 'storageDone' },
    ]);
  });
});
