import { utf8 } from '../scale/bytes.ts';
import { struct, tuple } from '../scale/compound.ts';
import { Writer } from '../scale/io.ts';
import { writeList, writeNoDocs } from '../scale/portable-types.ts';
import { bytes, str } from '../scale/primitives.ts';
import { TypeRegistry } from '../scale/registry.ts';
import { encode, type Type } from '../scale/type.ts';
import type { Hasher } from './hashing.ts';
import { callTypeOf, errorTypeOf, RuntimeType, runtimeErrorType } from './outer-types.ts';
import type { Pallet } from './pallet.ts';
import { byParams, type Params } from './params.ts';
import type { RuntimeApi } from './runtime-api.ts';
import { RuntimeCall, RuntimeEvent } from './runtime-types.ts';
import type { StorageItem } from './storage.ts';

/** Extrinsics are of version 4; metadata version 16 lists the bare ones of version 5 too. */
export const EXTRINSIC_VERSION = 4;

/** A signed extension as metadata names it. */
export interface ExtensionShape {
  readonly identifier: string;
  readonly type: Type<unknown>;
  readonly additionalSigned: Type<unknown>;
}

/** What metadata says of a runtime; its calls and events are bound to RuntimeCall and RuntimeEvent before. */
export interface MetadataInput {
  readonly pallets: readonly Pallet[];
  readonly apis: readonly RuntimeApi[];
  readonly address: Type<unknown>;
  readonly signature: Type<unknown>;
  readonly extensions: readonly ExtensionShape[];
  /** The values of all extensions as one type. */
  readonly extra: Type<unknown>;
  /** An extrinsic as v14 names it. */
  readonly extrinsic: Type<unknown>;
  readonly params: Params;
}

/** Versions that `Metadata_metadata_versions` lists. */
export const METADATA_VERSIONS = [14, 15, 16] as const;
export type MetadataVersion = (typeof METADATA_VERSIONS)[number];

/** Places of the hashers in metadata's enum. */
const HASHER_INDICES: Readonly<Record<Hasher, number>> = {
  Blake2_128: 0,
  Blake2_256: 1,
  Blake2_128Concat: 2,
  Twox128: 3,
  Twox64Concat: 5,
  Identity: 6,
};
const MAGIC = utf8.encode('meta');
const OPTIONAL_FALLBACK = Uint8Array.of(0);

/** Metadata of one version: the bytes that `state_getMetadata` sends, and the numbers that types have in it. */
export interface EncodedMetadata {
  readonly bytes: Uint8Array;
  readonly types: TypeRegistry;
}

export function encodeMetadata(input: MetadataInput, version: MetadataVersion): EncodedMetadata {
  const body = new MetadataBody(input, version);
  body.write();
  const out = new Writer(1 << 17);
  out.raw(MAGIC);
  out.u8(version);
  body.registry.write(out);
  out.raw(body.out.finish());
  return { bytes: out.finish(), types: body.registry };
}

/** Everything behind the types, which get their numbers while it is written. Source: frame-metadata 23, v14 to v16. */
class MetadataBody {
  readonly registry = new TypeRegistry();
  readonly out = new Writer(1 << 16);
  private readonly input: MetadataInput;
  private readonly version: MetadataVersion;

  constructor(input: MetadataInput, version: MetadataVersion) {
    this.input = input;
    this.version = version;
  }

  write(): void {
    const { input, version } = this;
    this.list(input.pallets, (pallet) => this.pallet(pallet));
    this.extrinsic();
    if (version < 16) this.type(RuntimeType);
    if (version === 14) return;
    this.list(input.apis, (api) => this.api(api));
    this.type(RuntimeCall);
    this.type(RuntimeEvent);
    this.type(runtimeErrorType(input.pallets));
    // No custom values.
    this.list([], () => {});
  }

  private list<T>(items: readonly T[], write: (item: T) => void): void {
    writeList(this.out, items, write);
  }

  private text(text: string): void {
    str.encode(this.out, text);
  }

  private type<T>(type: Type<T>): void {
    this.out.compact(this.registry.idOf(type));
  }

  private value(type: Type<unknown>, value: unknown): void {
    bytes.encode(this.out, encode(type, byParams(value, this.input.params)));
  }

  /** No documentation, and, as of version 16, that the item is not deprecated. */
  private remarks(): void {
    writeNoDocs(this.out);
    if (this.version === 16) this.out.u8(0);
  }

  /** A pallet's enum of calls, events or errors. */
  private outerPart(type: Type<unknown> | undefined): void {
    this.out.u8(type ? 1 : 0);
    if (!type) return;
    this.type(type);
    // No deprecated variants.
    if (this.version === 16) this.list([], () => {});
  }

  private pallet(pallet: Pallet): void {
    const { out, version } = this;
    this.text(pallet.name);
    this.storage(pallet.storage ?? []);
    this.outerPart(callTypeOf(pallet));
    this.outerPart(pallet.events?.type);
    this.list(Object.entries(pallet.constants ?? {}), ([name, { type, value }]) => {
      this.text(name);
      this.type(type);
      this.value(type, value);
      this.remarks();
    });
    this.outerPart(errorTypeOf(pallet));
    if (version === 16) {
      // No associated types and no view functions.
      this.list([], () => {});
      this.list([], () => {});
    }
    out.u8(pallet.index);
    if (version > 14) this.remarks();
  }

  private storage(items: readonly StorageItem[]): void {
    const { out } = this;
    out.u8(items.length > 0 ? 1 : 0);
    if (items.length === 0) return;
    this.text(items[0]!.pallet);
    this.list(items, (item) => {
      const { modifier, valueType, parts } = item;
      this.text(item.name);
      out.u8(modifier === 'Default' ? 1 : 0);
      out.u8(parts.length > 0 ? 1 : 0);
      if (parts.length > 0) this.key(parts);
      this.type(valueType);
      if (modifier === 'Default') this.value(valueType, item.default);
      else bytes.encode(out, OPTIONAL_FALLBACK);
      this.remarks();
    });
  }

  private key(parts: StorageItem['parts']): void {
    const types = parts.map(({ type }) => type);
    this.list(parts, ({ hasher }) => this.out.u8(HASHER_INDICES[hasher]));
    this.type(types.length === 1 ? types[0]! : (tuple(...types) as Type<unknown>));
  }

  private extrinsic(): void {
    const { out, input, version } = this;
    const { address, signature, extra, extensions } = input;
    if (version === 14) {
      this.type(input.extrinsic);
      out.u8(EXTRINSIC_VERSION);
    } else if (version === 15) {
      out.u8(EXTRINSIC_VERSION);
      for (const type of [address, RuntimeCall, signature, extra]) this.type(type as Type<unknown>);
    } else {
      this.list([EXTRINSIC_VERSION, EXTRINSIC_VERSION + 1], (served) => out.u8(served));
      for (const type of [address, RuntimeCall, signature]) this.type(type as Type<unknown>);
      // One version of extensions, 0, with all of them.
      this.list([0], (of) => {
        out.u8(of);
        this.list([...extensions.keys()], (at) => out.compact(at));
      });
    }
    this.list(extensions, ({ identifier, type, additionalSigned }) => {
      this.text(identifier);
      this.type(type);
      this.type(additionalSigned);
    });
  }

  private api(api: RuntimeApi): void {
    this.text(api.name);
    this.list(Object.entries(api.methods), ([name, { inputs, output }]) => {
      this.text(name);
      this.list(inputs, ([input, type]) => {
        this.text(input);
        this.type(type);
      });
      this.type(output);
      this.remarks();
    });
    writeNoDocs(this.out);
    if (this.version < 16) return;
    this.out.compact(api.version);
    this.out.u8(0);
  }
}

/** `()` with a name, as extensions without content have in metadata. */
export const emptyExtension = (path: string): Type<unknown> => struct(path, {}) as Type<unknown>;
