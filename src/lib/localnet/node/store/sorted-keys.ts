import { lowerBound } from '../../frame/lower-bound.ts';
import type { Hex } from '../../scale/bytes.ts';

/** Many new keys are cheaper to merge in than to insert one by one. */
const MERGE_FROM = 64;

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
    const added = [...this.added].sort();
    this.added.clear();
    if (added.length < MERGE_FROM) {
      for (const key of added) this.sorted.splice(lowerBound(this.sorted, key), 0, key);
    } else this.sorted = merge(this.sorted, added);
  }
}

/** Both ascending, without a key in common. */
function merge(left: readonly Hex[], right: readonly Hex[]): Hex[] {
  const merged: Hex[] = new Array(left.length + right.length);
  let [i, j] = [0, 0];
  for (let at = 0; at < merged.length; at++) {
    const isLeft = j === right.length || (i < left.length && left[i]! < right[j]!);
    merged[at] = isLeft ? left[i++]! : right[j++]!;
  }
  return merged;
}
