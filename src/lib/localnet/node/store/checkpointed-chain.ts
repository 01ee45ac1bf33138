import type { Hex } from '../../scale/bytes.ts';
import type { Change, Pair } from '../../trie/change.ts';
import { readBlock, wordKey, writeBlock } from './block-codec.ts';
import { ByteReader, ByteWriter, copyBytes, copyTo } from './bytes-io.ts';
import type { ChainExport } from './chain-export.ts';
import type { BlockId, ChainMeta, StoredBlock } from './chain-store.ts';
import type { LmdbEnvironment } from './lmdb-environment.ts';
import type { KeyRow, PendingBlock, StoredKey } from './pending-block.ts';
import { databaseRange, fromDatabaseKey, toDatabaseKey } from './storage-key.ts';
import { StoreError } from './store-error.ts';
import { addTouched, dropTouchedAfter, dropTouchedUpTo, firstTouchedAfter, groupOf } from './touched-blocks.ts';
import { encodeUndo, findUndo, readUndo, type UndoEntry } from './undo-record.ts';

/** Version of what this file writes; a higher one belongs to a newer program. */
const FORMAT = 1;
const META_KEY = Buffer.from('chain');

/** The one document of the table 'meta'. */
export interface ChainRecord {
  readonly format: number;
  readonly chain: ChainMeta;
  readonly head: BlockId | undefined;
  readonly finalized: BlockId | undefined;
  readonly historyStart: number | undefined;
  /** Number that the next new key gets. */
  readonly nextKey: number;
  /** Counts checkpoints; the log names the one that it follows. */
  readonly generation: number;
}

/** A value at the head, null where there is none. */
export interface HeadValue {
  readonly at: StoredKey;
  readonly value: Uint8Array | null;
}

export interface Checkpoint {
  readonly head: BlockId;
  readonly finalized: BlockId | undefined;
  readonly pending: readonly PendingBlock[];
  /** The state's changes over all pending blocks. */
  readonly changes: readonly HeadValue[];
}

function readRecord(environment: LmdbEnvironment): ChainRecord | undefined {
  const bytes = environment.meta.getBinary(META_KEY);
  if (bytes === undefined) return undefined;
  let record: ChainRecord;
  try {
    record = JSON.parse(bytes.toString('utf8')) as ChainRecord;
  } catch (cause) {
    throw new StoreError('corrupt', 'the description of the chain is damaged', { path: environment.path, cause });
  }
  if (record.format > FORMAT) {
    throw new StoreError('newer-version', `the chain has format ${record.format}, this program knows ${FORMAT}`, {
      path: environment.path,
    });
  }
  return record;
}

/** The part of a chain that stands in the database. Every change is one transaction, synced to the disk. */
export class CheckpointedChain {
  private readonly tables: LmdbEnvironment;
  private readonly out = new ByteWriter(4096);
  record: ChainRecord;

  /** @throws StoreError `not-found`, `newer-version`, `corrupt`. */
  static open(environment: LmdbEnvironment): CheckpointedChain {
    const record = readRecord(environment);
    if (record === undefined) {
      throw new StoreError('not-found', 'there is no chain in this directory', { path: environment.path });
    }
    return new CheckpointedChain(environment, record);
  }

  /** @throws StoreError `exists`. */
  static create(environment: LmdbEnvironment, data: ChainExport): CheckpointedChain {
    if (readRecord(environment) !== undefined) {
      throw new StoreError('exists', 'there is a chain in this directory already', { path: environment.path });
    }
    const last = data.blocks.at(-1);
    const head = last && { number: last.number, hash: last.hash };
    const final = data.blocks.find(({ number }) => number === data.finalized);
    const finalized = final && { number: final.number, hash: final.hash };
    const { historyStart } = data;
    const chain = new CheckpointedChain(environment, {
      format: FORMAT,
      chain: data.meta,
      head: undefined,
      finalized: undefined,
      historyStart,
      nextKey: 1,
      generation: 0,
    });
    const diffs = new Map(data.reverseDiffs);
    const keys = new Map<Hex, StoredKey>();
    const at = (key: Hex): StoredKey => {
      const known = keys.get(key) ?? { key, row: undefined };
      keys.set(key, known);
      return known;
    };
    const pending = data.blocks.map((block): PendingBlock => {
      const diff = diffs.get(block.number);
      return { block, replaced: diff?.map(([key, old]) => ({ at: at(key), old: old ?? undefined })) };
    });
    chain.write({ head, finalized }, () => {
      chain.putState(data.state.map(([key, value]) => ({ at: at(key), value })));
      return chain.putBlocks(pending);
    });
    return chain;
  }

  private constructor(tables: LmdbEnvironment, record: ChainRecord) {
    this.tables = tables;
    this.record = record;
  }

  get(key: Hex): Uint8Array | undefined {
    const row = this.tables.state.getBinary(toDatabaseKey(key));
    return row === undefined ? undefined : new Uint8Array(row.buffer, row.byteOffset + 4, row.length - 4);
  }

  keys(prefix: Hex): Hex[] {
    const { start, end } = databaseRange(prefix);
    const keys: Hex[] = [];
    for (const at of this.tables.state.getKeys({ start, end })) {
      const key = fromDatabaseKey(at) ?? this.keyOf(this.tables.state.getBinary(at)!.readUInt32LE(0));
      if (key.startsWith(prefix)) keys.push(key);
    }
    return keys.sort();
  }

  entries(): Pair[] {
    const { start, end } = databaseRange('');
    const entries: Pair[] = [];
    for (const { key: at, value } of this.tables.state.getRange({ start, end })) {
      const key = fromDatabaseKey(at) ?? this.keyOf(value.readUInt32LE(0));
      entries.push([key, copyBytes(value, 4, value.length)]);
    }
    return entries.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  /** Present keys and those that were there in a block that is still retained, ascending. */
  keysEver(prefix: Hex): Hex[] {
    const keys = this.keys(prefix);
    const { start, end } = databaseRange(prefix);
    for (const { key: at, value } of this.tables.removed.getRange({ start, end })) {
      const key = fromDatabaseKey(at) ?? this.keyOf(value.readUInt32LE(0));
      if (key.startsWith(prefix)) keys.push(key);
    }
    return keys.sort();
  }

  block(number: number): StoredBlock | undefined {
    const bytes = this.tables.blocks.getBinary(wordKey(number));
    return bytes === undefined ? undefined : readBlock(new ByteReader(bytes), number);
  }

  numberOf(hash: Hex): number | undefined {
    return this.tables.hashes.getBinary(Buffer.from(hash, 'hex'))?.readUInt32LE(0);
  }

  /** What the first block after `number` that changed the key replaced; undefined when no stored block did. */
  replacedAfter(key: Hex, number: number): { readonly old: Uint8Array | undefined } | undefined {
    const row = this.rowOf({ key, row: undefined });
    if (row === undefined) return undefined;
    const block = firstTouchedAfter(this.tables.touched, row.number, number);
    return block === undefined ? undefined : findUndo(this.undoOf(block), row.number);
  }

  reverseDiff(number: number): Change[] | undefined {
    const record = this.tables.undo.getBinary(wordKey(number));
    if (record === undefined) return undefined;
    const diff = [...readUndo(record)].map(({ key, old }): Change => [this.keyOf(key), old ?? null]);
    return diff.sort((a, b) => (a[0] < b[0] ? -1 : 1));
  }

  /** Stores the pending blocks and the state after them. */
  take({ head, finalized, pending, changes }: Checkpoint): void {
    try {
      this.write({ head, finalized, historyStart: this.record.historyStart ?? pending[0]?.block.number }, () => {
        this.putState(changes);
        return this.putBlocks(pending);
      });
    } catch (error) {
      // The rows that these keys were given are gone with the transaction.
      for (const { at } of changes) at.row = undefined;
      for (const { replaced } of pending) for (const { at } of replaced ?? []) at.row = undefined;
      throw error;
    }
  }

  /** Takes back every block after `target`. */
  revertTo(target: BlockId): void {
    const { tables } = this;
    const last = this.record.head!.number;
    const { finalized } = this.record;
    const keepFinal = finalized !== undefined && finalized.number <= target.number;
    this.write({ head: target, finalized: keepFinal ? finalized : finalized && target }, () => {
      const restored = new Map<number, Uint8Array | undefined>();
      for (let number = last; number > target.number; number--) {
        for (const { key, old } of readUndo(this.undoOf(number))) restored.set(key, old);
        tables.hashes.removeSync(Buffer.from(this.block(number)!.hash, 'hex'));
        tables.blocks.removeSync(wordKey(number));
        tables.undo.removeSync(wordKey(number));
      }
      this.putState(
        [...restored].map(([key, old]) => ({ at: { key: this.keyOf(key), row: undefined }, value: old ?? null })),
      );
      for (const key of restored.keys()) dropTouchedAfter(tables.touched, key, target.number);
    });
  }

  /** Forgets what is needed only for the states of blocks before `number`. */
  pruneHistory(number: number): void {
    const from = this.record.historyStart;
    if (from === undefined || number <= from) return;
    this.write({ historyStart: number }, () => {
      for (let block = from + 1; block <= number; block++) this.tables.undo.removeSync(wordKey(block));
      dropTouchedUpTo(this.tables.touched, number);
    });
  }

  get path(): string {
    return this.tables.path;
  }

  close(): Promise<void> {
    return this.tables.close();
  }

  /** One transaction: the body's writes, then the record. In memory nothing changes when it fails. */
  private write(next: Partial<ChainRecord>, body: () => void): void {
    const before = this.record;
    try {
      this.tables.transact(() => {
        body();
        this.record = { ...this.record, ...next, generation: before.generation + 1 };
        this.tables.meta.putSync(META_KEY, Buffer.from(JSON.stringify(this.record)));
      });
    } catch (error) {
      this.record = before;
      throw error;
    }
  }

  private putState(changes: readonly HeadValue[]): void {
    const { state, removed } = this.tables;
    for (const { at, value } of changes) {
      const databaseKey = toDatabaseKey(at.key);
      const row = this.rowOf(at) ?? this.addRow(at);
      if (value === null) {
        if (!row.live) continue;
        state.removeSync(databaseKey);
        removed.putSync(databaseKey, littleEndian(row.number));
      } else {
        if (!row.live) removed.removeSync(databaseKey);
        const bytes = Buffer.allocUnsafe(4 + value.length);
        bytes.writeUInt32LE(row.number);
        copyTo(bytes, value, 4);
        state.putSync(databaseKey, bytes);
      }
      row.live = value !== null;
    }
  }

  private putBlocks(pending: readonly PendingBlock[]): void {
    const { blocks, hashes, undo } = this.tables;
    const touched = new Map<number, number[]>();
    let group = 0;
    const flush = (): void => {
      for (const [key, numbers] of touched) addTouched(this.tables.touched, key, group, numbers);
      touched.clear();
    };
    for (const { block, replaced } of pending) {
      const { number } = block;
      this.out.reset();
      writeBlock(this.out, block);
      blocks.putSync(wordKey(number), this.out.view());
      hashes.putSync(Buffer.from(block.hash, 'hex'), littleEndian(number));
      if (replaced === undefined) continue;
      if (groupOf(number) !== group) flush();
      group = groupOf(number);
      const entries: UndoEntry[] = [];
      for (const { at, old } of replaced) {
        // A key that came and went again between two checkpoints is in no table yet.
        const row = this.rowOf(at) ?? this.addRow(at);
        entries.push({ key: row.number, old });
        const numbers = touched.get(row.number);
        if (numbers === undefined) touched.set(row.number, [number]);
        else numbers.push(number);
      }
      undo.putSync(wordKey(number), encodeUndo(entries));
    }
    flush();
  }

  private rowOf(at: StoredKey): KeyRow | undefined {
    if (at.row === undefined) {
      const databaseKey = toDatabaseKey(at.key);
      const live = this.tables.state.getBinary(databaseKey);
      const found = live ?? this.tables.removed.getBinary(databaseKey);
      if (found === undefined) return undefined;
      at.row = { number: found.readUInt32LE(0), live: live !== undefined };
    }
    return at.row;
  }

  /** Gives a new key its number, and a place among the removed keys until it gets a value. */
  private addRow(at: StoredKey): KeyRow {
    const number = this.record.nextKey;
    this.record = { ...this.record, nextKey: number + 1 };
    this.tables.keys.putSync(wordKey(number), Buffer.from(at.key, 'hex'));
    this.tables.removed.putSync(toDatabaseKey(at.key), littleEndian(number));
    at.row = { number, live: false };
    return at.row;
  }

  private keyOf(number: number): Hex {
    const key = this.tables.keys.getBinary(wordKey(number));
    if (key === undefined) throw new StoreError('corrupt', `key ${number} is missing`, { path: this.tables.path });
    return key.toString('hex');
  }

  private undoOf(block: number): Buffer {
    const record = this.tables.undo.getBinary(wordKey(block));
    if (record === undefined) {
      throw new StoreError('corrupt', `what block ${block} replaced is missing`, { path: this.tables.path });
    }
    return record;
  }
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
