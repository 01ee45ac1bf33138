/** One measurement next to what it is compared with, measured in the same run or recorded by the reference. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  /** The floor or the reference, in the same unit. */
  readonly reference: number;
  readonly referenceName: string;
  /** median / reference */
  readonly ratio: number;
  /** The ratio that must not be exceeded, where there is one. */
  readonly limit?: number;
}

export function row(facts: Omit<BenchRow, 'ratio'>): BenchRow {
  return { ...facts, ratio: Math.round((facts.median / facts.reference) * 100) / 100 };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function renderRows(rows: readonly BenchRow[]): string {
  const cells = rows.map((one) => [
    one.name,
    `${one.median.toFixed(1)} ${one.unit}`,
    `${one.reference.toFixed(1)} ${one.unit}`,
    one.referenceName,
    `${one.ratio.toFixed(2)}×`,
    one.limit === undefined ? '' : `≤ ${one.limit}× ${one.ratio <= one.limit ? 'ok' : 'EXCEEDED'}`,
  ]);
  const table = [['what', 'ours', 'reference', '', 'ratio', 'limit'], ...cells];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((line) => line[column]!.length)));
  return table
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
