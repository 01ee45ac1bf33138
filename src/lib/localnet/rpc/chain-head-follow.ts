import type { ImportedBlock } from '../node/block-events.ts';
import type { Engine } from '../node/engine.ts';
import type { Hex } from '../scale/bytes.ts';
import { prefixed } from './json.ts';
import { runtimeSpecJson } from './runtime-version.ts';
import type { Subscription } from './session.ts';

/** Blocks that a client may keep pinned at a time, as in a real node; beyond that it is told to start anew. */
const MOST_PINNED = 512;
/** Finalized blocks that a new subscription begins with. */
const MOST_INITIAL = 16;

/** One `chainHead_v1_follow` subscription: what it has pinned, and its operations under way. */
export class FollowSubscription {
  readonly withRuntime: boolean;
  readonly operations = new Map<string, (() => void) | undefined>();
  private readonly engine: Engine;
  private readonly subscription: Subscription;
  private readonly pins = new Set<Hex>();
  private nextOperation = 0;

  constructor(engine: Engine, subscription: Subscription, withRuntime: boolean) {
    this.engine = engine;
    this.subscription = subscription;
    this.withRuntime = withRuntime;
    this.initialize();
    subscription.onEnd(
      engine.listen({
        onImported: (block) => this.imported(block),
        onFinalized: (hashes) =>
          this.send({ event: 'finalized', finalizedBlockHashes: hashes.map(prefixed), prunedBlockHashes: [] }),
        onReverted: () => this.stop(),
      }),
    );
  }

  isPinned(hash: Hex): boolean {
    return this.pins.has(hash);
  }

  unpin(hash: Hex): void {
    this.pins.delete(hash);
  }

  send(event: Readonly<Record<string, unknown>>): void {
    this.subscription.send(event);
  }

  startOperation(): string {
    const id = String(this.nextOperation++);
    this.operations.set(id, undefined);
    return id;
  }

  /** The operation's last event, unless it was stopped. */
  endOperation(operationId: string, event: Readonly<Record<string, unknown>>): void {
    if (this.operations.delete(operationId)) this.send({ operationId, ...event });
  }

  continueLater(operationId: string, resume: () => void): void {
    if (this.operations.has(operationId)) this.operations.set(operationId, resume);
  }

  /** False when the operation waits for nothing. */
  continueNow(operationId: string): boolean {
    const resume = this.operations.get(operationId);
    if (!resume) return false;
    this.operations.set(operationId, undefined);
    setImmediate(resume);
    return true;
  }

  private initialize(): void {
    const { engine } = this;
    const final = engine.finalized;
    const finalizedBlockHashes: string[] = [];
    const historyStart = engine.store.historyStart ?? 0;
    for (let number = Math.max(historyStart, final.number - MOST_INITIAL + 1); number <= final.number; number++) {
      const hash = engine.store.hashOf(number)!;
      this.pins.add(hash);
      finalizedBlockHashes.push(prefixed(hash));
    }
    const runtime = this.withRuntime ? { finalizedBlockRuntime: this.runtimeEvent() } : {};
    this.send({ event: 'initialized', finalizedBlockHashes, ...runtime });
    for (let number = final.number + 1; number <= engine.head.number; number++) {
      this.newBlock(engine.store.hashOf(number)!, engine.store.hashOf(number - 1)!);
    }
    this.send({ event: 'bestBlockChanged', bestBlockHash: prefixed(engine.head.hash) });
  }

  private runtimeEvent(): unknown {
    return { type: 'valid', spec: runtimeSpecJson(this.engine.runtime.version) };
  }

  private imported({ hash, header }: ImportedBlock): void {
    if (this.pins.size >= MOST_PINNED) {
      this.stop();
      return;
    }
    this.newBlock(hash, header.parent_hash);
    this.send({ event: 'bestBlockChanged', bestBlockHash: prefixed(hash) });
  }

  private newBlock(hash: Hex, parent: Hex): void {
    this.pins.add(hash);
    const runtime = this.withRuntime ? { newRuntime: null } : {};
    this.send({ event: 'newBlock', blockHash: prefixed(hash), parentBlockHash: prefixed(parent), ...runtime });
  }

  /** The node cannot go on with this subscription; the client opens another. */
  private stop(): void {
    this.operations.clear();
    this.send({ event: 'stop' });
    this.subscription.end();
  }
}
