import type { StateReader } from '../../frame/state-reader.ts';
import type { Hex } from '../../scale/bytes.ts';
import type { Change, Pair } from '../../trie/change.ts';

/**
 * What a header's state root is: the root of the state trie, or a rolling hash of the blocks' changes.
 * The store records it; the node computes it.
 */
export type RootMode = 'trie' | 'digest';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a chain is, fixed when it is created. */
export interface ChainMeta {
  /** Hash of block 0, as all hashes here: lower-case hex without 0x. */
  readonly genesisHash: Hex;
  readonly preset: string;
  readonly rootMode: RootMode;
  /** Whatever else the node must know to go on with the chain (slot duration, seed, ...). */
  readonly parameters: { readonly [key: string]: Json };
}

export interface BlockId {
  readonly number: number;
  readonly hash: Hex;
}

export interface StoredBlock extends BlockId {
  /** SCALE bytes of the header. */
  readonly header: Uint8Array;
  /** SCALE bytes of each extrinsic. */
  readonly body: readonly Uint8Array[];
  /** SCALE bytes of System.Events, or whatever the node keeps beside a block; optional. */
  readonly events?: Uint8Array | undefined;
}

export interface BlockCommit extends StoredBlock {
  /** Every key that the block changed, each once, against the state of its parent. */
  readonly changes: readonly Change[];
  /** Whether the block is final as soon as it is stored; true unless said otherwise. */
  readonly final?: boolean | undefined;
}

/**
 * A chain: its blocks, the state at its head, and the state at every retained block before.
 * Everything is synchronous but `flush` and `close`. Storage keys and hashes are lower-case hex without 0x; values are
 * never to be changed in place, neither those given nor those returned.
 *
 * `get` and `keys` read the state at the head. Every method throws `StoreError`.
 */
export interface ChainStore extends StateReader {
  readonly meta: ChainMeta;
  /** The last block; undefined before the first commit. */
  readonly head: BlockId | undefined;
  readonly finalized: BlockId | undefined;
  /** First block whose state can be read. */
  readonly historyStart: number | undefined;

  /** Grows when blocks or their history go away (`revertTo`, `pruneHistory`): what was read before may be gone. */
  readonly revision: number;

  /** All of the state at the head, ascending by key. */
  entries(): Iterable<Pair>;

  /**
   * Stores a block with its changes, all or nothing. When it returns, the block survives the death of this process.
   * The first block of a store may have any number, and its changes are the whole state; then numbers follow one another.
   */
  commit(block: BlockCommit): void;
  /** Declares the block and all before it final. */
  finalize(number: number): void;

  block(id: number | Hex): StoredBlock | undefined;
  hashOf(number: number): Hex | undefined;
  numberOf(hash: Hex): number | undefined;

  /**
   * The state after a block. It stays what it is while the chain grows; reading it after the block was reverted or its
   * history pruned throws `unknown-block` or `pruned`.
   */
  stateAt(id: number | Hex): StateReader;
  /** What the block's changes replaced, ascending by key: null where it added a key. Undefined where it is not retained. */
  reverseDiff(number: number): readonly Change[] | undefined;

  /** Makes block `number` the head: later blocks and their changes are gone. */
  revertTo(number: number): void;
  /** Forgets the state of blocks before `number`; blocks stay. */
  pruneHistory(number: number): void;

  /** Everything committed survives a power failure when this resolves. */
  flush(): Promise<void>;
  /** Flushes and lets go of the files. */
  close(): Promise<void>;
}
