import { blake2b256 } from '../hash/blake2b.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { Reader } from '../scale/io.ts';
import { nibbleAt } from './node-codec.ts';

/** A proof that does not lead from the root to the key, or whose nodes do not decode. */
export class ReadProofError extends Error {
  override readonly name = 'ReadProofError';
}

interface DecodedNode {
  readonly partial: string;
  readonly value: Uint8Array | undefined;
  readonly hashedValue: Uint8Array | undefined;
  readonly children: readonly (Uint8Array | undefined)[];
}

/** Kinds of node by the high bits of the first byte: mask, bits of length below it, what the node holds. */
const KINDS = [
  { tag: 0x40, mask: 0xc0, bits: 6, branch: false, value: 'inline' },
  { tag: 0x80, mask: 0xc0, bits: 6, branch: true, value: 'none' },
  { tag: 0xc0, mask: 0xc0, bits: 6, branch: true, value: 'inline' },
  { tag: 0x20, mask: 0xe0, bits: 5, branch: false, value: 'hashed' },
  { tag: 0x10, mask: 0xf0, bits: 4, branch: true, value: 'hashed' },
] as const;

function decodeNode(bytes: Uint8Array): DecodedNode | undefined {
  if (bytes.length === 1 && bytes[0] === 0) return undefined;
  const reader = new Reader(bytes);
  const first = reader.u8();
  const kind = KINDS.find(({ tag, mask }) => (first & mask) === tag);
  if (kind === undefined) throw new ReadProofError(`unknown kind of trie node: first byte ${first}`);
  const limit = (1 << kind.bits) - 1;
  let nibbles = first & limit;
  if (nibbles === limit) {
    let more: number;
    do {
      more = reader.u8();
      nibbles += more;
    } while (more === 255);
  }
  const packed = toHex(reader.take((nibbles + 1) >> 1));
  if (nibbles & 1 && packed[0] !== '0') throw new ReadProofError('an odd partial key is padded with a zero nibble');
  const bitmap = kind.branch ? reader.u8() | (reader.u8() << 8) : 0;
  const hashedValue = kind.value === 'hashed' ? reader.take(32) : undefined;
  const value = kind.value === 'inline' ? reader.take(reader.length()) : undefined;
  const children: (Uint8Array | undefined)[] = [];
  for (let i = 0; i < 16; i++) children.push(bitmap & (1 << i) ? reader.take(reader.length()) : undefined);
  reader.end('a trie node');
  return { partial: nibbles & 1 ? packed.slice(1) : packed, value, hashedValue, children };
}

/**
 * What a read proof says about keys: checks it against the state root and returns each key's value, or undefined where
 * it proves that the key is absent.
 *
 * @throws ReadProofError when a node on the way is missing or malformed.
 */
export function verifyReadProof(
  root: Uint8Array,
  proof: Iterable<Uint8Array>,
  keys: Iterable<Hex>,
): Map<Hex, Uint8Array | undefined> {
  const byHash = new Map<Hex, Uint8Array>();
  for (const node of proof) byHash.set(toHex(blake2b256(node)), node);
  const fetch = (hash: Uint8Array): Uint8Array => {
    const node = byHash.get(toHex(hash));
    if (node === undefined) throw new ReadProofError(`the proof lacks the node ${toHex(hash)}`);
    return node;
  };
  const lookUp = (key: Hex): Uint8Array | undefined => {
    let node = decodeNode(fetch(root));
    let at = 0;
    while (node !== undefined) {
      if (!key.startsWith(node.partial, at)) return undefined;
      at += node.partial.length;
      if (at === key.length) return node.hashedValue ? fetch(node.hashedValue) : node.value;
      const child: Uint8Array | undefined = node.children[nibbleAt(key, at)];
      at += 1;
      node = child === undefined ? undefined : decodeNode(child.length === 32 ? fetch(child) : child);
    }
    return undefined;
  };
  return new Map([...keys].map((key) => [key, lookUp(key)]));
}
