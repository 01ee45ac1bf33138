/** Stake-weighted median per column on typed arrays; equal to `weightedMedianColSparse` of epoch/math/weighted-median.ts. */

import { type Csr, normalize, sum } from './csr.ts';
import type { Q32 } from './q32.ts';

/** Scores of one column after another: column j at positions start[j] … start[j + 1] − 1. */
interface Columns {
  readonly start: Uint32Array;
  readonly score: Float64Array;
  readonly stake: Float64Array;
}

/** Positive scores by column, over the rows with stake. */
function gatherColumns(stake: Float64Array, isCounted: Uint8Array, m: Csr): Columns {
  const start = new Uint32Array(m.columns + 1);
  for (let i = 0; i < m.rows; i++) {
    if (isCounted[i] === 0) continue;
    for (let p = m.start[i]!, end = m.start[i + 1]!; p < end; p++) if (m.value[p]! > 0) start[m.column[p]! + 1]!++;
  }
  for (let j = 0; j < m.columns; j++) start[j + 1]! += start[j]!;
  const fill = start.slice();
  const score = new Float64Array(start[m.columns]!);
  const stakes = new Float64Array(score.length);
  for (let i = 0; i < m.rows; i++) {
    if (isCounted[i] === 0) continue;
    for (let p = m.start[i]!, end = m.start[i + 1]!; p < end; p++) {
      if (m.value[p]! === 0) continue;
      const q = fill[m.column[p]!]!++;
      score[q] = m.value[p]!;
      stakes[q] = stake[i]!;
    }
  }
  return { start, score, stake: stakes };
}

/**
 * The score v with stake(below v) ≤ minority < stake(up to v), or the lowest or highest score where there is none.
 * Chooses among positions from … to − 1, below which lies the stake `below`; reorders them.
 */
function partitionSelect({ score, stake }: Columns, from: number, to: number, below: Q32, minority: Q32): Q32 {
  let [lo, hi, stakeBelow] = [from, to, below];
  for (;;) {
    const pivot = score[(lo + hi) >> 1]!;
    let [lower, i, upper] = [lo, lo, hi];
    let lowerStake = 0;
    let equalStake = 0;
    while (i < upper) {
      const s = score[i]!;
      const w = stake[i]!;
      if (s === pivot) {
        equalStake += w;
        i++;
        continue;
      }
      const target = s < pivot ? lower++ : --upper;
      if (s < pivot) {
        lowerStake += w;
        i++;
        score[i - 1] = score[target]!;
        stake[i - 1] = stake[target]!;
      } else {
        score[i] = score[target]!;
        stake[i] = stake[target]!;
      }
      score[target] = s;
      stake[target] = w;
    }
    if (minority < stakeBelow + lowerStake && lower > lo) {
      hi = lower;
    } else if (stakeBelow + lowerStake + equalStake <= minority && upper < hi) {
      stakeBelow += lowerStake + equalStake;
      lo = upper;
    } else {
      return pivot;
    }
  }
}

const BUCKETS = 64;
/** Below this many scores the buckets cost more than they save. */
const BUCKETS_PAY_FROM = 24;

/** As {@link partitionSelect}, but first narrows the choice to one of equally wide ranges of scores, without branches on them. */
function selectScore(columns: Columns, from: number, to: number, below: Q32, minority: Q32, bucket: Float64Array): Q32 {
  if (to - from < BUCKETS_PAY_FROM) return partitionSelect(columns, from, to, below, minority);
  const { score, stake } = columns;
  let min = score[from]!;
  let max = min;
  for (let p = from + 1; p < to; p++) {
    min = Math.min(min, score[p]!);
    max = Math.max(max, score[p]!);
  }
  if (min === max) return min;
  // Rounding keeps the order of scores, so equal buckets may only hold neighbours; the highest score stays below BUCKETS.
  const factor = (BUCKETS - 0.5) / (max - min);
  bucket.fill(0);
  for (let p = from; p < to; p++) bucket[Math.floor((score[p]! - min) * factor)]! += stake[p]!;
  let chosen = 0;
  let stakeBelow = below;
  while (stakeBelow + bucket[chosen]! <= minority) {
    stakeBelow += bucket[chosen++]!;
    if (chosen === BUCKETS) return max;
  }
  let end = from;
  for (let p = from; p < to; p++) {
    if (Math.floor((score[p]! - min) * factor) !== chosen) continue;
    score[end] = score[p]!;
    stake[end++] = stake[p]!;
  }
  return partitionSelect(columns, from, end, stakeBelow, minority);
}

/**
 * Median per column over the rows with positive stake; absent and zero entries count as zero scores.
 *
 * @param stake - one share per row
 * @param majority - share of the stake that has to agree
 */
export function weightedMedianColumns(stake: Float64Array, m: Csr, majority: Q32): Float64Array {
  const result = new Float64Array(m.columns);
  // Rows without stake are zero before and after normalisation; a positive stake may become zero and still counts.
  const isCounted = Uint8Array.from(stake, (s) => (s > 0 ? 1 : 0));
  const counted = isCounted.reduce((total, flag) => total + flag, 0);
  if (counted === 0) return result;
  const shares = normalize(stake);
  const total = sum(shares);
  const minority = total - majority;
  const columns = gatherColumns(shares, isCounted, m);
  const bucket = new Float64Array(BUCKETS);
  for (let j = 0; j < m.columns; j++) {
    const from = columns.start[j]!;
    const to = columns.start[j + 1]!;
    if (from === to) continue;
    let zeroStake = 0;
    if (to - from < counted) {
      zeroStake = total;
      for (let q = from; q < to; q++) zeroStake -= columns.stake[q]!;
      if (minority < zeroStake) continue;
    }
    result[j] = selectScore(columns, from, to, zeroStake, minority, bucket);
  }
  return result;
}
