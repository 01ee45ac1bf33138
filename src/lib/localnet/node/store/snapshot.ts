import { brotliCompressSync, brotliDecompressSync, constants, crc32 } from 'node:zlib';
import { equalBytes } from '../../scale/bytes.ts';
import type { Change, Pair } from '../../trie/change.ts';
import { readBlock, readChanges, writeBlock, writeChanges } from './block-codec.ts';
import { ByteReader, ByteWriter } from './bytes-io.ts';
import type { ChainExport } from './chain-export.ts';
import type { ChainMeta, ChainStore, Json, StoredBlock } from './chain-store.ts';
import { StoreError } from './store-error.ts';

/**
 * The canonical form of a chain: the same chain gives the same bytes, whatever store it comes from.
 *
 * Little-endian: magic, version, length-prefixed JSON of the meta data with sorted keys, finalized block, first block
 * with history, then the state's pairs, the blocks and the reverse diffs, each behind their count, and a CRC-32.
 */
const MAGIC = Buffer.from('LOCALNET', 'latin1');
const VERSION = 1;
const ABSENT = 0xffffffff;
/** No snapshot of a development chain is larger; stops a small file that unpacks to fill the memory. */
const LONGEST = 1 << 30;

export interface ExportOptions {
  /** Includes what each block replaced, so that the state of earlier blocks can be read after an import. Default: no. */
  readonly history?: boolean | undefined;
}

/** All of a chain as data; `encodeExport` makes bytes of it. */
export function exportChain(store: ChainStore, options: ExportOptions = {}): ChainExport {
  const { meta, head, finalized, historyStart } = store;
  const state = [...store.entries()];
  const blocks: StoredBlock[] = [];
  const reverseDiffs: [number, readonly Change[]][] = [];
  for (let number = head?.number ?? -1; number >= 0; number--) {
    const block = store.block(number);
    if (block === undefined) break;
    blocks.push(block);
    if (!options.history || number <= historyStart!) continue;
    const diff = store.reverseDiff(number);
    if (diff !== undefined) reverseDiffs.push([number, diff]);
  }
  return {
    meta,
    finalized: finalized?.number,
    historyStart: options.history ? historyStart : head?.number,
    state,
    blocks: blocks.reverse(),
    reverseDiffs: reverseDiffs.reverse(),
  };
}

/** The canonical bytes, uncompressed. */
export function encodeExport(data: ChainExport): Uint8Array {
  const out = new ByteWriter(1 << 20);
  out.raw(MAGIC);
  out.u32(VERSION);
  out.bytes(Buffer.from(JSON.stringify(sortedKeys(data.meta as unknown as Json)), 'utf8'));
  out.u32(data.finalized ?? ABSENT);
  out.u32(data.historyStart ?? ABSENT);
  writeChanges(out, data.state);
  out.u32(data.blocks.length);
  for (const block of data.blocks) {
    out.u32(block.number);
    writeBlock(out, block);
  }
  out.u32(data.reverseDiffs.length);
  for (const [number, diff] of data.reverseDiffs) {
    out.u32(number);
    writeChanges(out, diff);
  }
  out.u32(crc32(out.view()));
  return out.finish();
}

/** Reads canonical bytes or their compressed form. @throws StoreError `newer-version` or `corrupt`. */
export function decodeExport(bytes: Uint8Array): ChainExport {
  const plain = uncompressed(bytes);
  const body = plain.length - 4;
  const reader = new ByteReader(plain, MAGIC.length, body);
  const version = reader.u32();
  if (version > VERSION) {
    throw new StoreError('newer-version', `the snapshot has version ${version}, this program knows ${VERSION}`);
  }
  if (crc32(plain.subarray(0, body)) !== Buffer.from(plain.buffer, plain.byteOffset + body, 4).readUInt32LE(0)) {
    throw new StoreError('corrupt', 'the snapshot is damaged: its checksum does not fit');
  }
  const meta = JSON.parse(Buffer.from(reader.someBytes()).toString('utf8')) as ChainMeta;
  const finalized = optional(reader.u32());
  const historyStart = optional(reader.u32());
  const state = readChanges(reader) as unknown as Pair[];
  const blocks: StoredBlock[] = [];
  for (let left = reader.u32(); left > 0; left--) blocks.push(readBlock(reader, reader.u32()));
  const reverseDiffs: [number, Change[]][] = [];
  for (let left = reader.u32(); left > 0; left--) reverseDiffs.push([reader.u32(), readChanges(reader)]);
  if (reader.left > 0) throw new StoreError('corrupt', `the snapshot has ${reader.left} bytes too many`);
  return { meta, finalized, historyStart, state, blocks, reverseDiffs };
}

/** The form to ship: Brotli, unpacked by `decodeExport`. @param quality 0 to 11; 11 is slow and small. */
export function compressExport(canonical: Uint8Array, quality = 11): Uint8Array {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: canonical.length,
  };
  return plainArray(brotliCompressSync(canonical, { params }));
}

/** Whether two exports, each plain or compressed, hold the same chain. */
export function equalExports(a: Uint8Array, b: Uint8Array): boolean {
  return equalBytes(uncompressed(a), uncompressed(b));
}

function uncompressed(bytes: Uint8Array): Uint8Array {
  if (startsWithMagic(bytes)) return bytes;
  let plain: Uint8Array;
  try {
    plain = plainArray(brotliDecompressSync(bytes, { maxOutputLength: LONGEST }));
  } catch (cause) {
    throw new StoreError('corrupt', 'this is no snapshot of a chain', { cause });
  }
  if (!startsWithMagic(plain)) throw new StoreError('corrupt', 'this is no snapshot of a chain');
  return plain;
}

function startsWithMagic(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length + 8 && MAGIC.every((byte, index) => bytes[index] === byte);
}

function optional(word: number): number | undefined {
  return word === ABSENT ? undefined : word;
}

function plainArray(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value as Record<string, Json>).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, sortedKeys(inner)]));
}
