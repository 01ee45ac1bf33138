import { equalBytes } from '../scale/bytes.ts';
import { Reader, ScaleError } from '../scale/io.ts';
import { encode, type Type } from '../scale/type.ts';
import { KeyOrder } from './key-order.ts';
import { lowerBound } from './lower-bound.ts';
import type { Params } from './params.ts';
import type { RuntimeHandle } from './runtime-handle.ts';
import type { StateReader } from './state-reader.ts';

/** A storage write: the new value, or null for a removed key. */
export type Change = readonly [key: string, value: Uint8Array | null];

/** No value under this key. */
export const ABSENT: unique symbol = Symbol('absent');
const UNDECODED: unique symbol = Symbol('undecoded');

/**
 * One storage key in the execution context: its current value, decoded at most once. What is decoded is not kept encoded
 * as well, the store has the bytes, but for short values that were written: the next block writes most of them again and
 * asks what was there. Values are never changed in place; a write puts a new one.
 */
export interface Entry {
  readonly key: string;
  /** The storage item's value type; undefined while the key has only been touched raw. */
  type: Type<unknown> | undefined;
  value: unknown;
  /** Encoded form of `value`; null when it has to be encoded or fetched first, undefined when the key is absent. */
  raw: Uint8Array | null | undefined;
  /** What the store below holds (undefined: nothing), while the entry is dirty. */
  base: Uint8Array | undefined;
  /** Written since the last block. */
  dirty: boolean;
  /** See `KeyOrder`. */
  ordered: boolean;
  /** Decoded keys of a map entry, for iteration. */
  keys: readonly unknown[] | undefined;
}

export type ShortKey = string | number;
/** A storage item's entries by the short forms of their keys, one level a key. */
export type Slot = Map<ShortKey, Entry | Slot>;

/** Longest encoded form, in bytes, that stays beside a decoded value. */
const LONGEST_KEPT = 64;
/** Some 60 MB, which the epochs of a dozen full subnets fit into. */
const MOST_ENTRIES = 1 << 17;

interface Undo {
  readonly entry: Entry;
  readonly value: unknown;
  readonly raw: Uint8Array | null | undefined;
}

export type Phase =
  | { readonly type: 'ApplyExtrinsic'; readonly value: number }
  | { readonly type: 'Finalization' }
  | { readonly type: 'Initialization' };

/** An event as it goes into System.Events: phase, SCALE bytes of the runtime event, topics (always empty on this chain). */
export interface DepositedEvent {
  readonly phase: Phase;
  readonly bytes: Uint8Array;
}

/** Whether the key holds bytes, whatever they are. */
export function isPresent(entry: Entry): boolean {
  return entry.raw !== undefined;
}

/** What FRAME's storage reads from bytes: those left over do not matter. */
function decodedOrAbsent(type: Type<unknown>, raw: Uint8Array): unknown {
  try {
    return type.decode(new Reader(raw));
  } catch (thrown) {
    if (!(thrown instanceof ScaleError)) throw thrown;
    return ABSENT;
  }
}

/**
 * The externalities of the runtime: state with nested transactions over a committed store, the events of the block,
 * and access to the runtime itself. It lives as long as the head does, so that decoded values survive from block to block.
 */
export class Ext {
  base: StateReader;
  readonly params: Params;
  readonly runtime: RuntimeHandle;
  phase: Phase = { type: 'Initialization' };
  events: DepositedEvent[] = [];

  private readonly entries = new Map<string, Entry>();
  private readonly slots: Slot[] = [];
  private readonly undo: Undo[] = [];
  private readonly marks: { readonly undo: number; readonly events: number }[] = [];
  private dirty: Entry[] = [];
  private readonly order = new KeyOrder<Entry>();
  /** What `changes` answered last, while nothing was written since. */
  private known: readonly Change[] | undefined;
  private readonly indexes = new Map<string, string[]>();
  private readonly indexLengths = new Set<number>();
  private readonly mostEntries: number;

  /** @param mostEntries above this many entries, the keys that were looked for in vain among them, they start anew at a block's end */
  constructor(base: StateReader, params: Params, runtime: RuntimeHandle, mostEntries = MOST_ENTRIES) {
    this.mostEntries = mostEntries;
    this.base = base;
    this.params = params;
    this.runtime = runtime;
  }

  // ---- transactions -------------------------------------------------------------------------------------------

  begin(): void {
    this.marks.push({ undo: this.undo.length, events: this.events.length });
  }

  commit(): void {
    if (!this.marks.pop()) throw new Error('commit without begin');
    if (this.marks.length === 0) this.undo.length = 0;
  }

  rollback(): void {
    const mark = this.marks.pop();
    if (!mark) throw new Error('rollback without begin');
    this.known = undefined;
    while (this.undo.length > mark.undo) {
      const { entry, value, raw } = this.undo.pop()!;
      const was = isPresent(entry);
      entry.value = value;
      entry.raw = raw;
      if (was !== isPresent(entry)) this.index(entry);
    }
    this.events.length = mark.events;
  }

  /** Runs `body` in a storage layer: what it throws undoes what it wrote, events included. */
  transact<T>(body: () => T): T {
    this.begin();
    let result: T;
    try {
      result = body();
    } catch (thrown) {
      this.rollback();
      throw thrown;
    }
    this.commit();
    return result;
  }

  /** Runs `body` and undoes whatever it wrote, for simulations. */
  simulate<T>(body: () => T): T {
    this.begin();
    try {
      return body();
    } finally {
      this.rollback();
    }
  }

  get depth(): number {
    return this.marks.length;
  }

  // ---- typed access (used by storage items) -------------------------------------------------------------------

  /** The table of a storage item's entries; empty after the end of some blocks. */
  slot(itemId: number): Slot {
    let slot = this.slots[itemId];
    if (!slot) {
      slot = new Map();
      this.slots[itemId] = slot;
    }
    return slot;
  }

  /** The entry of a storage key, loaded from the store on first touch. */
  entry(key: string, type?: Type<unknown>): Entry {
    let entry = this.entries.get(key);
    if (!entry) {
      const raw = this.base.get(key);
      entry = {
        key,
        type,
        value: raw ? UNDECODED : ABSENT,
        raw,
        base: undefined,
        dirty: false,
        ordered: false,
        keys: undefined,
      };
      this.entries.set(key, entry);
    } else if (type && !entry.type) entry.type = type;
    return entry;
  }

  /** The decoded value, or ABSENT: also where bytes that were put raw are no value of the type, as in the chain. */
  read(entry: Entry): unknown {
    if (entry.value === UNDECODED) {
      const { raw, type } = entry;
      if (!raw || !type) throw new Error(`storage key ${entry.key} has no type`);
      entry.value = decodedOrAbsent(type, raw);
      if (!entry.dirty) entry.raw = null;
    }
    return entry.value;
  }

  write(entry: Entry, value: unknown): void {
    this.change(entry, value, value === ABSENT ? undefined : null);
  }

  private change(entry: Entry, value: unknown, raw: Uint8Array | null | undefined): void {
    if (value === ABSENT && !isPresent(entry)) return;
    this.known = undefined;
    if (!entry.dirty) {
      // A write that is undone must leave the very bytes that were there, even where they are not how we would encode them.
      entry.raw = this.bytesOf(entry);
      entry.base = entry.raw;
      entry.dirty = true;
      this.dirty.push(entry);
    }
    if (this.marks.length > 0) this.undo.push({ entry, value: entry.value, raw: entry.raw });
    const was = isPresent(entry);
    entry.value = value;
    entry.raw = raw;
    if (was !== isPresent(entry)) this.index(entry);
  }

  /** Encoded value of an entry, undefined when absent. */
  bytesOf(entry: Entry): Uint8Array | undefined {
    if (entry.raw === null) {
      if (!entry.dirty) return this.base.get(entry.key);
      if (!entry.type) throw new Error(`storage key ${entry.key} has no type`);
      entry.raw = encode(entry.type, entry.value);
    }
    return entry.raw;
  }

  // ---- raw access ---------------------------------------------------------------------------------------------

  getRaw(key: string): Uint8Array | undefined {
    return this.bytesOf(this.entry(key));
  }

  /** Writes bytes; a decoded value of the key is dropped. */
  putRaw(key: string, bytes: Uint8Array): void {
    this.change(this.entry(key), UNDECODED, bytes);
  }

  killRaw(key: string): void {
    this.change(this.entry(key), ABSENT, undefined);
  }

  /** Present keys under a hex prefix, ascending, this block's writes included. A snapshot: later writes do not change it. */
  keysWithPrefix(prefix: string): readonly string[] {
    return this.indexOf(prefix).slice();
  }

  /** Up to `limit` present keys under a prefix that come after `after`, ascending. */
  keysAfter(prefix: string, after: string, limit: number): readonly string[] {
    const sorted = this.indexOf(prefix);
    const at = lowerBound(sorted, after);
    const from = sorted[at] === after ? at + 1 : at;
    return sorted.slice(from, from + limit);
  }

  /** Whether any key under the prefix is present. */
  hasPrefix(prefix: string): boolean {
    return this.indexOf(prefix).length > 0;
  }

  private indexOf(prefix: string): string[] {
    const known = this.indexes.get(prefix);
    if (known) return known;
    const found = new Set(this.base.keys(prefix));
    for (const entry of this.dirty) {
      if (!entry.key.startsWith(prefix)) continue;
      if (isPresent(entry)) found.add(entry.key);
      else found.delete(entry.key);
    }
    const sorted = [...found].sort();
    this.indexes.set(prefix, sorted);
    this.indexLengths.add(prefix.length);
    return sorted;
  }

  private index(entry: Entry): void {
    for (const length of this.indexLengths) {
      const sorted = this.indexes.get(entry.key.slice(0, length));
      if (!sorted) continue;
      const at = lowerBound(sorted, entry.key);
      if (isPresent(entry)) {
        if (sorted[at] !== entry.key) sorted.splice(at, 0, entry.key);
      } else if (sorted[at] === entry.key) sorted.splice(at, 1);
    }
  }

  // ---- block boundary -----------------------------------------------------------------------------------------

  /** Differences to the store below, ascending by key, without forgetting them. */
  changes(): readonly Change[] {
    if (this.known) return this.known;
    this.order.add(this.dirty);
    const changes: Change[] = [];
    for (const entry of this.order.all) {
      if (!entry.dirty) continue;
      const raw = this.bytesOf(entry);
      if (raw === undefined) {
        if (entry.base !== undefined) changes.push([entry.key, null]);
      } else if (entry.base === undefined || !equalBytes(raw, entry.base)) changes.push([entry.key, raw]);
    }
    this.known = changes;
    return changes;
  }

  /** Tells that the store below now holds everything: call after the block's changes were committed to it. */
  settle(): void {
    if (this.marks.length > 0) throw new Error('settle inside a transaction');
    this.order.thin(this.dirty.length);
    for (const entry of this.dirty) {
      entry.base = undefined;
      entry.dirty = false;
      if (entry.raw && entry.raw.length > LONGEST_KEPT && entry.value !== UNDECODED) entry.raw = null;
    }
    this.dirty = [];
    if (this.entries.size > this.mostEntries) {
      this.entries.clear();
      this.slots.length = 0;
      this.order.clear();
    }
    this.known = undefined;
    this.events = [];
    this.phase = { type: 'Initialization' };
  }
}
