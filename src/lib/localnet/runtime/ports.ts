import type { Ext } from '../frame/ext.ts';
import type { VerifySignature } from '../frame/multi-signature.ts';
import type { Hex } from '../scale/bytes.ts';
import type { MetadataHashPort } from './extensions/chain-checks.ts';

/**
 * Root of the state with this block's writes (hex without 0x): a trie's root, or whatever the chain uses instead.
 * `intermediate`: asked within a block, for Frontier's block, rather than for the header.
 */
export type StateRootPort = (x: Ext, intermediate: boolean) => Hex;

/** What the runtime needs from the node around it. All synchronous. */
export interface RuntimePorts {
  readonly rootOf: StateRootPort;
  readonly verifySignature: VerifySignature;
  /** Absent: transactions that sign the metadata's hash are refused. */
  readonly metadataHash?: MetadataHashPort;
}
