declare const type: unique symbol;

/** A JSON Schema (draft-07) that remembers the TypeScript type it describes. */
export interface Schema<T> {
  readonly [type]?: T;
  readonly [keyword: string]: unknown;
}

export type Infer<S> = S extends Schema<infer T> ? T : never;

interface Optional<T> extends Schema<T> {
  readonly optional: Schema<T>;
}

type Properties = Readonly<Record<string, Schema<unknown>>>;
type OptionalKeys<P> = { [K in keyof P]: P[K] extends Optional<unknown> ? K : never }[keyof P];
type ObjectOf<P> = { -readonly [K in Exclude<keyof P, OptionalKeys<P>>]: Infer<P[K]> } & {
  -readonly [K in OptionalKeys<P>]?: Infer<P[K]>;
} extends infer O
  ? { [K in keyof O]: O[K] }
  : never;

function make<T>(keywords: Record<string, unknown>, description?: string): Schema<T> {
  return description === undefined ? keywords : { ...keywords, description };
}

/** Builders of result schemas: declared once, they give the JSON Schema and, through `Infer`, the type. */
export const s = {
  string: (description?: string): Schema<string> => make({ type: 'string' }, description),
  integer: (description?: string): Schema<number> => make({ type: 'integer' }, description),
  /** A ratio or a measurement that is no money. */
  number: (description?: string): Schema<number> => make({ type: 'number' }, description),
  boolean: (description?: string): Schema<boolean> => make({ type: 'boolean' }, description),
  /** An amount in whole units with nine places; its unit belongs into the field's name (`amountTao`). */
  amount: (description?: string): Schema<string> =>
    make({ type: 'string', pattern: '^-?[0-9]+\\.[0-9]{9}$' }, description),
  /** A decimal number with any number of places, such as a price. */
  decimal: (description?: string): Schema<string> =>
    make({ type: 'string', pattern: '^-?[0-9]+(\\.[0-9]+)?$' }, description),
  ss58: (description?: string): Schema<string> =>
    make({ type: 'string', pattern: '^[1-9A-HJ-NP-Za-km-z]{46,50}$' }, description),
  hex: (description?: string): Schema<string> => make({ type: 'string', pattern: '^0x([0-9a-f]{2})*$' }, description),
  hash: (description?: string): Schema<string> => make({ type: 'string', pattern: '^0x[0-9a-f]{64}$' }, description),
  /** "123-2": block and index of an extrinsic. */
  extrinsicId: (description?: string): Schema<string> =>
    make({ type: 'string', pattern: '^[0-9]+-[0-9]+$' }, description),
  netuid: (description?: string): Schema<number> => make({ type: 'integer', minimum: 0, maximum: 65535 }, description),
  uid: (description?: string): Schema<number> => make({ type: 'integer', minimum: 0, maximum: 65535 }, description),
  block: (description?: string): Schema<number> => make({ type: 'integer', minimum: 0 }, description),
  choice: <const T extends readonly string[]>(values: T, description?: string): Schema<T[number]> =>
    make({ type: 'string', enum: values }, description),
  constant: <const T extends string | number | boolean>(value: T): Schema<T> => make({ const: value }),
  array: <T>(items: Schema<T>, description?: string): Schema<T[]> => make({ type: 'array', items }, description),
  record: <T>(values: Schema<T>, description?: string): Schema<Record<string, T>> =>
    make({ type: 'object', additionalProperties: values }, description),
  nullable: <T>(inner: Schema<T>): Schema<T | null> => make({ anyOf: [inner, { type: 'null' }] }),
  either: <T extends readonly Schema<unknown>[]>(...schemas: T): Schema<Infer<T[number]>> => make({ anyOf: schemas }),
  /** A property that may be absent. */
  optional: <T>(inner: Schema<T>): Optional<T> => ({ optional: inner }),
  /** Any JSON value. */
  json: (description?: string): Schema<unknown> => make({}, description),
  object: <const P extends Properties>(properties: P, description?: string): Schema<ObjectOf<P>> => {
    const entries = Object.entries(properties);
    return make(
      {
        type: 'object',
        properties: Object.fromEntries(
          entries.map(([key, value]) => [key, isOptional(value) ? value.optional : value]),
        ),
        required: entries.filter(([, value]) => !isOptional(value)).map(([key]) => key),
        additionalProperties: false,
      },
      description,
    );
  },
};

/** A command's result: the versioned name of its shape, and the shape. */
export interface ResultSpec<T> {
  readonly id: string;
  readonly data: Schema<T>;
}

/** Names a result's schema: `result('stake.add/v1', s.object({ … }))`. A change of shape is a new version. */
export function result<T>(id: `${string}/v${number}`, data: Schema<T>): ResultSpec<T> {
  return { id, data };
}

export type ResultOf<R> = R extends ResultSpec<infer T> ? T : never;

function isOptional(schema: Schema<unknown>): schema is Optional<unknown> {
  return 'optional' in schema;
}
