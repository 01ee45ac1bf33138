import { Blake3256 } from '@polkadot-api/substrate-bindings';
import { concatBytes, type Hex, toHex } from '../scale/bytes.ts';
import { Writer } from '../scale/io.ts';
import { PRIMITIVES, writeList, writeOptionalText } from '../scale/portable-types.ts';
import { str, u16, u32 } from '../scale/primitives.ts';
import type { TypeRegistry } from '../scale/registry.ts';
import { type Field, isLazy, type Primitive, type Shape, type Type } from '../scale/type.ts';
import { EXTRINSIC_VERSION, type MetadataInput } from './metadata.ts';
import { RuntimeCall } from './runtime-types.ts';

/** What a signer's device shows beside the types. */
export interface SignedChainInfo {
  readonly specVersion: number;
  readonly specName: string;
  readonly base58Prefix: number;
  readonly decimals: number;
  readonly tokenSymbol: string;
}

const DIGEST_VERSION = 1;
/** Compact numbers by the width of what they hold, after the primitives in the enum of references. */
const COMPACTS: readonly Primitive[] = ['u8', 'u16', 'u32', 'u64', 'u128', 'u256'];
const VOID = PRIMITIVES.length + COMPACTS.length;
const BY_NUMBER = VOID + 1;
const STORE_BYTES: Partial<Record<Primitive, number>> = { u8: 1, u16: 2, u32: 4, u64: 8 };

/**
 * The hash of metadata that a transaction can sign (RFC-0078): the root of a Merkle tree over the types that extrinsics
 * are made of, and what stands around them.
 *
 * @param numbers of types in metadata version 15: their order is the tree's
 */
export function metadataHash(input: MetadataInput, numbers: TypeRegistry, info: SignedChainInfo): Hex {
  const types = new SignedTypes(numbers);
  const { address, signature, extensions } = input;
  const call = RuntimeCall as Type<unknown>;
  for (const type of [call, address, signature]) types.collect(type);
  for (const { type, additionalSigned } of extensions) {
    types.collect(type);
    types.collect(additionalSigned);
  }
  const leaves = types.leaves();
  const extrinsic = new Writer(512);
  extrinsic.u8(EXTRINSIC_VERSION);
  for (const type of [address, call, signature]) types.writeReference(extrinsic, type);
  writeList(extrinsic, extensions, ({ identifier, type, additionalSigned }) => {
    str.encode(extrinsic, identifier);
    types.writeReference(extrinsic, type);
    types.writeReference(extrinsic, additionalSigned);
  });
  const digest = new Writer(128);
  digest.u8(DIGEST_VERSION);
  digest.raw(merkleRoot(leaves));
  digest.raw(Blake3256(extrinsic.finish()));
  u32.encode(digest, info.specVersion);
  str.encode(digest, info.specName);
  u16.encode(digest, info.base58Prefix);
  digest.u8(info.decimals);
  str.encode(digest, info.tokenSymbol);
  return toHex(Blake3256(digest.finish()));
}

/** Root of the complete binary tree whose leaves are these, left to right from the deepest level's start. */
function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const nodes: Uint8Array[] = new Array(leaves.length - 1);
  for (const leaf of leaves) nodes.push(Blake3256(leaf));
  for (let at = leaves.length - 2; at >= 0; at--) {
    nodes[at] = Blake3256(concatBytes(nodes[2 * at + 1]!, nodes[2 * at + 2]!));
  }
  return nodes[0]!;
}

const shapeOf = (type: Type<unknown>): Shape => (isLazy(type) ? type.target() : type).shape();

/** The types that are more than primitives and compact numbers, renumbered without gaps. */
class SignedTypes {
  private readonly registry: TypeRegistry;
  private readonly shapes = new Map<number, Shape>();
  private places = new Map<number, number>();

  constructor(registry: TypeRegistry) {
    this.registry = registry;
  }

  collect(type: Type<unknown>): void {
    const id = this.registry.idOf(type);
    if (this.shapes.has(id)) return;
    const shape = shapeOf(type);
    const { definition } = shape;
    switch (definition.kind) {
      case 'primitive':
      case 'compact':
        return;
      case 'composite':
        if (definition.fields.length === 0) return;
        this.shapes.set(id, shape);
        for (const field of definition.fields) this.collect(field.type);
        return;
      case 'variant':
        if (definition.variants.length === 0) return;
        this.shapes.set(id, shape);
        for (const { fields } of definition.variants) for (const field of fields) this.collect(field.type);
        return;
      case 'tuple':
        if (definition.items.length === 0) return;
        this.shapes.set(id, shape);
        for (const item of definition.items) this.collect(item);
        return;
      case 'sequence':
      case 'array':
        this.shapes.set(id, shape);
        this.collect(definition.item);
        return;
      case 'bits':
        this.shapes.set(id, shape);
    }
  }

  /** The encoded types in order, an enum as one leaf per variant. Numbers them: call it after collecting. */
  leaves(): readonly Uint8Array[] {
    const ids = [...this.shapes.keys()].sort((a, b) => a - b);
    this.places = new Map(ids.map((id, place) => [id, place]));
    return ids.flatMap((id, place) => {
      const shape = this.shapes.get(id)!;
      const { definition } = shape;
      if (definition.kind !== 'variant') {
        return [leaf(shape, place, (out) => this.writeDefinition(out, definition))];
      }
      return definition.variants
        .toSorted((a, b) => a.index - b.index)
        .map(({ name, index, fields }) =>
          leaf(shape, place, (out) => {
            out.u8(1);
            str.encode(out, name);
            this.writeFields(out, fields);
            out.compact(index);
          }),
        );
    });
  }

  writeReference(out: Writer, type: Type<unknown>): void {
    const place = this.places.get(this.registry.idOf(type));
    if (place !== undefined) {
      out.u8(BY_NUMBER);
      out.compact(place);
      return;
    }
    const { definition } = shapeOf(type);
    if (definition.kind === 'primitive') {
      out.u8(PRIMITIVES.indexOf(definition.primitive));
      return;
    }
    const held = definition.kind === 'compact' ? primitiveWithin(definition.item) : undefined;
    out.u8(held === undefined ? VOID : PRIMITIVES.length + COMPACTS.indexOf(held));
  }

  private writeFields(out: Writer, fields: readonly Field[]): void {
    writeList(out, fields, ({ name, type, typeName }) => {
      writeOptionalText(out, name);
      this.writeReference(out, type);
      writeOptionalText(out, typeName);
    });
  }

  private writeDefinition(out: Writer, definition: Shape['definition']): void {
    switch (definition.kind) {
      case 'composite':
        out.u8(0);
        this.writeFields(out, definition.fields);
        break;
      case 'sequence':
        out.u8(2);
        this.writeReference(out, definition.item);
        break;
      case 'array':
        out.u8(3);
        u32.encode(out, definition.length);
        this.writeReference(out, definition.item);
        break;
      case 'tuple':
        out.u8(4);
        writeList(out, definition.items, (item) => this.writeReference(out, item));
        break;
      case 'bits':
        out.u8(5);
        out.u8(STORE_BYTES[primitiveWithin(definition.store)!]!);
        out.u8(shapeOf(definition.order).path.includes('Lsb0') ? 1 : 0);
        break;
      default:
        throw new Error(`a ${definition.kind} is no leaf of the metadata's tree`);
    }
  }
}

function leaf({ path }: Shape, place: number, writeDefinition: (out: Writer) => void): Uint8Array {
  const out = new Writer(128);
  writeList(out, path, (part) => str.encode(out, part));
  writeDefinition(out);
  out.compact(place);
  return out.finish();
}

/** The primitive inside newtypes; undefined for nothing. */
function primitiveWithin(type: Type<unknown>): Primitive | undefined {
  const { definition } = shapeOf(type);
  if (definition.kind === 'primitive') return definition.primitive;
  const inner = definition.kind === 'composite' ? definition.fields[0]?.type : undefined;
  return inner && primitiveWithin(inner);
}
