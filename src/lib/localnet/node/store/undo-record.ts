import { copyBytes, copyTo } from './bytes-io.ts';

/**
 * What a block replaced, as stored: numbers of the keys ascending, where each old value ends, then the old values behind
 * one byte each that says whether there was one. One old value is found without reading the others.
 */
export interface UndoEntry {
  readonly key: number;
  readonly old: Uint8Array | undefined;
}

export function encodeUndo(entries: readonly UndoEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => a.key - b.key);
  let total = 4 + 8 * sorted.length;
  for (const { old } of sorted) total += 1 + (old?.length ?? 0);
  const out = Buffer.allocUnsafe(total);
  out.writeUInt32LE(sorted.length);
  let at = 4 + 8 * sorted.length;
  for (let i = 0; i < sorted.length; i++) {
    const { key, old } = sorted[i]!;
    out[at++] = old === undefined ? 0 : 1;
    if (old !== undefined) {
      copyTo(out, old, at);
      at += old.length;
    }
    out.writeUInt32LE(key, 4 + 4 * i);
    out.writeUInt32LE(at, 4 + 4 * sorted.length + 4 * i);
  }
  return out;
}

function oldAt(record: Buffer, count: number, index: number): Uint8Array | undefined {
  const ends = 4 + 4 * count;
  const from = index === 0 ? ends + 4 * count : record.readUInt32LE(ends + 4 * (index - 1));
  if (record[from] === 0) return undefined;
  return copyBytes(record, from + 1, record.readUInt32LE(ends + 4 * index));
}

export function* readUndo(record: Buffer): Iterable<UndoEntry> {
  const count = record.readUInt32LE(0);
  for (let i = 0; i < count; i++) yield { key: record.readUInt32LE(4 + 4 * i), old: oldAt(record, count, i) };
}

/** The entry of one key; undefined when the block did not change it. */
export function findUndo(record: Buffer, key: number): UndoEntry | undefined {
  const count = record.readUInt32LE(0);
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = record.readUInt32LE(4 + 4 * middle);
    if (found === key) return { key, old: oldAt(record, count, middle) };
    if (found < key) low = middle + 1;
    else high = middle;
  }
  return undefined;
}
