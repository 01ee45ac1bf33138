import * as fs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createLmdbStore, importLmdbStore, openLmdbStore } from '../../../src/lib/localnet/node/store/lmdb-store.ts';
import { exportChain } from '../../../src/lib/localnet/node/store/snapshot.ts';
import { StoreError, type StoreErrorCode } from '../../../src/lib/localnet/node/store/store-error.ts';
import { inTemporaryDirectory, TEST_META, testBlock, testHash } from '../../helpers/stores.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

async function codeOf(action: () => unknown): Promise<StoreErrorCode | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
}

describe('LmdbStore', () => {
  it('has after a restart what it had before, with and without a checkpoint in between', async () => {
    for (const count of [1, 3, 300, 512, 513, 600]) {
      await inTemporaryDirectory(async (directory) => {
        const store = await createLmdbStore(directory, TEST_META);
        store.commit(
          testBlock(0, [
            ['aa', bytes(1)],
            ['bb', bytes(2)],
          ]),
        );
        for (let n = 1; n < count; n++) {
          store.commit({
            ...testBlock(n, [
              ['aa', bytes(n & 255, n >> 8)],
              [n.toString(16).padStart(4, '0'), bytes(n & 1)],
            ]),
            final: n % 2 === 0,
          });
        }
        const before = exportChain(store, { history: true });
        await store.close();
        const again = await openLmdbStore(directory);
        expect(again.meta).toEqual(TEST_META);
        expect(exportChain(again, { history: true })).toEqual(before);
        expect(again.head).toEqual({ number: count - 1, hash: testHash(count - 1) });
        expect(again.finalized?.number).toBe((count - 1) & ~1);
        again.commit(testBlock(count, [['bb', null]]));
        expect(again.get('bb')).toBeUndefined();
        expect(again.stateAt(count - 1).get('bb')).toEqual(bytes(2));
        await again.close();
      });
    }
  });

  it('gives blocks by number and by hash, pending or stored', async () => {
    await inTemporaryDirectory(async (directory) => {
      const store = await createLmdbStore(directory, TEST_META);
      for (let n = 0; n < 600; n++) store.commit(testBlock(n));
      for (const n of [0, 1, 2, 3, 255, 256, 511, 512, 599]) {
        const { changes: _, ...stored } = testBlock(n);
        expect(store.block(n)).toEqual(stored);
        expect(store.block(testHash(n))).toEqual(stored);
        expect(store.numberOf(testHash(n))).toBe(n);
      }
      expect(store.block(600)).toBeUndefined();
      expect(store.block(testHash(600))).toBeUndefined();
      await store.close();
    });
  });

  it('keeps keys that LMDB cannot hold, among their prefix', async () => {
    await inTemporaryDirectory(async (directory) => {
      const store = await createLmdbStore(directory, TEST_META);
      const long = (tail: string): string => `aa${'5c'.repeat(3000)}${tail}`;
      const keys = [
        '',
        'aa',
        'ab',
        long('01'),
        long('02'),
        'ff',
        'ffff',
        'aa'.repeat(1899),
        'aa'.repeat(1900),
        'aa'.repeat(1932),
      ].sort();
      store.commit(
        testBlock(
          0,
          keys.map((key, i) => [key, bytes(i)]),
        ),
      );
      expect([...store.entries()]).toEqual(keys.map((key, i) => [key, bytes(i)]));
      expect(store.keys('ff')).toEqual(['ff', 'ffff']);
      expect(store.keys(long(''))).toEqual([long('01'), long('02')]);
      store.commit(
        testBlock(1, [
          [long('01'), null],
          ['', null],
        ]),
      );
      expect([...store.entries()].map(([key]) => key)).toEqual(keys.filter((key) => key !== '' && key !== long('01')));
      expect(store.stateAt(0).keys('')).toEqual(keys);
      expect(store.stateAt(0).get(long('01'))).toEqual(bytes(keys.indexOf(long('01'))));
      await store.close();
    });
  });

  it('names what is wrong with a directory', async () => {
    await inTemporaryDirectory(async (directory) => {
      expect(await codeOf(() => openLmdbStore(join(directory, 'none')))).toBe('not-found');
      const place = join(directory, 'chain');
      const store = await createLmdbStore(place, TEST_META);
      for (let n = 0; n < 400; n++) store.commit(testBlock(n, [[testHash(n), new Uint8Array(500)]]));
      await store.close();
      expect(await codeOf(() => createLmdbStore(place, TEST_META))).toBe('exists');
      expect(await codeOf(() => store.commit(testBlock(400)))).toBe('closed');
      expect(await codeOf(() => store.get('00'))).toBe('closed');

      const file = join(place, 'chain.mdb');
      const whole = fs.readFileSync(file);
      for (const broken of [
        Buffer.from('not a database'),
        Buffer.alloc(20_000, 7),
        whole.subarray(0, 20_000),
        whole.subarray(0, 5000),
      ]) {
        fs.writeFileSync(file, broken);
        expect(await codeOf(() => openLmdbStore(place)), `${broken.length} bytes`).toBe('corrupt');
      }
      fs.writeFileSync(file, whole);
      const again = await openLmdbStore(place);
      expect(again.head?.number).toBe(399);
      await again.close();
      fs.rmSync(place, { recursive: true });
      fs.writeFileSync(place, 'a file where the directory should be');
      expect(await codeOf(() => createLmdbStore(place, TEST_META))).toBe('io');
    });
  });

  it('refuses a chain of a newer format', async () => {
    await inTemporaryDirectory(async (directory) => {
      await (await createLmdbStore(directory, TEST_META)).close();
      const { open } = await import('lmdb');
      const root = open({
        path: join(directory, 'chain.mdb'),
        encoding: 'binary',
        keyEncoding: 'binary',
        overlappingSync: false,
      });
      const meta = root.openDB({ name: 'meta', encoding: 'binary', keyEncoding: 'binary' });
      const key = Buffer.from('chain');
      const record = { ...JSON.parse(meta.getBinary(key)!.toString()), format: 2 };
      await meta.put(key, Buffer.from(JSON.stringify(record)));
      await root.close();
      expect(await codeOf(() => openLmdbStore(directory))).toBe('newer-version');
    });
  });

  it('reports a full disk at the block that did not fit, and goes on when there is room', async () => {
    await inTemporaryDirectory(async (directory) => {
      let room = Number.POSITIVE_INFINITY;
      const logFile = {
        ...fs,
        writeSync: ((
          descriptor: number,
          data: Uint8Array,
          offset: number,
          length: number,
          position: number,
        ): number => {
          if (length <= room) return fs.writeSync(descriptor, data, offset, length, position);
          if (room <= 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
          const written = fs.writeSync(descriptor, data, offset, room, position);
          room = 0;
          return written;
        }) as typeof fs.writeSync,
      };
      const store = await createLmdbStore(directory, TEST_META, { logFile });
      store.commit(testBlock(0, [['aa', bytes(1)]]));
      room = 100;
      expect(
        await codeOf(() =>
          store.commit(
            testBlock(1, [
              ['aa', bytes(2)],
              ['bb', new Uint8Array(500)],
            ]),
          ),
        ),
      ).toBe('full');
      expect(store.head?.number).toBe(0);
      expect(store.get('aa')).toEqual(bytes(1));
      expect(store.get('bb')).toBeUndefined();
      room = Number.POSITIVE_INFINITY;
      store.commit(testBlock(1, [['aa', bytes(3)]]));
      await store.close();
      const again = await openLmdbStore(directory);
      expect(again.head?.number).toBe(1);
      expect(again.get('aa')).toEqual(bytes(3));
      await again.close();
    });
  });

  it('ends at the last whole record when the log was cut short or damaged', async () => {
    await inTemporaryDirectory(async (directory) => {
      const store = await createLmdbStore(directory, TEST_META);
      for (let n = 0; n < 5; n++) store.commit(testBlock(n, [['aa', bytes(n)]]));
      await store.close();
      const log = join(directory, 'chain.wal');
      const whole = fs.readFileSync(log);
      const damaged = Buffer.from(whole);
      damaged[whole.length - 3]! ^= 1;
      for (const broken of [whole.subarray(0, whole.length - 1), damaged]) {
        fs.writeFileSync(log, broken);
        const again = await openLmdbStore(directory);
        expect(again.head?.number).toBe(3);
        expect(again.get('aa')).toEqual(bytes(3));
        again.commit(testBlock(4, [['aa', bytes(9)]], 1));
        await again.close();
        const third = await openLmdbStore(directory);
        expect(third.head).toEqual({ number: 4, hash: testHash(4, 1) });
        await third.close();
      }
    });
  });

  it('does not read a log that belongs to an earlier checkpoint', async () => {
    await inTemporaryDirectory(async (directory) => {
      const store = await createLmdbStore(directory, TEST_META);
      for (let n = 0; n < 3; n++) store.commit(testBlock(n, [['aa', bytes(n)]]));
      await store.close();
      const log = join(directory, 'chain.wal');
      const old = fs.readFileSync(log);
      const again = await openLmdbStore(directory);
      again.revertTo(1);
      await again.close();
      fs.writeFileSync(log, old);
      const third = await openLmdbStore(directory);
      expect(third.head?.number).toBe(1);
      expect(third.get('aa')).toEqual(bytes(1));
      await third.close();
    });
  });

  it('syncs every block when it is durable', async () => {
    await inTemporaryDirectory(async (directory) => {
      let syncs = 0;
      const logFile = {
        ...fs,
        fdatasyncSync: (descriptor: number): void => {
          syncs++;
          fs.fdatasyncSync(descriptor);
        },
      };
      const store = await createLmdbStore(directory, TEST_META, { durable: true, logFile });
      for (let n = 0; n < 5; n++) store.commit(testBlock(n));
      expect(syncs).toBe(5);
      await store.close();
    });
  });

  it('flushes within about a second by itself, and reports at the next block when that failed', async () => {
    await inTemporaryDirectory(async (directory) => {
      let failing = false;
      let syncs = 0;
      const logFile = {
        ...fs,
        fdatasync: ((descriptor: number, done: (error: NodeJS.ErrnoException | null) => void): void => {
          syncs++;
          if (failing) done(Object.assign(new Error('ENOSPC: no space left on device, fdatasync'), { code: 'ENOSPC' }));
          else fs.fdatasync(descriptor, done);
        }) as typeof fs.fdatasync,
      };
      const store = await createLmdbStore(directory, TEST_META, { logFile });
      store.commit(testBlock(0));
      await vi.waitFor(() => expect(syncs).toBe(1), { timeout: 3000 });
      failing = true;
      store.commit(testBlock(1));
      await vi.waitFor(() => expect(syncs).toBe(2), { timeout: 3000 });
      failing = false;
      expect(await codeOf(() => store.commit(testBlock(2)))).toBe('full');
      store.commit(testBlock(2));
      await store.flush();
      expect(store.head?.number).toBe(2);
      await store.close();
    });
  });

  it('refuses to import over a chain, and leaves it alone', async () => {
    await inTemporaryDirectory(async (directory) => {
      const store = await createLmdbStore(directory, TEST_META);
      store.commit(testBlock(0, [['aa', bytes(1)]]));
      const data = exportChain(store);
      await store.close();
      expect(await codeOf(() => importLmdbStore(directory, data))).toBe('exists');
      const again = await openLmdbStore(directory);
      expect(again.get('aa')).toEqual(bytes(1));
      await again.close();
    });
  });
});
