import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { IncrementalTrie } from '../../../src/lib/localnet/trie/incremental-trie.ts';
import { ReadProofError, verifyReadProof } from '../../../src/lib/localnet/trie/read-proof.ts';
import { stateRoot } from '../../../src/lib/localnet/trie/state-root.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const long = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill);

describe('IncrementalTrie', () => {
  it('has the well-known root of the empty trie', () => {
    expect(toHex(new IncrementalTrie().root())).toBe(
      '03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314',
    );
    expect(toHex(stateRoot([]))).toBe('03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314');
  });

  it('forgets a key as if it had never been there', () => {
    const trie = IncrementalTrie.from([['aabb', bytes(1)]]);
    const before = toHex(trie.root());
    trie.apply([
      ['aabc', bytes(2)],
      ['aa', bytes(3)],
      ['', bytes(4)],
    ]);
    expect(toHex(trie.root())).not.toBe(before);
    trie.apply([
      ['aa', null],
      ['', null],
      ['aabc', null],
      ['ff', null],
    ]);
    expect(toHex(trie.root())).toBe(before);
    expect(trie.get('aabb')).toEqual(bytes(1));
    expect(trie.get('aa')).toBeUndefined();
  });

  it('leaves the trie alone when it computes the root with changes', () => {
    const trie = IncrementalTrie.from([
      ['aabb', bytes(1)],
      ['aabbcc', long(40)],
    ]);
    const before = toHex(trie.root());
    const other = toHex(trie.rootWith([['aabb', null]]));
    expect(other).toBe(toHex(stateRoot([['aabbcc', long(40)]])));
    expect(toHex(trie.root())).toBe(before);
    trie.apply([['aabb', null]]);
    expect(toHex(trie.root())).toBe(other);
  });

  it('lets both sides of a fork go on, and takes either as its own', () => {
    const trie = IncrementalTrie.from([
      ['01', bytes(1)],
      ['0102', bytes(2)],
    ]);
    const before = toHex(trie.root());
    const fork = trie.fork();
    trie.apply([['0103', bytes(3)]]);
    fork.apply([['0102', null]]);
    expect(toHex(fork.root())).toBe(toHex(stateRoot([['01', bytes(1)]])));
    const saved = trie.fork();
    trie.reset(fork);
    expect(toHex(trie.root())).toBe(toHex(fork.root()));
    trie.apply([['0102', bytes(2)]]);
    expect(toHex(trie.root())).toBe(before);
    expect(saved.get('0103')).toEqual(bytes(3));
    expect(fork.get('0102')).toBeUndefined();
  });

  it('hashes values from 33 bytes on under state version 1 only', () => {
    for (const length of [32, 33]) {
      const one = stateRoot([['00', long(length)]], 1);
      const zero = stateRoot([['00', long(length)]], 0);
      expect(toHex(one) === toHex(zero)).toBe(length === 32);
    }
  });

  it('encodes partial keys that fill the length field', () => {
    for (const nibbles of [30, 31, 32, 62, 63, 64, 14, 15, 16, 318, 317, 316, 574]) {
      for (const value of [bytes(1), long(40)]) {
        const key = 'ab'.repeat(300).slice(0, nibbles + (nibbles & 1));
        const pairs = [
          [key, value],
          [`${key}11`, value],
          [`${key}22`, bytes(2)],
        ] as const;
        const trie = IncrementalTrie.from(pairs);
        const read = verifyReadProof(
          trie.root(),
          trie.prove(pairs.map(([k]) => k)),
          pairs.map(([k]) => k),
        );
        for (const [k, v] of pairs) expect(read.get(k)).toEqual(v);
      }
    }
  });
});

describe('read proofs', () => {
  const pairs = Array.from({ length: 100 }, (_, i) => [i.toString(16).padStart(8, '5'), long(i, i)] as const);
  const trie = IncrementalTrie.from(pairs);

  it('are small, and lack nothing', () => {
    const [key] = pairs[50]!;
    const proof = trie.prove([key]);
    expect(proof.length).toBeLessThan(6);
    for (let i = 0; i < proof.length; i++) {
      const broken = proof.filter((_, index) => index !== i);
      expect(() => verifyReadProof(trie.root(), broken, [key])).toThrow(ReadProofError);
    }
  });

  it('do not verify against another root or with another value', () => {
    const [key] = pairs[50]!;
    const proof = trie.prove([key]);
    expect(() => verifyReadProof(trie.rootWith([[key, null]]), proof, [key])).toThrow(ReadProofError);
    const forged = proof.map((node) => (node.length === 50 ? long(50, 9) : node));
    expect(() => verifyReadProof(trie.root(), forged, [key])).toThrow(ReadProofError);
  });

  it('prove absence in the empty trie', () => {
    const empty = new IncrementalTrie();
    expect(verifyReadProof(empty.root(), empty.prove(['00']), ['00']).get('00')).toBeUndefined();
  });
});
