import { toHex } from '../scale/bytes.ts';
import { Writer } from '../scale/io.ts';
import type { Pair } from './change.ts';
import type { StateVersion } from './node-codec.ts';
import { stateRoot } from './state-root.ts';

/**
 * Root of the trie that maps the SCALE compact index of each item to the item: a header's `extrinsicsRoot` over the
 * block's extrinsics, length prefixes included (state version 0, as `frame_system` of this chain asks for).
 */
export function orderedRoot(items: readonly Uint8Array[], version: StateVersion = 0): Uint8Array {
  const pairs = items.map((item, index): Pair => {
    const key = new Writer(4);
    key.compact(index);
    return [toHex(key.finish()), item];
  });
  return stateRoot(pairs, version);
}
