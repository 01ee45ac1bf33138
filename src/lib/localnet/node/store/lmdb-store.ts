import * as path from 'node:path';
import type { StateReader } from '../../frame/state-reader.ts';
import type { Hex } from '../../scale/bytes.ts';
import type { Change, Pair } from '../../trie/change.ts';
import type { ChainExport } from './chain-export.ts';
import type { BlockCommit, BlockId, ChainMeta, ChainStore, StoredBlock } from './chain-store.ts';
import { CheckpointedChain } from './checkpointed-chain.ts';
import { checkFollows, noSuchBlock, notRetained } from './checks.ts';
import { openEnvironment } from './lmdb-environment.ts';
import type { PendingBlock, Replaced, StoredKey } from './pending-block.ts';
import { StateAt } from './state-at.ts';
import { guarded, StoreError, toStoreError } from './store-error.ts';
import { type LogFile, WriteAheadLog } from './write-ahead-log.ts';

export interface LmdbStoreOptions {
  /** Waits for the disk at each block; otherwise once a second, in `flush` and in `close`. */
  readonly durable?: boolean | undefined;
  /** File operations of the log, for tests of failing disks. */
  readonly logFile?: LogFile | undefined;
}

const LOG_FILE = 'chain.wal';
const FLUSH_INTERVAL_MS = 1000;
/** From this many blocks or bytes of log on, a checkpoint moves them into the database. */
const CHECKPOINT_BLOCKS = 512;
const CHECKPOINT_BYTES = 32 << 20;
/** At the end, a shorter log than this is left for the next start to read. */
const CHECKPOINT_AT_CLOSE = 8;
const CACHED_VALUES = 1 << 17;

/** What stands under a key at the head; null: nothing. */
interface HeadKey extends StoredKey {
  value: Uint8Array | null;
  /** Changed by a pending block. */
  isDirty: boolean;
}

/** Makes a new, empty chain in the directory. @throws StoreError `exists` when it holds one. */
export async function createLmdbStore(
  directory: string,
  meta: ChainMeta,
  options: LmdbStoreOptions = {},
): Promise<LmdbStore> {
  return fill(
    directory,
    { meta, state: [], blocks: [], reverseDiffs: [], finalized: undefined, historyStart: undefined },
    options,
  );
}

/** Makes a chain with the content of an export in the directory, all or nothing. @throws StoreError `exists`. */
export async function importLmdbStore(
  directory: string,
  data: ChainExport,
  options: LmdbStoreOptions = {},
): Promise<LmdbStore> {
  return fill(directory, data, options);
}

/** Opens the chain in the directory. @throws StoreError `not-found`, `newer-version`, `corrupt`, `read-only`. */
export async function openLmdbStore(directory: string, options: LmdbStoreOptions = {}): Promise<LmdbStore> {
  return start(directory, undefined, options);
}

function fill(directory: string, data: ChainExport, options: LmdbStoreOptions): Promise<LmdbStore> {
  return start(directory, data, options);
}

async function start(directory: string, data: ChainExport | undefined, options: LmdbStoreOptions): Promise<LmdbStore> {
  const environment = await openEnvironment(directory);
  let log: WriteAheadLog | undefined;
  try {
    const chain =
      data === undefined ? CheckpointedChain.open(environment) : CheckpointedChain.create(environment, data);
    log = new WriteAheadLog(path.join(directory, LOG_FILE), options.logFile);
    return new LmdbStore(chain, log, options.durable ?? false);
  } catch (error) {
    log?.close();
    await environment.close();
    throw toStoreError(error, 'the chain cannot be opened', directory);
  }
}

/**
 * A chain on disk. A block is one record of the write-ahead log, so it is there in full or not at all and costs one
 * write; every 512 blocks, and at the end, one LMDB transaction takes them into the database (a checkpoint).
 */
export class LmdbStore implements ChainStore {
  readonly meta: ChainMeta;
  head: BlockId | undefined;
  finalized: BlockId | undefined;
  revision = 0;
  private readonly chain: CheckpointedChain;
  private readonly log: WriteAheadLog;
  private readonly durable: boolean;
  private pending: PendingBlock[] = [];
  private readonly pendingNumbers = new Map<Hex, number>();
  /** Keys that pending blocks changed, each once. */
  private dirty: HeadKey[] = [];
  /** Every dirty key, and keys read before. */
  private readonly cache = new Map<Hex, HeadKey>();
  private readonly timer: NodeJS.Timeout;
  private flushFailure: unknown;
  private closing: Promise<void> | undefined;
  private closed = false;

  constructor(chain: CheckpointedChain, log: WriteAheadLog, durable: boolean) {
    this.chain = chain;
    this.log = log;
    this.durable = durable;
    this.meta = chain.record.chain;
    this.head = chain.record.head;
    this.finalized = chain.record.finalized;
    for (const record of log.replay(chain.record.generation)) {
      if (record.kind === 'block') this.take(record.block);
      else this.finalized = this.idOf(record.number);
    }
    this.timer = setInterval(() => this.flushInBackground(), FLUSH_INTERVAL_MS);
    this.timer.unref();
  }

  get historyStart(): number | undefined {
    return this.chain.record.historyStart ?? this.pending[0]?.block.number;
  }

  get(key: Hex): Uint8Array | undefined {
    let at = this.cache.get(key);
    if (at === undefined) {
      at = this.fetch(key);
      this.remember(at);
    }
    return at.value ?? undefined;
  }

  keys(prefix: Hex): Hex[] {
    const stored = this.read(() => this.chain.keys(prefix));
    if (this.dirty.length === 0) return stored;
    const keys = stored.filter((key) => !this.isDirty(key));
    for (const { key, value } of this.dirty) if (value !== null && key.startsWith(prefix)) keys.push(key);
    return keys.sort();
  }

  entries(): Iterable<Pair> {
    const stored = this.read(() => this.chain.entries());
    if (this.dirty.length === 0) return stored;
    const entries = stored.filter(([key]) => !this.isDirty(key));
    for (const { key, value } of this.dirty) if (value !== null) entries.push([key, value]);
    return entries.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  commit(block: BlockCommit): void {
    this.assertOpen();
    checkFollows(this.head, block);
    const { flushFailure } = this;
    this.flushFailure = undefined;
    if (flushFailure !== undefined) throw flushFailure;
    if (this.pending.length >= CHECKPOINT_BLOCKS || this.log.length >= CHECKPOINT_BYTES) this.checkpoint();
    this.log.append({ kind: 'block', block });
    this.take(block);
    if (this.durable) this.log.syncNow();
  }

  finalize(number: number): void {
    this.assertOpen();
    const id = this.idOf(number);
    this.log.append({ kind: 'finalize', number });
    this.finalized = id;
    if (this.durable) this.log.syncNow();
  }

  block(id: number | Hex): StoredBlock | undefined {
    this.assertOpen();
    const number = typeof id === 'number' ? id : this.numberOf(id);
    if (number === undefined) return undefined;
    return this.pendingAt(number)?.block ?? this.read(() => this.chain.block(number));
  }

  hashOf(number: number): Hex | undefined {
    if (number === this.head?.number) return this.head.hash;
    return this.block(number)?.hash;
  }

  numberOf(hash: Hex): number | undefined {
    return this.pendingNumbers.get(hash) ?? this.read(() => this.chain.numberOf(hash));
  }

  stateAt(id: number | Hex): StateReader {
    return StateAt.of(
      this,
      id,
      (key, number) => this.valueAt(key, number),
      (prefix) => {
        this.checkpoint();
        return this.read(() => this.chain.keysEver(prefix));
      },
    );
  }

  reverseDiff(number: number): readonly Change[] | undefined {
    this.assertOpen();
    const pending = this.pendingAt(number);
    if (pending === undefined) return this.read(() => this.chain.reverseDiff(number));
    return pending.replaced?.map(({ at, old }): Change => [at.key, old ?? null]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  revertTo(number: number): void {
    this.assertOpen();
    const target = this.idOf(number);
    if (number < this.historyStart!) throw notRetained(number);
    if (number === this.head!.number) return;
    this.checkpoint();
    this.chain.revertTo(target);
    this.reloaded();
  }

  pruneHistory(number: number): void {
    this.assertOpen();
    if (this.head === undefined) return;
    this.checkpoint();
    this.chain.pruneHistory(Math.min(number, this.head.number));
    this.reloaded();
  }

  async flush(): Promise<void> {
    this.assertOpen();
    await this.log.sync();
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    clearInterval(this.timer);
    try {
      if (this.pending.length >= CHECKPOINT_AT_CLOSE) this.checkpoint();
    } catch (error) {
      // Without room for a checkpoint the blocks stay in the log, where the next start finds them.
      if (!(error instanceof StoreError && error.code === 'full')) throw error;
    } finally {
      await this.letGo();
    }
  }

  private async letGo(): Promise<void> {
    try {
      await this.log.sync();
    } finally {
      this.closed = true;
      this.cache.clear();
      this.log.close();
      await this.chain.close();
    }
  }

  /** Moves the pending blocks into the database; after a failure they are still pending. */
  private checkpoint(): void {
    this.assertOpen();
    const { head, finalized, pending, dirty } = this;
    if (head === undefined || (pending.length === 0 && this.log.length === 0)) return;
    this.chain.take({ head, finalized, pending, changes: dirty.map((at) => ({ at, value: at.value })) });
    this.log.reset(this.chain.record.generation);
    this.pending = [];
    this.pendingNumbers.clear();
    for (const at of dirty) at.isDirty = false;
    this.dirty = [];
    if (this.cache.size > CACHED_VALUES) this.cache.clear();
  }

  /** After the database went back: nothing read before holds. */
  private reloaded(): void {
    this.log.reset(this.chain.record.generation);
    this.cache.clear();
    this.head = this.chain.record.head;
    this.finalized = this.chain.record.finalized;
    this.revision++;
  }

  /** The part of a commit that happens in memory; also how the log is read at the start. */
  private take(block: BlockCommit): void {
    const { number, hash, header, body, events, changes } = block;
    const replaced = changes.map(([key]): Replaced & { readonly at: HeadKey } => {
      const at = this.headKey(key);
      return { at, old: at.value ?? undefined };
    });
    changes.forEach(([, value], index) => {
      const { at } = replaced[index]!;
      at.value = value;
      if (!at.isDirty) {
        at.isDirty = true;
        this.dirty.push(at);
      }
    });
    const stored = events === undefined ? { number, hash, header, body } : { number, hash, header, body, events };
    this.pending.push({ block: stored, replaced: this.head === undefined ? undefined : replaced });
    this.pendingNumbers.set(hash, number);
    this.head = { number, hash };
    if (block.final ?? true) this.finalized = this.head;
  }

  private pendingAt(number: number): PendingBlock | undefined {
    const first = this.pending[0];
    return first === undefined ? undefined : this.pending[number - first.block.number];
  }

  private idOf(number: number): BlockId {
    const hash = this.hashOf(number);
    if (hash === undefined) throw noSuchBlock(number);
    return { number, hash };
  }

  private valueAt(key: Hex, number: number): Uint8Array | undefined {
    const stored = this.read(() => this.chain.replacedAfter(key, number));
    if (stored !== undefined) return stored.old;
    const first = this.pending[0]?.block.number ?? 0;
    const dirty = this.isDirty(key) ? this.cache.get(key) : undefined;
    for (let i = Math.max(0, number + 1 - first); dirty && i < this.pending.length; i++) {
      const replaced = this.pending[i]!.replaced?.find(({ at }) => at === dirty);
      if (replaced) return replaced.old;
    }
    return this.get(key);
  }

  private isDirty(key: Hex): boolean {
    return this.cache.get(key)?.isDirty ?? false;
  }

  /** The key's place in the cache, however full that is. */
  private headKey(key: Hex): HeadKey {
    let at = this.cache.get(key);
    if (at === undefined) {
      at = this.fetch(key);
      this.cache.set(key, at);
    }
    return at;
  }

  private fetch(key: Hex): HeadKey {
    return { key, row: undefined, value: this.read(() => this.chain.get(key)) ?? null, isDirty: false };
  }

  private remember(at: HeadKey): void {
    if (this.cache.size > CACHED_VALUES && this.dirty.length === 0) this.cache.clear();
    if (this.cache.size <= CACHED_VALUES) this.cache.set(at.key, at);
  }

  private flushInBackground(): void {
    this.log.sync().catch((error: unknown) => {
      // Nobody waits for this flush: the next commit reports it.
      this.flushFailure = error;
    });
  }

  private read<T>(body: () => T): T {
    this.assertOpen();
    return guarded('the chain cannot be read', this.chain.path, body);
  }

  private assertOpen(): void {
    if (this.closed) throw new StoreError('closed', 'the store is closed');
  }
}
