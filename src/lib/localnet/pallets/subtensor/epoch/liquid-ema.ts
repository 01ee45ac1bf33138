/** Liquid-alpha moving average of bonds on typed arrays; equal to `liquidAlphaValuesSparse` followed by `matEmaAlphaSparse`. */

import { allocateCsr, type Csr } from '../../../fixed/kernels/csr.ts';
import { inverseOfOnePlusExp, mul, ONE, type Q32 } from '../../../fixed/kernels/q32.ts';
import { type LiquidAlphaParameters, steepnessFactor } from './liquid-alpha.ts';

const HALF = ONE / 2;

/** The sigmoid from a difference in [0, 1] to a coefficient in [low, high]. */
function alphaCurve(parameters: LiquidAlphaParameters): (difference: Q32) => Q32 {
  const low = Number(parameters.low);
  const high = Number(parameters.high);
  const factor = Number(steepnessFactor(parameters.steepness));
  const compute = (difference: Q32): Q32 => {
    const offset = difference - HALF;
    // `mul` wants its second factor non-negative.
    const exponent = offset >= 0 ? mul(factor, offset) : mul(-factor, -offset);
    const sigmoid = inverseOfOnePlusExp(exponent);
    return Math.max(Math.min(low + mul(high - low, sigmoid), high), low);
  };
  // Weights at or below consensus, the usual case, have no difference.
  const atZero = compute(0);
  return (difference) => (difference === 0 ? atZero : compute(difference));
}

/** Whether the columns of a row ascend. */
function isAscending(m: Csr, row: number): boolean {
  for (let p = m.start[row]! + 1, end = m.start[row + 1]!; p < end; p++)
    if (m.column[p]! < m.column[p - 1]!) return false;
  return true;
}

/** The entries of a row that the chain sees when it reads columns in ascending order: those behind a higher column are hidden. */
function scatterVisible(m: Csr, row: number, cells: Float64Array): void {
  let highest = -1;
  for (let p = m.start[row]!, end = m.start[row + 1]!; p < end; p++) {
    const j = m.column[p]!;
    if (j > highest) {
      cells[j] = m.value[p]!;
      highest = j;
    }
  }
}

/**
 * New bonds min(1, (1 − alpha) · bond + alpha · weight) for every weight entry; positives only, in the order of the weights.
 * Bonds without a weight are lost.
 */
export function liquidEma(weights: Csr, bonds: Csr, consensus: Float64Array, parameters: LiquidAlphaParameters): Csr {
  const { rows, columns } = weights;
  const result = allocateCsr(rows, columns, weights.start[rows]!);
  const alphaOf = alphaCurve(parameters);
  const bondCells = new Float64Array(columns);
  const visibleBonds = new Float64Array(columns);
  const visibleWeights = new Float64Array(columns);
  let q = 0;
  for (let i = 0; i < rows; i++) {
    const [from, to] = [weights.start[i]!, weights.start[i + 1]!];
    if (from < to) {
      const areWeightsAscending = isAscending(weights, i);
      const seenBonds = isAscending(bonds, i) ? bondCells : visibleBonds;
      if (seenBonds === visibleBonds) {
        visibleBonds.fill(0);
        scatterVisible(bonds, i, visibleBonds);
      }
      if (!areWeightsAscending) {
        visibleWeights.fill(0);
        scatterVisible(weights, i, visibleWeights);
      }
      for (let p = bonds.start[i]!; p < bonds.start[i + 1]!; p++) bondCells[bonds.column[p]!] = bonds.value[p]!;
      for (let p = from; p < to; p++) {
        const j = weights.column[p]!;
        const weight = weights.value[p]!;
        const seenWeight = areWeightsAscending ? weight : visibleWeights[j]!;
        const seenBond = seenBonds[j]!;
        const difference =
          seenWeight >= seenBond ? Math.max(seenWeight - consensus[j]!, 0) : Math.min(seenBond - seenWeight, ONE);
        const alpha = alphaOf(difference);
        const bond = Math.min(mul(bondCells[j]!, ONE - alpha) + mul(weight, alpha), ONE);
        if (bond > 0) {
          result.column[q] = j;
          result.value[q++] = bond;
        }
      }
      for (let p = bonds.start[i]!; p < bonds.start[i + 1]!; p++) bondCells[bonds.column[p]!] = 0;
    }
    result.start[i + 1] = q;
  }
  return result;
}
