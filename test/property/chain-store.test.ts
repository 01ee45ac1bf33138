import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChainStore } from '../../src/lib/localnet/node/store/chain-store.ts';
import { createLmdbStore, type LmdbStore, openLmdbStore } from '../../src/lib/localnet/node/store/lmdb-store.ts';
import { MemoryStore } from '../../src/lib/localnet/node/store/memory-store.ts';
import { decodeExport, encodeExport, equalExports, exportChain } from '../../src/lib/localnet/node/store/snapshot.ts';
import { inTemporaryDirectory, TEST_META, testBlock } from '../helpers/stores.ts';

const key = fc.array(fc.constantFrom('00', '0a', 'ff'), { maxLength: 3 }).map((parts) => parts.join(''));
/** Short and long: the memory store keeps them in different ways. */
const value = fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ minLength: 30, maxLength: 40 }));
/** Each key once, as the runtime gives them. */
const changes = fc.array(fc.tuple(key, fc.option(value)), { maxLength: 5 }).map((all) => [...new Map(all)]);
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('commit' as const), changes, times: fc.constantFrom(1, 1, 1, 5, 300, 550) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('read' as const), seed: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revert' as const), by: fc.nat({ max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('prune' as const), keep: fc.nat({ max: 400 }) }) },
);

type State = ReadonlyMap<string, Uint8Array>;

/** The state after each block, whole: what both stores must give. */
function expectSame(store: ChainStore, model: ReadonlyMap<number, State>, numbers: Iterable<number>): void {
  for (const number of numbers) {
    const expected = [...model.get(number)!].sort(([a], [b]) => (a < b ? -1 : 1));
    const reader = store.stateAt(number);
    expect(reader.keys('')).toEqual(expected.map(([k]) => k));
    expect(reader.keys('0a')).toEqual(expected.map(([k]) => k).filter((k) => k.startsWith('0a')));
    for (const [k, v] of expected) expect(reader.get(k)).toEqual(v);
  }
}

describe('chain stores', () => {
  it('agree with each other and with a list of whole states, through restarts, reverts and pruning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) =>
        inTemporaryDirectory(async (directory) => {
          const memory = new MemoryStore(TEST_META);
          let lmdb: LmdbStore = await createLmdbStore(directory, TEST_META);
          const model = new Map<number, State>();
          let version = 0;
          const commit = (list: (readonly [string, Uint8Array | null])[]): void => {
            const number = (memory.head?.number ?? -1) + 1;
            const state = new Map(model.get(number - 1) ?? []);
            for (const [k, v] of list) v === null ? state.delete(k) : state.set(k, v);
            model.set(number, state);
            const block = testBlock(number, list, version);
            memory.commit(block);
            lmdb.commit(block);
          };
          commit([]);
          for (const current of steps) {
            const head = memory.head!.number;
            switch (current.do) {
              case 'commit':
                for (let i = 0; i < current.times; i++) {
                  const used = current.times > 5 && i % 7 !== 0 ? [] : current.changes;
                  commit(used.map(([k, v]) => [k, v === null || i % 14 === 7 ? null : Uint8Array.of(...v, i & 255)]));
                }
                break;
              case 'restart':
                await lmdb.close();
                lmdb = await openLmdbStore(directory);
                break;
              case 'read': {
                const from = memory.historyStart!;
                const numbers = [0, 1, 2, 3].map((i) => from + ((current.seed + i * 97) % (head - from + 1)));
                expectSame(memory, model, numbers);
                expectSame(lmdb, model, numbers);
                break;
              }
              case 'revert': {
                const target = Math.max(memory.historyStart!, head - current.by);
                version++;
                memory.revertTo(target);
                lmdb.revertTo(target);
                break;
              }
              case 'prune':
                memory.pruneHistory(head - current.keep);
                lmdb.pruneHistory(head - current.keep);
            }
            expect(lmdb.head).toEqual(memory.head);
            expect(lmdb.finalized).toEqual(memory.finalized);
            expect(lmdb.historyStart).toBe(memory.historyStart);
          }
          const { head, historyStart } = memory;
          const all = Array.from({ length: head!.number - historyStart! + 1 }, (_, i) => historyStart! + i);
          const some = all.filter(
            (n, i) => i < 20 || i >= all.length - 20 || n % 37 === 0 || (n & 255) < 2 || (n & 255) > 253,
          );
          expectSame(memory, model, some);
          expectSame(lmdb, model, some);
          const canonical = encodeExport(exportChain(memory, { history: true }));
          expect(equalExports(encodeExport(exportChain(lmdb, { history: true })), canonical)).toBe(true);
          const copy = MemoryStore.from(decodeExport(canonical));
          expectSame(copy, model, some);
          await lmdb.close();
        }),
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });
});
