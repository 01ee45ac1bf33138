import { type Reader, ScaleError, type Writer } from './io.ts';
import { bytes, u8 } from './primitives.ts';
import { anonymous, type Field, makeType, newtype, type Shape, type Type, type ValueOf } from './type.ts';

const untyped = <T>(type: Type<T>): Type<unknown> => type as Type<unknown>;
const pathOf = (path: string): readonly string[] => (path === '' ? [] : path.split('::'));

/** `Vec<T>`: an array. */
export function vec<T>(item: Type<T>): Type<readonly T[]> {
  return makeType(
    (out, values) => {
      out.compact(values.length);
      for (const value of values) item.encode(out, value);
    },
    (input) => {
      const length = input.length();
      const values: T[] = [];
      for (let i = 0; i < length; i++) values.push(item.decode(input));
      return values;
    },
    () => anonymous({ kind: 'sequence', item: untyped(item) }),
  );
}

/** `[T; length]`: an array of that length. */
export function array<T>(item: Type<T>, length: number): Type<readonly T[]> {
  return makeType(
    (out, values) => {
      if (values.length !== length) throw new ScaleError(`${values.length} items where ${length} are needed`);
      for (const value of values) item.encode(out, value);
    },
    (input) => Array.from({ length }, () => item.decode(input)),
    () => anonymous({ kind: 'array', item: untyped(item), length }),
  );
}

type TupleOf<X extends readonly unknown[]> = { -readonly [K in keyof X]: ValueOf<X[K]> };

/** `(A, B, …)`: a tuple. */
export function tuple<const X extends readonly unknown[]>(
  ...items: X & { [K in keyof X]: Type<unknown> }
): Type<Readonly<TupleOf<X>>> {
  const types = items as unknown as readonly Type<unknown>[];
  return makeType<Readonly<TupleOf<X>>>(
    (out, values) => {
      for (let i = 0; i < types.length; i++) types[i]!.encode(out, (values as readonly unknown[])[i]);
    },
    (input) => {
      const values: unknown[] = [];
      for (const type of types) values.push(type.decode(input));
      return values as unknown as Readonly<TupleOf<X>>;
    },
    () => anonymous({ kind: 'tuple', items: types }),
  );
}

/** `Option<T>`: the value or undefined. */
export function option<T>(inner: Type<T>): Type<T | undefined> {
  return makeType<T | undefined>(
    (out, value) => {
      if (value === undefined) out.u8(0);
      else {
        out.u8(1);
        inner.encode(out, value);
      }
    },
    (input) => {
      const tag = input.u8();
      if (tag > 1) throw new ScaleError(`${tag} is not the tag of an Option`);
      return tag === 1 ? inner.decode(input) : undefined;
    },
    () => ({
      path: ['Option'],
      params: [{ name: 'T', type: untyped(inner) }],
      definition: {
        kind: 'variant',
        variants: [
          { name: 'None', index: 0, fields: [] },
          { name: 'Some', index: 1, fields: [{ type: untyped(inner) }] },
        ],
      },
    }),
  );
}

type FieldTypes = Readonly<Record<string, Type<unknown>>>;
export type StructOf<F> = { readonly [K in keyof F]: ValueOf<F[K]> };

interface ShapeOptions {
  readonly params?: Shape['params'];
  /** Rust type names of the fields as metadata prints them. */
  readonly typeNames?: Readonly<Record<string, string>>;
}

function fieldsOf(fields: FieldTypes, typeNames: Readonly<Record<string, string>> = {}): readonly Field[] {
  return Object.entries(fields).map(([name, type]) => ({
    name,
    type,
    ...(typeNames[name] ? { typeName: typeNames[name] } : {}),
  }));
}

function encodeFields(out: Writer, entries: readonly (readonly [string, Type<unknown>])[], value: object): void {
  for (const [name, type] of entries) type.encode(out, (value as Record<string, unknown>)[name]);
}

function decodeFields(input: Reader, entries: readonly (readonly [string, Type<unknown>])[]): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, type] of entries) value[name] = type.decode(input);
  return value;
}

/** `struct Name { … }`: an object with the chain's own field names. `path` as in metadata, parts joined by `::`. */
export function struct<const F extends object>(
  path: string,
  fields: F & { [K in keyof F]: Type<unknown> },
  options: ShapeOptions = {},
): Type<StructOf<F>> {
  const entries = Object.entries(fields as FieldTypes);
  return makeType<StructOf<F>>(
    (out, value) => encodeFields(out, entries, value),
    (input) => decodeFields(input, entries) as StructOf<F>,
    () => ({
      path: pathOf(path),
      params: options.params ?? [],
      definition: { kind: 'composite', fields: fieldsOf(fields as FieldTypes, options.typeNames) },
    }),
  );
}

/**
 * A variant's content: nothing (`null`), one unnamed value (a type: the value itself), several unnamed values
 * (an array of types: a tuple), or named fields (an object of types: an object).
 */
export type VariantContent = null | Type<unknown> | readonly Type<unknown>[] | FieldTypes;

type ContentOf<C> = C extends null
  ? undefined
  : C extends Type<infer T>
    ? T
    : C extends readonly unknown[]
      ? Readonly<TupleOf<C>>
      : StructOf<C>;

type IsPlain<C> = C extends null ? true : false;

export type EnumOf<V> = {
  [K in keyof V & string]: IsPlain<V[K]> extends true
    ? { readonly type: K; readonly value?: undefined }
    : { readonly type: K; readonly value: ContentOf<V[K]> };
}[keyof V & string];

export interface VariantCodec {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly Field[];
  encode(out: Writer, value: unknown): void;
  decode(input: Reader): unknown;
}

export function isType(value: unknown): value is Type<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Type<unknown>).decode === 'function' &&
    typeof (value as Type<unknown>).shape === 'function'
  );
}

/** The codec and metadata of one variant; shared by enums, events and calls. */
export function variantCodec(
  name: string,
  index: number,
  content: VariantContent,
  typeNames?: Readonly<Record<string, string>>,
): VariantCodec {
  if (content === null) return { name, index, fields: [], encode: () => {}, decode: () => undefined };
  if (isType(content)) {
    return {
      name,
      index,
      fields: [{ type: content }],
      encode: (out, value) => content.encode(out, value),
      decode: (input) => content.decode(input),
    };
  }
  if (Array.isArray(content)) {
    const types = content as readonly Type<unknown>[];
    return {
      name,
      index,
      fields: types.map((type) => ({ type })),
      encode: (out, value) => {
        for (let i = 0; i < types.length; i++) types[i]!.encode(out, (value as readonly unknown[])[i]);
      },
      decode: (input) => types.map((type) => type.decode(input)),
    };
  }
  const entries = Object.entries(content as FieldTypes);
  return {
    name,
    index,
    fields: fieldsOf(content as FieldTypes, typeNames),
    encode: (out, value) => encodeFields(out, entries, value as object),
    decode: (input) => decodeFields(input, entries),
  };
}

/** An enum from ready variant codecs; the value is `{type, value}`. */
export function enumFromCodecs<T>(
  shapePath: readonly string[],
  variants: readonly VariantCodec[],
  params: Shape['params'] = [],
): Type<T> {
  const byName = new Map(variants.map((variant) => [variant.name, variant]));
  const byIndex: VariantCodec[] = [];
  for (const variant of variants) byIndex[variant.index] = variant;
  const label = shapePath.join('::');
  return makeType<T>(
    (out, value) => {
      const { type, value: content } = value as { type: string; value?: unknown };
      const variant = byName.get(type);
      if (!variant) throw new ScaleError(`${label} has no variant ${type}`);
      out.u8(variant.index);
      variant.encode(out, content);
    },
    (input) => {
      const index = input.u8();
      const variant = byIndex[index];
      if (!variant) throw new ScaleError(`${label} has no variant with index ${index}`);
      const content = variant.decode(input);
      return (
        content === undefined && variant.fields.length === 0
          ? { type: variant.name }
          : { type: variant.name, value: content }
      ) as T;
    },
    () => ({
      path: shapePath,
      params,
      definition: { kind: 'variant', variants: variants.map(({ name, index, fields }) => ({ name, index, fields })) },
    }),
  );
}

/** `enum Name { … }`: `{type: 'Variant', value}`. Indices count from 0 unless `indices` gives them. */
export function enumeration<const V extends Readonly<Record<string, unknown>>>(
  path: string,
  variants: V,
  options: { params?: Shape['params']; indices?: Partial<Record<keyof V & string, number>> } = {},
): Type<EnumOf<V>> {
  let next = 0;
  const codecs = Object.entries(variants).map(([name, content]) => {
    const index = options.indices?.[name] ?? next;
    next = index + 1;
    return variantCodec(name, index, content as VariantContent);
  });
  return enumFromCodecs<EnumOf<V>>(pathOf(path), codecs, options.params);
}

/** An enum without content: the variant's name as a string. */
export function plainEnum<const N extends readonly string[]>(path: string, names: N): Type<N[number]> {
  const codecs = names.map((name, index) => variantCodec(name, index, null));
  return makeType<N[number]>(
    (out, value) => {
      const index = names.indexOf(value);
      if (index < 0) throw new ScaleError(`${path} has no variant ${value}`);
      out.u8(index);
    },
    (input) => {
      const index = input.u8();
      const name = names[index];
      if (name === undefined) throw new ScaleError(`${path} has no variant with index ${index}`);
      return name;
    },
    () => ({
      path: pathOf(path),
      params: [],
      definition: { kind: 'variant', variants: codecs.map(({ name, index }) => ({ name, index, fields: [] })) },
    }),
  );
}

/** `BoundedVec<T, S>`: the bound is checked where values are made, as in FRAME; decoding here checks it too when given. */
export function boundedVec<T>(item: Type<T>, bound?: number): Type<readonly T[]> {
  const inner = vec(item);
  return {
    ...newtype(BOUNDED_VEC, inner, {
      params: [{ name: 'T', type: untyped(item) }, { name: 'S' }],
      typeName: 'Vec<T>',
    }),
    decode: (input) => {
      const values = inner.decode(input);
      if (bound !== undefined && values.length > bound)
        throw new ScaleError(`${values.length} items where at most ${bound} are allowed`);
      return values;
    },
  };
}

const BOUNDED_VEC = 'bounded_collections::bounded_vec::BoundedVec';
const WEAK_BOUNDED_VEC = 'bounded_collections::weak_bounded_vec::WeakBoundedVec';

/** `BoundedVec<u8, S>`: bytes. */
export function boundedBytes(bound?: number): Type<Uint8Array> {
  return {
    ...newtype(BOUNDED_VEC, bytes, { params: [{ name: 'T', type: untyped(u8) }, { name: 'S' }], typeName: 'Vec<T>' }),
    decode: (input) => {
      const value = bytes.decode(input);
      if (bound !== undefined && value.length > bound)
        throw new ScaleError(`${value.length} bytes where at most ${bound} are allowed`);
      return value;
    },
  };
}

/** `WeakBoundedVec<T, S>`: as a vector. */
export function weakBoundedVec<T>(item: Type<T>): Type<readonly T[]> {
  return newtype(WEAK_BOUNDED_VEC, vec(item), {
    params: [{ name: 'T', type: untyped(item) }, { name: 'S' }],
    typeName: 'Vec<T>',
  });
}

/** `Result<T, E>`: `{type: 'Ok', value}` or `{type: 'Err', value}`. */
export function result<T, E>(
  ok: Type<T>,
  err: Type<E>,
): Type<{ readonly type: 'Ok'; readonly value: T } | { readonly type: 'Err'; readonly value: E }> {
  const content = (type: Type<unknown>, name: string, index: number) => variantCodec(name, index, type);
  return enumFromCodecs(
    ['Result'],
    [content(untyped(ok), 'Ok', 0), content(untyped(err), 'Err', 1)],
    [
      { name: 'T', type: untyped(ok) },
      { name: 'E', type: untyped(err) },
    ],
  );
}

/** `BTreeMap<K, V>`: pairs in ascending key order. */
export function btreeMap<K, V>(key: Type<K>, value: Type<V>): Type<readonly (readonly [K, V])[]> {
  const pairs = vec(tuple(key, value)) as unknown as Type<readonly (readonly [K, V])[]>;
  return newtype('BTreeMap', pairs, {
    params: [
      { name: 'K', type: untyped(key) },
      { name: 'V', type: untyped(value) },
    ],
  });
}

/** `BTreeSet<T>`: items in ascending order, each once, in whatever order and however often they are written. */
export function btreeSet<T>(item: Type<T>, compare: (a: T, b: T) => number): Type<readonly T[]> {
  const items = vec(item);
  return {
    ...newtype('BTreeSet', items, { params: [{ name: 'T', type: untyped(item) }] }),
    decode: (input) =>
      items
        .decode(input)
        .toSorted(compare)
        .filter((one, index, sorted) => index === 0 || compare(sorted[index - 1]!, one) !== 0),
  };
}
