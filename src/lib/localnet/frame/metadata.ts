import { metadata as metadataCodec } from '@polkadot-api/substrate-bindings';
import { toHex } from '../scale/bytes.ts';
import { struct, tuple } from '../scale/compound.ts';
import { TypeRegistry } from '../scale/registry.ts';
import { encode, type Type } from '../scale/type.ts';
import type { Hasher } from './hashing.ts';
import { callTypeOf, errorTypeOf, RuntimeType, runtimeErrorType } from './outer-types.ts';
import type { Pallet } from './pallet.ts';
import { byParams, type Params } from './params.ts';
import type { RuntimeApi } from './runtime-api.ts';
import { RuntimeCall, RuntimeEvent } from './runtime-types.ts';
import type { StorageItem } from './storage.ts';

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

const HASHER_TAGS: Readonly<Record<Hasher, string>> = {
  Identity: 'Identity',
  Twox64Concat: 'Twox64Concat',
  Twox128: 'Twox128',
  Blake2_128: 'Blake2128',
  Blake2_256: 'Blake2256',
  Blake2_128Concat: 'Blake2128Concat',
};

const MAGIC = 0x6174656d;
const hex = (data: Uint8Array): string => `0x${toHex(data)}`;
const current = { deprecationInfo: { tag: 'NotDeprecated', value: undefined } };

/** Encodes the runtime's metadata in one version; the bytes are those that `state_getMetadata` sends. */
export function encodeMetadata(input: MetadataInput, version: MetadataVersion): Uint8Array {
  const body = new Builder(input).build(version);
  type Input = Parameters<typeof metadataCodec.enc>[0];
  return metadataCodec.enc({ magicNumber: MAGIC, metadata: { tag: `v${version}`, value: body } } as unknown as Input);
}

class Builder {
  private readonly registry = new TypeRegistry();
  private readonly input: MetadataInput;

  constructor(input: MetadataInput) {
    this.input = input;
  }

  build(version: MetadataVersion): Record<string, unknown> {
    const { registry, input } = this;
    const pallets = input.pallets.map((pallet) => this.pallet(pallet, version));
    const extrinsic = this.extrinsic(version);
    const apis = version === 14 ? undefined : input.apis.map((api) => this.api(api, version));
    const outerEnums = {
      call: registry.idOf(RuntimeCall),
      event: registry.idOf(RuntimeEvent),
      error: registry.idOf(runtimeErrorType(input.pallets)),
    };
    const type = registry.idOf(RuntimeType);
    const lookup = registry.types;
    if (version === 14) return { lookup, pallets, extrinsic, type };
    if (version === 15) return { lookup, pallets, extrinsic, type, apis, outerEnums, custom: [] };
    return { lookup, pallets, extrinsic, apis, outerEnums, custom: [] };
  }

  private pallet(pallet: Pallet, version: MetadataVersion): Record<string, unknown> {
    const v16 = version === 16;
    const mark = v16 ? current : {};
    const enumOf = (type: Type<unknown> | undefined) => {
      if (!type) return undefined;
      const id = this.registry.idOf(type);
      return v16 ? { type: id, deprecationInfo: [] } : id;
    };
    const described = {
      name: pallet.name,
      storage: this.storage(pallet.storage, mark),
      calls: enumOf(callTypeOf(pallet)),
      events: enumOf(pallet.events?.type),
      constants: Object.entries(pallet.constants ?? {}).map(([name, { type, value }]) => ({
        name,
        type: this.registry.idOf(type),
        value: hex(encode(type, byParams(value, this.input.params))),
        docs: [],
        ...mark,
      })),
      errors: enumOf(errorTypeOf(pallet)),
      index: pallet.index,
      docs: [],
    };
    if (!v16) return described;
    return { ...described, associatedTypes: [], viewFns: [], ...current };
  }

  private storage(items: readonly StorageItem[] | undefined, mark: object): object | undefined {
    if (!items || items.length === 0) return undefined;
    return {
      prefix: items[0]!.pallet,
      items: items.map((item) => ({
        name: item.name,
        modifier: item.modifier === 'Default' ? 1 : 0,
        type: this.entry(item),
        fallback:
          item.modifier === 'Default' ? hex(encode(item.valueType, byParams(item.default, this.input.params))) : '0x00',
        docs: [],
        ...mark,
      })),
    };
  }

  private entry(item: StorageItem): object {
    const value = this.registry.idOf(item.valueType);
    if (item.parts.length === 0) return { tag: 'plain', value };
    const types = item.parts.map((part) => part.type);
    const key = this.registry.idOf(types.length === 1 ? types[0]! : (tuple(...types) as Type<unknown>));
    const hashers = item.parts.map((part) => ({ tag: HASHER_TAGS[part.hasher], value: undefined }));
    return { tag: 'map', value: { hashers, key, value } };
  }

  private extrinsic(version: MetadataVersion): object {
    const { registry, input } = this;
    const address = registry.idOf(input.address);
    const call = registry.idOf(RuntimeCall);
    const signature = registry.idOf(input.signature);
    const signedExtensions = input.extensions.map(({ identifier, type, additionalSigned }) => ({
      identifier,
      type: registry.idOf(type),
      additionalSigned: registry.idOf(additionalSigned),
    }));
    if (version === 15)
      return { version: 4, address, call, signature, extra: registry.idOf(input.extra), signedExtensions };
    if (version === 16) {
      return {
        version: [4, 5],
        address,
        call,
        signature,
        signedExtensionsByVersion: [[0, signedExtensions.map((_, i) => i)]],
        signedExtensions,
      };
    }
    return { type: registry.idOf(input.extrinsic), version: 4, signedExtensions };
  }

  private api(api: RuntimeApi, version: MetadataVersion): object {
    const mark = version === 16 ? current : {};
    const methods = Object.entries(api.methods).map(([name, method]) => ({
      name,
      inputs: method.inputs.map(([input, type]) => ({ name: input, type: this.registry.idOf(type) })),
      output: this.registry.idOf(method.output),
      docs: [],
      ...mark,
    }));
    return { name: api.name, methods, docs: [], ...(version === 16 ? { version: api.version, ...current } : {}) };
  }
}

/** `()` with a name, as extensions without content have in metadata. */
export const emptyExtension = (path: string): Type<unknown> => struct(path, {}) as Type<unknown>;
