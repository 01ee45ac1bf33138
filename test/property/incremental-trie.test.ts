import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/lib/localnet/scale/bytes.ts';
import { IncrementalTrie } from '../../src/lib/localnet/trie/incremental-trie.ts';
import { verifyReadProof } from '../../src/lib/localnet/trie/read-proof.ts';
import { stateRoot } from '../../src/lib/localnet/trie/state-root.ts';

/** Few different bytes, so that keys share prefixes, stand inside one another and come again. */
const key = fc.array(fc.constantFrom('00', '01', '10', 'ff'), { maxLength: 6 }).map((parts) => parts.join(''));
const value = fc.oneof(
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 30, max: 36 }).map((length) => new Uint8Array(length).fill(length)) },
);
const change = fc.tuple(key, fc.option(value, { freq: 3 }));
const step = fc.record({
  changes: fc.array(change, { maxLength: 12 }),
  afterwards: fc.constantFrom('keep', 'keep', 'roll back', 'intermediate root', 'fork and keep fork'),
});

describe('IncrementalTrie', () => {
  it('has the root of a full recomputation, whatever was changed, rolled back or forked', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let trie = new IncrementalTrie();
        const state = new Map<string, Uint8Array>();
        for (const { changes, afterwards } of steps) {
          const next = new Map(state);
          for (const [k, v] of changes) v === null ? next.delete(k) : next.set(k, v);
          const expected = toHex(stateRoot(next));
          const before = trie.fork();
          if (afterwards === 'intermediate root') {
            expect(toHex(trie.rootWith(changes.slice(0, changes.length >> 1)))).toHaveLength(64);
            expect(toHex(trie.root())).toBe(toHex(stateRoot(state)));
          }
          if (afterwards === 'fork and keep fork') {
            const fork = trie.fork();
            fork.apply(changes);
            trie.apply([['0001ff', Uint8Array.of(9)]]);
            trie = fork;
          } else trie.apply(changes);
          expect(toHex(trie.root())).toBe(expected);
          if (afterwards === 'roll back') {
            trie.reset(before);
            expect(toHex(trie.root())).toBe(toHex(stateRoot(state)));
          } else {
            state.clear();
            for (const [k, v] of next) state.set(k, v);
          }
          for (const [k] of changes) expect(trie.get(k)).toEqual(state.get(k));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('proves any set of keys, present or absent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, value), { maxLength: 30 }),
        fc.array(key, { maxLength: 8 }),
        (pairs, asked) => {
          const state = new Map(pairs);
          const trie = IncrementalTrie.from(state);
          const read = verifyReadProof(trie.root(), trie.prove(asked), asked);
          for (const k of asked) expect(read.get(k)).toEqual(state.get(k));
        },
      ),
      { numRuns: 400 },
    );
  });
});
