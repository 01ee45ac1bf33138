import { type Field, isLazy, type Primitive, type Type } from './type.ts';

interface PortableField {
  readonly name: string | undefined;
  readonly type: number;
  readonly typeName: string | undefined;
  readonly docs: string[];
}

type PortableDefinition =
  | { readonly tag: 'composite'; readonly value: PortableField[] }
  | {
      readonly tag: 'variant';
      readonly value: { name: string; fields: PortableField[]; index: number; docs: string[] }[];
    }
  | { readonly tag: 'sequence'; readonly value: number }
  | { readonly tag: 'array'; readonly value: { len: number; type: number } }
  | { readonly tag: 'tuple'; readonly value: number[] }
  | { readonly tag: 'primitive'; readonly value: { tag: Primitive; value: undefined } }
  | { readonly tag: 'compact'; readonly value: number }
  | { readonly tag: 'bitSequence'; readonly value: { bitStoreType: number; bitOrderType: number } };

/** One row of the portable type registry, in the form that the metadata codecs of substrate-bindings take. */
export interface PortableType {
  readonly id: number;
  readonly path: string[];
  readonly params: { name: string; type: number | undefined }[];
  readonly def: PortableDefinition;
  readonly docs: string[];
}

/** Numbers types in order of first use; equal types share a number, recursive ones refer to themselves. */
export class TypeRegistry {
  readonly types: PortableType[] = [];
  private readonly ids = new Map<Type<unknown>, number>();
  private readonly byContent = new Map<string, number>();

  idOf<T>(of: Type<T>): number {
    const type = of as Type<unknown>;
    const known = this.ids.get(type);
    if (known !== undefined) return known;
    if (isLazy(type)) return this.lazyId(type, type.target());
    const content = this.describe(type);
    const key = JSON.stringify(content);
    let id = this.byContent.get(key);
    if (id === undefined) {
      id = this.types.length;
      this.byContent.set(key, id);
      this.types.push({ id, ...content });
    }
    this.ids.set(type, id);
    return id;
  }

  private lazyId(type: Type<unknown>, target: Type<unknown>): number {
    const reached = this.ids.get(target);
    if (reached !== undefined) {
      this.ids.set(type, reached);
      return reached;
    }
    const id = this.types.length;
    this.ids.set(type, id);
    this.ids.set(target, id);
    this.types.push({ id, path: [], params: [], def: { tag: 'tuple', value: [] }, docs: [] });
    this.types[id] = { id, ...this.describe(target) };
    return id;
  }

  private describe(type: Type<unknown>): Omit<PortableType, 'id'> {
    const { path, params, definition } = type.shape();
    return {
      path: [...path],
      params: params.map(({ name, type: param }) => ({ name, type: param ? this.idOf(param) : undefined })),
      def: this.definition(definition),
      docs: [],
    };
  }

  private fields(fields: readonly Field[]): PortableField[] {
    return fields.map(({ name, type, typeName }) => ({ name, type: this.idOf(type), typeName, docs: [] }));
  }

  private definition(definition: ReturnType<Type<unknown>['shape']>['definition']): PortableDefinition {
    switch (definition.kind) {
      case 'primitive':
        return { tag: 'primitive', value: { tag: definition.primitive, value: undefined } };
      case 'composite':
        return { tag: 'composite', value: this.fields(definition.fields) };
      case 'variant':
        return {
          tag: 'variant',
          value: definition.variants.map(({ name, index, fields }) => ({
            name,
            fields: this.fields(fields),
            index,
            docs: [],
          })),
        };
      case 'sequence':
        return { tag: 'sequence', value: this.idOf(definition.item) };
      case 'array':
        return { tag: 'array', value: { len: definition.length, type: this.idOf(definition.item) } };
      case 'tuple':
        return { tag: 'tuple', value: definition.items.map((item) => this.idOf(item)) };
      case 'compact':
        return { tag: 'compact', value: this.idOf(definition.item) };
      case 'bits':
        return {
          tag: 'bitSequence',
          value: { bitStoreType: this.idOf(definition.store), bitOrderType: this.idOf(definition.order) },
        };
    }
  }
}
