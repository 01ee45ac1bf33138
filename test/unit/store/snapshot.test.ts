import { describe, expect, it } from 'vitest';
import { importLmdbStore } from '../../../src/lib/localnet/node/store/lmdb-store.ts';
import { MemoryStore } from '../../../src/lib/localnet/node/store/memory-store.ts';
import {
  compressExport,
  decodeExport,
  encodeExport,
  equalExports,
  exportChain,
} from '../../../src/lib/localnet/node/store/snapshot.ts';
import { inTemporaryDirectory, TEST_META, testBlock } from '../../helpers/stores.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const coded = (code: string): Error => expect.objectContaining({ name: 'StoreError', code }) as Error;

function chain(): MemoryStore {
  const store = new MemoryStore(TEST_META);
  store.commit(
    testBlock(0, [
      ['aa', bytes(1)],
      ['bb', new Uint8Array(100)],
    ]),
  );
  for (let n = 1; n < 20; n++)
    store.commit({
      ...testBlock(n, [
        ['aa', bytes(n)],
        [`cc0${n % 3}`, n % 2 ? bytes(n) : null],
      ]),
      final: n < 10,
    });
  return store;
}

describe('snapshots', () => {
  it('come back the same, through bytes, from either store', async () => {
    for (const history of [true, false]) {
      const store = chain();
      const canonical = encodeExport(exportChain(store, { history }));
      const shipped = compressExport(canonical, 5);
      expect(shipped.length).toBeLessThan(canonical.length);
      expect(equalExports(canonical, shipped)).toBe(true);
      const data = decodeExport(shipped);
      const copy = MemoryStore.from(data);
      expect(equalExports(encodeExport(exportChain(copy, { history })), canonical)).toBe(true);
      await inTemporaryDirectory(async (directory) => {
        const stored = await importLmdbStore(directory, data);
        expect(equalExports(encodeExport(exportChain(stored, { history })), canonical)).toBe(true);
        for (const each of [copy, stored]) {
          expect(each.head).toEqual(store.head);
          expect(each.finalized).toEqual(store.finalized);
          expect(each.historyStart).toBe(history ? 0 : 19);
          if (history) expect(each.stateAt(7).keys('')).toEqual(store.stateAt(7).keys(''));
          else expect(() => each.stateAt(7)).toThrow(coded('pruned'));
          each.commit(testBlock(20, [['aa', bytes(77)]]));
          expect(each.stateAt(19).get('aa')).toEqual(bytes(19));
        }
        await stored.close();
      });
    }
  });

  it('do not depend on the order in which parameters were given', () => {
    const one = new MemoryStore({ ...TEST_META, parameters: { a: 1, b: { c: [1, 2], d: null } } });
    const two = new MemoryStore({
      parameters: { b: { d: null, c: [1, 2] }, a: 1 },
      rootMode: 'trie',
      preset: 'test',
      genesisHash: TEST_META.genesisHash,
    });
    expect(equalExports(encodeExport(exportChain(one)), encodeExport(exportChain(two)))).toBe(true);
    expect(equalExports(encodeExport(exportChain(one)), encodeExport(exportChain(chain())))).toBe(false);
  });

  it('name what is wrong with a file', () => {
    const canonical = encodeExport(exportChain(chain()));
    expect(() => decodeExport(bytes(1, 2, 3))).toThrow(coded('corrupt'));
    expect(() => decodeExport(compressExport(new Uint8Array(1000), 1))).toThrow(coded('corrupt'));
    expect(() => decodeExport(canonical.subarray(0, canonical.length - 1))).toThrow(coded('corrupt'));
    const flipped = canonical.slice();
    flipped[200]! ^= 1;
    expect(() => decodeExport(flipped)).toThrow(coded('corrupt'));
    const newer = canonical.slice();
    newer[8] = 2;
    expect(() => decodeExport(newer)).toThrow(coded('newer-version'));
  });
});
