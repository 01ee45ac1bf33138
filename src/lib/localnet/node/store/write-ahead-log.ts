import * as fs from 'node:fs';
import { crc32 } from 'node:zlib';
import { readBlock, readChanges, writeBlock, writeChanges } from './block-codec.ts';
import { ByteReader, ByteWriter } from './bytes-io.ts';
import type { BlockCommit } from './chain-store.ts';
import { guarded, toStoreError } from './store-error.ts';

/** The file operations that the log needs; tests hand in ones that fail. */
export type LogFile = Pick<
  typeof fs,
  'openSync' | 'readFileSync' | 'writeSync' | 'ftruncateSync' | 'fdatasyncSync' | 'fdatasync' | 'closeSync'
>;

export type LogRecord =
  | { readonly kind: 'block'; readonly block: BlockCommit }
  | { readonly kind: 'finalize'; readonly number: number };

const BLOCK = 1;
const FINALIZE = 2;
const MAGIC = 0x4c415753;
const HEADER_LENGTH = 8;
const FRAME_LENGTH = 8;

/**
 * What was committed since the database last took a checkpoint: one record a block, appended with one write.
 *
 * A write that has returned survives the death of the process. Every record carries its length and checksum, so that
 * after a power failure the log ends at the last record that reached the disk. The header names the checkpoint that the
 * records build on: a log that belongs to another one is empty, so a checkpoint and the reset of the log need not be
 * one step.
 */
export class WriteAheadLog {
  readonly path: string;
  private readonly file: LogFile;
  private readonly descriptor: number;
  private readonly out = new ByteWriter();
  private end = 0;
  /** Bytes up to here survive a power failure. */
  private syncedTo = 0;
  private generation = 0;
  private syncing: Promise<void> | undefined;

  /** Opens or makes the file; `replay` must follow before anything is appended. */
  constructor(path: string, file: LogFile = fs) {
    this.path = path;
    this.file = file;
    const flags = fs.constants.O_RDWR | fs.constants.O_CREAT;
    this.descriptor = guarded('the log of the chain cannot be opened', path, () => file.openSync(path, flags, 0o600));
  }

  /** Bytes of records since the last reset. */
  get length(): number {
    return this.end - HEADER_LENGTH;
  }

  /** The whole records that follow the checkpoint `generation`; cuts off what a crash left behind them. */
  replay(generation: number): LogRecord[] {
    const bytes = guarded('the log of the chain cannot be read', this.path, () =>
      this.file.readFileSync(this.descriptor),
    );
    const belongs =
      bytes.length >= HEADER_LENGTH && bytes.readUInt32LE(0) === MAGIC && bytes.readUInt32LE(4) === generation;
    if (!belongs) {
      this.reset(generation);
      return [];
    }
    const records: LogRecord[] = [];
    let at = HEADER_LENGTH;
    while (at + FRAME_LENGTH <= bytes.length) {
      const from = at + FRAME_LENGTH;
      const to = from + bytes.readUInt32LE(at);
      if (to > bytes.length || crc32(bytes.subarray(from, to)) !== bytes.readUInt32LE(at + 4)) break;
      records.push(readRecord(bytes, from, to));
      at = to;
    }
    this.generation = generation;
    this.end = at;
    this.syncedTo = 0;
    if (at < bytes.length) this.cut(at);
    return records;
  }

  append(record: LogRecord): void {
    const { out } = this;
    out.reset();
    out.u32(0);
    out.u32(0);
    if (record.kind === 'block') {
      const { block } = record;
      out.u8(BLOCK);
      out.u32(block.number);
      out.u8((block.final ?? true) ? 1 : 0);
      writeBlock(out, block);
      writeChanges(out, block.changes);
    } else {
      out.u8(FINALIZE);
      out.u32(record.number);
    }
    const payload = out.view(FRAME_LENGTH);
    out.setU32(0, payload.length);
    out.setU32(4, crc32(payload));
    this.write(out.view());
  }

  /** Forgets all records: those that follow build on the checkpoint `generation`. */
  reset(generation: number): void {
    this.cut(0);
    this.end = 0;
    this.syncedTo = 0;
    this.generation = generation;
    this.writeHeader();
  }

  /** Waits until everything appended survives a power failure. */
  syncNow(): void {
    if (this.syncedTo === this.end) return;
    guarded('the log of the chain cannot be synced', this.path, () => this.file.fdatasyncSync(this.descriptor));
    this.syncedTo = this.end;
  }

  /** The same without waiting in place. */
  async sync(): Promise<void> {
    while (this.syncing !== undefined) await this.syncing;
    if (this.syncedTo === this.end) return;
    const { end, generation } = this;
    this.syncing = new Promise<void>((resolve, reject) => {
      this.file.fdatasync(this.descriptor, (error) => (error ? reject(error) : resolve()));
    });
    try {
      await this.syncing;
      if (this.generation === generation) this.syncedTo = Math.max(this.syncedTo, end);
    } catch (error) {
      throw toStoreError(error, 'the log of the chain cannot be synced', this.path);
    } finally {
      this.syncing = undefined;
    }
  }

  close(): void {
    this.file.closeSync(this.descriptor);
  }

  private writeHeader(): void {
    this.out.reset();
    this.out.u32(MAGIC);
    this.out.u32(this.generation);
    this.write(this.out.view());
  }

  /** Appends all of `bytes`, or nothing. */
  private write(bytes: Uint8Array): void {
    let done = 0;
    try {
      while (done < bytes.length) {
        done += this.file.writeSync(this.descriptor, bytes, done, bytes.length - done, this.end + done);
      }
    } catch (error) {
      const failure = toStoreError(error, 'the block cannot be written', this.path);
      try {
        if (done > 0) this.cut(this.end);
      } catch {
        // A part of a record that stays behind does no harm: its checksum does not fit, and the next one overwrites it.
      }
      throw failure;
    }
    this.end += bytes.length;
  }

  private cut(length: number): void {
    guarded('the log of the chain cannot be cut', this.path, () => this.file.ftruncateSync(this.descriptor, length));
  }
}

function readRecord(bytes: Uint8Array, from: number, to: number): LogRecord {
  const reader = new ByteReader(bytes, from, to);
  const kind = reader.u8();
  const number = reader.u32();
  if (kind === FINALIZE) return { kind: 'finalize', number };
  const final = reader.u8() === 1;
  const block = readBlock(reader, number);
  return { kind: 'block', block: { ...block, changes: readChanges(reader), final } };
}
