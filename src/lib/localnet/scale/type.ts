import { Reader, ScaleError, Writer } from './io.ts';

/** One field of a composite or variant as metadata shows it. */
export interface Field {
  readonly name?: string;
  readonly type: Type<unknown>;
  readonly typeName?: string;
}

export interface VariantShape {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly Field[];
}

export type Primitive =
  | 'bool'
  | 'char'
  | 'str'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 'u128'
  | 'u256'
  | 'i8'
  | 'i16'
  | 'i32'
  | 'i64'
  | 'i128'
  | 'i256';

export type Definition =
  | { readonly kind: 'primitive'; readonly primitive: Primitive }
  | { readonly kind: 'composite'; readonly fields: readonly Field[] }
  | { readonly kind: 'variant'; readonly variants: readonly VariantShape[] }
  | { readonly kind: 'sequence'; readonly item: Type<unknown> }
  | { readonly kind: 'array'; readonly item: Type<unknown>; readonly length: number }
  | { readonly kind: 'tuple'; readonly items: readonly Type<unknown>[] }
  | { readonly kind: 'compact'; readonly item: Type<unknown> }
  | { readonly kind: 'bits'; readonly store: Type<unknown>; readonly order: Type<unknown> };

/** What the portable type registry of the metadata says of a type. */
export interface Shape {
  readonly path: readonly string[];
  readonly params: readonly { readonly name: string; readonly type?: Type<unknown> }[];
  readonly definition: Definition;
}

/** A type of the chain: its SCALE codec, its TypeScript type `T` and its metadata shape in one. */
export interface Type<T> {
  encode(out: Writer, value: T): void;
  decode(input: Reader): T;
  /** Read only when metadata is built, so that recursive types may refer to themselves. */
  shape(): Shape;
}

/** The TypeScript type of a chain type. */
export type ValueOf<X> = X extends Type<infer T> ? T : never;

/** Encodes one value to bytes of its own. */
export function encode<T>(type: Type<T>, value: T): Uint8Array {
  return written((out) => type.encode(out, value));
}

/** What `write` writes, as bytes of their own. */
export function written(write: (out: Writer) => void): Uint8Array {
  // A block encodes hundreds of small values: making a buffer for each would cost more than the encoding.
  const out = spare ?? new Writer();
  spare = undefined;
  try {
    write(out);
    return out.finish();
  } finally {
    out.clear();
    if (out.capacity <= LARGEST_SPARE) spare = out;
  }
}

const LARGEST_SPARE = 1 << 20;
/** The writer that nobody uses now; an encoder that encodes on its own meanwhile makes another. */
let spare: Writer | undefined;

/** Decodes exactly one value. @throws ScaleError when bytes are missing or left over. */
export function decode<T>(type: Type<T>, bytes: Uint8Array): T {
  const input = new Reader(bytes);
  const value = type.decode(input);
  input.end('the value');
  return value;
}

/** Decodes one value as `Decode::decode` does in the chain: trailing bytes are ignored. */
export function decodePrefix<T>(type: Type<T>, bytes: Uint8Array): T {
  return type.decode(new Reader(bytes));
}

/** Builds a type from a codec and a shape. */
export function makeType<T>(
  encodeValue: (out: Writer, value: T) => void,
  decodeValue: (input: Reader) => T,
  shape: Shape | (() => Shape),
): Type<T> {
  return { encode: encodeValue, decode: decodeValue, shape: typeof shape === 'function' ? shape : () => shape };
}

export function anonymous(definition: Definition): Shape {
  return { path: [], params: [], definition };
}

/** The same codec under another path: what metadata calls a newtype (`struct Name(Inner)`), transparent in TypeScript. */
export function newtype<T>(
  path: string,
  inner: Type<T>,
  options: { params?: Shape['params']; typeName?: string; fieldName?: string } = {},
): Type<T> {
  return {
    encode: inner.encode,
    decode: inner.decode,
    shape: () => ({
      path: path.split('::'),
      params: options.params ?? [],
      definition: {
        kind: 'composite',
        fields: [
          {
            type: inner as Type<unknown>,
            ...(options.fieldName ? { name: options.fieldName } : {}),
            ...(options.typeName ? { typeName: options.typeName } : {}),
          },
        ],
      },
    }),
  };
}

/** A type bound later, for recursion (a call that holds calls). */
export interface LazyType<T> extends Type<T> {
  bind(type: Type<T>): void;
  /** The type that is bound. @throws ScaleError while there is none. */
  target(): Type<T>;
}

export function isLazy(type: Type<unknown>): type is LazyType<unknown> {
  return 'target' in type;
}

export function lazyType<T>(name: string): LazyType<T> {
  let target: Type<T> | undefined;
  const bound = (): Type<T> => {
    if (!target) throw new ScaleError(`type ${name} is used before the runtime is put together`);
    return target;
  };
  return {
    encode: (out, value) => bound().encode(out, value),
    decode: (input) => bound().decode(input),
    shape: () => bound().shape(),
    target: bound,
    bind: (type) => {
      target = type;
    },
  };
}
