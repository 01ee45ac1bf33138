import type { Writer } from './io.ts';
import { str, u32 } from './primitives.ts';
import type { Field, Primitive, Shape, Type } from './type.ts';

// How metadata writes types. Source: scale-info, `PortableRegistry`.

type IdOf = (type: Type<unknown>) => number;

/** In the order of their indices. */
export const PRIMITIVES: readonly Primitive[] = [
  'bool',
  'char',
  'str',
  'u8',
  'u16',
  'u32',
  'u64',
  'u128',
  'u256',
  'i8',
  'i16',
  'i32',
  'i64',
  'i128',
  'i256',
];

/** No documentation. */
export const writeNoDocs = (out: Writer): void => out.u8(0);

/** `Vec<T>`. */
export function writeList<T>(out: Writer, items: readonly T[], write: (item: T) => void): void {
  out.compact(items.length);
  for (const item of items) write(item);
}

export function writeOptionalText(out: Writer, text: string | undefined): void {
  out.u8(text === undefined ? 0 : 1);
  if (text !== undefined) str.encode(out, text);
}

function writeFields(out: Writer, fields: readonly Field[], idOf: IdOf): void {
  writeList(out, fields, ({ name, type, typeName }) => {
    writeOptionalText(out, name);
    out.compact(idOf(type));
    writeOptionalText(out, typeName);
    writeNoDocs(out);
  });
}

function writeDefinition(out: Writer, definition: Shape['definition'], idOf: IdOf): void {
  switch (definition.kind) {
    case 'composite':
      out.u8(0);
      writeFields(out, definition.fields, idOf);
      break;
    case 'variant':
      out.u8(1);
      writeList(out, definition.variants, ({ name, index, fields }) => {
        str.encode(out, name);
        writeFields(out, fields, idOf);
        out.u8(index);
        writeNoDocs(out);
      });
      break;
    case 'sequence':
      out.u8(2);
      out.compact(idOf(definition.item));
      break;
    case 'array':
      out.u8(3);
      u32.encode(out, definition.length);
      out.compact(idOf(definition.item));
      break;
    case 'tuple':
      out.u8(4);
      writeList(out, definition.items, (item) => out.compact(idOf(item)));
      break;
    case 'primitive':
      out.u8(5);
      out.u8(PRIMITIVES.indexOf(definition.primitive));
      break;
    case 'compact':
      out.u8(6);
      out.compact(idOf(definition.item));
      break;
    case 'bits':
      out.u8(7);
      out.compact(idOf(definition.store));
      out.compact(idOf(definition.order));
      break;
  }
}

/** A type without its number: path, parameters, definition. */
export function writeShape(out: Writer, { path, params, definition }: Shape, idOf: IdOf): void {
  writeList(out, path, (part) => str.encode(out, part));
  writeList(out, params, ({ name, type }) => {
    str.encode(out, name);
    out.u8(type ? 1 : 0);
    if (type) out.compact(idOf(type));
  });
  writeDefinition(out, definition, idOf);
  writeNoDocs(out);
}
