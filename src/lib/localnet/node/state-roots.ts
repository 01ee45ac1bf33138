import type { Ext } from '../frame/ext.ts';
import type { Hex } from '../scale/bytes.ts';
import type { Change } from '../trie/change.ts';

/** What goes into headers as the state root, and how it follows the head. */
export interface StateRoots {
  /** The root of the state with the uncommitted writes of `x`, which stand on the head's state. */
  rootOf(x: Ext, intermediate: boolean): Hex;
  /** The head has moved on by these changes and has this root. */
  committed(changes: readonly Change[], root: Hex): void;
}
