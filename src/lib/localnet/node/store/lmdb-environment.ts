import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Database, RootDatabase } from 'lmdb';
import { makeDirectory } from './make-directory.ts';
import { guarded, StoreError, toStoreError } from './store-error.ts';

export type Table = Database<Buffer, Buffer>;

/** The database file of a chain and its tables. */
export interface LmdbEnvironment {
  readonly path: string;
  /** 'meta': one JSON document. */
  readonly meta: Table;
  /** Storage key → number of the key, then the value: the state at the last checkpoint. */
  readonly state: Table;
  /** Removed storage key → number of the key. */
  readonly removed: Table;
  /** Number of the key → storage key. */
  readonly keys: Table;
  /** Block number → block. */
  readonly blocks: Table;
  /** Block hash → block number. */
  readonly hashes: Table;
  /** Block number → what the block replaced, by number of the key. */
  readonly undo: Table;
  /** Number of the key, 256 blocks → which of these blocks changed it. */
  readonly touched: Table;
  /** One transaction, synced to the disk when this returns; what `body` throws undoes it. */
  transact(body: () => void): void;
  close(): Promise<void>;
}

export const DATABASE_FILE = 'chain.mdb';

const LMDB_MAGIC = 0xbeefc0de;
/** Pages at the end of the file that LMDB may have taken and given back without writing them. */
const UNWRITTEN_PAGES = 256;

/**
 * Refuses what LMDB would crash on rather than report: a file that is not a database, or one that was cut short
 * (reading a missing page of a mapped file ends the process). Offsets are those of LMDB's meta pages.
 */
function checkFile(file: string): void {
  const descriptor = fs.openSync(file, 'r+');
  try {
    const { size } = fs.fstatSync(descriptor);
    if (size === 0) return;
    const notOurs = new StoreError('corrupt', 'the database of the chain is damaged, or no database', { path: file });
    const metas: { transaction: bigint; bytes: bigint }[] = [];
    let offset = 0;
    for (let i = 0; i < 2; i++) {
      const page = Buffer.alloc(160);
      if (fs.readSync(descriptor, page, 0, page.length, offset) !== page.length) throw notOurs;
      if (page.readUInt32LE(24) !== LMDB_MAGIC) throw notOurs;
      const pageSize = page.readUInt32LE(48);
      if (pageSize < 256 || pageSize > 65536) throw notOurs;
      const bytes = (page.readBigUInt64LE(144) + 1n) * BigInt(pageSize);
      metas.push({ transaction: page.readBigUInt64LE(152), bytes });
      if (BigInt(size) + BigInt(UNWRITTEN_PAGES * pageSize) < bytes && metas.length === 2) break;
      offset += pageSize;
    }
    const [first, second] = metas as [(typeof metas)[0], (typeof metas)[0]];
    const { bytes } = first.transaction >= second.transaction ? first : second;
    if (bytes <= BigInt(size)) return;
    if (bytes - BigInt(size) > UNWRITTEN_PAGES * 4096) throw notOurs;
    fs.ftruncateSync(descriptor, Number(bytes));
  } finally {
    fs.closeSync(descriptor);
  }
}

const LITTLE_ROOM_BYTES = 16 << 20;

/** LMDB reports a write that the disk took only in part as an input/output error: little room left says which it was. */
function transact(root: RootDatabase<Buffer, Buffer>, file: string, body: () => void): void {
  const what = 'the chain cannot be written';
  try {
    root.transactionSync(body);
  } catch (cause) {
    const error = toStoreError(cause, what, file);
    if (error.code !== 'io') throw error;
    const { bavail, bsize } = fs.statfsSync(path.dirname(file));
    if (bavail * bsize >= LITTLE_ROOM_BYTES) throw error;
    throw new StoreError('full', `${what}: no space is left on the device`, { path: file, cause });
  }
}

/** Opens or makes the database in the directory. LMDB itself is loaded here, on first use. */
export async function openEnvironment(directory: string): Promise<LmdbEnvironment> {
  const file = path.join(directory, DATABASE_FILE);
  const what = 'the database of the chain cannot be opened';
  guarded(what, directory, () => {
    makeDirectory(directory);
    fs.accessSync(directory, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    for (const existing of [file, `${file}-lock`]) {
      if (fs.existsSync(existing)) fs.closeSync(fs.openSync(existing, 'r+'));
    }
    if (fs.existsSync(file)) checkFile(file);
  });
  const { open } = await import('lmdb');
  const binary = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
  let root: RootDatabase<Buffer, Buffer>;
  let table: (name: string) => Table;
  try {
    // Plain LMDB: every transaction is synced. There are few of them, the log takes the blocks in between.
    root = open<Buffer, Buffer>({ path: file, ...binary, overlappingSync: false, maxDbs: 16 });
    table = (name) => root.openDB<Buffer, Buffer>({ name, ...binary });
    return {
      path: file,
      meta: table('meta'),
      state: table('state'),
      removed: table('removed'),
      keys: table('keys'),
      blocks: table('blocks'),
      hashes: table('hashes'),
      undo: table('undo'),
      touched: table('touched'),
      transact: (body) => transact(root, file, body),
      close: () => root.close(),
    };
  } catch (error) {
    throw toStoreError(error, what, file);
  }
}
