/** Bond EMA coefficients (chain: pallets/subtensor/src/epoch/run_epoch.rs, `alpha_sigmoid` and its callers). */

import { I32F32, I64F64 } from '../../../fixed/fixed.ts';
import { expSafe } from '../../../fixed/transcendental.ts';
import {
  fromInt,
  type I32F32Bits,
  ONE,
  saturatingAdd,
  saturatingDiv,
  saturatingMul,
  saturatingSub,
  ZERO,
} from './math/i32f32.ts';
import { clampValue, u16ProportionToFixed } from './math/scalar.ts';
import type { DenseMatrix, FixedVector, SparseEntry, SparseMatrix } from './math/types.ts';

const HALF = ONE / 2n;
const PARTS_PER_MILLION = I64F64.saturatingFromNum(1_000_000n);

/** Bounds and slope of liquid alpha. */
export interface LiquidAlphaParameters {
  readonly low: I32F32Bits;
  readonly high: I32F32Bits;
  readonly steepness: I32F32Bits;
}

/** From the stored hyperparameters: two u16 proportions and a steepness in hundredths. */
export const liquidAlphaParameters = (input: {
  readonly alphaLow: number;
  readonly alphaHigh: number;
  readonly alphaSigmoidSteepness: number;
}): LiquidAlphaParameters => ({
  low: u16ProportionToFixed(input.alphaLow),
  high: u16ProportionToFixed(input.alphaHigh),
  steepness: fromInt(input.alphaSigmoidSteepness),
});

/** What the chain multiplies the difference with: steepness / −100. */
export const steepnessFactor = (steepness: I32F32Bits): I32F32Bits => saturatingDiv(steepness, fromInt(-100));

/**
 * EMA coefficient of one bond: between low and high, higher the further the validator's weight is above the consensus (buying)
 * or its bond above its weight (selling).
 */
export function alphaSigmoid(
  consensus: I32F32Bits,
  weight: I32F32Bits,
  bond: I32F32Bits,
  { low, high, steepness }: LiquidAlphaParameters,
): I32F32Bits {
  const difference =
    weight >= bond
      ? clampValue(saturatingSub(weight, consensus), ZERO, ONE)
      : clampValue(saturatingSub(bond, weight), ZERO, ONE);
  const exponent = saturatingMul(steepnessFactor(steepness), saturatingSub(difference, HALF));
  const sigmoid = saturatingDiv(ONE, saturatingAdd(ONE, expSafe(exponent)));
  return clampValue(saturatingAdd(low, saturatingMul(sigmoid, saturatingSub(high, low))), low, high);
}

/** Alpha of every cell of dense weights and bonds; empty when they differ in height. */
export function liquidAlphaValues(
  weights: DenseMatrix,
  bonds: DenseMatrix,
  consensus: FixedVector,
  parameters: LiquidAlphaParameters,
): I32F32Bits[][] {
  if (weights.length !== bonds.length) return [];
  return weights.map((row, i) =>
    row
      .slice(0, Math.min(bonds[i]!.length, consensus.length))
      .map((weight, j) => alphaSigmoid(consensus[j]!, weight, bonds[i]![j]!, parameters)),
  );
}

/** Reads a sparse row at ascending columns the way the chain does: an entry that comes too early in the row hides those behind it. */
function columnReader(row: readonly SparseEntry[]): (column: number) => I32F32Bits {
  let position = 0;
  return (column) => {
    while (position < row.length && row[position]![0] < column) position++;
    const entry = row[position];
    return entry !== undefined && entry[0] === column ? entry[1] : ZERO;
  };
}

/** Alpha of every validator and target (dense) from sparse weights and bonds; empty when they differ in height. */
export function liquidAlphaValuesSparse(
  weights: SparseMatrix,
  bonds: SparseMatrix,
  consensus: FixedVector,
  parameters: LiquidAlphaParameters,
): I32F32Bits[][] {
  if (weights.length !== bonds.length) return [];
  return weights.map((row, i) => {
    const weightAt = columnReader(row);
    const bondAt = columnReader(bonds[i]!);
    return consensus.map((value, j) => alphaSigmoid(value, weightAt(j), bondAt(j), parameters));
  });
}

/** Whether liquid alpha applies: switched on, and some consensus is not zero. */
export const isLiquidAlphaInForce = (liquidAlpha: boolean, consensus: FixedVector): boolean =>
  liquidAlpha && consensus.some((value) => value !== ZERO);

/** 1 − bondsMovingAverage / 10^6 as Yuma 2 computes it, saturating (chain: `compute_ema_bonds_normal*`). */
export function yuma2Alpha(bondsMovingAverage: bigint): I32F32Bits {
  const average = I64F64.safeDiv(I64F64.saturatingFromNum(bondsMovingAverage), PARTS_PER_MILLION);
  return saturatingSub(ONE, I32F32.saturatingFrom(I64F64, average));
}

/** 1 − bondsMovingAverage / 10^6 as Yuma 3 computes it, wrapping (chain: `compute_disabled_liquid_alpha`). */
export function disabledLiquidAlpha(bondsMovingAverage: bigint): I32F32Bits {
  const average = I64F64.saturatingDiv(I64F64.fromInt(bondsMovingAverage), PARTS_PER_MILLION);
  return saturatingSub(ONE, I32F32.wrappingFrom(I64F64, average));
}
