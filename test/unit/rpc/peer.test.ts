import { describe, expect, it } from 'vitest';
import { Peer } from '../../../src/lib/localnet/rpc/peer.ts';
import { rpcNode, settled } from '../../helpers/rpc-harness.ts';

const SUBSCRIBE = '{"jsonrpc":"2.0","id":1,"method":"chain_subscribeNewHeads"}';

describe('a peer', () => {
  it('that does not read is let go of, and nobody else suffers', async () => {
    const node = await rpcNode();
    let queued = 0;
    let ended = false;
    const sent: string[] = [];
    const slow = new Peer(node.rpc, {
      send: (text) => sent.push(text),
      terminate: () => (ended = true),
      queued: () => queued,
    });
    const heard: string[] = [];
    const quick = new Peer(node.rpc, { send: (text) => heard.push(text), terminate: () => {}, queued: () => 0 });
    slow.receive(SUBSCRIBE);
    quick.receive(SUBSCRIBE);
    await settled();
    node.engine.createBlock();
    expect([sent.length, heard.length]).toEqual([3, 3]);
    queued = 1 << 30;
    node.engine.createBlock();
    expect(ended).toBe(true);
    expect([sent.length, heard.length]).toEqual([3, 4]);
    node.engine.createBlock();
    expect([sent.length, heard.length]).toEqual([3, 5]);
    quick.close();
  });
  it('that asks for too much at a time is told so', async () => {
    const node = await rpcNode();
    const sent: { id: number | null; error?: { code: number } }[] = [];
    const peer = new Peer(node.rpc, {
      send: (text) => sent.push(JSON.parse(text)),
      terminate: () => {},
      queued: () => 0,
    });
    for (let id = 0; id < 2001; id++) peer.receive(`{"jsonrpc":"2.0","id":${id},"method":"system_chain"}`);
    await settled();
    expect(sent).toHaveLength(2001);
    expect(sent.filter(({ error }) => error?.code === -32009)).toHaveLength(1);
    peer.close();
  });
  it('that is gone gets no more', async () => {
    const node = await rpcNode();
    const sent: string[] = [];
    const peer = new Peer(node.rpc, { send: (text) => sent.push(text), terminate: () => {}, queued: () => 0 });
    peer.receive(SUBSCRIBE);
    peer.close();
    await settled();
    node.engine.createBlock();
    expect(sent).toEqual([]);
  });
});

describe('hostile transactions', () => {
  const submit = async (call: Buffer) => {
    const node = await rpcNode();
    const content = Buffer.concat([Buffer.of(4), call]);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(((content.length << 2) | 2) >>> 0);
    const extrinsic = `0x${Buffer.concat([length, content]).toString('hex')}`;
    const methods = ['author_submitExtrinsic', 'payment_queryInfo', 'system_dryRun', 'transaction_v1_broadcast'];
    for (const method of methods)
      await node.client.request(method, [extrinsic]).catch(({ code }) => expect(code).not.toBe(-32603));
    expect(node.engine.createBlock().extrinsics).toHaveLength(1);
  };
  it('calls within calls without end', () => submit(Buffer.from('0c00'.repeat(100_000), 'hex')));
  it('batches within batches', () => submit(Buffer.from('0b0004'.repeat(50_000), 'hex')));
  it('a list that says it is endless', () => submit(Buffer.from('0b00feffffff', 'hex')));
});
