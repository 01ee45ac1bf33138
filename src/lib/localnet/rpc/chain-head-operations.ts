import { blake2_256 } from '../frame/hashing.ts';
import type { BlockState } from '../node/block-state.ts';
import type { Engine } from '../node/engine.ts';
import type { Hex } from '../scale/bytes.ts';
import { IncrementalTrie } from '../trie/incremental-trie.ts';
import { hexOf, prefixed } from './json.ts';
import { object, type Param, storageKey } from './params.ts';
import { invalidParams } from './rpc-error.ts';

export type StorageQueryType =
  | 'value'
  | 'hash'
  | 'closestDescendantMerkleValue'
  | 'descendantsValues'
  | 'descendantsHashes';

const TYPES: readonly string[] = [
  'value',
  'hash',
  'closestDescendantMerkleValue',
  'descendantsValues',
  'descendantsHashes',
] satisfies StorageQueryType[];

const queryType: Param<StorageQueryType> = (value, name) => {
  if (typeof value === 'string' && TYPES.includes(value)) return value as StorageQueryType;
  throw invalidParams(`${name}: expected one of ${TYPES.join(', ')}`);
};

/** One item of a storage query, as chainHead_v1 and archive_v1 take it. */
export const storageItem = object({ key: storageKey, type: queryType });

export interface StorageItem {
  readonly key: Hex;
  readonly type: StorageQueryType;
}

export interface StorageResult {
  readonly key: string;
  readonly value?: string;
  readonly hash?: string;
  readonly closestDescendantMerkleValue?: string;
}

/** Answers storage queries on one state, one result at a time, so that long answers can be cut into messages. */
export function* queryItems(engine: Engine, state: BlockState, items: readonly StorageItem[]): Iterable<StorageResult> {
  let trie: IncrementalTrie | undefined;
  for (const { key, type } of items) {
    switch (type) {
      case 'value':
      case 'hash': {
        const value = state.get(key);
        if (value) yield result(key, value, type);
        break;
      }
      case 'descendantsValues':
      case 'descendantsHashes':
        for (const found of state.keys(key)) {
          yield result(found, state.get(found)!, type === 'descendantsValues' ? 'value' : 'hash');
        }
        break;
      case 'closestDescendantMerkleValue': {
        if (engine.store.meta.rootMode !== 'trie') throw new Error('this chain has no state trie');
        trie ??= IncrementalTrie.from(state.keys('').map((found) => [found, state.get(found)!] as const));
        const value = trie.closestDescendant(key);
        if (value) yield { key: prefixed(key), closestDescendantMerkleValue: hexOf(value) };
      }
    }
  }
}

const result = (key: Hex, value: Uint8Array, as: 'value' | 'hash'): StorageResult =>
  as === 'value' ? { key: prefixed(key), value: hexOf(value) } : { key: prefixed(key), hash: hexOf(blake2_256(value)) };
