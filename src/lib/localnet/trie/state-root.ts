import type { Pair } from './change.ts';
import {
  EMPTY_ROOT,
  type MerkleValue,
  merkleValue,
  type NodeParts,
  nibbleAt,
  rootHash,
  type StateVersion,
} from './node-codec.ts';

/**
 * Root of the trie over `pairs`, computed from scratch: the definition that `IncrementalTrie` is tested against.
 * The order of the pairs does not matter; a key may stand in them once.
 */
export function stateRoot(pairs: Iterable<Pair>, version: StateVersion = 1): Uint8Array {
  const sorted = [...pairs].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i - 1]![0] === sorted[i]![0]) throw new RangeError(`key ${sorted[i]![0]} stands twice in the state`);
  }
  if (sorted.length === 0) return EMPTY_ROOT;
  return rootHash(nodeOver(sorted, 0, sorted.length, 0, version), version);
}

/** The node over the keys `from` to `to` (exclusive), which share their first `depth` nibbles. */
function nodeOver(sorted: readonly Pair[], from: number, to: number, depth: number, version: StateVersion): NodeParts {
  const [first, value] = sorted[from]!;
  if (to - from === 1) return { partial: first.slice(depth), value, children: undefined };
  const last = sorted[to - 1]![0];
  let end = depth;
  while (end < first.length && first[end] === last[end]) end++;
  const hasValue = first.length === end;
  const children: (MerkleValue | undefined)[] = new Array<MerkleValue | undefined>(16).fill(undefined);
  let start = hasValue ? from + 1 : from;
  while (start < to) {
    const slot = nibbleAt(sorted[start]![0], end);
    let next = start + 1;
    while (next < to && nibbleAt(sorted[next]![0], end) === slot) next++;
    children[slot] = merkleValue(nodeOver(sorted, start, next, end + 1, version), version);
    start = next;
  }
  return { partial: first.slice(depth, end), value: hasValue ? value : undefined, children };
}
