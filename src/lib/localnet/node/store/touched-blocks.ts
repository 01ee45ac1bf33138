import { pairKey } from './block-codec.ts';
import type { Table } from './lmdb-environment.ts';

/**
 * Index from a key to the blocks that changed it, so that reading an old value costs a look-up and not a walk over
 * blocks. Blocks stand in groups of 256: up to 31 of them as a list of bytes, more as 32 bytes of bits.
 */
const GROUP_BITS = 8;
const GROUP = 1 << GROUP_BITS;
const BITMAP_LENGTH = GROUP / 8;

export function groupOf(block: number): number {
  return block >>> GROUP_BITS;
}

function decode(bytes: Uint8Array): Set<number> {
  if (bytes.length !== BITMAP_LENGTH) return new Set(bytes);
  const offsets = new Set<number>();
  for (let offset = 0; offset < GROUP; offset++) if (bytes[offset >> 3]! & (1 << (offset & 7))) offsets.add(offset);
  return offsets;
}

/** @param offsets each once */
function encode(offsets: readonly number[]): Buffer {
  if (offsets.length < BITMAP_LENGTH) return Buffer.from(offsets.toSorted((a, b) => a - b));
  const bits = Buffer.alloc(BITMAP_LENGTH);
  for (const offset of offsets) bits[offset >> 3]! |= 1 << (offset & 7);
  return bits;
}

/** The smallest offset of a group from `from` on. */
function firstFrom(bytes: Uint8Array, from: number): number | undefined {
  if (bytes.length !== BITMAP_LENGTH) return bytes.find((offset) => offset >= from);
  for (let offset = from; offset < GROUP; offset++) if (bytes[offset >> 3]! & (1 << (offset & 7))) return offset;
  return undefined;
}

/** Inside a transaction: notes that the blocks, all of one group and ascending, changed the key. */
export function addTouched(table: Table, key: number, group: number, blocks: readonly number[]): void {
  const at = pairKey(key, group);
  const known = table.getBinary(at);
  const offsets = blocks.map((block) => block & (GROUP - 1));
  table.putSync(at, encode(known === undefined ? offsets : [...new Set([...decode(known), ...offsets])]));
}

/** The first block after `number` that changed the key. */
export function firstTouchedAfter(table: Table, key: number, number: number): number | undefined {
  const after = number + 1;
  const group = groupOf(after);
  const same = table.getBinary(pairKey(key, group));
  const offset = same === undefined ? undefined : firstFrom(same, after & (GROUP - 1));
  if (offset !== undefined) return group * GROUP + offset;
  for (const { key: at, value } of table.getRange({
    start: pairKey(key, group + 1),
    end: pairKey(key + 1, 0),
    limit: 1,
  })) {
    return at.readUInt32BE(4) * GROUP + firstFrom(value, 0)!;
  }
  return undefined;
}

/** Inside a transaction: forgets blocks after `number` for the key. */
export function dropTouchedAfter(table: Table, key: number, number: number): void {
  const group = groupOf(number);
  const end = pairKey(key + 1, 0);
  for (const at of [...table.getKeys({ start: pairKey(key, group), end })]) {
    if (at.readUInt32BE(4) > group) {
      table.removeSync(at);
      continue;
    }
    const kept = [...decode(table.getBinary(at)!)].filter((offset) => offset <= (number & (GROUP - 1)));
    if (kept.length === 0) table.removeSync(at);
    else table.putSync(at, encode(kept));
  }
}

/** Inside a transaction: forgets the groups that lie wholly up to `number`, for all keys. */
export function dropTouchedUpTo(table: Table, number: number): void {
  const firstKept = groupOf(number + 1);
  for (const at of [...table.getKeys({ start: Buffer.alloc(8) })]) {
    if (at.readUInt32BE(4) < firstKept) table.removeSync(at);
  }
}
