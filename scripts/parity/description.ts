// What metadata says of a runtime, in one form for both sides of the comparison. Bytes are hex with 0x.

export interface FieldDescription {
  /** Empty for an unnamed field. */
  readonly name: string;
  readonly type: number;
  /** What Rust calls the type. */
  readonly typeName?: string | undefined;
}

export interface VariantDescription {
  readonly name: string;
  readonly index: number;
  readonly fields: readonly FieldDescription[];
}

export type TypeKind =
  | { readonly kind: 'primitive'; readonly of: string }
  | { readonly kind: 'composite'; readonly fields: readonly FieldDescription[] }
  | { readonly kind: 'variant'; readonly variants: readonly VariantDescription[] }
  | { readonly kind: 'sequence'; readonly item: number }
  | { readonly kind: 'array'; readonly item: number; readonly length: number }
  | { readonly kind: 'tuple'; readonly items: readonly number[] }
  | { readonly kind: 'compact'; readonly item: number };

export interface TypeDescription {
  readonly path: string;
  readonly params: readonly { readonly name: string; readonly type: number | undefined }[];
  readonly definition: TypeKind;
}

export interface StorageDescription {
  readonly name: string;
  readonly modifier: 'Default' | 'Optional';
  readonly hashers: readonly string[];
  /** Undefined for a plain value. */
  readonly key: number | undefined;
  readonly value: number;
  readonly fallback: string;
}

export interface PalletDescription {
  readonly name: string;
  readonly index: number;
  readonly storage: readonly StorageDescription[];
  readonly calls: readonly VariantDescription[];
  readonly events: readonly VariantDescription[];
  readonly errors: readonly VariantDescription[];
  readonly constants: readonly { readonly name: string; readonly type: number; readonly value: string }[];
}

export interface MethodDescription {
  readonly name: string;
  readonly inputs: readonly FieldDescription[];
  readonly output: number;
}

export interface Description {
  readonly types: ReadonlyMap<number, TypeDescription>;
  readonly pallets: readonly PalletDescription[];
  readonly extrinsic: {
    readonly version: number;
    readonly address: number;
    readonly call: number;
    readonly signature: number;
    readonly extra: number;
    readonly extensions: readonly {
      readonly identifier: string;
      readonly type: number;
      readonly additionalSigned: number;
    }[];
  };
  /** Absent where the metadata version does not tell. */
  readonly apis: readonly { readonly name: string; readonly methods: readonly MethodDescription[] }[];
}
