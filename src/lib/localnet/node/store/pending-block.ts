import type { Hex } from '../../scale/bytes.ts';
import type { StoredBlock } from './chain-store.ts';

/** A block that stands in the log but not yet in the database. */
export interface PendingBlock {
  readonly block: StoredBlock;
  /** What it replaced; undefined for the first block of the chain. */
  readonly previous: ReadonlyMap<Hex, Uint8Array | undefined> | undefined;
}
