import { VectorFormatError } from './json.ts';

/** Comparison of one recorded row with what this project computes from the same inputs. */
export interface VectorRow {
  /** Where in the file, and what: `section[12] column`. */
  readonly label: string;
  readonly equal: boolean;
  /** The first value that differs, or nothing when all are equal. */
  readonly ours: string;
  readonly theirs: string;
}

/** A kind of vector file, recognised by its content and never by its name. */
export interface VectorFormat {
  readonly name: string;
  recognises(json: unknown): boolean;
  /** One result per row or case of the file. @throws VectorFormatError where the file breaks its format */
  check(json: unknown): Iterable<VectorRow>;
}

/** One recorded result: its name, what this project gives, and what the file holds (JSON). */
export type Comparison = readonly [name: string, ours: unknown, theirs: unknown];

/** The value as the vectors write it: integers as decimal strings, absent results as null. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'bigint' || typeof item === 'number' ? String(item) : item === undefined ? null : item,
  );
}

/** Compares the results of one row; the first that differs is reported. @throws VectorFormatError where the file lacks a result */
export function compareRow(label: string, comparisons: Iterable<Comparison>): VectorRow {
  for (const [name, ours, theirs] of comparisons) {
    if (theirs === undefined) throw new VectorFormatError(`${label} has no ${name}`);
    const [a, b] = [canonical(ours), canonical(theirs)];
    if (a !== b) return { label: `${label} ${name}`, equal: false, ours: a, theirs: b };
  }
  return { label, equal: true, ours: '', theirs: '' };
}
