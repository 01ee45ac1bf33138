import type { StateReader } from '../../frame/state-reader.ts';
import type { Hex } from '../../scale/bytes.ts';
import type { ChainStore } from './chain-store.ts';
import { noSuchBlock, notRetained } from './checks.ts';

type ValueAt = (key: Hex, number: number) => Uint8Array | undefined;
type KeysEver = (prefix: Hex) => Hex[];

/** The state after one block: the head's while the block is the head, composed from what later blocks replaced after that. */
export class StateAt implements StateReader {
  private readonly store: ChainStore;
  private readonly number: number;
  private readonly hash: Hex;
  private readonly valueAt: ValueAt;
  private readonly keysEver: KeysEver;
  private checked = -1;

  /** @throws StoreError `unknown-block` or `pruned`. */
  static of(store: ChainStore, id: number | Hex, valueAt: ValueAt, keysEver: KeysEver): StateAt {
    const number = typeof id === 'number' ? id : store.numberOf(id);
    const hash = number === undefined ? undefined : store.hashOf(number);
    if (number === undefined || hash === undefined) throw noSuchBlock(id);
    const reader = new StateAt(store, number, hash, valueAt, keysEver);
    reader.isHead();
    return reader;
  }

  private constructor(store: ChainStore, number: number, hash: Hex, valueAt: ValueAt, keysEver: KeysEver) {
    this.store = store;
    this.number = number;
    this.hash = hash;
    this.valueAt = valueAt;
    this.keysEver = keysEver;
  }

  get(key: Hex): Uint8Array | undefined {
    return this.isHead() ? this.store.get(key) : this.valueAt(key, this.number);
  }

  keys(prefix: Hex): Hex[] {
    if (this.isHead()) return this.store.keys(prefix);
    return this.keysEver(prefix).filter((key) => this.valueAt(key, this.number) !== undefined);
  }

  /** Whether the block is the head; throws when it is no longer on the chain or its state no longer kept. */
  private isHead(): boolean {
    const { head, historyStart } = this.store;
    if (head?.hash === this.hash) return true;
    if (this.checked === this.store.revision) return false;
    if (this.store.hashOf(this.number) !== this.hash) throw noSuchBlock(this.hash);
    if (this.number < (historyStart ?? 0)) throw notRetained(this.number);
    this.checked = this.store.revision;
    return false;
  }
}
