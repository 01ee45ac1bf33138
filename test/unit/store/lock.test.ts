import * as fs from 'node:fs';
import * as net from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Attached, acquire, findOwner, type Owned } from '../../../src/lib/localnet/node/store/lock.ts';
import { isRunning, ownIdentity } from '../../../src/lib/localnet/node/store/process-identity.ts';
import { newSocketPath } from '../../../src/lib/localnet/node/store/socket-path.ts';
import { bundleChild, startChild } from '../../helpers/child-script.ts';
import { inTemporaryDirectory } from '../../helpers/stores.ts';

let script: string;
beforeAll(async () => {
  script = await bundleChild('unit/store/lock-child.ts');
});

function owned(result: Owned | Attached): Owned {
  if ('attachedTo' in result) throw new Error(`attached to ${result.attachedTo.pid}`);
  return result;
}

function ask(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    net
      .connect(socketPath)
      .setEncoding('utf8')
      .on('data', (part) => {
        text += part;
      })
      .on('end', () => resolve(text))
      .on('error', reject);
  });
}

describe('ownership of a data directory', () => {
  it('goes to the first process, and the second learns who and where', () =>
    inTemporaryDirectory(async (directory) => {
      const child = startChild(script, [directory]);
      await child.line('owned');
      const result = await acquire(directory);
      const { attachedTo } = result as Attached;
      expect(attachedTo.pid).toBe(child.process.pid);
      expect(Math.abs(attachedTo.startedAt - Date.now())).toBeLessThan(60_000);
      expect(await ask(attachedTo.socketPath)).toBe(`owner ${child.process.pid}\n`);
      expect(await findOwner(directory)).toEqual(attachedTo);
      await child.kill();
      expect(await findOwner(directory)).toBeUndefined();
    }));

  it('passes on when the owner lets go, and when it is killed', () =>
    inTemporaryDirectory(async (directory) => {
      for (const end of ['release', 'kill', 'release', 'kill', 'kill']) {
        const child = startChild(script, [directory]);
        await child.line('owned');
        if (end === 'kill') await child.kill();
        else {
          child.process.stdin!.write('go\n');
          await child.line('released');
        }
        const mine = owned(await acquire(directory));
        expect((await findOwner(directory))?.pid).toBe(process.pid);
        await mine.release();
        await mine.release();
        await child.ended();
      }
      expect(fs.readdirSync(directory).filter((name) => name.endsWith('.sock') || name.endsWith('.tmp'))).toEqual([]);
      expect(fs.readdirSync(directory).length).toBeLessThanOrEqual(2);
    }));

  it('goes to exactly one of many processes that start over a dead owner', () =>
    inTemporaryDirectory(async (directory) => {
      for (let round = 0; round < 4; round++) {
        const dead = startChild(script, [directory]);
        await dead.line('');
        expect(dead.lines[0]).toBe(`owned ${dead.process.pid}`);
        await dead.kill();
        const children = Array.from({ length: 6 }, () => startChild(script, [directory]));
        const first = await Promise.all(children.map((child) => child.line('')));
        const owners = first.filter((line) => line.startsWith('owned'));
        expect(owners).toHaveLength(1);
        const owner = owners[0]!.split(' ')[1];
        expect(new Set(first)).toEqual(new Set([`owned ${owner}`, `attached ${owner}`]));
        await Promise.all(children.map((child) => child.kill()));
      }
    }));

  it('goes to exactly one of many callers in this process', () =>
    inTemporaryDirectory(async (directory) => {
      const results = await Promise.all(Array.from({ length: 8 }, () => acquire(directory)));
      const mine = results.filter((result) => 'release' in result);
      expect(mine).toHaveLength(1);
      await mine[0]!.release();
    }));

  it('is not taken from a living process that does not answer', () =>
    inTemporaryDirectory(async (directory) => {
      const record = { ...ownIdentity(), socketPath: join(directory, 'node-00000000.sock'), host: hostname() };
      fs.writeFileSync(join(directory, 'owner.1.json'), JSON.stringify(record));
      await expect(acquire(directory, { waitMs: 100 })).rejects.toMatchObject({ name: 'StoreError', code: 'locked' });
      expect(fs.readdirSync(directory)).toEqual(['owner.1.json']);
    }));

  it('is taken from a process number that now belongs to another process, and from an unreadable record', () =>
    inTemporaryDirectory(async (directory) => {
      const socketPath = join(directory, 'node-00000000.sock');
      const record = { pid: process.pid, startedAt: 1, start: 'boot:1', socketPath, host: hostname() };
      fs.writeFileSync(join(directory, 'owner.7.json'), JSON.stringify(record));
      await owned(await acquire(directory)).release();
      fs.writeFileSync(join(directory, 'owner.9.json'), '');
      fs.utimesSync(join(directory, 'owner.9.json'), 1, 1);
      await owned(await acquire(directory)).release();
      fs.writeFileSync(join(directory, 'owner.11.json'), '{"pid":');
      await expect(acquire(directory, { waitMs: 50 })).rejects.toMatchObject({ code: 'locked' });
    }));

  it('works where the path is too long for a socket', () =>
    inTemporaryDirectory(async (directory) => {
      const deep = join(directory, 'd'.repeat(60), 'e'.repeat(60));
      const mine = owned(await acquire(deep));
      expect(Buffer.byteLength(mine.owner.socketPath)).toBeLessThanOrEqual(100);
      expect(mine.owner.socketPath.startsWith(deep)).toBe(false);
      mine.onConnection((socket) => socket.end('hello'));
      const { attachedTo } = (await acquire(deep)) as Attached;
      expect(await ask(attachedTo.socketPath)).toBe('hello');
      await mine.release();
      expect(fs.existsSync(mine.owner.socketPath)).toBe(false);
    }));

  it('hands over connections that came before the handler', () =>
    inTemporaryDirectory(async (directory) => {
      const mine = owned(await acquire(directory));
      const early = ask(mine.owner.socketPath);
      await new Promise((resolve) => setTimeout(resolve, 50));
      mine.onConnection((socket) => socket.end('late but here'));
      expect(await early).toBe('late but here');
      await mine.release();
    }));

  it('names a pipe on Windows', () => {
    expect(newSocketPath('C:\\data', 'win32')).toMatch(/^\\\\\.\\pipe\\btcli-ts-[0-9a-f]{16}-[0-9a-f]{8}$/);
  });

  it('tells a running process from a dead one', async () => {
    expect(isRunning(ownIdentity())).toBe(true);
    expect(isRunning({ pid: 2 ** 22 + 1, startedAt: 0 })).toBe(false);
  });
});
