/** Index of the first key that is not before `key` in ascending keys; their number where all are before it. */
export function lowerBound(sorted: readonly string[], key: string): number {
  return lowerBoundBy(sorted, key, (item) => item);
}

/** The same among items that ascend by a key of theirs, from an index on that is known not to lie behind the place. */
export function lowerBoundBy<T>(sorted: readonly T[], key: string, keyOf: (item: T) => string, from = 0): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(sorted[middle]!) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
