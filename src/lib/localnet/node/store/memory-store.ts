import type { StateReader } from '../../frame/state-reader.ts';
import type { Hex } from '../../scale/bytes.ts';
import type { Change, Pair } from '../../trie/change.ts';
import { assertHash } from './block-codec.ts';
import type { ChainExport } from './chain-export.ts';
import type { BlockCommit, BlockId, ChainMeta, ChainStore, StoredBlock } from './chain-store.ts';
import { checkFollows, noSuchBlock, notRetained } from './checks.ts';
import { SortedKeys } from './sorted-keys.ts';
import { StateAt } from './state-at.ts';
import { StoreError } from './store-error.ts';

/** The values that one key had before: before block `blocks[i]`, it was `olds[i]`. */
interface Versions {
  readonly blocks: number[];
  readonly olds: (Uint8Array | undefined)[];
}

/** A chain in memory: for tests, throw-away chains, and as the model that the LMDB store is tested against. */
export class MemoryStore implements ChainStore {
  readonly meta: ChainMeta;
  head: BlockId | undefined;
  finalized: BlockId | undefined;
  historyStart: number | undefined;
  revision = 0;
  private readonly state = new Map<Hex, Uint8Array>();
  private readonly live = new SortedKeys();
  /** Every key with a version: those that were removed can be found again here. */
  private readonly known = new SortedKeys();
  private readonly versions = new Map<Hex, Versions>();
  private readonly undo = new Map<number, readonly Change[]>();
  private readonly blocks = new Map<number, StoredBlock>();
  private readonly numbers = new Map<Hex, number>();
  private closed = false;

  constructor(meta: ChainMeta) {
    this.meta = meta;
  }

  /** A store with the content of an export. */
  static from(data: ChainExport): MemoryStore {
    const store = new MemoryStore(data.meta);
    for (const [key, value] of data.state) store.put(key, value);
    for (const block of data.blocks) store.addBlock(block);
    for (const [number, diff] of data.reverseDiffs) store.addUndo(number, diff);
    const last = data.blocks.at(-1);
    if (last !== undefined) store.head = { number: last.number, hash: last.hash };
    store.historyStart = data.historyStart;
    if (data.finalized !== undefined) store.finalize(data.finalized);
    return store;
  }

  get(key: Hex): Uint8Array | undefined {
    return this.state.get(key);
  }

  keys(prefix: Hex): Hex[] {
    return this.live.withPrefix(prefix);
  }

  *entries(): Iterable<Pair> {
    for (const key of this.live.withPrefix('')) yield [key, this.state.get(key)!];
  }

  commit(block: BlockCommit): void {
    this.assertOpen();
    checkFollows(this.head, block);
    const { number, hash, header, body, events, changes } = block;
    const previous: Change[] = changes.map(([key]) => [key, this.state.get(key) ?? null]);
    if (this.head === undefined) this.historyStart = number;
    else this.addUndo(number, previous);
    for (const [key, value] of changes) this.put(key, value);
    this.addBlock(events === undefined ? { number, hash, header, body } : { number, hash, header, body, events });
    this.head = { number, hash };
    if (block.final ?? true) this.finalized = this.head;
  }

  finalize(number: number): void {
    this.assertOpen();
    const hash = this.hashOf(number);
    if (hash === undefined) throw noSuchBlock(number);
    this.finalized = { number, hash };
  }

  block(id: number | Hex): StoredBlock | undefined {
    const number = typeof id === 'number' ? id : this.numberOf(id);
    return number === undefined ? undefined : this.blocks.get(number);
  }

  hashOf(number: number): Hex | undefined {
    return this.blocks.get(number)?.hash;
  }

  numberOf(hash: Hex): number | undefined {
    return this.numbers.get(hash);
  }

  stateAt(id: number | Hex): StateReader {
    return StateAt.of(
      this,
      id,
      (key, number) => this.valueAt(key, number),
      (prefix) => this.everKnown(prefix),
    );
  }

  reverseDiff(number: number): readonly Change[] | undefined {
    return this.undo.get(number);
  }

  revertTo(number: number): void {
    this.assertOpen();
    const hash = this.hashOf(number);
    if (hash === undefined || this.head === undefined) throw noSuchBlock(number);
    if (number < this.historyStart!) throw notRetained(number);
    for (let at = this.head.number; at > number; at--) {
      for (const [key, value] of this.undo.get(at) ?? []) {
        this.put(key, value);
        const { blocks, olds } = this.versions.get(key)!;
        blocks.pop();
        olds.pop();
      }
      this.undo.delete(at);
      this.numbers.delete(this.blocks.get(at)!.hash);
      this.blocks.delete(at);
    }
    this.revision++;
    this.head = { number, hash };
    if (this.finalized !== undefined && this.finalized.number > number) this.finalized = this.head;
  }

  pruneHistory(number: number): void {
    this.assertOpen();
    if (this.head === undefined || this.historyStart === undefined) return;
    const until = Math.min(number, this.head.number);
    for (let at = this.historyStart + 1; at <= until; at++) {
      for (const [key] of this.undo.get(at) ?? []) {
        const { blocks, olds } = this.versions.get(key)!;
        blocks.shift();
        olds.shift();
      }
      this.undo.delete(at);
    }
    this.revision++;
    this.historyStart = Math.max(until, this.historyStart);
  }

  async flush(): Promise<void> {
    this.assertOpen();
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  private assertOpen(): void {
    if (this.closed) throw new StoreError('closed', 'the store is closed');
  }

  private put(key: Hex, value: Uint8Array | null): void {
    if (value === null) {
      this.state.delete(key);
      this.live.delete(key);
    } else {
      if (!this.state.has(key)) this.live.add(key);
      this.state.set(key, value);
    }
  }

  private addBlock(block: StoredBlock): void {
    assertHash(block.hash);
    this.blocks.set(block.number, block);
    this.numbers.set(block.hash, block.number);
  }

  private addUndo(number: number, previous: readonly Change[]): void {
    const sorted = [...previous].sort((a, b) => (a[0] < b[0] ? -1 : 1));
    this.undo.set(number, sorted);
    for (const [key, old] of sorted) {
      let versions = this.versions.get(key);
      if (versions === undefined) {
        versions = { blocks: [], olds: [] };
        this.versions.set(key, versions);
        this.known.add(key);
      }
      versions.blocks.push(number);
      versions.olds.push(old ?? undefined);
    }
  }

  private valueAt(key: Hex, number: number): Uint8Array | undefined {
    const versions = this.versions.get(key);
    if (versions === undefined || (versions.blocks.at(-1) ?? 0) <= number) return this.state.get(key);
    let low = 0;
    let high = versions.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (versions.blocks[middle]! <= number) low = middle + 1;
      else high = middle;
    }
    return versions.olds[low];
  }

  private everKnown(prefix: Hex): Hex[] {
    return [...new Set([...this.live.withPrefix(prefix), ...this.known.withPrefix(prefix)])].sort();
  }
}
