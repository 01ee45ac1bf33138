import { fromHex, toHex, utf8 } from '../scale/bytes.ts';
import { Reader } from '../scale/io.ts';
import { encode, type Type } from '../scale/type.ts';
import { ABSENT, type Entry, type Ext, isPresent, type ShortKey, type Slot } from './ext.ts';
import { HASH_LENGTH_BEFORE_KEY, type Hasher, hashKey, twox128 } from './hashing.ts';
import { type ByParams, byParams } from './params.ts';

/** A key part: its hasher and type. */
export interface KeyPart<K> {
  readonly hasher: Hasher;
  readonly type: Type<K>;
}
export const identity = <K>(type: Type<K>): KeyPart<K> => ({ hasher: 'Identity', type });
export const blake2Concat = <K>(type: Type<K>): KeyPart<K> => ({ hasher: 'Blake2_128Concat', type });
export const twox64Concat = <K>(type: Type<K>): KeyPart<K> => ({ hasher: 'Twox64Concat', type });

/** A storage item as metadata shows it. */
export interface StorageItem {
  readonly id: number;
  readonly pallet: string;
  readonly name: string;
  /** twox128(pallet) ++ twox128(item), hex. */
  readonly prefix: string;
  readonly parts: readonly KeyPart<unknown>[];
  readonly valueType: Type<unknown>;
  /** Default value where a read of a missing key answers it (ValueQuery), undefined for OptionQuery. */
  readonly default: ByParams<unknown> | undefined;
  /** Default for ValueQuery, also where the default is an absent Option. */
  readonly modifier: 'Default' | 'Optional';
}

type Keys<P extends readonly KeyPart<unknown>[]> = { [I in keyof P]: P[I] extends KeyPart<infer K> ? K : never };

let nextId = 0;

const hashedNames = new Map<string, string>();
function hashedName(name: string): string {
  const hashed = hashedNames.get(name) ?? toHex(twox128(utf8.encode(name)));
  hashedNames.set(name, hashed);
  return hashed;
}

/** Hashed forms of keys that are strings or numbers, such as accounts and netuids, in hex. */
type HashedKeys = Map<unknown, string>;

/** Accounts stand in dozens of maps: hashing one anew for each of them would be a quarter of an epoch's time. */
const hashedKeys = new WeakMap<Type<unknown>, Map<Hasher, HashedKeys>>();
const MOST_HASHED_KEYS = 1 << 17;

function hashedKeysOf({ type, hasher }: KeyPart<unknown>): HashedKeys {
  const ofType = hashedKeys.get(type) ?? new Map<Hasher, HashedKeys>();
  hashedKeys.set(type, ofType);
  const ofHasher = ofType.get(hasher) ?? new Map<unknown, string>();
  ofType.set(hasher, ofHasher);
  return ofHasher;
}

function hashedKey({ type, hasher }: KeyPart<unknown>, known: HashedKeys, key: unknown): string {
  const cached = known.get(key);
  if (cached !== undefined) return cached;
  const hashed = toHex(hashKey(hasher, encode(type, key)));
  if (typeof key === 'string' || typeof key === 'number') {
    if (known.size >= MOST_HASHED_KEYS) known.clear();
    known.set(key, hashed);
  }
  return hashed;
}

abstract class Item<T, R> implements StorageItem {
  readonly id = nextId++;
  readonly pallet: string;
  readonly name: string;
  readonly parts: readonly KeyPart<unknown>[];
  readonly valueType: Type<unknown>;
  readonly default: ByParams<unknown> | undefined;
  readonly modifier: 'Default' | 'Optional';
  private hashedName: string | undefined;
  private readonly defaultsMade: { normal?: R; fast?: R } = {};
  private readonly hashed: readonly HashedKeys[];

  constructor(
    pallet: string,
    name: string,
    parts: readonly KeyPart<unknown>[],
    type: Type<T>,
    fallback: ByParams<T> | undefined,
    modifier: StorageItem['modifier'] = fallback === undefined ? 'Optional' : 'Default',
  ) {
    this.pallet = pallet;
    this.name = name;
    this.parts = parts;
    this.valueType = type as Type<unknown>;
    this.default = fallback;
    this.modifier = modifier;
    this.hashed = parts.map(hashedKeysOf);
  }

  /** Made when it is first asked for: a process touches a part of the chain's items only. */
  get prefix(): string {
    this.hashedName ??= hashedName(this.pallet) + hashedName(this.name);
    return this.hashedName;
  }

  /** What a read of a missing key answers. */
  fallback(x: Ext): R {
    const made = x.params.fast ? 'fast' : 'normal';
    if (!(made in this.defaultsMade)) this.defaultsMade[made] = byParams(this.default, x.params) as R;
    return this.defaultsMade[made] as R;
  }

  protected readEntry(x: Ext, entry: Entry): R {
    const value = x.read(entry);
    return value === ABSENT ? this.fallback(x) : (value as R);
  }

  /** Bytes that are no value of the type stay. */
  protected takeEntry(x: Ext, entry: Entry): R {
    const value = x.read(entry);
    if (value === ABSENT) return this.fallback(x);
    x.write(entry, ABSENT);
    return value as R;
  }

  protected makeKey(keys: readonly unknown[]): string {
    let key = this.prefix;
    for (let i = 0; i < keys.length; i++) key += hashedKey(this.parts[i]!, this.hashed[i]!, keys[i]);
    return key;
  }

  /** Keys of an entry read back from the storage key. @throws Error where a hasher hides them. */
  protected keysOf(x: Ext, key: string): readonly unknown[] {
    const entry = x.entry(key, this.valueType);
    if (!entry.keys) {
      const input = new Reader(fromHex(key.slice(this.prefix.length)));
      entry.keys = this.parts.map((part) => {
        const skip = HASH_LENGTH_BEFORE_KEY[part.hasher];
        if (skip === null) throw new Error(`${this.pallet}.${this.name} cannot be iterated`);
        input.claim(skip);
        return part.type.decode(input);
      });
    }
    return entry.keys;
  }

  /** Removes everything under the item. Returns how many keys went. */
  protected clearKeys(x: Ext, prefix: string): number {
    const keys = x.keysWithPrefix(prefix);
    for (const key of keys) x.write(x.entry(key, this.valueType), ABSENT);
    return keys.length;
  }

  protected *entriesUnder(
    x: Ext,
    prefix: string,
  ): Generator<{ readonly keys: readonly unknown[]; readonly value: R; readonly entry: Entry }> {
    for (const key of x.keysWithPrefix(prefix)) {
      const entry = x.entry(key, this.valueType);
      const value = x.read(entry);
      if (value !== ABSENT) yield { keys: this.keysOf(x, key), value: value as R, entry };
    }
  }
}

/** `StorageValue`. `R` is `T` under ValueQuery and `T | undefined` under OptionQuery. */
export class StorageValue<T, R> extends Item<T, R> {
  private entry(x: Ext): Entry {
    const slot = x.slot(this.id);
    let entry = slot.get(0) as Entry | undefined;
    if (!entry) {
      entry = x.entry(this.prefix, this.valueType);
      slot.set(0, entry);
    }
    return entry;
  }

  get(x: Ext): R {
    return this.readEntry(x, this.entry(x));
  }
  exists(x: Ext): boolean {
    return isPresent(this.entry(x));
  }
  put(x: Ext, value: T): void {
    x.write(this.entry(x), value);
  }
  kill(x: Ext): void {
    x.write(this.entry(x), ABSENT);
  }
  take(x: Ext): R {
    return this.takeEntry(x, this.entry(x));
  }
  mutate(x: Ext, change: (value: R) => T): void {
    this.put(x, change(this.get(x)));
  }
}

abstract class MapItem<T, R> extends Item<T, R> {
  /** Present keys of the whole item, in storage order. */
  *rawKeys(x: Ext): Generator<readonly unknown[]> {
    for (const key of x.keysWithPrefix(this.prefix)) yield this.keysOf(x, key);
  }
  /** Removes every entry. */
  clear(x: Ext): number {
    return this.clearKeys(x, this.prefix);
  }
  isEmpty(x: Ext): boolean {
    return !x.hasPrefix(this.prefix);
  }
}

/** `StorageMap`. Iteration is in storage (trie) order over a snapshot of the keys. */
export class StorageMap<K, T, R> extends MapItem<T, R> {
  private entry(x: Ext, key: K): Entry {
    const slot = x.slot(this.id);
    const short = shortKey(key);
    let entry = slot.get(short) as Entry | undefined;
    if (!entry) {
      entry = x.entry(this.makeKey([key]), this.valueType);
      entry.keys ??= [key];
      slot.set(short, entry);
    }
    return entry;
  }

  get(x: Ext, key: K): R {
    return this.readEntry(x, this.entry(x, key));
  }
  /** The stored value, undefined when there is none (also under ValueQuery). */
  tryGet(x: Ext, key: K): T | undefined {
    const value = x.read(this.entry(x, key));
    return value === ABSENT ? undefined : (value as T);
  }
  containsKey(x: Ext, key: K): boolean {
    return isPresent(this.entry(x, key));
  }
  insert(x: Ext, key: K, value: T): void {
    x.write(this.entry(x, key), value);
  }
  remove(x: Ext, key: K): void {
    x.write(this.entry(x, key), ABSENT);
  }
  take(x: Ext, key: K): R {
    return this.takeEntry(x, this.entry(x, key));
  }
  mutate(x: Ext, key: K, change: (value: R) => T): void {
    this.insert(x, key, change(this.get(x, key)));
  }
  *iter(x: Ext): Generator<readonly [K, T]> {
    for (const { keys, value } of this.entriesUnder(x, this.prefix)) yield [keys[0] as K, value as unknown as T];
  }
  *keys(x: Ext): Generator<K> {
    for (const keys of this.rawKeys(x)) yield keys[0] as K;
  }
  storageKey(key: K): string {
    return this.makeKey([key]);
  }
}

/** `StorageDoubleMap`. */
export class StorageDoubleMap<K1, K2, T, R> extends MapItem<T, R> {
  private entry(x: Ext, key1: K1, key2: K2): Entry {
    const short1 = shortKey(key1);
    const short2 = shortKey(key2);
    // Few netuids, many accounts: netuids go first, so that there are few tables.
    const isReverse = typeof short2 === 'number';
    const slot = levelBelow(x.slot(this.id), isReverse ? short2 : short1);
    const last = isReverse ? short1 : short2;
    let entry = slot.get(last) as Entry | undefined;
    if (!entry) {
      entry = x.entry(this.makeKey([key1, key2]), this.valueType);
      entry.keys ??= [key1, key2];
      slot.set(last, entry);
    }
    return entry;
  }
  private prefixOf(key1: K1): string {
    return this.makeKey([key1]);
  }

  get(x: Ext, key1: K1, key2: K2): R {
    return this.readEntry(x, this.entry(x, key1, key2));
  }
  tryGet(x: Ext, key1: K1, key2: K2): T | undefined {
    const value = x.read(this.entry(x, key1, key2));
    return value === ABSENT ? undefined : (value as T);
  }
  containsKey(x: Ext, key1: K1, key2: K2): boolean {
    return isPresent(this.entry(x, key1, key2));
  }
  insert(x: Ext, key1: K1, key2: K2, value: T): void {
    x.write(this.entry(x, key1, key2), value);
  }
  remove(x: Ext, key1: K1, key2: K2): void {
    x.write(this.entry(x, key1, key2), ABSENT);
  }
  take(x: Ext, key1: K1, key2: K2): R {
    return this.takeEntry(x, this.entry(x, key1, key2));
  }
  mutate(x: Ext, key1: K1, key2: K2, change: (value: R) => T): void {
    this.insert(x, key1, key2, change(this.get(x, key1, key2)));
  }
  *iter(x: Ext): Generator<readonly [K1, K2, T]> {
    for (const { keys, value } of this.entriesUnder(x, this.prefix))
      yield [keys[0] as K1, keys[1] as K2, value as unknown as T];
  }
  *iterPrefix(x: Ext, key1: K1): Generator<readonly [K2, T]> {
    for (const { keys, value } of this.entriesUnder(x, this.prefixOf(key1)))
      yield [keys[1] as K2, value as unknown as T];
  }
  *keysPrefix(x: Ext, key1: K1): Generator<K2> {
    for (const key of x.keysWithPrefix(this.prefixOf(key1))) yield this.keysOf(x, key)[1] as K2;
  }
  clearPrefix(x: Ext, key1: K1): number {
    return this.clearKeys(x, this.prefixOf(key1));
  }
  hasPrefix(x: Ext, key1: K1): boolean {
    return x.hasPrefix(this.prefixOf(key1));
  }
  storageKey(key1: K1, key2: K2): string {
    return this.makeKey([key1, key2]);
  }
}

/** `StorageNMap` of three and more keys. */
export class StorageNMap<K extends readonly unknown[], T, R> extends MapItem<T, R> {
  private entry(x: Ext, keys: K): Entry {
    let slot = x.slot(this.id);
    for (let i = keys.length - 1; i > 0; i--) slot = levelBelow(slot, shortKey(keys[i]));
    const last = shortKey(keys[0]);
    let entry = slot.get(last) as Entry | undefined;
    if (!entry) {
      entry = x.entry(this.makeKey(keys), this.valueType);
      entry.keys ??= keys;
      slot.set(last, entry);
    }
    return entry;
  }

  get(x: Ext, keys: K): R {
    return this.readEntry(x, this.entry(x, keys));
  }
  tryGet(x: Ext, keys: K): T | undefined {
    const value = x.read(this.entry(x, keys));
    return value === ABSENT ? undefined : (value as T);
  }
  containsKey(x: Ext, keys: K): boolean {
    return isPresent(this.entry(x, keys));
  }
  insert(x: Ext, keys: K, value: T): void {
    x.write(this.entry(x, keys), value);
  }
  remove(x: Ext, keys: K): void {
    x.write(this.entry(x, keys), ABSENT);
  }
  take(x: Ext, keys: K): R {
    return this.takeEntry(x, this.entry(x, keys));
  }
  mutate(x: Ext, keys: K, change: (value: R) => T): void {
    this.insert(x, keys, change(this.get(x, keys)));
  }
  *iter(x: Ext): Generator<readonly [K, T]> {
    for (const { keys, value } of this.entriesUnder(x, this.prefix))
      yield [keys as unknown as K, value as unknown as T];
  }
  /** Entries whose first keys are `first`. */
  *iterPrefix(x: Ext, first: readonly unknown[]): Generator<readonly [K, T]> {
    for (const { keys, value } of this.entriesUnder(x, this.makeKey(first)))
      yield [keys as unknown as K, value as unknown as T];
  }
  /** Up to `limit` entries' storage keys and keys, in storage order, that come after a storage key (`''`: from the first on). */
  keysAfter(x: Ext, after: string, limit: number): readonly (readonly [storageKey: string, keys: K])[] {
    return x.keysAfter(this.prefix, after, limit).map((key) => [key, this.keysOf(x, key) as unknown as K]);
  }
  clearPrefix(x: Ext, first: readonly unknown[]): number {
    return this.clearKeys(x, this.makeKey(first));
  }
  hasPrefix(x: Ext, first: readonly unknown[]): boolean {
    return x.hasPrefix(this.makeKey(first));
  }
  storageKey(keys: K): string {
    return this.makeKey(keys);
  }
}

function levelBelow(slot: Slot, key: ShortKey): Slot {
  let below = slot.get(key) as Slot | undefined;
  if (!below) {
    below = new Map();
    slot.set(key, below);
  }
  return below;
}

function shortKey(key: unknown): ShortKey {
  if (typeof key === 'string' || typeof key === 'number') return key;
  if (typeof key === 'bigint' || typeof key === 'boolean') return String(key);
  if (key instanceof Uint8Array) return toHex(key);
  if (Array.isArray(key) && key.every((word) => typeof word === 'bigint')) return key.join();
  return JSON.stringify(key, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** Declares a pallet's storage. `items` collects the declarations in order, for metadata. */
export interface StorageSpace {
  readonly pallet: string;
  readonly items: StorageItem[];
  /** ValueQuery: a read of a missing value answers `fallback`. */
  value<T>(name: string, type: Type<T>, fallback: ByParams<T>): StorageValue<T, T>;
  /** OptionQuery. */
  optionalValue<T>(name: string, type: Type<T>): StorageValue<T, T | undefined>;
  map<K, T>(name: string, key: KeyPart<K>, type: Type<T>, fallback: ByParams<T>): StorageMap<K, T, T>;
  optionalMap<K, T>(name: string, key: KeyPart<K>, type: Type<T>): StorageMap<K, T, T | undefined>;
  doubleMap<K1, K2, T>(
    name: string,
    key1: KeyPart<K1>,
    key2: KeyPart<K2>,
    type: Type<T>,
    fallback: ByParams<T>,
  ): StorageDoubleMap<K1, K2, T, T>;
  optionalDoubleMap<K1, K2, T>(
    name: string,
    key1: KeyPart<K1>,
    key2: KeyPart<K2>,
    type: Type<T>,
  ): StorageDoubleMap<K1, K2, T, T | undefined>;
  nMap<const P extends readonly KeyPart<unknown>[], T>(
    name: string,
    keys: P,
    type: Type<T>,
    fallback: ByParams<T>,
  ): StorageNMap<Keys<P>, T, T>;
  optionalNMap<const P extends readonly KeyPart<unknown>[], T>(
    name: string,
    keys: P,
    type: Type<T>,
  ): StorageNMap<Keys<P>, T, T | undefined>;
}

export function storageOf(pallet: string): StorageSpace {
  const items: StorageItem[] = [];
  const add = <I extends StorageItem>(item: I): I => {
    items.push(item);
    return item;
  };
  const untyped = <K>(part: KeyPart<K>) => part as KeyPart<unknown>;
  return {
    pallet,
    items,
    value: (name, type, fallback) => add(new StorageValue(pallet, name, [], type, fallback, 'Default')),
    optionalValue: (name, type) => add(new StorageValue(pallet, name, [], type, undefined)),
    map: (name, key, type, fallback) => add(new StorageMap(pallet, name, [untyped(key)], type, fallback)),
    optionalMap: (name, key, type) => add(new StorageMap(pallet, name, [untyped(key)], type, undefined)),
    doubleMap: (name, key1, key2, type, fallback) =>
      add(new StorageDoubleMap(pallet, name, [untyped(key1), untyped(key2)], type, fallback)),
    optionalDoubleMap: (name, key1, key2, type) =>
      add(new StorageDoubleMap(pallet, name, [untyped(key1), untyped(key2)], type, undefined)),
    nMap: (name, keys, type, fallback) => add(new StorageNMap(pallet, name, keys, type, fallback)),
    optionalNMap: (name, keys, type) => add(new StorageNMap(pallet, name, keys, type, undefined)),
  };
}
