import type { Hex } from '../../scale/bytes.ts';

const BAN_MS = 30 * 60 * 1000;
const MOST_BANS = 16_384;

/** Transactions that were found invalid and need not be looked at again for half an hour, as in a real node. */
export class Bans {
  private readonly until = new Map<Hex, number>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  add(hash: Hex): void {
    this.until.delete(hash);
    this.until.set(hash, this.now() + BAN_MS);
    if (this.until.size <= MOST_BANS) return;
    const [oldest] = this.until.keys();
    this.until.delete(oldest!);
  }

  has(hash: Hex): boolean {
    const until = this.until.get(hash);
    if (until === undefined) return false;
    if (until > this.now()) return true;
    this.until.delete(hash);
    return false;
  }

  clear(): void {
    this.until.clear();
  }
}
