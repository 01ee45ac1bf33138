import type { Ext } from '../frame/ext.ts';
import type { Params } from '../frame/params.ts';
import { Header } from '../runtime/header.ts';
import type { Hex } from '../scale/bytes.ts';
import { encode } from '../scale/type.ts';
import type { Pair } from '../trie/change.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './open-engine.ts';

/** The block that a copied state belongs to. Hashes without 0x. */
export interface CopiedHead {
  readonly number: number;
  readonly hash: Hex;
  readonly stateRoot: Hex;
}

const NO_HASH: Hex = '0'.repeat(64);
/** Blocks whose changes are kept before they are forgotten together. */
const PRUNE_EVERY = 64;

/**
 * The chain's own code run forward from a copy of a state, in memory and in blocks without transactions. On a chain of root mode
 * `digest` its blocks are, hash for hash, those that the chain itself would make.
 */
export class ForwardChain {
  private readonly engine: Engine;

  private constructor(engine: Engine) {
    this.engine = engine;
  }

  /** @param pairs the whole state, ascending by key */
  static async open(pairs: readonly Pair[], params: Params, head: CopiedHead): Promise<ForwardChain> {
    const { number, hash, stateRoot } = head;
    const header = encode(Header, {
      parent_hash: NO_HASH,
      number,
      state_root: stateRoot,
      extrinsics_root: NO_HASH,
      digest: { logs: [] },
    });
    const meta = {
      genesisHash: NO_HASH,
      preset: 'playground',
      rootMode: 'digest',
      // Only the first block after genesis asks for its time.
      parameters: { fast: params.fast, genesisTime: 0 },
    } as const;
    const data = {
      ...{ meta, finalized: number, historyStart: number, state: pairs, reverseDiffs: [] },
      blocks: [{ number, hash, header, body: [] }],
    };
    const engine = await openEngine({ source: () => ({ type: 'snapshot', data }), sealing: { mode: 'manual' } });
    return new ForwardChain(engine);
  }

  /** The state after the newest block. */
  get x(): Ext {
    return this.engine.at().ext;
  }

  get block(): number {
    return this.engine.head.number;
  }

  /** Makes the next block. */
  step(): void {
    const { number } = this.engine.createBlock();
    if (number % PRUNE_EVERY === 0) this.engine.store.pruneHistory(number);
  }
}
