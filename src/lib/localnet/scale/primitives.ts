import { fromHex, type Hex, toHex, utf8 } from './bytes.ts';
import { type Reader, ScaleError, type Writer } from './io.ts';
import { anonymous, makeType, type Primitive, type Type } from './type.ts';

const primitive = (name: Primitive) => anonymous({ kind: 'primitive', primitive: name });

function checkNumber(value: number, low: number, high: number, name: string): void {
  if (!Number.isInteger(value) || value < low || value > high) throw new ScaleError(`${value} is not a ${name}`);
}

export const bool: Type<boolean> = makeType(
  (out, value) => out.u8(value ? 1 : 0),
  (input) => {
    const byte = input.u8();
    if (byte > 1) throw new ScaleError(`${byte} is not a bool`);
    return byte === 1;
  },
  primitive('bool'),
);

export const u8: Type<number> = makeType(
  (out, value) => {
    checkNumber(value, 0, 0xff, 'u8');
    out.u8(value);
  },
  (input) => input.u8(),
  primitive('u8'),
);

export const u16: Type<number> = makeType(
  (out, value) => {
    checkNumber(value, 0, 0xffff, 'u16');
    const at = out.claim(2);
    out.view.setUint16(at, value, true);
  },
  (input) => input.u16(),
  primitive('u16'),
);

export const i16: Type<number> = makeType(
  (out, value) => {
    checkNumber(value, -0x8000, 0x7fff, 'i16');
    const at = out.claim(2);
    out.view.setInt16(at, value, true);
  },
  (input) => (input.u16() << 16) >> 16,
  primitive('i16'),
);

export const u32: Type<number> = makeType(
  (out, value) => {
    checkNumber(value, 0, 0xffffffff, 'u32');
    const at = out.claim(4);
    out.view.setUint32(at, value, true);
  },
  (input) => input.u32(),
  primitive('u32'),
);

export const i32: Type<number> = makeType(
  (out, value) => {
    checkNumber(value, -0x80000000, 0x7fffffff, 'i32');
    const at = out.claim(4);
    out.view.setInt32(at, value, true);
  },
  (input) => input.u32() | 0,
  primitive('i32'),
);

export const u64: Type<bigint> = makeType(
  (out, value) => {
    if (value < 0n || value > 0xffffffffffffffffn) throw new ScaleError(`${value} is not a u64`);
    const at = out.claim(8);
    out.view.setBigUint64(at, value, true);
  },
  (input) => input.u64(),
  primitive('u64'),
);

export const i64: Type<bigint> = makeType(
  (out, value) => {
    if (BigInt.asIntN(64, value) !== value) throw new ScaleError(`${value} is not an i64`);
    const at = out.claim(8);
    out.view.setBigInt64(at, value, true);
  },
  (input) => BigInt.asIntN(64, input.u64()),
  primitive('i64'),
);

function wide(bits: 128, signed: boolean): Type<bigint> {
  const name = `${signed ? 'i' : 'u'}${bits}` as Primitive;
  const words = bits / 64;
  return makeType(
    (out, value) => {
      if ((signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value)) !== value) {
        throw new ScaleError(`${value} is not a ${name}`);
      }
      const at = out.claim(words * 8);
      let rest = BigInt.asUintN(bits, value);
      for (let word = 0; word < words; word++) {
        out.view.setBigUint64(at + word * 8, rest & 0xffffffffffffffffn, true);
        rest >>= 64n;
      }
    },
    (input) => {
      let value = 0n;
      for (let word = 0; word < words; word++) value |= input.u64() << BigInt(64 * word);
      return signed ? BigInt.asIntN(bits, value) : value;
    },
    primitive(name),
  );
}

export const u128: Type<bigint> = wide(128, false);
export const i128: Type<bigint> = wide(128, true);

/** Writes a short text of ASCII characters alone, which names are; false when it is none. */
function writeAscii(out: Writer, text: string): boolean {
  const { length } = text;
  if (length >= 64) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  const at = out.claim(length + 1);
  out.view.setUint8(at, length << 2);
  for (let i = 0; i < length; i++) out.view.setUint8(at + 1 + i, text.charCodeAt(i));
  return true;
}

export const str: Type<string> = makeType(
  (out, value) => {
    if (writeAscii(out, value)) return;
    const bytes = utf8.encode(value);
    out.compact(bytes.length);
    out.raw(bytes);
  },
  (input) => utf8.decode(input.take(input.length())),
  primitive('str'),
);

/** A compact of at most the integer's greatest value. */
function compactUpTo(input: Reader, inner: Type<unknown>): bigint {
  const value = input.compact();
  const bits = bitsOf(inner);
  if (value >> bits !== 0n) throw new ScaleError(`the compact ${value} has more than ${bits} bits`);
  return value;
}

const bitsKnown = new WeakMap<Type<unknown>, bigint>();

/** Bits of an unsigned integer, or of what is one under another name. */
function bitsOf(type: Type<unknown>): bigint {
  const known = bitsKnown.get(type);
  if (known !== undefined) return known;
  const { definition } = type.shape();
  const bits =
    definition.kind === 'composite'
      ? bitsOf(definition.fields[0]!.type)
      : BigInt(definition.kind === 'primitive' ? definition.primitive.slice(1) : Number.NaN);
  bitsKnown.set(type, bits);
  return bits;
}

/** `Compact<u8|u16|u32>`: a number. */
export function compactNumber(inner: Type<number>): Type<number> {
  return makeType(
    (out, value) => out.compact(value),
    (input) => Number(compactUpTo(input, inner as Type<unknown>)),
    () => anonymous({ kind: 'compact', item: inner as Type<unknown> }),
  );
}

/** `Compact<u64|u128>`: a bigint. */
export function compactBigint(inner: Type<bigint>): Type<bigint> {
  return makeType(
    (out, value) => out.compact(value),
    (input) => compactUpTo(input, inner as Type<unknown>),
    () => anonymous({ kind: 'compact', item: inner as Type<unknown> }),
  );
}

/** `Vec<u8>`: bytes. */
export const bytes: Type<Uint8Array> = makeType(
  (out, value) => {
    out.compact(value.length);
    out.raw(value);
  },
  (input) => input.take(input.length()).slice(),
  () => anonymous({ kind: 'sequence', item: u8 as Type<unknown> }),
);

/** `[u8; length]`: hex without 0x. */
export function fixedBytes(length: number): Type<Hex> {
  return makeType(
    (out, value) => {
      if (out.hex(value, length)) return;
      const raw = fromHex(value);
      if (raw.length !== length) throw new ScaleError(`${raw.length} bytes where ${length} are needed`);
      out.raw(raw);
    },
    (input) => toHex(input.take(length)),
    () => anonymous({ kind: 'array', item: u8 as Type<unknown>, length }),
  );
}

/** `()`. */
export const unit: Type<undefined> = makeType(
  () => {},
  () => undefined,
  anonymous({ kind: 'tuple', items: [] }),
);
