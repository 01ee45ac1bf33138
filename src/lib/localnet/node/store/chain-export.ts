import type { Change, Pair } from '../../trie/change.ts';
import type { ChainMeta, StoredBlock } from './chain-store.ts';

/** All of a chain in canonical order: what a snapshot holds, and what a fresh store is filled with. */
export interface ChainExport {
  readonly meta: ChainMeta;
  readonly finalized: number | undefined;
  /** First block whose state the export can give; the last block's number where it holds no reverse diffs. */
  readonly historyStart: number | undefined;
  /** State after the last block, ascending by key. */
  readonly state: readonly Pair[];
  /** Ascending by number, without gaps. */
  readonly blocks: readonly StoredBlock[];
  /** What each block after `historyStart` replaced, ascending by number. */
  readonly reverseDiffs: readonly (readonly [number: number, previous: readonly Change[]])[];
}
