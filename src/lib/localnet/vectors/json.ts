/**
 * Readers of recorded vectors: JSON whose integers of more than 32 bits are decimal strings and whose absent results are null.
 */

/** A file that names a known format and does not keep to it. */
export class VectorFormatError extends Error {
  override readonly name = 'VectorFormatError';
}

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value is an object with at least one key, all of them known. */
export function hasOnlyKeys(value: unknown, known: readonly string[]): value is JsonObject {
  if (!isObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => known.includes(key));
}

/** Whether the value is an object that has all of these keys. */
export function hasKeys(value: unknown, required: readonly string[]): value is JsonObject {
  return isObject(value) && required.every((key) => key in value);
}

export function objectOf(value: unknown, what = 'value'): JsonObject {
  if (!isObject(value)) throw new VectorFormatError(`${what} is not an object`);
  return value;
}

export function listOf(value: unknown, what = 'value'): readonly unknown[] {
  if (!Array.isArray(value)) throw new VectorFormatError(`${what} is not a list`);
  return value;
}

export function textOf(value: unknown, what = 'value'): string {
  if (typeof value !== 'string') throw new VectorFormatError(`${what} is not a string`);
  return value;
}

export function booleanOf(value: unknown, what = 'value'): boolean {
  if (typeof value !== 'boolean') throw new VectorFormatError(`${what} is not a boolean`);
  return value;
}

export function numberOf(value: unknown, what = 'value'): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number))
    throw new VectorFormatError(`${what} is not a small integer`);
  return number;
}

/** An integer of any size, from a decimal string or a safe number. */
export function bigOf(value: unknown, what = 'value'): bigint {
  if (typeof value === 'string' && /^(-?\d+|0x[0-9a-f]+)$/i.test(value)) return BigInt(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw new VectorFormatError(`${what} is not an integer`);
}

/** Rows of a table `{columns, rows}`, each a list. */
export function* rowsOf(table: unknown, what: string): Generator<readonly unknown[]> {
  const rows = listOf(objectOf(table, what).rows, `${what}.rows`);
  for (const [i, row] of rows.entries()) yield listOf(row, `${what}.rows[${i}]`);
}
