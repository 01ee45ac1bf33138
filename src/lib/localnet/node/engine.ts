import type { DispatchError } from '../frame/dispatch-error.ts';
import type { Change, Ext } from '../frame/ext.ts';
import { invalid, type TransactionSource, TransactionValidityError } from '../frame/transaction-validity.ts';
import { slotDigest, slotDuration } from '../pallets/aura/slot.ts';
import { Now } from '../pallets/timestamp/spec.ts';
import { Header, type HeaderValue } from '../runtime/header.ts';
import type { Hex } from '../scale/bytes.ts';
import { decode } from '../scale/type.ts';
import type { Beacon } from './beacon/load-beacon.ts';
import { buildBlock } from './block-builder.ts';
import { BlockEvents, type BlockListener, type ImportedBlock } from './block-events.ts';
import { BlockState } from './block-state.ts';
import { nextBlockTime } from './chain-time.ts';
import { NodeError } from './node-error.ts';
import type { NodeRuntime } from './node-runtime.ts';
import { TransactionPool } from './pool/transaction-pool.ts';
import type { TransactionWatcher } from './pool/transaction-status.ts';
import { Sealer, type Sealing } from './sealing.ts';
import type { StateRoots } from './state-roots.ts';
import type { BlockId, ChainStore, StoredBlock } from './store/chain-store.ts';
import { StoreError } from './store/store-error.ts';

export interface EngineOptions {
  readonly store: ChainStore;
  readonly runtime: NodeRuntime;
  /** Roots that stand at the store's head; called again whenever the head went back. */
  readonly rootsAtHead: () => StateRoots;
  /** The runtime's port asks for roots here. */
  readonly useRoots: (roots: StateRoots) => void;
  /** Time of block 0 in milliseconds since 1970. */
  readonly genesisTime: bigint;
  /** Brings the pulses that timelocked commits wait for; absent: nobody does. */
  readonly beacon?: Beacon | undefined;
  /** States of how many blocks before the head can be read; undefined: of all. Blocks themselves stay. */
  readonly keepStates?: number | undefined;
  /** Loads what transactions and blocks need; undefined when it is there. */
  readonly prepare: () => Promise<void> | undefined;
  /** Hears of faults that did not stop the node. */
  readonly onFault: (error: unknown) => void;
}

export interface NewBlock {
  /** Milliseconds since 1970; the block gets the first slot that does not lie before. */
  readonly time?: bigint | undefined;
  readonly final?: boolean | undefined;
  readonly writes?: readonly Change[] | undefined;
}

export interface AdvanceOptions {
  /** Ends the advance after the running block. */
  readonly signal?: AbortSignal | undefined;
  /** Makes no block beyond this number, whoever else makes blocks meanwhile. */
  readonly until?: number | undefined;
  /** Called about every 50 ms with the number of blocks made so far. */
  readonly onProgress?: ((made: number) => void) | undefined;
}

/** How a dry run ended: refused by the runtime, or dispatched with or without an error. */
export interface DryRun {
  readonly refused: TransactionValidityError | undefined;
  readonly error: DispatchError | undefined;
}

/** States of earlier blocks that are kept at hand. */
const CACHED_STATES = 8;
/** After so many blocks the decoded values start anew, and old states go: both would grow for ever otherwise. */
const HOUSEKEEPING_BLOCKS = 4096;
/** How long `advance` makes blocks before others get their turn. */
const SLICE_MS = 50;

/**
 * A chain that grows: state at the head, pool, block production. Everything but `advance` and `close` is synchronous.
 * Its only users are the RPC methods and the tools that open it.
 */
export class Engine {
  readonly runtime: NodeRuntime;
  readonly store: ChainStore;
  readonly pool: TransactionPool;
  private readonly options: EngineOptions;
  private readonly sealer: Sealer;
  private readonly events: BlockEvents;
  private readonly states = new Map<Hex, BlockState>();
  private roots: StateRoots;
  /** The externalities of the head: their decoded values live on from block to block. */
  private ext: Ext | undefined;
  /** Number of the last block that listeners know to be final. */
  private lastFinal: number;
  private closed = false;

  constructor(options: EngineOptions) {
    this.options = options;
    this.runtime = options.runtime;
    this.store = options.store;
    this.lastFinal = options.store.finalized!.number;
    this.roots = options.rootsAtHead();
    options.useRoots(this.roots);
    this.events = new BlockEvents(options.onFault);
    this.pool = new TransactionPool({
      validate: (bytes, source) => this.validate(bytes, source),
      blockNumber: () => this.head.number,
      now: Date.now,
    });
    const engine = this;
    this.sealer = new Sealer(
      {
        get hasReady() {
          return engine.pool.hasReady;
        },
        seal: () => engine.createBlock(),
      },
      options.onFault,
    );
  }

  // ---- what there is ------------------------------------------------------------------------------------------

  get head(): BlockId {
    return this.store.head!;
  }

  get finalized(): BlockId {
    return this.store.finalized!;
  }

  get genesisHash(): Hex {
    return this.store.meta.genesisHash;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  block(id: number | Hex): StoredBlock | undefined {
    return this.store.block(id);
  }

  header(id: number | Hex): HeaderValue | undefined {
    const block = this.store.block(id);
    return block && decode(Header, block.header);
  }

  /** The state after a block, the head's unless said otherwise. @throws NodeError `unknown-block`, `state-discarded` */
  at(hash: Hex = this.head.hash): BlockState {
    const known = this.states.get(hash);
    if (known) return known;
    const state = this.stateOf(hash);
    this.states.set(hash, state);
    if (this.states.size > CACHED_STATES) {
      const [oldest] = this.states.keys();
      this.states.delete(oldest!);
    }
    return state;
  }

  listen(listener: BlockListener): () => void {
    return this.events.listen(listener);
  }

  // ---- transactions -------------------------------------------------------------------------------------------

  /** Must come before the first transaction or block of an engine that was opened unprepared. */
  prepare(): Promise<void> | undefined {
    return this.options.prepare();
  }

  /** Takes a transaction (bytes as in a block body) into the pool. @throws PoolError */
  submit(bytes: Uint8Array, source: TransactionSource = 'External', watcher?: TransactionWatcher): Hex {
    this.assertOpen();
    const hash = this.pool.submit(bytes, source, watcher);
    this.sealer.ready();
    return hash;
  }

  /** What the transaction would do in a block after `at`, without doing it. @throws NodeError as `at` */
  dryRun(bytes: Uint8Array, at?: Hex): DryRun {
    const { ext: x, number, hash } = this.at(at);
    const { runtime } = this.runtime;
    const { phase } = x;
    const slot = (number === 0 ? this.options.genesisTime : Now.get(x)) / slotDuration(x.params) + 1n;
    try {
      return x.simulate(() => {
        runtime.initializeBlock(x, { number: number + 1, parentHash: hash, digest: { logs: [slotDigest(slot)] } });
        return { error: runtime.applyExtrinsic(x, bytes).error, refused: undefined };
      });
    } catch (thrown) {
      if (!(thrown instanceof TransactionValidityError)) throw thrown;
      return { error: undefined, refused: thrown };
    } finally {
      x.phase = phase;
    }
  }

  // ---- blocks -------------------------------------------------------------------------------------------------

  get sealing(): Sealing {
    return this.sealer.sealing;
  }

  seal(sealing: Sealing): void {
    this.assertOpen();
    this.sealer.use(sealing);
  }

  /**
   * Makes a block on the head: stored when this returns, and everybody has been told.
   * @throws NodeError `block-failed`, `bad-option`; StoreError when it cannot be stored: then nothing has changed.
   */
  createBlock({ time, final = true, writes }: NewBlock = {}): ImportedBlock {
    this.assertOpen();
    const { head: parent, store, options } = this;
    const x = this.headExt();
    const headTime = parent.number === 0 ? options.genesisTime : Now.get(x);
    const at = nextBlockTime(headTime, slotDuration(x.params), time);
    let built: ReturnType<typeof buildBlock>;
    try {
      const request = { number: parent.number + 1, parentHash: parent.hash, time: at, writes, beacon: options.beacon };
      built = buildBlock(x, this.runtime.runtime, this.pool, request, options.onFault);
      const { number, hash, headerBytes, body, changes } = built;
      store.commit({ number, hash, header: headerBytes, body, changes, final });
    } catch (error) {
      // What stands in the externalities belongs to a block that is not there.
      this.ext = undefined;
      throw error;
    }
    const { number, hash, header, body, changes } = built;
    this.roots.committed(changes, header.state_root);
    x.settle();
    const block: ImportedBlock = { number, hash, header, extrinsics: body, changes };
    if (number % HOUSEKEEPING_BLOCKS === 0) this.keepHouse(number);
    this.pool.onImported(hash, body);
    this.events.imported(block);
    if (final) this.announceFinal(this.unannounced(number));
    return block;
  }

  /** Makes many blocks, others having their turn between slices. Answers how many were made. */
  async advance(blocks: number, { signal, until, onProgress }: AdvanceOptions = {}): Promise<number> {
    let made = 0;
    const done = (): boolean => made >= blocks || (until !== undefined && this.head.number >= until);
    while (!done() && !signal?.aborted) {
      const end = performance.now() + SLICE_MS;
      do {
        this.createBlock();
        made++;
      } while (!done() && performance.now() < end);
      onProgress?.(made);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return made;
  }

  /** Declares a block and all before it final. @throws NodeError `unknown-block` */
  finalize(hash: Hex): void {
    const number = this.store.numberOf(hash);
    if (number === undefined) throw unknownBlock(hash);
    if (number <= this.finalized.number) return;
    const hashes = this.unannounced(number);
    this.store.finalize(number);
    this.announceFinal(hashes);
  }

  /** Goes back to an earlier block. @throws NodeError `unknown-block`, `state-discarded` */
  revertTo(number: number): void {
    this.assertOpen();
    const discarded: Hex[] = [];
    for (let at = this.head.number; at > number; at--) discarded.push(this.store.hashOf(at)!);
    translated(() => this.store.revertTo(number));
    this.ext = undefined;
    this.states.clear();
    this.roots = this.options.rootsAtHead();
    this.options.useRoots(this.roots);
    this.lastFinal = Math.min(this.lastFinal, number);
    this.pool.onReverted(discarded);
    this.events.reverted(discarded);
  }

  /** Ends block production and lets go of the store. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.sealer.stop();
    this.closed = true;
    await this.store.close();
  }

  // ---- inside -------------------------------------------------------------------------------------------------

  private keepHouse(number: number): void {
    this.ext = undefined;
    const { keepStates } = this.options;
    if (keepStates === undefined || number <= keepStates) return;
    this.store.pruneHistory(number - keepStates);
    this.states.clear();
  }

  /** Hashes of the blocks that become final with `number` and were not announced as such, oldest first. */
  private unannounced(number: number): Hex[] {
    const hashes: Hex[] = [];
    for (let at = this.lastFinal + 1; at <= number; at++) hashes.push(this.store.hashOf(at)!);
    return hashes;
  }

  private announceFinal(hashes: readonly Hex[]): void {
    this.lastFinal = this.finalized.number;
    this.pool.onFinalized(hashes);
    this.events.finalized(hashes);
  }

  private headExt(): Ext {
    this.ext ??= this.runtime.runtime.createExt(this.store);
    return this.ext;
  }

  private stateOf(hash: Hex): BlockState {
    const number = this.store.numberOf(hash);
    if (number === undefined) throw unknownBlock(hash);
    const reader = translated(() => this.store.stateAt(hash));
    let own: Ext | undefined;
    return new BlockState({ number, hash }, reader, this.runtime, () => {
      if (hash === this.head.hash) return this.headExt();
      own ??= this.runtime.runtime.createExt(reader);
      return own;
    });
  }

  private validate(
    bytes: Uint8Array,
    source: TransactionSource,
  ): ReturnType<NodeRuntime['runtime']['validateTransaction']> {
    try {
      return this.runtime.runtime.validateTransaction(this.headExt(), source, bytes, this.head.hash);
    } catch (error) {
      if (error instanceof TransactionValidityError) throw error;
      // A panic of the runtime, or a fault of ours: either way no block may take this transaction.
      this.options.onFault(error);
      throw invalid('Call');
    }
  }

  private assertOpen(): void {
    if (this.closed) throw new NodeError('closed', 'the node has shut down');
  }
}

function unknownBlock(hash: Hex): NodeError {
  return new NodeError('unknown-block', `there is no block 0x${hash}`, { data: { hash } });
}

/** The node's word for what the store says of blocks. */
function translated<T>(body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'unknown-block') throw new NodeError('unknown-block', error.message, { cause: error });
    if (error.code === 'pruned') throw new NodeError('state-discarded', error.message, { cause: error });
    throw error;
  }
}
