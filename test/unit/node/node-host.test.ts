import { once } from 'node:events';
import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attach } from '../../../src/lib/chain/local.ts';
import { connectWebSocket } from '../../../src/lib/chain/ws-connection.ts';
import { acquire, NodeHost, type Owned, type StoreError } from '../../../src/lib/localnet/index.ts';
import { toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { devAccount, remark, signExtrinsic } from '../../helpers/sign-extrinsic.ts';

let directory: string;
const hosts: NodeHost[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'host-'));
});
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
  await rm(directory, { recursive: true, force: true });
});

async function open(options: Partial<Parameters<typeof NodeHost.open>[0]> = {}): Promise<NodeHost> {
  const host = await NodeHost.open({ directory, version: '1.2.3', preset: 'subtensor', ...options });
  hosts.push(host);
  return host;
}

describe('a host', () => {
  it('makes the chain that is asked for and refuses another one', async () => {
    const host = await open({ fast: true });
    expect(host.engine.store.meta).toMatchObject({ preset: 'subtensor', rootMode: 'trie', parameters: { fast: true } });
    const { genesisHash } = host.engine;
    await host.close();
    await expect(open({ fast: false })).rejects.toMatchObject({ name: 'NodeError', code: 'different-chain' });
    const again = await open({ preset: undefined });
    expect(again.engine.genesisHash).toBe(genesisHash);
  });

  it('needs the snapshot for a playground', async () => {
    await expect(open({ preset: 'playground' })).rejects.toMatchObject({ code: 'no-snapshot' });
    const bytes = Buffer.from('not a snapshot');
    await expect(open({ preset: 'playground', playgroundSnapshot: () => bytes })).rejects.toMatchObject({
      code: 'corrupt',
    });
  });

  it('gives up the directory whatever happens', async () => {
    const owned = (await acquire(directory)) as Owned;
    await expect(open({ owned, preset: 'playground' })).rejects.toMatchObject({ code: 'no-snapshot' });
    const next = await acquire(directory);
    expect(next).not.toHaveProperty('attachedTo');
    const host = await open({ owned: next as Owned });
    expect(await acquire(directory)).toHaveProperty('attachedTo');
    await host.close();
    const last = (await acquire(directory)) as Owned;
    expect(last).not.toHaveProperty('attachedTo');
    await last.release();
  });

  it('waits for a process that has come and not yet spoken, and serves it', async () => {
    const owned = (await acquire(directory)) as Owned;
    const host = await open({ owned });
    const socket = net.connect(owned.owner.socketPath);
    await once(socket, 'connect');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closing = host.close(10_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const visitor = await connectWebSocket('ws://localhost', 5000, { name: 'visitor', open: () => socket });
    expect(await visitor.request('system_chain')).toBe('Bittensor');
    await visitor.close();
    await closing;
    await expect(attach(owned.owner.socketPath, 1000)).rejects.toThrow();
  });

  it('serves the moves of a development chain to this machine only', async () => {
    const host = await open({ directory: undefined });
    const methodsAt = async (name: string) => {
      const { port } = await host.listen({ port: 0, host: name });
      const body = '{"jsonrpc":"2.0","id":1,"method":"rpc_methods"}';
      const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body });
      return ((await answer.json()) as { result: { methods: string[] } }).result.methods;
    };
    expect(await methodsAt('127.0.0.1')).toContain('dev_setStorage');
    const open_ = await methodsAt('0.0.0.0');
    expect(open_).toContain('chain_getBlock');
    expect(open_.filter((name) => name.startsWith('dev_'))).toEqual([]);
  });

  it('opened unprepared, prepares itself when the first transaction or block comes', async () => {
    for (const [method, params] of [
      ['dev_newBlock', []],
      ['engine_createBlock', [true, true]],
      ['author_submitExtrinsic', undefined],
      ['state_call', undefined],
    ] as const) {
      const host = await open({ directory: undefined, prepared: false, sealing: { mode: 'manual' } });
      const client = host.connect();
      expect(await client.request('system_chain')).toBe('Bittensor');
      const bytes = toHex(signExtrinsic(host.engine, await devAccount('//Alice'), remark('x')));
      const given =
        method === 'state_call'
          ? ['TaggedTransactionQueue_validate_transaction', `0x02${bytes}${'00'.repeat(32)}`]
          : [`0x${bytes}`];
      await expect(client.request(method, params ?? given)).resolves.toBeDefined();
    }
  });
});

describe('a disk that is full', () => {
  it('is reported to whoever waits, changes nothing, and the chain goes on when there is room', async () => {
    let full = false;
    const faults: unknown[] = [];
    const failures: StoreError[] = [];
    const host = await open({
      logFile: {
        ...fs,
        writeSync: ((...args: Parameters<typeof fs.writeSync>) => {
          if (full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
          return fs.writeSync(...args);
        }) as typeof fs.writeSync,
      },
      onFault: (error) => faults.push(error),
      onStoreFailure: (error) => failures.push(error),
    });
    const { engine } = host;
    const alice = await devAccount('//Alice');
    const client = host.connect();
    const send = async () => {
      const seen: unknown[] = [];
      const bytes = `0x${toHex(signExtrinsic(engine, alice, remark(`${Math.random()}`)))}`;
      await client.subscribe('author_submitAndWatchExtrinsic', 'author_unwatchExtrinsic', [bytes], (item) =>
        seen.push(item),
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      return seen;
    };
    expect(await send()).toHaveLength(3);
    const { head } = engine;
    full = true;
    expect(await send()).toEqual(['ready', 'dropped']);
    expect(failures).toEqual([expect.objectContaining({ code: 'full' })]);
    expect(engine.head).toEqual(head);
    await expect(client.request('dev_newBlock')).rejects.toMatchObject({ code: -32603, cause: { code: 'full' } });
    full = false;
    expect(await send()).toHaveLength(3);
    expect(engine.head.number).toBe(head.number + 1);
    expect(faults.length).toBeGreaterThan(0);
  });
});
