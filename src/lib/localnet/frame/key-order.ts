import { lowerBoundBy } from './lower-bound.ts';

/** What stands in a `KeyOrder`. */
export interface Ordered {
  readonly key: string;
  /** Written in the running block. */
  readonly dirty: boolean;
  /** Has its place in the order; only the order sets it. */
  ordered: boolean;
}

/** Entries beside twice those of the running block that keep their places. */
const SPARE = 256;

const keyOf = ({ key }: Ordered): string => key;

/**
 * Entries ascending by key. A block writes mostly what the block before it wrote: entries keep their places from block
 * to block, so that only the new ones have to be sorted.
 */
export class KeyOrder<E extends Ordered> {
  private sorted: E[] = [];

  /** All entries that have a place, the running block's among them. */
  get all(): readonly E[] {
    return this.sorted;
  }

  /** Gives each of these entries a place unless it has one. */
  add(entries: Iterable<E>): void {
    const added: E[] = [];
    for (const entry of entries) {
      if (entry.ordered) continue;
      entry.ordered = true;
      added.push(entry);
    }
    if (added.length === 0) return;
    added.sort((a, b) => (a.key < b.key ? -1 : 1));
    const { sorted } = this;
    const merged: E[] = [];
    let copied = 0;
    for (const entry of added) {
      const place = lowerBoundBy(sorted, entry.key, keyOf, copied);
      while (copied < place) merged.push(sorted[copied++]!);
      merged.push(entry);
    }
    while (copied < sorted.length) merged.push(sorted[copied++]!);
    this.sorted = merged;
  }

  /** At a block's end: takes the places of entries that the block did not write, once these are the most. */
  thin(written: number): void {
    if (this.sorted.length <= SPARE + 2 * written) return;
    for (const entry of this.sorted) entry.ordered = entry.dirty;
    this.sorted = this.sorted.filter(({ dirty }) => dirty);
  }

  /** For when the entries are gone too. */
  clear(): void {
    this.sorted = [];
  }
}
