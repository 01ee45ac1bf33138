import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { connectWebSocket } from '../../../src/lib/chain/ws-connection.ts';

let server: WebSocketServer | undefined;
afterEach(() => {
  for (const client of server?.clients ?? []) client.terminate();
  server?.close();
});

/** A node that answers as a test says. */
async function node(answer: (socket: WebSocket, message: { id: number; method: string }) => void): Promise<string> {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => socket.on('message', (data) => answer(socket, JSON.parse(String(data)))));
  await new Promise((resolve) => server!.once('listening', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('answers go to the request that asked, in whatever order they come', async () => {
  const held: (() => void)[] = [];
  const endpoint = await node((socket, { id, method }) => {
    held.push(() => socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: method })));
    if (held.length === 2) for (const send of held.reverse()) send();
  });
  const connection = await connectWebSocket(endpoint, 5000);
  expect(await Promise.all([connection.request('first'), connection.request('second')])).toEqual(['first', 'second']);
  await connection.close();
});

test("a node's error becomes NODE_ERROR with its words, cleaned of control characters", async () => {
  const endpoint = await node((socket, { id }) =>
    socket.send(
      JSON.stringify({
        jsonrpc: '2.0',
        id,
        error: { code: 1010, message: 'Invalid\u001b[31m Transaction', data: 'Inability to pay' },
      }),
    ),
  );
  const connection = await connectWebSocket(endpoint, 5000);
  await expect(connection.request('author_submitExtrinsic')).rejects.toMatchObject({
    code: 'NODE_ERROR',
    exit: 10,
    message: 'The node refused author_submitExtrinsic: Invalid [31m Transaction: Inability to pay.',
    data: { rpcCode: 1010 },
  });
  await connection.close();
});

test('a node that closes in the middle rejects what is under way, and everything after', async () => {
  const endpoint = await node((socket) => socket.terminate());
  const connection = await connectWebSocket(endpoint, 5000);
  await expect(connection.request('chain_getHeader')).rejects.toMatchObject({ code: 'CONNECTION_LOST', exit: 10 });
  await expect(connection.request('chain_getHeader')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
});

test('a node that says nothing runs into the timeout, the next answer still counts', async () => {
  let asked = 0;
  const endpoint = await node((socket, { id }) => {
    if (asked++ > 0) socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: 7 }));
  });
  const connection = await connectWebSocket(endpoint, 150);
  await expect(connection.request('slow')).rejects.toMatchObject({ code: 'TIMEOUT', exit: 15, data: { what: 'slow' } });
  expect(await connection.request('quick')).toBe(7);
  await connection.close();
});

test('a node that sends garbage is left', async () => {
  const endpoint = await node((socket) => socket.send('<html>'));
  const connection = await connectWebSocket(endpoint, 5000);
  await expect(connection.request('chain_getHeader')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
});

test("notifications that overtake the subscription's answer are not lost", async () => {
  const endpoint = await node((socket, { id, method }) => {
    if (method !== 'chain_subscribeNewHeads') return;
    socket.send(
      JSON.stringify({ jsonrpc: '2.0', method: 'chain_newHead', params: { subscription: '0xa1', result: 'early' } }),
    );
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, result: '0xa1' }));
    socket.send(
      JSON.stringify({ jsonrpc: '2.0', method: 'chain_newHead', params: { subscription: '0xa1', result: 'late' } }),
    );
  });
  const connection = await connectWebSocket(endpoint, 5000);
  const seen: unknown[] = [];
  const call = { method: 'chain_subscribeNewHeads', unsubscribe: 'chain_unsubscribeNewHeads' };
  await connection.subscribe(
    call,
    (item) => seen.push(item),
    () => {},
  );
  await expect.poll(() => seen).toEqual(['early', 'late']);
  await connection.close();
});

test('nobody at the address, and something that is no WebSocket', async () => {
  await expect(connectWebSocket('ws://127.0.0.1:9', 2000)).rejects.toMatchObject({
    code: 'NETWORK_UNREACHABLE',
    exit: 10,
  });
  const plain = createServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const { port } = plain.address() as AddressInfo;
  await expect(connectWebSocket(`ws://127.0.0.1:${port}`, 2000)).rejects.toMatchObject({ code: 'NETWORK_UNREACHABLE' });
  plain.close();
});
