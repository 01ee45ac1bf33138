import { epochBenchmarks } from '../../test/bench/epoch.bench.ts';
import { type BenchRow, row } from './rows.ts';

/** Whole epochs beside the chain's native release code. */
export async function epochs(): Promise<BenchRow[]> {
  return epochBenchmarks(31).map(({ name, unit, median, reference }) =>
    row({ name, unit, median, reference, referenceName: 'native', limit: 1 }),
  );
}
