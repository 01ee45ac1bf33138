import type { VectorFormat, VectorRow } from './format.ts';
import { VectorFormatError } from './json.ts';
import { formats } from './registry.ts';

const MAX_REPORTED_DIFFERENCES = 10;

/** Outcome of checking one vector file. */
export interface VectorReport {
  readonly format: string;
  readonly rows: number;
  readonly equal: number;
  readonly different: number;
  /** The first differing rows, at most ten. */
  readonly firstDifferences: readonly VectorRow[];
}

/** The one format that recognises the content. @throws VectorFormatError when none or several do */
function formatOf(json: unknown): VectorFormat {
  const matching = formats.filter((format) => format.recognises(json));
  if (matching.length !== 1) {
    const names = matching.map((format) => format.name).join(', ');
    throw new VectorFormatError(
      matching.length === 0 ? 'not a known vector format' : `ambiguous vector format: ${names}`,
    );
  }
  return matching[0]!;
}

/**
 * Recomputes every row of a recorded vector file and compares.
 *
 * @param json parsed content of the file
 * @throws VectorFormatError when the content is of no known format, or breaks its format
 */
export function checkFile(json: unknown): VectorReport {
  const format = formatOf(json);
  let rows = 0;
  let equal = 0;
  const firstDifferences: VectorRow[] = [];
  for (const row of format.check(json)) {
    rows += 1;
    if (row.equal) equal += 1;
    else if (firstDifferences.length < MAX_REPORTED_DIFFERENCES) firstDifferences.push(row);
  }
  if (rows === 0) throw new VectorFormatError(`${format.name}: the file holds no rows`);
  return { format: format.name, rows, equal, different: rows - equal, firstDifferences };
}
