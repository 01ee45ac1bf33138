import type { Codecs } from './codecs.ts';
import type { Connection } from './connection.ts';

const PAGE = 1000;
/** Keys that one listing may fetch; a node that has more is asked for something narrower. */
const MOST_KEYS = 1_000_000;

/** One storage read: pallet, item, keys. */
export type Query = readonly [pallet: string, item: string, ...keys: unknown[]];

interface ChangeSet {
  readonly block: string;
  readonly changes: readonly (readonly [string, string | null])[];
}

/** Reads the chain's state at one block, so that what a command shows belongs together. */
export class Reader {
  readonly connection: Connection;
  readonly codecs: Codecs;
  /** 0x-hash of the block that is read. */
  readonly at: string;

  constructor(connection: Connection, codecs: Codecs, at: string) {
    this.connection = connection;
    this.codecs = codecs;
    this.at = at;
  }

  async get<T>(...[pallet, item, ...keys]: Query): Promise<T> {
    const key = this.codecs.storageKey(pallet, item, keys);
    const hex = await this.connection.request<string | null>('state_getStorage', [key, this.at]);
    return this.codecs.storageValue(pallet, item, hex) as T;
  }

  /** Several reads in one request, in order. */
  async many<T extends readonly unknown[]>(queries: readonly Query[]): Promise<T> {
    if (queries.length === 0) return [] as unknown as T;
    const keys = queries.map(([pallet, item, ...args]) => this.codecs.storageKey(pallet, item, args));
    const sets = await this.connection.request<readonly ChangeSet[]>('state_queryStorageAt', [keys, this.at]);
    const found = new Map(sets.flatMap(({ changes }) => changes));
    return queries.map(([pallet, item], i) =>
      this.codecs.storageValue(pallet, item, found.get(keys[i]!) ?? null),
    ) as unknown as T;
  }

  /** Entries of a map whose first keys are given. */
  async entries<K extends readonly unknown[], T>(...[pallet, item, ...first]: Query): Promise<(readonly [K, T])[]> {
    const prefix = this.codecs.storageKey(pallet, item, first);
    const entries: (readonly [K, T])[] = [];
    let last: string | null = null;
    for (;;) {
      const keys: string[] = await this.connection.request('state_getKeysPaged', [prefix, PAGE, last, this.at]);
      if (keys.length > 0) {
        const sets = await this.connection.request<readonly ChangeSet[]>('state_queryStorageAt', [keys, this.at]);
        const found = new Map(sets.flatMap(({ changes }) => changes));
        for (const key of keys) {
          const hex = found.get(key);
          if (hex == null) continue;
          entries.push([
            this.codecs.storageKeys(pallet, item, key) as K,
            this.codecs.storageValue(pallet, item, hex) as T,
          ]);
        }
      }
      if (keys.length < PAGE || entries.length >= MOST_KEYS) return entries;
      last = keys.at(-1)!;
    }
  }

  /** Calls a runtime API. */
  async api<T>(api: string, method: string, ...args: readonly unknown[]): Promise<T> {
    const input = this.codecs.apiArguments(api, method, args);
    const hex = await this.connection.request<string>('state_call', [
      `${api}_${method}`,
      `0x${Buffer.from(input).toString('hex')}`,
      this.at,
    ]);
    return this.codecs.apiResult(api, method, hex) as T;
  }

  constant<T>(pallet: string, name: string): T {
    return this.codecs.constant(pallet, name) as T;
  }
}
