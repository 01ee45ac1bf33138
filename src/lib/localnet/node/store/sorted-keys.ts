import { lowerBound } from '../../frame/lower-bound.ts';
import type { Hex } from '../../scale/bytes.ts';

/** Many new keys are cheaper to sort in than to insert one by one. */
const SORT_FROM = 256;

/** A set of keys that can be read in order by prefix. */
export class SortedKeys {
  private sorted: Hex[] = [];
  private added = new Set<Hex>();

  add(key: Hex): void {
    const at = lowerBound(this.sorted, key);
    if (this.sorted[at] !== key) this.added.add(key);
  }

  delete(key: Hex): void {
    if (this.added.delete(key)) return;
    const at = lowerBound(this.sorted, key);
    if (this.sorted[at] === key) this.sorted.splice(at, 1);
  }

  /** Keys with the prefix, ascending, in an array of their own. */
  withPrefix(prefix: Hex): Hex[] {
    this.settle();
    const from = lowerBound(this.sorted, prefix);
    // '~' stands behind every hex digit.
    return this.sorted.slice(from, lowerBound(this.sorted, `${prefix}~`));
  }

  private settle(): void {
    if (this.added.size === 0) return;
    if (this.added.size < SORT_FROM) {
      for (const key of this.added) this.sorted.splice(lowerBound(this.sorted, key), 0, key);
    } else this.sorted = [...this.sorted, ...this.added].sort();
    this.added.clear();
  }
}
