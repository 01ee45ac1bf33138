import type { Hex } from '../../scale/bytes.ts';
import { isLastStatus, type TransactionStatus, type TransactionWatcher } from './transaction-status.ts';

/** Who watches which transaction. */
export class Watchers {
  private readonly byHash = new Map<Hex, Set<TransactionWatcher>>();
  /** Transactions in blocks that are not final yet. */
  private readonly included = new Map<Hex, { readonly hash: Hex; readonly index: number }[]>();

  add(hash: Hex, watcher: TransactionWatcher): void {
    const set = this.byHash.get(hash);
    if (set) set.add(watcher);
    else this.byHash.set(hash, new Set([watcher]));
  }

  remove(hash: Hex, watcher: TransactionWatcher): void {
    const set = this.byHash.get(hash);
    set?.delete(watcher);
    if (set?.size === 0) this.byHash.delete(hash);
  }

  tell(hash: Hex, status: TransactionStatus): void {
    const set = this.byHash.get(hash);
    if (!set) return;
    if (isLastStatus(status)) this.byHash.delete(hash);
    for (const watcher of [...set]) watcher(status);
  }

  inBlock(block: Hex, hash: Hex, index: number): void {
    if (!this.byHash.has(hash)) return;
    const waiting = this.included.get(block);
    if (waiting) waiting.push({ hash, index });
    else this.included.set(block, [{ hash, index }]);
    this.tell(hash, { type: 'inBlock', block, index });
  }

  finalized(block: Hex): void {
    const included = this.included.get(block) ?? [];
    this.included.delete(block);
    for (const { hash, index } of included) this.tell(hash, { type: 'finalized', block, index });
  }

  /** The block is gone, and with it what it held. */
  retracted(block: Hex): void {
    const included = this.included.get(block) ?? [];
    this.included.delete(block);
    for (const { hash } of included) {
      this.tell(hash, { type: 'retracted', block });
      this.tell(hash, { type: 'dropped' });
    }
  }
}
