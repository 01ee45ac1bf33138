import type { Change } from '../frame/ext.ts';
import type { StateReader } from '../frame/state-reader.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { IncrementalTrie } from '../trie/incremental-trie.ts';

/** Committed state of a replay: everything in memory, with its trie. */
export class ReplayState implements StateReader {
  private readonly values: Map<Hex, Uint8Array>;
  private readonly trie: IncrementalTrie;

  constructor(initial: Iterable<readonly [Hex, Uint8Array]>) {
    this.values = new Map(initial);
    this.trie = IncrementalTrie.from(this.values);
  }

  get(key: Hex): Uint8Array | undefined {
    return this.values.get(key);
  }

  keys(prefix: Hex): Hex[] {
    return [...this.values.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  /** The root with these changes on top. */
  rootWith(changes: readonly Change[]): Hex {
    return toHex(this.trie.rootWith(changes));
  }

  commit(changes: readonly Change[]): void {
    this.trie.apply(changes);
    for (const [key, value] of changes) {
      if (value) this.values.set(key, value);
      else this.values.delete(key);
    }
  }

  get size(): number {
    return this.values.size;
  }
}
