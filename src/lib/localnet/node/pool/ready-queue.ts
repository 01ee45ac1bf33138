import type { Hex } from '../../scale/bytes.ts';
import { PoolError } from './pool-error.ts';
import { compareForBlock, type PoolTransaction } from './pool-transaction.ts';

/** Transactions whose requirements are met, by the chain or by others in here. */
export class ReadyQueue {
  private readonly byHash = new Map<Hex, PoolTransaction>();
  private readonly providers = new Map<Hex, PoolTransaction>();
  bytes = 0;

  get size(): number {
    return this.byHash.size;
  }

  get(hash: Hex): PoolTransaction | undefined {
    return this.byHash.get(hash);
  }

  provides(tag: Hex): boolean {
    return this.providers.has(tag);
  }

  /** In no particular order. */
  all(): PoolTransaction[] {
    return [...this.byHash.values()];
  }

  /**
   * Takes a transaction in; those that provide one of its tags give way if their priorities together are lower.
   * Answers what was removed: the replaced ones, and what depended on tags that now nobody provides.
   * @throws PoolError `too-low-priority`
   */
  add(transaction: PoolTransaction): PoolTransaction[] {
    const rivals = new Set<PoolTransaction>();
    for (const tag of transaction.provides) {
      const rival = this.providers.get(tag);
      if (rival) rivals.add(rival);
    }
    let removed: PoolTransaction[] = [];
    if (rivals.size > 0) {
      let old = 0n;
      for (const { priority } of rivals) old += priority;
      if (old >= transaction.priority) {
        throw new PoolError({ type: 'too-low-priority', old, new: transaction.priority });
      }
      removed = this.removeWithDependents(
        [...rivals].map(({ hash }) => hash),
        new Set(transaction.provides),
      );
    }
    this.byHash.set(transaction.hash, transaction);
    this.bytes += transaction.bytes.length;
    for (const tag of transaction.provides) this.providers.set(tag, transaction);
    return removed;
  }

  /** Removes transactions and all that need what they provide, except through the tags in `keep`. */
  removeWithDependents(hashes: readonly Hex[], keep: ReadonlySet<Hex> = new Set()): PoolTransaction[] {
    const removed: PoolTransaction[] = [];
    const queue = [...hashes];
    for (let hash = queue.pop(); hash !== undefined; hash = queue.pop()) {
      const transaction = this.take(hash);
      if (!transaction) continue;
      removed.push(transaction);
      const lost = new Set(transaction.provides.filter((tag) => !keep.has(tag)));
      if (lost.size === 0) continue;
      for (const other of this.byHash.values()) if (other.requires.some((tag) => lost.has(tag))) queue.push(other.hash);
    }
    return removed;
  }

  /** Removes what provides one of the tags, which the chain now provides itself. */
  prune(tags: Iterable<Hex>): PoolTransaction[] {
    const pruned: PoolTransaction[] = [];
    for (const tag of tags) {
      const provider = this.providers.get(tag);
      if (provider && this.take(provider.hash)) pruned.push(provider);
    }
    return pruned;
  }

  /** The one that a full pool can best do without. */
  worst(): PoolTransaction | undefined {
    let worst: PoolTransaction | undefined;
    for (const transaction of this.byHash.values()) {
      if (!worst || compareForBlock(worst, transaction) < 0) worst = transaction;
    }
    return worst;
  }

  /** The order for a block as the pool stands now. */
  best(): BestTransactions {
    return new BestTransactions(this.all(), (tag) => this.providers.get(tag)?.hash);
  }

  private take(hash: Hex): PoolTransaction | undefined {
    const transaction = this.byHash.get(hash);
    if (!transaction) return undefined;
    this.byHash.delete(hash);
    this.bytes -= transaction.bytes.length;
    for (const tag of transaction.provides) {
      if (this.providers.get(tag) === transaction) this.providers.delete(tag);
    }
    return transaction;
  }
}

/** Hands out transactions best first, each after those that it needs. */
export class BestTransactions {
  private readonly heap: PoolTransaction[] = [];
  private readonly blocked = new Map<Hex, number>();
  private readonly dependents = new Map<Hex, PoolTransaction[]>();

  constructor(transactions: readonly PoolTransaction[], providerOf: (tag: Hex) => Hex | undefined) {
    for (const transaction of transactions) {
      let needs = 0;
      for (const tag of transaction.requires) {
        const provider = providerOf(tag);
        if (provider === undefined) continue;
        needs++;
        const known = this.dependents.get(provider);
        if (known) known.push(transaction);
        else this.dependents.set(provider, [transaction]);
      }
      if (needs === 0) this.push(transaction);
      else this.blocked.set(transaction.hash, needs);
    }
  }

  /** The next one; `included` must follow before what depends on it comes. */
  next(): PoolTransaction | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    heap[0] = last;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= heap.length) return top;
      const right = left + 1;
      const child = right < heap.length && compareForBlock(heap[right]!, heap[left]!) < 0 ? right : left;
      if (compareForBlock(heap[at]!, heap[child]!) <= 0) return top;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  }

  /** Frees what waited for this one. */
  included({ hash }: PoolTransaction): void {
    for (const dependent of this.dependents.get(hash) ?? []) {
      const needs = this.blocked.get(dependent.hash)! - 1;
      this.blocked.set(dependent.hash, needs);
      if (needs === 0) this.push(dependent);
    }
  }

  private push(transaction: PoolTransaction): void {
    const { heap } = this;
    let at = heap.push(transaction) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compareForBlock(heap[parent]!, heap[at]!) <= 0) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }
}
