/** From incentive and dividends to alpha (chain: run_epoch.rs, "Emission and Pruning scores"). */

import { I32F32, I96F32 } from '../../../fixed/fixed.ts';
import { type I32F32Bits, saturatingAdd, ZERO } from './math/i32f32.ts';
import type { FixedVector } from './math/types.ts';
import { isZero, normalize, normalizeUsingSum, sum } from './math/vector.ts';

export interface EmissionTerms {
  /** Σ incentive + Σ dividends. */
  readonly emissionSum: I32F32Bits;
  /** Shares of the emission. */
  readonly normalizedServer: FixedVector;
  readonly normalizedValidator: FixedVector;
  readonly normalizedCombined: FixedVector;
  /** Alpha in rao. */
  readonly serverEmission: bigint[];
  readonly validatorEmission: bigint[];
  readonly combinedEmission: bigint[];
}

/** share · rao in I96F32, truncated to u64. */
const emit = (shares: FixedVector, raoEmission: bigint): bigint[] => {
  const rao = I96F32.saturatingFromNum(raoEmission);
  return shares.map((share) => I96F32.saturatingToU64(I96F32.saturatingMul(I96F32.saturatingFrom(I32F32, share), rao)));
};

/**
 * Splits the emission half and half between servers and validators, unless one side is empty.
 * Without any incentive and dividends it follows the active stake, or all stake when none is active.
 */
export function emissionTerms(terms: {
  readonly incentive: FixedVector;
  readonly dividends: FixedVector;
  readonly stake: FixedVector;
  readonly activeStake: FixedVector;
  readonly raoEmission: bigint;
}): EmissionTerms {
  const { incentive, dividends, stake, activeStake, raoEmission } = terms;
  const combined = incentive.slice(0, dividends.length).map((value, uid) => saturatingAdd(value, dividends[uid]!));
  const emissionSum = sum(combined);
  const byStake = isZero(activeStake) ? stake : activeStake;
  const isByStake = emissionSum === ZERO;
  const normalizedServer = normalizeUsingSum(incentive, emissionSum);
  const normalizedValidator = isByStake ? byStake : normalizeUsingSum(dividends, emissionSum);
  const normalizedCombined = isByStake ? byStake : normalize(combined);
  return {
    emissionSum,
    normalizedServer,
    normalizedValidator,
    normalizedCombined,
    serverEmission: emit(normalizedServer, raoEmission),
    validatorEmission: emit(normalizedValidator, raoEmission),
    combinedEmission: emit(normalizedCombined, raoEmission),
  };
}
