import { blake2b256 } from '../hash/blake2b.ts';
import { equalBytes, type Hex } from '../scale/bytes.ts';
import type { Change, Pair } from './change.ts';
import {
  EMPTY_ROOT,
  encodeNode,
  isHashedValue,
  type MerkleValue,
  merkleValue,
  type NodeParts,
  nibbleAt,
  rootHash,
  type StateVersion,
} from './node-codec.ts';

const DIGITS = '0123456789abcdef';

/** Marks the nodes that one writer has made since its last fork: it alone may change them in place. */
type Owner = object;

interface Node {
  partial: string;
  value: Uint8Array | undefined;
  valueHash: Uint8Array | undefined;
  children: (Node | undefined)[] | undefined;
  /** What the parent holds of this node; undefined until it is asked for after a change. */
  merkle: MerkleValue | undefined;
  readonly owner: Owner;
}

function commonLength(partial: string, key: string, from: number): number {
  const limit = Math.min(partial.length, key.length - from);
  let length = 0;
  while (length < limit && partial.charCodeAt(length) === key.charCodeAt(from + length)) length++;
  return length;
}

/**
 * The state trie kept in memory, so that a root costs the paths to the keys that changed since the last one.
 *
 * Nodes are shared between a trie and its forks and are copied before they change, so a fork costs nothing and either
 * side may go on. A block's two roots: `const next = trie.fork()`, apply the changes so far, `next.root()`
 * (the intermediate root), apply the rest, `next.root()`; then keep `next` as the trie of the new head, or drop it.
 */
export class IncrementalTrie {
  private top: Node | undefined;
  private rootBytes: Uint8Array | undefined;
  private owner: Owner = {};
  readonly version: StateVersion;

  constructor(version: StateVersion = 1) {
    this.version = version;
  }

  static from(pairs: Iterable<Pair>, version: StateVersion = 1): IncrementalTrie {
    const trie = new IncrementalTrie(version);
    trie.apply(pairs);
    return trie;
  }

  /** A trie with the same content; changes to either do not show in the other. */
  fork(): IncrementalTrie {
    const fork = new IncrementalTrie(this.version);
    fork.top = this.top;
    fork.rootBytes = this.rootBytes;
    this.owner = {};
    return fork;
  }

  /** Makes the content that of `other` (a fork taken earlier: a rollback; a fork that went on: a commit). */
  reset(other: IncrementalTrie): void {
    if (other.version !== this.version) throw new TypeError('tries of different state versions');
    this.top = other.top;
    this.rootBytes = other.rootBytes;
    this.owner = {};
    other.owner = {};
  }

  /** Applies the changes in their order; one that changes nothing costs no hashing. Values are kept by reference and must not change afterwards. */
  apply(changes: Iterable<Change>): void {
    for (const [key, value] of changes) {
      const current = this.get(key);
      if (value === null ? current === undefined : current !== undefined && equalBytes(current, value)) continue;
      if (value === null) this.top = this.remove(this.top, key, 0);
      else this.top = this.put(this.top, key, 0, value);
    }
    this.rootBytes = undefined;
  }

  /** The state root, 32 bytes. */
  root(): Uint8Array {
    if (this.rootBytes === undefined) {
      this.rootBytes = this.top === undefined ? EMPTY_ROOT : rootHash(this.parts(this.top), this.version);
    }
    return this.rootBytes;
  }

  /** The root that the trie would have after `changes`; the trie itself stays as it is. */
  rootWith(changes: Iterable<Change>): Uint8Array {
    const fork = this.fork();
    fork.apply(changes);
    return fork.root();
  }

  get(key: Hex): Uint8Array | undefined {
    let node = this.top;
    let at = 0;
    while (node !== undefined) {
      if (!key.startsWith(node.partial, at)) return undefined;
      at += node.partial.length;
      if (at === key.length) return node.value;
      node = node.children?.[nibbleAt(key, at)];
      at += 1;
    }
    return undefined;
  }

  /**
   * The nodes that prove what stands, or does not stand, under each key: every hashed node on the way and every value
   * that its node holds as a hash only. Without duplicates, ascending, as `state_getReadProof` returns them.
   */
  prove(keys: Iterable<Hex>): Uint8Array[] {
    const proof = new Map<string, Uint8Array>();
    const add = (bytes: Uint8Array): void => {
      proof.set(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'), bytes);
    };
    if (this.top === undefined) add(new Uint8Array(1));
    for (const key of keys) {
      let node = this.top;
      let at = 0;
      while (node !== undefined) {
        if (node === this.top || this.merkle(node).length === 32) add(encodeNode(this.parts(node), this.version));
        if (!key.startsWith(node.partial, at)) break;
        at += node.partial.length;
        if (at === key.length) {
          if (node.value !== undefined && isHashedValue(node.value, this.version)) add(node.value);
          break;
        }
        node = node.children?.[nibbleAt(key, at)];
        at += 1;
      }
    }
    return [...proof.entries()].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([, bytes]) => bytes);
  }

  /**
   * What the parent holds of the highest node at or below `key` (its hash, or its encoding when that is shorter); changes
   * exactly when something under the key does. Undefined when nothing stands there.
   */
  closestDescendant(key: Hex): Uint8Array | undefined {
    let node = this.top;
    let at = 0;
    while (node !== undefined) {
      const left = key.length - at;
      if (left <= node.partial.length) {
        if (!node.partial.startsWith(key.slice(at))) return undefined;
        return node === this.top ? this.root() : this.merkle(node);
      }
      if (!key.startsWith(node.partial, at)) return undefined;
      at += node.partial.length;
      node = node.children?.[nibbleAt(key, at)];
      at += 1;
    }
    return undefined;
  }

  private parts(node: Node): NodeParts {
    const { value } = node;
    if (value !== undefined && node.valueHash === undefined && isHashedValue(value, this.version)) {
      node.valueHash = blake2b256(value);
    }
    const children = node.children?.map((child) => (child === undefined ? undefined : this.merkle(child)));
    return { partial: node.partial, value, valueHash: node.valueHash, children };
  }

  private merkle(node: Node): MerkleValue {
    node.merkle ??= merkleValue(this.parts(node), this.version);
    return node.merkle;
  }

  /** The node itself when this trie made it, else a copy that it may change; either way its hash is forgotten. */
  private own(node: Node): Node {
    if (node.owner === this.owner) {
      node.merkle = undefined;
      return node;
    }
    return { ...node, children: node.children?.slice(), merkle: undefined, owner: this.owner };
  }

  private leaf(partial: string, value: Uint8Array): Node {
    return { partial, value, valueHash: undefined, children: undefined, merkle: undefined, owner: this.owner };
  }

  private put(node: Node | undefined, key: Hex, at: number, value: Uint8Array): Node {
    if (node === undefined) return this.leaf(key.slice(at), value);
    const common = commonLength(node.partial, key, at);
    const end = at + common;
    if (common < node.partial.length) {
      // The key leaves within the partial key: a branch takes the common part, the old node hangs below it.
      const below = this.own(node);
      const slot = nibbleAt(node.partial, common);
      const branch = this.leaf(node.partial.slice(0, common), value);
      below.partial = below.partial.slice(common + 1);
      branch.children = new Array<Node | undefined>(16).fill(undefined);
      branch.children[slot] = below;
      if (end < key.length) {
        branch.value = undefined;
        branch.children[nibbleAt(key, end)] = this.leaf(key.slice(end + 1), value);
      }
      return branch;
    }
    const owned = this.own(node);
    if (end === key.length) {
      owned.value = value;
      owned.valueHash = undefined;
      return owned;
    }
    owned.children ??= new Array<Node | undefined>(16).fill(undefined);
    const slot = nibbleAt(key, end);
    owned.children[slot] = this.put(owned.children[slot], key, end + 1, value);
    return owned;
  }

  private remove(node: Node | undefined, key: Hex, at: number): Node | undefined {
    if (node === undefined || !key.startsWith(node.partial, at)) return node;
    const end = at + node.partial.length;
    if (end === key.length) {
      if (node.value === undefined) return node;
      if (node.children === undefined) return undefined;
      const owned = this.own(node);
      owned.value = undefined;
      owned.valueHash = undefined;
      return this.merged(owned);
    }
    const slot = nibbleAt(key, end);
    const child = node.children?.[slot];
    const replaced = this.remove(child, key, end + 1);
    // A node of our own may have changed in place, so sameness does not tell that nothing happened.
    if (replaced === child && (child === undefined || child.owner !== this.owner)) return node;
    const owned = this.own(node);
    owned.children![slot] = replaced;
    return replaced === undefined ? this.merged(owned) : owned;
  }

  /** Restores the form after a removal: no empty branch, and no branch with a single child and no value. */
  private merged(node: Node): Node {
    const { children, value } = node;
    if (children === undefined) return node;
    let only = -1;
    for (let i = 0; i < 16; i++) {
      if (children[i] === undefined) continue;
      if (only >= 0) return node;
      only = i;
    }
    if (only < 0) {
      node.children = undefined;
      return node;
    }
    if (value !== undefined) return node;
    const child = this.own(children[only]!);
    child.partial = node.partial + DIGITS[only]! + child.partial;
    return child;
  }
}
