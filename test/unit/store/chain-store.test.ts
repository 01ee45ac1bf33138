import { describe, expect, it } from 'vitest';
import type { ChainStore } from '../../../src/lib/localnet/node/store/chain-store.ts';
import { createLmdbStore } from '../../../src/lib/localnet/node/store/lmdb-store.ts';
import { MemoryStore } from '../../../src/lib/localnet/node/store/memory-store.ts';
import { StoreError } from '../../../src/lib/localnet/node/store/store-error.ts';
import { inTemporaryDirectory, TEST_META, testBlock, testHash } from '../../helpers/stores.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const coded = (code: string): unknown => expect.objectContaining({ name: 'StoreError', code });

const KINDS: Record<string, (body: (store: ChainStore) => Promise<void>) => Promise<void>> = {
  memory: async (body) => body(new MemoryStore(TEST_META)),
  lmdb: (body) =>
    inTemporaryDirectory(async (directory) => {
      const store = await createLmdbStore(directory, TEST_META);
      await body(store);
      await store.close();
    }),
};

describe.each(Object.keys(KINDS))('a chain in %s', (kind) => {
  const withStore = KINDS[kind]!;

  it('begins empty', () =>
    withStore(async (store) => {
      expect(store.head).toBeUndefined();
      expect(store.get('aa')).toBeUndefined();
      expect(store.keys('')).toEqual([]);
      expect(() => store.stateAt(0)).toThrow(coded('unknown-block') as Error);
      expect(() => store.revertTo(0)).toThrow(StoreError);
    }));

  it('starts at any number, and goes on one by one', () =>
    withStore(async (store) => {
      store.commit(testBlock(6, [['aa', bytes(1)]]));
      expect(store.historyStart).toBe(6);
      expect(() => store.commit(testBlock(8))).toThrow(RangeError);
      expect(() => store.commit({ ...testBlock(7), hash: `0x${testHash(7)}` })).toThrow(RangeError);
      store.commit(testBlock(7, [['aa', bytes(2)]]));
      expect(store.stateAt(6).get('aa')).toEqual(bytes(1));
    }));

  it('keeps a reader at its block while the chain grows, and ends it with the block', () =>
    withStore(async (store) => {
      store.commit(
        testBlock(0, [
          ['aa', bytes(1)],
          ['ab', bytes(5)],
        ]),
      );
      const genesis = store.stateAt(testHash(0));
      expect(genesis.get('aa')).toEqual(bytes(1));
      store.commit(
        testBlock(1, [
          ['aa', bytes(2)],
          ['ab', null],
          ['ac', bytes(3)],
        ]),
      );
      const first = store.stateAt(1);
      expect(genesis.get('aa')).toEqual(bytes(1));
      expect(genesis.get('ac')).toBeUndefined();
      expect(genesis.keys('a')).toEqual(['aa', 'ab']);
      expect(first.keys('')).toEqual(['aa', 'ac']);
      store.revertTo(0);
      expect(store.keys('')).toEqual(['aa', 'ab']);
      expect(() => first.get('aa')).toThrow(coded('unknown-block') as Error);
      store.commit(testBlock(1, [['aa', bytes(7)]], 1));
      expect(() => first.get('aa')).toThrow(coded('unknown-block') as Error);
      expect(genesis.get('aa')).toEqual(bytes(1));
      expect(store.numberOf(testHash(1))).toBeUndefined();
      expect(store.head).toEqual({ number: 1, hash: testHash(1, 1) });
    }));

  it('forgets the state of pruned blocks, not the blocks', () =>
    withStore(async (store) => {
      for (let n = 0; n < 600; n++) store.commit(testBlock(n, [['aa', bytes(n & 255)]]));
      const early = store.stateAt(100);
      store.pruneHistory(300);
      expect(store.historyStart).toBe(300);
      expect(() => early.get('aa')).toThrow(coded('pruned') as Error);
      expect(() => store.stateAt(299)).toThrow(coded('pruned') as Error);
      expect(() => store.revertTo(299)).toThrow(coded('pruned') as Error);
      for (const n of [300, 301, 511, 512, 598, 599]) expect(store.stateAt(n).get('aa')).toEqual(bytes(n & 255));
      expect(store.block(5)?.hash).toBe(testHash(5));
      store.revertTo(300);
      expect(store.get('aa')).toEqual(bytes(300 & 255));
    }));

  it('knows the final block, which a revert can take back', () =>
    withStore(async (store) => {
      for (let n = 0; n < 4; n++) store.commit({ ...testBlock(n), final: false });
      expect(store.finalized).toBeUndefined();
      store.finalize(2);
      expect(store.finalized).toEqual({ number: 2, hash: testHash(2) });
      expect(() => store.finalize(4)).toThrow(coded('unknown-block') as Error);
      store.revertTo(1);
      expect(store.finalized).toEqual({ number: 1, hash: testHash(1) });
    }));

  it('tells what a block replaced', () =>
    withStore(async (store) => {
      store.commit(testBlock(0, [['aa', bytes(1)]]));
      store.commit(
        testBlock(1, [
          ['bb', bytes(1)],
          ['aa', null],
        ]),
      );
      expect(store.reverseDiff(1)).toEqual([
        ['aa', bytes(1)],
        ['bb', null],
      ]);
      expect(store.reverseDiff(0)).toBeUndefined();
      expect(store.reverseDiff(2)).toBeUndefined();
    }));
});
