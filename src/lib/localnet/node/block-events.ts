import type { HeaderValue } from '../runtime/header.ts';
import type { Hex } from '../scale/bytes.ts';
import type { Change } from '../trie/change.ts';

/** A block that has just become the head. */
export interface ImportedBlock {
  readonly number: number;
  readonly hash: Hex;
  readonly header: HeaderValue;
  readonly extrinsics: readonly Uint8Array[];
  readonly changes: readonly Change[];
}

export interface BlockListener {
  /** A block became the head: it is stored, and the pool has been updated. */
  onImported?(block: ImportedBlock): void;
  /** Blocks became final, oldest first. */
  onFinalized?(hashes: readonly Hex[]): void;
  /** The head went back to an earlier block; the blocks after it are gone. */
  onReverted?(discarded: readonly Hex[]): void;
}

/** Listeners in the order in which they came. One that throws is no reason to leave out the others. */
export class BlockEvents {
  private readonly listeners = new Set<BlockListener>();
  private readonly onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.onFault = onFault;
  }

  /** Returns what ends it. */
  listen(listener: BlockListener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  imported(block: ImportedBlock): void {
    this.each((listener) => listener.onImported?.(block));
  }

  finalized(hashes: readonly Hex[]): void {
    this.each((listener) => listener.onFinalized?.(hashes));
  }

  reverted(discarded: readonly Hex[]): void {
    this.each((listener) => listener.onReverted?.(discarded));
  }

  private each(tell: (listener: BlockListener) => void): void {
    for (const listener of [...this.listeners]) {
      try {
        tell(listener);
      } catch (error) {
        this.onFault(error);
      }
    }
  }
}
