import type { Hex } from '../../scale/bytes.ts';
import type { StoredBlock } from './chain-store.ts';

/** A key's place in the database. */
export interface KeyRow {
  readonly number: number;
  live: boolean;
}

/** A storage key that the store works with; its row is looked up once. */
export interface StoredKey {
  readonly key: Hex;
  row: KeyRow | undefined;
}

/** What a block replaced under a key; undefined where there was nothing. */
export interface Replaced {
  readonly at: StoredKey;
  readonly old: Uint8Array | undefined;
}

/** A block that stands in the log but not yet in the database. */
export interface PendingBlock {
  readonly block: StoredBlock;
  /** Undefined for the first block of the chain. */
  readonly replaced: readonly Replaced[] | undefined;
}
