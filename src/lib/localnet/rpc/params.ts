import { fromHex, type Hex } from '../scale/bytes.ts';
import { decodeAddress } from './address.ts';
import { invalidParams } from './rpc-error.ts';

/** Reads one parameter as it came in JSON; null and missing are undefined. @throws RpcError -32602 */
export type Param<T> = (value: unknown, name: string) => T;

export type ParamSpec = Readonly<Record<string, Param<unknown>>>;
export type ParamsOf<S extends ParamSpec> = { readonly [K in keyof S]: S[K] extends Param<infer T> ? T : never };

const LONGEST_LIST = 100_000;
const MAX_U64 = 0xffff_ffff_ffff_ffffn;

function expected(name: string, what: string): Error {
  return invalidParams(`${name}: expected ${what}`);
}

export function optional<T>(param: Param<T>): Param<T | undefined> {
  return (value, name) => (value === undefined || value === null ? undefined : param(value, name));
}

/** Bytes as hex, with or without 0x. */
export const hexBytes: Param<Uint8Array> = (value, name) => {
  if (typeof value !== 'string') throw expected(name, 'a hex string');
  try {
    return fromHex(value);
  } catch {
    throw expected(name, 'a hex string with an even number of digits');
  }
};

/** Bytes as hex or as an array of numbers. */
export const byteList: Param<Uint8Array> = (value, name) => {
  if (!Array.isArray(value)) return hexBytes(value, name);
  if (value.length > LONGEST_LIST || !value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) {
    throw expected(name, 'bytes');
  }
  return Uint8Array.from(value as number[]);
};

/** A storage key: lower-case hex without 0x. */
export const storageKey: Param<Hex> = (value, name) => Buffer.from(hexBytes(value, name)).toString('hex');

/** A hash of 32 bytes: lower-case hex without 0x. */
export const hash: Param<Hex> = (value, name) => {
  const key = storageKey(value, name);
  if (key.length !== 64) throw expected(name, 'a hash of 32 bytes');
  return key;
};

function integer(value: unknown, name: string, most: number): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > most) {
    throw expected(name, `an integer from 0 to ${most}`);
  }
  return value as number;
}

export const u16: Param<number> = (value, name) => integer(value, name, 0xffff);
export const u32: Param<number> = (value, name) => integer(value, name, 0xffff_ffff);
export const u8: Param<number> = (value, name) => integer(value, name, 0xff);

/** A u64 as a JSON number, or as a decimal or 0x string where JSON numbers are not exact. */
export const u64: Param<bigint> = (value, name) => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  if (typeof value === 'string' && /^(0x[0-9a-f]{1,16}|\d{1,20})$/i.test(value)) {
    const parsed = BigInt(value);
    if (parsed <= MAX_U64) return parsed;
  }
  throw expected(name, 'an unsigned 64-bit integer');
};

/** A block number as a number or as 0x-hex. */
export const blockNumber: Param<number> = (value, name) => {
  if (typeof value === 'string' && /^0x[0-9a-f]{1,8}$/i.test(value)) return Number.parseInt(value, 16);
  return integer(value, name, 0xffff_ffff);
};

export const bool: Param<boolean> = (value, name) => {
  if (typeof value !== 'boolean') throw expected(name, 'true or false');
  return value;
};

export const text: Param<string> = (value, name) => {
  if (typeof value !== 'string') throw expected(name, 'a string');
  return value;
};

/** An account as an address (ss58) or as 32 bytes of hex: hex without 0x. */
export const account: Param<Hex> = (value, name) => {
  if (typeof value === 'string') {
    const id = /^(0x)?[0-9a-f]{64}$/i.test(value) ? value.replace(/^0x/i, '').toLowerCase() : decodeAddress(value);
    if (id !== undefined) return id;
  }
  throw expected(name, 'an account address');
};

export const json: Param<unknown> = (value) => value;

export function list<T>(item: Param<T>, most = LONGEST_LIST): Param<readonly T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw expected(name, 'a list');
    if (value.length > most) throw expected(name, `a list of at most ${most} items`);
    return value.map((inner, index) => item(inner, `${name}[${index}]`));
  };
}

/** One item, or a list of them. */
export function oneOrMany<T>(item: Param<T>, most = LONGEST_LIST): Param<T | readonly T[]> {
  const many = list(item, most);
  return (value, name) => (Array.isArray(value) ? many(value, name) : item(value, name));
}

export function object<const S extends ParamSpec>(fields: S): Param<ParamsOf<S>> {
  return (value, name) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw expected(name, 'an object');
    const given = value as Record<string, unknown>;
    const read: Record<string, unknown> = {};
    for (const [field, param] of Object.entries(fields)) read[field] = param(own(given, field), `${name}.${field}`);
    return read as ParamsOf<S>;
  };
}

function own(given: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

/** Parameters by position or by name. @throws RpcError -32602 */
export function readParams<S extends ParamSpec>(spec: S, given: unknown): ParamsOf<S> {
  const names = Object.keys(spec);
  const read: Record<string, unknown> = {};
  if (given === undefined || given === null || Array.isArray(given)) {
    const values = (given ?? []) as readonly unknown[];
    if (values.length > names.length && values.slice(names.length).some((value) => value !== null)) {
      throw invalidParams(`at most ${names.length} parameters, got ${values.length}`);
    }
    names.forEach((name, index) => {
      read[name] = spec[name]!(values[index], name);
    });
  } else {
    const values = given as Record<string, unknown>;
    for (const name of names) read[name] = spec[name]!(own(values, name), name);
  }
  return read as ParamsOf<S>;
}
