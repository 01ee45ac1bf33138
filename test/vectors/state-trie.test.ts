import { describe, expect, it } from 'vitest';
import { blake2b256 } from '../../src/lib/localnet/hash/blake2b.ts';
import { fromHex, toHex } from '../../src/lib/localnet/scale/bytes.ts';
import { IncrementalTrie } from '../../src/lib/localnet/trie/incremental-trie.ts';
import { orderedRoot } from '../../src/lib/localnet/trie/ordered-root.ts';
import { verifyReadProof } from '../../src/lib/localnet/trie/read-proof.ts';
import { stateRoot } from '../../src/lib/localnet/trie/state-root.ts';
import { readVector } from '../helpers/read-vector.ts';
import {
  changesOf,
  extrinsicsOf,
  type RecordedBlock,
  readScenario,
  SCENARIOS_WITH_DIFFS,
} from '../helpers/recorded-scenario.ts';

/** Where the roots stand in a header: parent hash, then the compact number, then the state root. */
function rootsOf(header: Uint8Array): { stateRoot: string; extrinsicsRoot: string } {
  const numberLength = [1, 2, 4][header[32]! & 3]!;
  const at = 32 + numberLength;
  return { stateRoot: toHex(header.slice(at, at + 32)), extrinsicsRoot: toHex(header.slice(at + 32, at + 64)) };
}

describe.each(SCENARIOS_WITH_DIFFS)('roots of %s', (name) => {
  const scenario = readScenario(name);

  it('gives the recorded state root after every block', () => {
    const trie = IncrementalTrie.from(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)]));
    const state = new Map(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)]));
    const wrong: number[] = [];
    for (const block of scenario.blocks) {
      const changes = changesOf(block);
      trie.apply(changes);
      for (const [key, value] of changes) value === null ? state.delete(key) : state.set(key, value);
      if (toHex(trie.root()) !== block.state_root.slice(2)) wrong.push(block.number);
    }
    expect(wrong).toEqual([]);
    expect(toHex(stateRoot(state))).toBe(scenario.blocks.at(-1)!.state_root.slice(2));
  });

  it('gives the header hashes and the extrinsics roots of every block', () => {
    let checked = 0;
    for (const block of scenario.blocks) {
      const header = fromHex(block.header_hex);
      const roots = rootsOf(header);
      expect(`0x${toHex(blake2b256(header))}`).toBe(block.hash);
      expect(`0x${roots.stateRoot}`).toBe(block.state_root);
      const extrinsics = extrinsicsOf(block);
      if (extrinsics === undefined) continue;
      expect(toHex(orderedRoot(extrinsics)), `block ${block.number}`).toBe(roots.extrinsicsRoot);
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });

  it('proves every present key and absent neighbours against the recorded root', () => {
    const block = scenario.blocks.at(-1)!;
    const state = new Map(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)]));
    for (const past of scenario.blocks) {
      for (const [key, value] of changesOf(past)) value === null ? state.delete(key) : state.set(key, value);
    }
    const trie = IncrementalTrie.from(state);
    const root = fromHex(block.state_root);
    const some = [...state.keys()].filter((_, index) => index % 17 === 0);
    for (const key of some) {
      const absent = `${key.slice(0, -2)}${key.endsWith('00') ? '01' : '00'}`;
      const read = verifyReadProof(root, trie.prove([key, absent]), [key, absent]);
      expect(read.get(key)).toEqual(state.get(key));
      expect(read.get(absent)).toEqual(state.get(absent));
    }
  });
});

describe('state roots of scenario-soak-1500', () => {
  const soak = readVector('scenario-soak-1500') as {
    initial: [string, string][];
    setup_blocks: RecordedBlock[];
    run: RecordedBlock[];
    final_state: [string, string][];
  };

  it('gives the root of every set-up block and of the state at the end', () => {
    const trie = IncrementalTrie.from(soak.initial.map(([key, value]) => [key.slice(2), fromHex(value)]));
    for (const block of soak.setup_blocks) {
      trie.apply(changesOf(block));
      expect(toHex(trie.root()), `block ${block.number}`).toBe(block.state_root.slice(2));
    }
    const final = soak.final_state.map(([key, value]) => [key.slice(2), fromHex(value)] as const);
    expect(`0x${toHex(stateRoot(final))}`).toBe(soak.run.at(-1)!.state_root);
  });
});
