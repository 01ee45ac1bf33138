import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { NodeServer } from '../../src/lib/localnet/server.ts';
import { isAllowedHost, isAllowedOrigin, isLoopback } from '../../src/lib/localnet/server-access.ts';
import { type LocalNode, startLocalNode } from '../helpers/local-node.ts';

let node: LocalNode;
let port: number;
beforeEach(async () => {
  node = await startLocalNode({ sealing: { mode: 'manual' } });
  port = await node.serve();
});
afterEach(async () => {
  await node.close();
  expect(node.faults).toEqual([]);
});

const url = (scheme: string) => `${scheme}://127.0.0.1:${port}`;
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(url('http'), { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
const open = (options: object = {}): Promise<WebSocket> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url('ws'), options);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
const next = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))));
const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));
const CHAIN = '{"jsonrpc":"2.0","id":1,"method":"system_chain"}';

describe('HTTP', () => {
  it('answers POST, single and batch', async () => {
    const single = await post(CHAIN);
    expect(single.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await single.json()).toEqual({ jsonrpc: '2.0', id: 1, result: 'Bittensor' });
    expect(await (await post(`[${CHAIN},${CHAIN}]`)).json()).toHaveLength(2);
    expect(await (await post('{')).json()).toMatchObject({ error: { code: -32700 } });
  });
  it('refuses other methods, large bodies and subscriptions', async () => {
    expect((await fetch(url('http'))).status).toBe(405);
    expect((await post('x'.repeat((15 << 20) + 1)).catch(() => ({ status: 413 }))).status).toBe(413);
    const subscribe = await post('{"jsonrpc":"2.0","id":1,"method":"chain_subscribeNewHeads"}');
    expect(await subscribe.json()).toMatchObject({ error: { code: -32601 } });
  });
  it('lets no other web page in', async () => {
    expect((await post(CHAIN, { origin: 'https://evil.example' })).status).toBe(403);
    const friend = await post(CHAIN, { origin: 'https://polkadot.js.org' });
    expect(friend.headers.get('access-control-allow-origin')).toBe('https://polkadot.js.org');
    expect((await post(CHAIN, { origin: 'http://localhost:3000' })).status).toBe(200);
    await expect(open({ origin: 'https://evil.example' })).rejects.toThrow('403');
    await expect(open({ headers: { host: 'rebound.example' } })).rejects.toThrow('403');
  });
});

describe('WebSocket', () => {
  it('answers before it notifies', async () => {
    const socket = await open();
    const messages: { id?: number; params?: { subscription: string } }[] = [];
    socket.on('message', (data) => messages.push(JSON.parse(String(data))));
    socket.send('{"jsonrpc":"2.0","id":7,"method":"chain_subscribeNewHeads"}');
    await expect.poll(() => messages.length).toBe(2);
    expect(messages[0]).toMatchObject({ id: 7, result: messages[1]!.params!.subscription });
    socket.close();
  });
  it('serves several clients and forgets those that go', async () => {
    const sockets = await Promise.all([open(), open(), open()]);
    for (const socket of sockets) socket.send('{"jsonrpc":"2.0","id":1,"method":"chain_subscribeNewHeads"}');
    await Promise.all(sockets.map(next));
    sockets[0]!.terminate();
    const heads = Promise.all(sockets.slice(1).map(next));
    node.engine.createBlock();
    expect(await heads).toHaveLength(2);
    for (const socket of sockets) socket.close();
  });
  it('survives binary, malformed and huge messages', async () => {
    const socket = await open();
    socket.send(Buffer.from([0xff, 0xfe, 0x00]));
    expect(await next(socket)).toMatchObject({ error: { code: -32700 } });
    socket.send('x'.repeat((15 << 20) + 1));
    expect(await closed(socket)).toBe(1009);
    const raw = connect(port, '127.0.0.1');
    raw.on('error', () => {});
    raw.write('\x00\x01 nonsense\r\n\r\n');
    await new Promise((resolve) => raw.once('close', resolve));
    const again = await open();
    again.send(CHAIN);
    expect(await next(again)).toMatchObject({ result: 'Bittensor' });
    again.close();
  });
  it('says goodbye when it shuts down', async () => {
    const socket = await open();
    const gone = closed(socket);
    await node.close();
    expect(await gone).toBe(1001);
    node = await startLocalNode();
  });
  it('ends connections that show no sign of life, not those that answer pings', async () => {
    const server = new NodeServer(node.rpc, 50);
    const address = await server.listen({ port: 0 });
    const alive = new WebSocket(`ws://127.0.0.1:${address.port}`);
    const dead = new WebSocket(`ws://127.0.0.1:${address.port}`, { autoPong: false });
    let pings = 0;
    alive.on('ping', () => pings++);
    await closed(dead);
    expect(pings).toBeGreaterThan(0);
    expect(alive.readyState).toBe(WebSocket.OPEN);
    alive.close();
    await server.close();
  });
});

describe('ports', () => {
  it('in use are named as such', async () => {
    await expect(new NodeServer(node.rpc).listen({ port })).rejects.toMatchObject({
      name: 'NodeError',
      code: 'port-in-use',
      data: { port, host: '127.0.0.1' },
    });
  });
  it('are this machine only unless said otherwise', () => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]', '127.9.9.9']) expect(isLoopback(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', 'example.org', '127.0.0.1.example.org']) expect(isLoopback(host)).toBe(false);
    expect(isAllowedHost('localhost:9944')).toBe(true);
    expect(isAllowedHost('[::1]:9944')).toBe(true);
    expect(isAllowedHost('localhost.example.org:9944')).toBe(false);
    expect(isAllowedOrigin('http://127.0.0.1:8080')).toBe(true);
    expect(isAllowedOrigin('https://localhost.example.org')).toBe(false);
    expect(isAllowedOrigin('null')).toBe(false);
  });
});
