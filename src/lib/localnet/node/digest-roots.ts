import type { Ext } from '../frame/ext.ts';
import { blake2b256 } from '../hash/blake2b.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import type { Change } from '../trie/change.ts';
import type { StateRoots } from './state-roots.ts';
import { encodedChanges } from './store/block-codec.ts';

/** The root after changes on a state with the root `parent`: the hash of both, each key and value behind its length. */
export function digestOf(parent: Hex, changes: readonly Change[]): Hex {
  return toHex(blake2b256(Buffer.concat([Buffer.from(parent, 'hex'), encodedChanges(changes)])));
}

/**
 * Root mode `digest`: blake2-256 over the parent's root and the block's changes, so that equal blocks on equal histories
 * have equal roots at the cost of one hash. Nothing can be proved from it. The root within a block, which only Frontier's block
 * holds, is over the parent's root alone.
 */
export class DigestRoots implements StateRoots {
  private parent: Hex;

  constructor(parent: Hex) {
    this.parent = parent;
  }

  rootOf(x: Ext, intermediate: boolean): Hex {
    return digestOf(this.parent, intermediate ? [] : x.changes());
  }

  committed(_changes: readonly Change[], root: Hex): void {
    this.parent = root;
  }
}

/** The root that the chain's first block has before any: what the genesis state is hashed onto. */
export const DIGEST_ORIGIN: Hex = '0'.repeat(64);
