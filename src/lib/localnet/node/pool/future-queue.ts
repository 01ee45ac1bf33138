import type { Hex } from '../../scale/bytes.ts';
import type { PoolTransaction } from './pool-transaction.ts';

interface Waiting {
  readonly transaction: PoolTransaction;
  readonly missing: Set<Hex>;
}

/** Transactions that wait for tags that nothing provides yet (a gap in nonces). */
export class FutureQueue {
  private readonly waiting = new Map<Hex, Waiting>();
  private readonly byTag = new Map<Hex, Set<Hex>>();
  bytes = 0;

  get size(): number {
    return this.waiting.size;
  }

  get(hash: Hex): PoolTransaction | undefined {
    return this.waiting.get(hash)?.transaction;
  }

  all(): PoolTransaction[] {
    return [...this.waiting.values()].map(({ transaction }) => transaction);
  }

  add(transaction: PoolTransaction, missing: readonly Hex[]): void {
    this.waiting.set(transaction.hash, { transaction, missing: new Set(missing) });
    this.bytes += transaction.bytes.length;
    for (const tag of missing) {
      const set = this.byTag.get(tag);
      if (set) set.add(transaction.hash);
      else this.byTag.set(tag, new Set([transaction.hash]));
    }
  }

  /** Takes out those that miss nothing any more now that the tags are provided. */
  satisfy(tags: Iterable<Hex>): PoolTransaction[] {
    const complete: PoolTransaction[] = [];
    for (const tag of tags) {
      for (const hash of this.byTag.get(tag) ?? []) {
        const entry = this.waiting.get(hash)!;
        entry.missing.delete(tag);
        if (entry.missing.size > 0) continue;
        complete.push(entry.transaction);
        this.forget(entry);
      }
      this.byTag.delete(tag);
    }
    return complete;
  }

  remove(hash: Hex): PoolTransaction | undefined {
    const entry = this.waiting.get(hash);
    if (entry) this.forget(entry);
    return entry?.transaction;
  }

  /** Takes out the one that waits longest. */
  removeOldest(): PoolTransaction | undefined {
    const [hash] = this.waiting.keys();
    return hash === undefined ? undefined : this.remove(hash);
  }

  private forget({ transaction, missing }: Waiting): void {
    this.waiting.delete(transaction.hash);
    this.bytes -= transaction.bytes.length;
    for (const tag of missing) {
      const set = this.byTag.get(tag);
      set?.delete(transaction.hash);
      if (set?.size === 0) this.byTag.delete(tag);
    }
  }
}
