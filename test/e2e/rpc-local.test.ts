import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/lib/chain/connection.ts';
import { connectLocal } from '../../src/lib/chain/local.ts';

let folder: string;
const open: Connection[] = [];

async function connect(): Promise<Connection> {
  const connection = await connectLocal({ dataFolder: folder, timeout: 10_000 });
  open.push(connection);
  return connection;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localnet-'));
});
afterEach(async () => {
  for (const connection of open.splice(0).reverse()) await connection.close();
  await rm(folder, { recursive: true, force: true });
});

const headOf = async (connection: Connection) =>
  Number((await connection.request<{ number: string }>('chain_getHeader')).number);

describe('the local network', () => {
  it('is embedded in the first process and attached to by the next', async () => {
    const owner = await connect();
    const guest = await connect();
    expect(owner.endpoint).toBe('local (embedded)');
    expect(guest.endpoint).toBe('local (attached)');
    await guest.request('dev_newBlock', [{ count: 3 }]);
    expect(await headOf(owner)).toBe(3);
    expect(await headOf(guest)).toBe(3);
  });

  it('tells every process of new blocks', async () => {
    const owner = await connect();
    const guest = await connect();
    const seen: string[] = [];
    const call = { method: 'chain_subscribeNewHeads', unsubscribe: 'chain_unsubscribeNewHeads' };
    const stop = await guest.subscribe(
      call,
      (item) => seen.push((item as { number: string }).number),
      () => {},
    );
    await owner.request('dev_newBlock', [{ count: 2 }]);
    await expect.poll(() => seen).toEqual(['0x0', '0x1', '0x2']);
    await stop();
    await owner.request('dev_newBlock', []);
    expect(await headOf(guest)).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it('goes on where it stopped', async () => {
    const first = await connect();
    await first.request('dev_newBlock', [{ count: 5 }]);
    const hash = await first.request('chain_getBlockHash');
    await open.pop()!.close();
    const second = await connect();
    expect(second.endpoint).toBe('local (embedded)');
    expect(await second.request('chain_getBlockHash')).toBe(hash);
    await second.request('dev_newBlock', []);
    expect(await headOf(second)).toBe(6);
  });

  it('waits for attached processes before the owner leaves, and another one takes over', async () => {
    const owner = await connect();
    const guest = await connect();
    let left = false;
    const leaving = owner.close().then(() => {
      left = true;
    });
    await guest.request('dev_newBlock', [{ count: 2 }]);
    expect(left).toBe(false);
    await guest.close();
    await leaving;
    open.length = 0;
    const next = await connect();
    expect(next.endpoint).toBe('local (embedded)');
    expect(await headOf(next)).toBe(2);
  });

  it('names what the node refuses', async () => {
    const owner = await connect();
    await expect(owner.request('no_suchMethod')).rejects.toMatchObject({
      code: 'NODE_ERROR',
      data: { rpcCode: -32601 },
    });
    await expect(owner.request('chain_getBlock', ['0x12'])).rejects.toMatchObject({ data: { rpcCode: -32602 } });
  });
});
