import { blake2_256 } from '../../frame/hashing.ts';
import {
  type TransactionSource,
  TransactionValidityError,
  type ValidTransaction,
} from '../../frame/transaction-validity.ts';
import { type Hex, toHex } from '../../scale/bytes.ts';
import { Bans } from './bans.ts';
import { FutureQueue } from './future-queue.ts';
import { PoolError } from './pool-error.ts';
import type { PoolTransaction } from './pool-transaction.ts';
import { type BestTransactions, ReadyQueue } from './ready-queue.ts';
import type { TransactionWatcher } from './transaction-status.ts';
import { Watchers } from './watchers.ts';

export interface QueueLimit {
  readonly count: number;
  readonly bytes: number;
}

export interface PoolOptions {
  /** Asks the runtime, on the head's state. @throws TransactionValidityError */
  readonly validate: (bytes: Uint8Array, source: TransactionSource) => ValidTransaction;
  /** Number of the head. */
  readonly blockNumber: () => number;
  /** Milliseconds, for bans. */
  readonly now: () => number;
  readonly ready?: QueueLimit;
  readonly future?: QueueLimit;
}

/** The limits of a real node. */
const READY: QueueLimit = { count: 8192, bytes: 20 << 20 };
const FUTURE: QueueLimit = { count: 512, bytes: 2 << 20 };
/** Transactions looked at again after each block, in turn. */
const REVALIDATED_PER_BLOCK = 64;

export const extrinsicHash = (bytes: Uint8Array): Hex => toHex(blake2_256(bytes));

/**
 * Transactions on their way into a block: ready ones in the order of priority and dependency, future ones that wait for
 * others. Knows nothing of RPC or blocks but what it is told.
 */
export class TransactionPool {
  private readonly options: PoolOptions;
  private readonly ready = new ReadyQueue();
  private readonly future = new FutureQueue();
  private readonly watchers = new Watchers();
  private readonly bans: Bans;
  /** Tags that the last two blocks provided: what required them may stand in the queue with the requirement. */
  private recentTags: readonly ReadonlySet<Hex>[] = [];
  private arrivals = 0;

  constructor(options: PoolOptions) {
    this.options = options;
    this.bans = new Bans(options.now);
  }

  get status(): {
    readonly ready: number;
    readonly readyBytes: number;
    readonly future: number;
    readonly futureBytes: number;
  } {
    const { ready, future } = this;
    return { ready: ready.size, readyBytes: ready.bytes, future: future.size, futureBytes: future.bytes };
  }

  get hasReady(): boolean {
    return this.ready.size > 0;
  }

  best(): BestTransactions {
    return this.ready.best();
  }

  /** Ready transactions in the order in which they would enter a block. */
  pending(): Uint8Array[] {
    const best = this.ready.best();
    const pending: Uint8Array[] = [];
    for (let next = best.next(); next; next = best.next()) {
      pending.push(next.bytes);
      best.included(next);
    }
    return pending;
  }

  /** Whether a ready transaction provides the tag. */
  provides(tag: Hex): boolean {
    return this.ready.provides(tag);
  }

  /** @throws PoolError. The watcher hears from `ready` or `future` on. */
  submit(bytes: Uint8Array, source: TransactionSource, watcher?: TransactionWatcher): Hex {
    const hash = extrinsicHash(bytes);
    if (this.bans.has(hash)) throw new PoolError({ type: 'banned' });
    if (this.ready.get(hash) || this.future.get(hash)) throw new PoolError({ type: 'already-imported', hash });
    const transaction = this.validated(hash, bytes, source, this.arrivals++);
    if (watcher) this.watchers.add(hash, watcher);
    try {
      this.import(transaction);
      this.enforceLimits();
      if (!this.ready.get(hash) && !this.future.get(hash)) throw new PoolError({ type: 'immediately-dropped' });
    } catch (error) {
      if (watcher) this.watchers.remove(hash, watcher);
      throw error;
    }
    return hash;
  }

  unwatch(hash: Hex, watcher: TransactionWatcher): void {
    this.watchers.remove(hash, watcher);
  }

  /** Removes by request. Answers the hashes of all that went. */
  remove(hashes: readonly Hex[]): Hex[] {
    const removed = this.ready.removeWithDependents(hashes);
    for (const hash of hashes) {
      const waiting = this.future.remove(hash);
      if (waiting) removed.push(waiting);
    }
    for (const { hash } of removed) {
      this.bans.add(hash);
      this.watchers.tell(hash, { type: 'dropped' });
    }
    return removed.map(({ hash }) => hash);
  }

  /** Drops everything: there will be no block for it. */
  clear(): void {
    for (const { hash } of [...this.ready.all(), ...this.future.all()]) {
      if (!this.future.remove(hash)) this.ready.removeWithDependents([hash]);
      this.watchers.tell(hash, { type: 'dropped' });
    }
  }

  /** A transaction turned out not to be valid while a block was built. */
  reportInvalid({ hash }: PoolTransaction): void {
    this.bans.add(hash);
    for (const { hash: gone } of this.ready.removeWithDependents([hash])) this.watchers.tell(gone, { type: 'invalid' });
  }

  /** A block with these extrinsics became the head. */
  onImported(block: Hex, extrinsics: readonly Uint8Array[]): void {
    if (this.ready.size === 0 && this.future.size === 0) {
      if (this.recentTags.length > 0) this.recentTags = [];
      return;
    }
    const included = new Set<Hex>();
    const tags = new Set<Hex>();
    extrinsics.forEach((bytes, index) => {
      const hash = extrinsicHash(bytes);
      const known = this.ready.get(hash) ?? this.future.remove(hash);
      included.add(hash);
      for (const tag of known?.provides ?? []) tags.add(tag);
      if (known) this.watchers.inBlock(block, hash, index);
    });
    // What wanted the same place as an included one can never be valid again.
    for (const { hash } of this.ready.prune(tags)) {
      if (!included.has(hash)) this.watchers.tell(hash, { type: 'invalid' });
    }
    this.recentTags = [tags, ...this.recentTags.slice(0, 1)];
    for (const promoted of this.future.satisfy(tags)) this.tryImport(promoted);
    this.dropExpired();
    this.revalidate(REVALIDATED_PER_BLOCK);
  }

  onFinalized(blocks: readonly Hex[]): void {
    for (const block of blocks) this.watchers.finalized(block);
  }

  /** The head went back: everything is looked at again on the state as it is now. */
  onReverted(discarded: readonly Hex[]): void {
    for (const block of discarded) this.watchers.retracted(block);
    this.recentTags = [];
    this.bans.clear();
    const all = [...this.ready.all(), ...this.future.all()].sort((a, b) => a.arrival - b.arrival);
    for (const { hash } of all) if (!this.future.remove(hash)) this.ready.removeWithDependents([hash]);
    for (const { hash, bytes, arrival } of all) this.reimport(hash, bytes, arrival);
  }

  private validated(hash: Hex, bytes: Uint8Array, source: TransactionSource, arrival: number): PoolTransaction {
    let valid: ValidTransaction;
    try {
      valid = this.options.validate(bytes, source);
    } catch (error) {
      if (!(error instanceof TransactionValidityError)) throw error;
      if (error.value.type === 'Invalid') this.bans.add(hash);
      throw new PoolError({ type: 'invalid', error });
    }
    if (valid.provides.length === 0) throw new PoolError({ type: 'no-tags' });
    return {
      hash,
      bytes,
      arrival,
      priority: valid.priority,
      requires: valid.requires.map(toHex),
      provides: valid.provides.map(toHex),
      validTill: BigInt(this.options.blockNumber()) + valid.longevity,
    };
  }

  private missing({ requires }: PoolTransaction): Hex[] {
    return requires.filter((tag) => !this.ready.provides(tag) && !this.recentTags.some((tags) => tags.has(tag)));
  }

  private import(transaction: PoolTransaction): void {
    const missing = this.missing(transaction);
    if (missing.length > 0) {
      this.future.add(transaction, missing);
      this.watchers.tell(transaction.hash, { type: 'future' });
      return;
    }
    const removed = this.ready.add(transaction);
    if (transaction.provides.some((tag) => transaction.requires.includes(tag))) {
      this.ready.removeWithDependents([transaction.hash]);
      throw new PoolError({ type: 'cycle' });
    }
    for (const { hash } of removed) this.watchers.tell(hash, { type: 'usurped', by: transaction.hash });
    this.watchers.tell(transaction.hash, { type: 'ready' });
    for (const promoted of this.future.satisfy(transaction.provides)) this.tryImport(promoted);
  }

  /** Imports one that was accepted before; if it has no place now, it is over for it. */
  private tryImport(transaction: PoolTransaction): void {
    try {
      this.import(transaction);
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
      this.watchers.tell(transaction.hash, { type: 'invalid' });
    }
  }

  private reimport(hash: Hex, bytes: Uint8Array, arrival: number): void {
    try {
      this.import(this.validated(hash, bytes, 'External', arrival));
    } catch (error) {
      if (!(error instanceof PoolError)) throw error;
      this.watchers.tell(hash, { type: 'invalid' });
    }
  }

  private enforceLimits(): void {
    const { ready = READY, future = FUTURE } = this.options;
    const drop = (removed: readonly PoolTransaction[]) => {
      for (const { hash } of removed) this.watchers.tell(hash, { type: 'dropped' });
    };
    while (this.ready.size > ready.count || this.ready.bytes > ready.bytes) {
      drop(this.ready.removeWithDependents([this.ready.worst()!.hash]));
    }
    while (this.future.size > future.count || this.future.bytes > future.bytes) drop([this.future.removeOldest()!]);
  }

  private dropExpired(): void {
    const head = BigInt(this.options.blockNumber());
    for (const { hash, validTill } of [...this.ready.all(), ...this.future.all()]) {
      if (validTill > head) continue;
      const removed = this.ready.removeWithDependents([hash]);
      const waiting = this.future.remove(hash);
      for (const gone of waiting ? [waiting, ...removed] : removed) {
        this.bans.add(gone.hash);
        this.watchers.tell(gone.hash, { type: 'invalid' });
      }
    }
  }

  /** Looks again at those whose turn it is: balances and rights may have changed. */
  private revalidate(count: number): void {
    const due = this.ready
      .all()
      .sort((a, b) => a.arrival - b.arrival)
      .slice(0, count);
    for (const transaction of due) {
      if (!this.ready.get(transaction.hash)) continue;
      try {
        this.options.validate(transaction.bytes, 'External');
      } catch (error) {
        if (!(error instanceof TransactionValidityError)) throw error;
        this.reportInvalid(transaction);
      }
    }
  }
}
