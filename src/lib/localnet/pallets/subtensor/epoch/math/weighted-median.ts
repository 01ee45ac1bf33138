/** Stake-weighted median of the weights per target: Yuma's consensus (chain: epoch/math.rs `weighted_median*`). */

import { type I32F32Bits, saturatingAdd, saturatingSub, wrappingSum, ZERO } from './i32f32.ts';
import type { DenseMatrix, FixedVector, SparseMatrix } from './types.ts';
import { normalize } from './vector.ts';

/**
 * The score at which the stake below reaches `minority`, found by splitting at the middle element.
 *
 * @param partition - indices into `stake` and `score` to look at
 * @param minority - stake (of the segment [partitionLo, partitionHi]) that may stay below the median
 */
export function weightedMedian(
  stake: FixedVector,
  score: FixedVector,
  partition: readonly number[],
  minority: I32F32Bits,
  partitionLo: I32F32Bits,
  partitionHi: I32F32Bits,
): I32F32Bits {
  if (stake.length !== score.length) return ZERO;
  let current = partition;
  let lo = partitionLo;
  let hi = partitionHi;
  // Each round drops at least the pivot, so the chain's iteration limit (the partition's length) is never exceeded.
  for (;;) {
    if (current.length === 0) return ZERO;
    if (current.length === 1) return score[current[0]!] ?? ZERO;
    const pivot = score[current[Math.floor(current.length / 2)]!] ?? ZERO;
    const lower = current.filter((i) => (score[i] ?? ZERO) < pivot);
    const upper = current.filter((i) => (score[i] ?? ZERO) > pivot);
    const stakeOf = (indices: readonly number[]): I32F32Bits =>
      indices.reduce((total, i) => saturatingAdd(total, stake[i] ?? ZERO), ZERO);
    const lowerEnd = saturatingAdd(lo, stakeOf(lower));
    const upperStart = saturatingSub(hi, stakeOf(upper));
    if (minority < lowerEnd && lower.length > 0) {
      current = lower;
      hi = lowerEnd;
    } else if (upperStart <= minority && upper.length > 0) {
      current = upper;
      lo = upperStart;
    } else {
      return pivot;
    }
  }
}

function medianOfColumn(stake: FixedVector, score: FixedVector, majority: I32F32Bits): I32F32Bits {
  const total = wrappingSum(stake);
  const all = stake.map((_, i) => i);
  return weightedMedian(stake, score, all, saturatingSub(total, majority), ZERO, total);
}

/** Median per column over the rows with positive stake; a row of the wrong width counts as zero stake and score. */
export function weightedMedianCol(stake: FixedVector, score: DenseMatrix, majority: I32F32Bits): I32F32Bits[] {
  const columns = score[0]?.length ?? 0;
  const rows = stake.flatMap((value, r) => (value > ZERO ? [r] : []));
  const isUsable = (r: number): boolean => score[r]?.length === columns;
  const useStake = normalize(rows.map((r) => (isUsable(r) ? stake[r]! : ZERO)));
  return Array.from({ length: columns }, (_, c) => {
    const useScore = rows.map((r) => (isUsable(r) ? score[r]![c]! : ZERO));
    return rows.length === 0 ? ZERO : medianOfColumn(useStake, useScore, majority);
  });
}

/** Median per column over the rows with positive stake; absent entries count as zero weight. */
export function weightedMedianColSparse(
  stake: FixedVector,
  score: SparseMatrix,
  columns: number,
  majority: I32F32Bits,
): I32F32Bits[] {
  const useStake = normalize(stake.filter((value) => value > ZERO));
  const useScore = Array.from({ length: columns }, () => new Array<I32F32Bits>(useStake.length).fill(ZERO));
  let k = 0;
  for (let i = 0; i < Math.min(stake.length, score.length); i++) {
    if (stake[i]! <= ZERO) continue;
    for (const [j, value] of score[i]!) if (j < columns) useScore[j]![k] = value;
    k++;
  }
  return useScore.map((column) => medianOfColumn(useStake, column, majority));
}
