import type { Ext } from '../frame/ext.ts';
import type { Params } from '../frame/params.ts';
import type { StateReader } from '../frame/state-reader.ts';
import { slotDigest, slotDuration } from '../pallets/aura/slot.ts';
import { currentBlock } from '../pallets/system/block-number.ts';
import { Now } from '../pallets/timestamp/spec.ts';
import type { Runtime } from '../runtime/create-runtime.ts';
import { headerHash } from '../runtime/header.ts';
import { createSubtensorRuntime } from '../runtime/pallets.ts';
import { timestampInherent } from '../runtime/timestamp-inherent.ts';
import type { Hex } from '../scale/bytes.ts';
import type { Change, Pair } from '../trie/change.ts';
import { SortedKeys } from './store/sorted-keys.ts';

const NO_ROOT: Hex = '0'.repeat(64);

/** State in memory without history. */
class CurrentState implements StateReader {
  private readonly values = new Map<Hex, Uint8Array>();
  private readonly sorted = new SortedKeys();

  get(key: Hex): Uint8Array | undefined {
    return this.values.get(key);
  }

  keys(prefix: Hex): Hex[] {
    return this.sorted.withPrefix(prefix);
  }

  apply(changes: Iterable<Change>): void {
    for (const [key, value] of changes) {
      if (value === null) {
        this.values.delete(key);
        this.sorted.delete(key);
      } else {
        if (!this.values.has(key)) this.sorted.add(key);
        this.values.set(key, value);
      }
    }
  }
}

/**
 * The chain's own code run forward from a copy of a state, in empty blocks: nothing is kept but the newest state, and there
 * are no state roots, so that hashes of blocks are not those that the chain itself would have.
 */
export class ForwardChain {
  readonly x: Ext;
  private readonly runtime: Runtime;
  private readonly state = new CurrentState();
  private parentHash: Hex;
  private time: bigint;

  /** @param parentHash of the block that the state belongs to, without 0x */
  constructor(pairs: Iterable<Pair>, params: Params, parentHash: Hex) {
    this.state.apply(pairs);
    this.runtime = createSubtensorRuntime(params, {
      rootOf: () => NO_ROOT,
      verifySignature: () => {
        throw new Error('these blocks hold no signed extrinsic');
      },
    });
    this.x = this.runtime.createExt(this.state);
    this.parentHash = parentHash;
    this.time = Now.get(this.x);
  }

  get block(): number {
    return Number(currentBlock(this.x));
  }

  /** Makes the next block. */
  step(): void {
    const { runtime, x } = this;
    const duration = slotDuration(runtime.params);
    this.time += duration;
    runtime.initializeBlock(x, {
      number: this.block + 1,
      parentHash: this.parentHash,
      digest: { logs: [slotDigest(this.time / duration)] },
    });
    runtime.pushExtrinsic(x, timestampInherent(this.time));
    this.parentHash = headerHash(runtime.finalizeBlock(x));
    this.state.apply(x.changes());
    x.settle();
  }
}
