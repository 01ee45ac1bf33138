/** One measurement next to what it is compared with, measured in the same run or recorded by the reference. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  /** The floor, the reference or the requirement, in the same unit. */
  readonly reference: number;
  readonly referenceName: string;
  /** median / reference */
  readonly ratio: number;
  /** The ratio that must not be exceeded, where there is one. */
  readonly limit?: number;
  /** The ratio that must be reached, where there is one. */
  readonly least?: number;
}

export function row(facts: Omit<BenchRow, 'ratio'>): BenchRow {
  return { ...facts, median: rounded(facts.median), ratio: rounded(facts.median / facts.reference) };
}

/** Four significant digits: more would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Whether a row misses its limit. */
export const misses = ({ ratio, limit, least }: BenchRow): boolean =>
  (limit !== undefined && ratio > limit) || (least !== undefined && ratio < least);

export function renderRows(rows: readonly BenchRow[]): string {
  const cells = rows.map((one) => [
    one.name,
    `${one.median} ${one.unit}`,
    `${one.reference.toPrecision(4)} ${one.unit}`,
    one.referenceName,
    `${one.ratio.toFixed(2)}×`,
    requirement(one),
  ]);
  const table = [['what', 'ours', 'reference', '', 'ratio', 'required'], ...cells];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  const lines = table.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const missed = rows.filter(misses);
  return [
    ...lines,
    '',
    missed.length === 0 ? 'No requirement is missed.' : `Missed: ${missed.map(({ name }) => name).join('; ')}`,
  ].join('\n');
}

function requirement(one: BenchRow): string {
  const wanted = one.limit === undefined ? (one.least === undefined ? '' : `≥ ${one.least}×`) : `≤ ${one.limit}×`;
  if (wanted === '') return '';
  return `${wanted} ${misses(one) ? 'MISSED' : 'ok'}`;
}
