import type { Ext } from '../frame/ext.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import type { Change, Pair } from '../trie/change.ts';
import { IncrementalTrie } from '../trie/incremental-trie.ts';
import type { StateRoots } from './state-roots.ts';

/** Root mode `trie`: the chain's own Patricia root. The trie is read from the store when it is first needed. */
export class TrieRoots implements StateRoots {
  private readonly entries: () => Iterable<Pair>;
  private trie: IncrementalTrie | undefined;

  constructor(entries: () => Iterable<Pair>) {
    this.entries = entries;
  }

  rootOf(x: Ext): Hex {
    return toHex(this.head().rootWith(x.changes()));
  }

  committed(changes: readonly Change[]): void {
    // A trie that was never read will be read with the changes in it.
    this.trie?.apply(changes);
  }

  private head(): IncrementalTrie {
    this.trie ??= IncrementalTrie.from(this.entries());
    return this.trie;
  }
}
