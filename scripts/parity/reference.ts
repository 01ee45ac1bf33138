import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Description, FieldDescription, TypeDescription, TypeKind, VariantDescription } from './description.ts';

// The chain's metadata as it was recorded from its runtime, spec 425.

interface RawVariant {
  readonly name: string;
  readonly index: number;
  readonly fields?: readonly { readonly name?: string; readonly type: number }[];
}
interface RawType {
  readonly path?: readonly string[];
  readonly params?: readonly { readonly name: string; readonly type?: number | null }[];
  readonly def: {
    readonly primitive?: string;
    readonly composite?: { readonly fields?: RawVariant['fields'] };
    readonly variant?: { readonly variants?: readonly RawVariant[] };
    readonly sequence?: { readonly type: number };
    readonly array?: { readonly type: number; readonly len: number };
    readonly tuple?: readonly number[];
    readonly compact?: { readonly type: number };
  };
}
/** [name, type, Rust's name of the type] */
type RawField = readonly [string | null, number, string | null];
interface RawCall {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly RawField[];
}
interface RawPallet {
  readonly name: string;
  readonly index: number;
  readonly storage: {
    readonly entries: readonly {
      readonly name: string;
      readonly modifier: 'Default' | 'Optional';
      readonly hashers: readonly string[];
      readonly key: number | null;
      readonly value: number;
      readonly default: string;
    }[];
  } | null;
  readonly calls: readonly RawCall[] | null;
  readonly events: readonly RawCall[] | null;
  readonly errors: readonly RawCall[] | null;
  readonly constants: readonly { readonly name: string; readonly type: number; readonly value: string }[];
}
interface RawMetadata {
  readonly pallets: readonly RawPallet[];
  readonly extrinsic: {
    readonly version: number;
    readonly address_ty: number;
    readonly call_ty: number;
    readonly signature_ty: number;
    readonly extra_ty: number;
    readonly signed_extensions: readonly {
      readonly identifier: string;
      readonly type: number;
      readonly additional_signed: number;
    }[];
  };
  readonly runtime_version: { readonly apis: readonly (readonly [id: string, version: number])[] };
}
type RawApis = readonly {
  readonly name: string;
  readonly methods: readonly {
    readonly name: string;
    readonly inputs: readonly (readonly [string, number])[];
    readonly output: number;
  }[];
}[];

function read<T>(name: string): T {
  const file = new URL(`test/data/facts/${name}.json.gz`, new URL(`file://${process.cwd()}/`));
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as T;
}

const fields = (raw: RawVariant['fields']): readonly FieldDescription[] =>
  (raw ?? []).map(({ name, type }) => ({ name: name ?? '', type }));

function kindOf({ def }: RawType): TypeKind {
  if (def.primitive) return { kind: 'primitive', of: def.primitive };
  if (def.composite) return { kind: 'composite', fields: fields(def.composite.fields) };
  if (def.variant) {
    const variants = (def.variant.variants ?? []).map((one) => ({ ...one, fields: fields(one.fields) }));
    return { kind: 'variant', variants };
  }
  if (def.sequence) return { kind: 'sequence', item: def.sequence.type };
  if (def.array) return { kind: 'array', item: def.array.type, length: def.array.len };
  if (def.tuple) return { kind: 'tuple', items: def.tuple };
  if (def.compact) return { kind: 'compact', item: def.compact.type };
  throw new Error(`a type of an unknown kind: ${Object.keys(def).join()}`);
}

const describeType = (raw: RawType): TypeDescription => ({
  path: (raw.path ?? []).join('::'),
  params: (raw.params ?? []).map(({ name, type }) => ({ name, type: type ?? undefined })),
  definition: kindOf(raw),
});

const calls = (raw: readonly RawCall[] | null): readonly VariantDescription[] =>
  (raw ?? []).map(({ name, index, fields: of }) => ({
    name,
    index,
    fields: of.map(([field, type, typeName]) => ({ name: field ?? '', type, typeName: typeName ?? undefined })),
  }));

/** The reference runtime: its description, and the version of each of its runtime APIs by the API's id. */
export function readReference(): {
  readonly description: Description;
  readonly apiVersions: ReadonlyMap<string, number>;
} {
  const { types } = read<{ types: readonly { id: number; type: RawType }[] }>('metadata-425-types');
  const metadata = read<RawMetadata>('metadata-425');
  const { extrinsic } = metadata;
  const description: Description = {
    types: new Map(types.map(({ id, type }) => [id, describeType(type)])),
    pallets: metadata.pallets.map((pallet) => ({
      name: pallet.name,
      index: pallet.index,
      storage: (pallet.storage?.entries ?? []).map(({ default: fallback, key, ...rest }) => ({
        ...rest,
        key: key ?? undefined,
        fallback,
      })),
      calls: calls(pallet.calls),
      events: calls(pallet.events),
      errors: calls(pallet.errors),
      constants: pallet.constants,
    })),
    extrinsic: {
      version: extrinsic.version,
      address: extrinsic.address_ty,
      call: extrinsic.call_ty,
      signature: extrinsic.signature_ty,
      extra: extrinsic.extra_ty,
      extensions: extrinsic.signed_extensions.map(({ identifier, type, additional_signed }) => ({
        identifier,
        type,
        additionalSigned: additional_signed,
      })),
    },
    apis: read<RawApis>('metadata-425-apis').map(({ name, methods }) => ({
      name,
      methods: methods.map((method) => ({
        name: method.name,
        inputs: method.inputs.map(([input, type]) => ({ name: input, type })),
        output: method.output,
      })),
    })),
  };
  return { description, apiVersions: new Map(metadata.runtime_version.apis) };
}

/** What a build with the feature `fast-runtime` has otherwise: [kind, pallet, name, normal, fast]. */
export function readFastDifferences(): readonly (readonly [
  kind: 'constant' | 'storage_default',
  pallet: string,
  name: string,
  normal: string,
  fast: string,
])[] {
  const file = new URL('test/data/vectors/fast-runtime-diff.json.gz', new URL(`file://${process.cwd()}/`));
  return (JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as { rows: never[] }).rows;
}
