import { metadata as codec } from '@polkadot-api/substrate-bindings';
import type { Description, FieldDescription, TypeDescription, TypeKind, VariantDescription } from './description.ts';

// Our metadata, decoded from the bytes that a client gets.

interface DecodedField {
  readonly name?: string | undefined;
  readonly type: number;
  readonly typeName?: string | undefined;
}
interface DecodedType {
  readonly id: number;
  readonly path: readonly string[];
  readonly params: readonly { readonly name: string; readonly type?: number | undefined }[];
  readonly def: { readonly tag: string; readonly value: unknown };
}
type EnumId = number | { readonly type: number } | undefined;
interface DecodedPallet {
  readonly name: string;
  readonly index: number;
  readonly storage?: {
    readonly prefix: string;
    readonly items: readonly {
      readonly name: string;
      readonly modifier: number;
      readonly type:
        | { readonly tag: 'plain'; readonly value: number }
        | {
            readonly tag: 'map';
            readonly value: { readonly hashers: readonly { readonly tag: string }[]; key: number; value: number };
          };
      readonly fallback: string;
    }[];
  };
  readonly calls: EnumId;
  readonly events: EnumId;
  readonly errors: EnumId;
  readonly constants: readonly { readonly name: string; readonly type: number; readonly value: string }[];
}
interface Decoded {
  readonly lookup: readonly DecodedType[];
  readonly pallets: readonly DecodedPallet[];
  readonly extrinsic: {
    readonly version: number | readonly number[];
    readonly type?: number;
    readonly address?: number;
    readonly call?: number;
    readonly signature?: number;
    readonly extra?: number;
    readonly signedExtensions: readonly {
      readonly identifier: string;
      readonly type: number;
      readonly additionalSigned: number;
    }[];
  };
  readonly apis?: readonly {
    readonly name: string;
    readonly version?: number;
    readonly methods: readonly {
      readonly name: string;
      inputs: readonly { name: string; type: number }[];
      output: number;
    }[];
  }[];
}

const HASHERS: Readonly<Record<string, string>> = {
  Identity: 'Identity',
  Twox64Concat: 'Twox64Concat',
  Twox128: 'Twox128',
  Twox256: 'Twox256',
  Blake2128: 'Blake2_128',
  Blake2256: 'Blake2_256',
  Blake2128Concat: 'Blake2_128Concat',
};

const fieldsOf = (fields: readonly DecodedField[]): readonly FieldDescription[] =>
  fields.map(({ name, type, typeName }) => ({ name: name ?? '', type, typeName }));

interface DecodedVariant {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly DecodedField[];
}
const variantsOf = (variants: readonly DecodedVariant[]): readonly VariantDescription[] =>
  variants.map(({ name, index, fields }) => ({ name, index, fields: fieldsOf(fields) }));

function kindOf({ tag, value }: DecodedType['def']): TypeKind {
  switch (tag) {
    case 'primitive':
      return { kind: 'primitive', of: (value as { tag: string }).tag };
    case 'composite':
      return { kind: 'composite', fields: fieldsOf(value as readonly DecodedField[]) };
    case 'variant':
      return { kind: 'variant', variants: variantsOf(value as readonly DecodedVariant[]) };
    case 'sequence':
      return { kind: 'sequence', item: value as number };
    case 'array': {
      const { len, type } = value as { len: number; type: number };
      return { kind: 'array', item: type, length: len };
    }
    case 'tuple':
      return { kind: 'tuple', items: value as readonly number[] };
    case 'compact':
      return { kind: 'compact', item: value as number };
    default:
      throw new Error(`a type of an unknown kind: ${tag}`);
  }
}

/** Decodes metadata of version 14, 15 or 16. */
export function describeMetadata(blob: Uint8Array): Description {
  const { metadata } = codec.dec(blob);
  const { lookup, pallets, extrinsic, apis } = metadata.value as unknown as Decoded;
  const types = new Map<number, TypeDescription>(
    lookup.map(({ id, path, params, def }) => [
      id,
      { path: path.join('::'), params: params.map(({ name, type }) => ({ name, type })), definition: kindOf(def) },
    ]),
  );
  const variants = (of: EnumId): readonly VariantDescription[] => {
    const definition = of === undefined ? undefined : types.get(typeof of === 'number' ? of : of.type)!.definition;
    return definition?.kind === 'variant' ? definition.variants : [];
  };
  const signedExtensions = extrinsic.signedExtensions.map(({ identifier, type, additionalSigned }) => ({
    identifier,
    type,
    additionalSigned,
  }));
  // Version 14 names the parts of an extrinsic as parameters of its type only.
  const parts = new Map(types.get(extrinsic.type ?? -1)?.params.map(({ name, type }) => [name, type]));
  const { version } = extrinsic;
  return {
    types,
    pallets: pallets.map((pallet) => ({
      name: pallet.name,
      index: pallet.index,
      storage: (pallet.storage?.items ?? []).map(({ name, modifier, type, fallback }) => ({
        name,
        modifier: modifier === 1 ? 'Default' : 'Optional',
        fallback,
        ...(type.tag === 'plain'
          ? { hashers: [], key: undefined, value: type.value }
          : {
              hashers: type.value.hashers.map(({ tag }) => HASHERS[tag]!),
              key: type.value.key,
              value: type.value.value,
            }),
      })),
      calls: variants(pallet.calls),
      events: variants(pallet.events),
      errors: variants(pallet.errors),
      constants: pallet.constants,
    })),
    extrinsic: {
      version: typeof version === 'number' ? version : version[0]!,
      address: extrinsic.address ?? parts.get('Address')!,
      call: extrinsic.call ?? parts.get('Call')!,
      signature: extrinsic.signature ?? parts.get('Signature')!,
      extra: extrinsic.extra ?? parts.get('Extension') ?? -1,
      extensions: signedExtensions,
    },
    apis: (apis ?? []).map(({ name, methods }) => ({ name, methods })),
  };
}
