import type { StateReader } from '../../frame/state-reader.ts';
import type { Hex } from '../../scale/bytes.ts';
import type { Change, Pair } from '../../trie/change.ts';
import { assertHash } from './block-codec.ts';
import type { ChainExport } from './chain-export.ts';
import type { BlockCommit, BlockId, ChainMeta, ChainStore, StoredBlock } from './chain-store.ts';
import { checkFollows, noSuchBlock, notRetained } from './checks.ts';
import { pack, unpack } from './packed-bytes.ts';
import { SortedKeys } from './sorted-keys.ts';
import { StateAt } from './state-at.ts';
import { StoreError } from './store-error.ts';
import { encodeUndo, findUndo, readUndo } from './undo-record.ts';

/** A key that has a value now, or had one in a block whose history is kept. Values are packed (`packed-bytes.ts`). */
interface Row {
  readonly key: Hex;
  /** What stands for the key in the undo records. */
  readonly number: number;
  value: string | undefined;
  /** Blocks that changed it, ascending. */
  touched: number[];
}

/** A chain in memory: for tests, throw-away chains, and as the model that the LMDB store is tested against. */
export class MemoryStore implements ChainStore {
  readonly meta: ChainMeta;
  head: BlockId | undefined;
  finalized: BlockId | undefined;
  historyStart: number | undefined;
  revision = 0;
  private readonly rows = new Map<Hex, Row>();
  /** Rows at their numbers; holes where a key was forgotten. */
  private readonly numbered: (Row | undefined)[] = [];
  private readonly live = new SortedKeys();
  /** Keys without a value that had one in a block whose history is kept. */
  private readonly gone = new SortedKeys();
  /** What each block replaced, as `undo-record.ts` writes it. */
  private readonly undo = new Map<number, Buffer>();
  private readonly blocks = new Map<number, StoredBlock>();
  private readonly numbers = new Map<Hex, number>();
  private closed = false;

  constructor(meta: ChainMeta) {
    this.meta = meta;
  }

  /** A store with the content of an export. */
  static from(data: ChainExport): MemoryStore {
    const store = new MemoryStore(data.meta);
    for (const [key, value] of data.state) store.put(store.row(key), pack(value));
    for (const block of data.blocks) store.addBlock(block);
    for (const [number, diff] of data.reverseDiffs) {
      store.addUndo(
        number,
        diff.map(([key, old]) => [store.row(key), old ?? undefined]),
      );
    }
    const last = data.blocks.at(-1);
    if (last !== undefined) store.head = { number: last.number, hash: last.hash };
    store.historyStart = data.historyStart;
    if (data.finalized !== undefined) store.finalize(data.finalized);
    return store;
  }

  get(key: Hex): Uint8Array | undefined {
    const value = this.rows.get(key)?.value;
    return value === undefined ? undefined : unpack(value);
  }

  keys(prefix: Hex): Hex[] {
    return this.live.withPrefix(prefix);
  }

  *entries(): Iterable<Pair> {
    for (const key of this.live.withPrefix('')) yield [key, this.get(key)!];
  }

  commit(block: BlockCommit): void {
    this.assertOpen();
    checkFollows(this.head, block);
    const { number, hash, header, body, events, changes } = block;
    const rows = changes.map(([key]) => this.row(key));
    if (this.head === undefined) this.historyStart = number;
    else {
      this.addUndo(
        number,
        rows.map((row) => [row, row.value === undefined ? undefined : unpack(row.value)]),
      );
    }
    changes.forEach(([, value], index) => {
      this.put(rows[index]!, value === null ? undefined : pack(value));
    });
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
    const record = this.undo.get(number);
    if (record === undefined) return undefined;
    const diff = [...readUndo(record)].map(({ key, old }): Change => [this.numbered[key]!.key, old ?? null]);
    return diff.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  revertTo(number: number): void {
    this.assertOpen();
    const hash = this.hashOf(number);
    if (hash === undefined || this.head === undefined) throw noSuchBlock(number);
    if (number < this.historyStart!) throw notRetained(number);
    for (let at = this.head.number; at > number; at--) {
      for (const { row, old } of this.undone(at)) {
        row.touched.pop();
        this.put(row, old && pack(old));
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
    const pruned = new Set<Row>();
    for (let at = this.historyStart + 1; at <= until; at++) {
      for (const { row } of this.undone(at)) pruned.add(row);
      this.undo.delete(at);
    }
    for (const row of pruned) {
      row.touched = row.touched.slice(firstAfter(row.touched, until));
      if (row.value === undefined && row.touched.length === 0) this.forget(row);
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

  /** The key's row, made where there is none. */
  private row(key: Hex): Row {
    let row = this.rows.get(key);
    if (row === undefined) {
      row = { key, number: this.numbered.length, value: undefined, touched: [] };
      this.rows.set(key, row);
      this.numbered.push(row);
    }
    return row;
  }

  private forget(row: Row): void {
    this.rows.delete(row.key);
    this.numbered[row.number] = undefined;
    this.gone.delete(row.key);
  }

  private put(row: Row, value: string | undefined): void {
    const { key } = row;
    if (value !== undefined && row.value === undefined) {
      this.live.add(key);
      this.gone.delete(key);
    }
    if (value === undefined) {
      if (row.value !== undefined) this.live.delete(key);
      if (row.touched.length > 0) this.gone.add(key);
    }
    row.value = value;
    if (value === undefined && row.touched.length === 0) this.forget(row);
  }

  private addBlock(block: StoredBlock): void {
    assertHash(block.hash);
    this.blocks.set(block.number, block);
    this.numbers.set(block.hash, block.number);
  }

  private addUndo(number: number, previous: readonly (readonly [Row, Uint8Array | undefined])[]): void {
    this.undo.set(number, encodeUndo(previous.map(([row, old]) => ({ key: row.number, old }))));
    for (const [row] of previous) {
      // An array that grows from one reserves room for sixteen more, which most keys never use.
      if (row.touched.length === 0) row.touched = [number];
      else row.touched.push(number);
      if (row.value === undefined) this.gone.add(row.key);
    }
  }

  private *undone(number: number): Generator<{ readonly row: Row; readonly old: Uint8Array | undefined }> {
    const record = this.undo.get(number);
    if (record === undefined) return;
    for (const { key, old } of readUndo(record)) yield { row: this.numbered[key]!, old };
  }

  private valueAt(key: Hex, number: number): Uint8Array | undefined {
    const row = this.rows.get(key);
    const block = row?.touched[firstAfter(row.touched, number)];
    if (row === undefined || block === undefined) return this.get(key);
    return findUndo(this.undo.get(block)!, row.number)!.old;
  }

  private everKnown(prefix: Hex): Hex[] {
    return [...this.live.withPrefix(prefix), ...this.gone.withPrefix(prefix)].sort();
  }
}

/** Index of the first block after `number`. */
function firstAfter(blocks: readonly number[], number: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (blocks[middle]! <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
