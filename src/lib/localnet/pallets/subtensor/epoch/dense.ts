/**
 * The chain's dense epoch (run_epoch.rs `epoch_dense_mechanism`), which runs in tests only. It differs from production: the owner
 * has no exemptions, its self-weight is masked, commits mask nothing, and liquid alpha keeps decaying bonds without a weight.
 */

import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { emissionTerms } from './emission-terms.ts';
import type { EpochInput, U16Pairs } from './epoch-types.ts';
import {
  disabledLiquidAlpha,
  isLiquidAlphaInForce,
  liquidAlphaParameters,
  liquidAlphaValues,
  yuma2Alpha,
} from './liquid-alpha.ts';
import {
  colClip,
  colNormalize,
  interpolate,
  maskCols,
  maskDiag,
  maskMatrix,
  maskRows,
  matEma,
  matEmaAlpha,
  matmul,
  matmulTranspose,
  matVecMul,
  rowHadamard,
  rowNormalize,
  rowSum,
} from './math/dense.ts';
import { type I32F32Bits, ZERO } from './math/i32f32.ts';
import { fixed64ToU64, fixedToFixedU16Proportion, u16ProportionToFixed } from './math/scalar.ts';
import type { DenseMatrix, FixedVector } from './math/types.ts';
import { maskVector, normalize, normalize64, vecFixed64ToFixed32, vecMul } from './math/vector.ts';
import { weightedMedianCol } from './math/weighted-median.ts';
import { readWeights } from './sparse-rows.ts';
import { lastTempoBlock } from './trace-epoch.ts';

function denseRows(rows: readonly (U16Pairs | undefined)[], n: number): I32F32Bits[][] {
  return readWeights(rows, n).map((row) => {
    const cells = new Array<I32F32Bits>(n).fill(ZERO);
    for (const [j, value] of row) cells[j] = value;
    return cells;
  });
}

function denseDividends(
  input: EpochInput,
  weightsForBonds: DenseMatrix,
  consensus: FixedVector,
  incentive: FixedVector,
  activeStake: FixedVector,
): I32F32Bits[] {
  const lastTempo = lastTempoBlock(input);
  const isRecent = Array.from(input.blockAtRegistration, (registered) => lastTempo <= registered);
  const stored = denseRows(input.bonds, input.n);
  if (!input.yuma3) {
    const bonds = colNormalize(maskCols(isRecent, stored));
    const delta = colNormalize(rowHadamard(weightsForBonds, activeStake));
    const ema = colNormalize(matEma(delta, bonds, yuma2Alpha(input.bondsMovingAverage)));
    return normalize(matmulTranspose(ema, incentive));
  }
  const bonds = maskCols(
    isRecent,
    stored.map((row) => row.map(fixedToFixedU16Proportion)),
  );
  const ema = isLiquidAlphaInForce(input.liquidAlpha, consensus)
    ? matEmaAlpha(
        weightsForBonds,
        bonds,
        liquidAlphaValues(weightsForBonds, bonds, consensus, liquidAlphaParameters(input)),
      )
    : matEma(weightsForBonds, bonds, disabledLiquidAlpha(input.bondsMovingAverage));
  const totalBonds = rowSum(matVecMul(colNormalize(ema), incentive));
  return normalize(vecMul(totalBonds, activeStake));
}

/** Emissions of the dense epoch per uid, in rao. */
export function runEpochDense(input: EpochInput): {
  readonly serverEmission: readonly bigint[];
  readonly validatorEmission: readonly bigint[];
} {
  const inactive = Array.from(
    input.lastUpdate,
    (updated) => saturatingAddU64(updated, input.activityCutoffBlocks) < input.currentBlock,
  );
  const filtered = input.totalStake.map((s) => (fixed64ToU64(s) < input.stakeThreshold ? 0n : s));
  const stake = vecFixed64ToFixed32(normalize64(filtered));
  const forbids = input.validatorPermits.map((permit) => !permit);
  const activeStake = normalize(maskVector(forbids, maskVector(inactive, stake)));

  const outdated = Array.from(input.lastUpdate, (updated) =>
    Array.from(input.blockAtRegistration, (registered) => updated <= registered),
  );
  const permitted = maskDiag(maskRows(forbids, denseRows(input.weights, input.n)));
  const weights = rowNormalize(maskMatrix(outdated, permitted));
  const consensus = weightedMedianCol(activeStake, weights, u16ProportionToFixed(input.kappa));
  const clipped = colClip(weights, consensus);
  const incentive = normalize(matmul(clipped, activeStake));
  const weightsForBonds = interpolate(weights, clipped, u16ProportionToFixed(input.bondsPenalty));
  const dividends = denseDividends(input, weightsForBonds, consensus, incentive, activeStake);
  return emissionTerms({ incentive, dividends, stake, activeStake, raoEmission: input.raoEmission });
}
