/**
 * Yuma consensus: one mechanism's epoch as a pure function of what it reads
 * (chain: pallets/subtensor/src/epoch/run_epoch.rs `epoch_mechanism`).
 *
 * This is the exact and slow form on bigint, with every intermediate value; `run-epoch.ts` gives the same output for blocks.
 */

import type { I64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64, saturatingSub as saturatingSubU64 } from '../../../fixed/integer.ts';
import { emissionTerms } from './emission-terms.ts';
import type { EpochInput, EpochOutput, EpochTrace } from './epoch-types.ts';
import {
  disabledLiquidAlpha,
  isLiquidAlphaInForce,
  liquidAlphaParameters,
  liquidAlphaValuesSparse,
  yuma2Alpha,
} from './liquid-alpha.ts';
import type { I32F32Bits } from './math/i32f32.ts';
import { fixed64ToU64, fixedProportionToU16, fixedToFixedU16Proportion, u16ProportionToFixed } from './math/scalar.ts';
import {
  colClipSparse,
  colMaxUpscaleSparse,
  colNormalizeSparse,
  interpolateSparse,
  maskDiagSparse,
  maskDiagSparseExceptIndex,
  maskRowsSparse,
  matEmaAlphaSparse,
  matEmaSparse,
  matmulSparse,
  matmulTransposeSparse,
  matVecMulSparse,
  rowHadamardSparse,
  rowNormalizeSparse,
  rowSumSparse,
  scalarVecMaskSparseMatrix,
  vecMaskSparseMatrix,
} from './math/sparse.ts';
import type { FixedVector, SparseMatrix } from './math/types.ts';
import { isTopkNonzero, maskVector, normalize, normalize64, vecFixed64ToFixed32, vecMul } from './math/vector.ts';
import { weightedMedianColSparse } from './math/weighted-median.ts';
import { readBonds, readWeights, writeBonds } from './sparse-rows.ts';

/** Zero for stakes below the threshold; the owner's always counts. */
export function filterStake({ totalStake, stakeThreshold, ownerUid }: EpochInput): I64F64[] {
  return totalStake.map((s, uid) => (uid !== ownerUid && fixed64ToU64(s) < stakeThreshold ? 0n : s));
}

export function withOwner(permits: readonly boolean[], ownerUid: number | null): boolean[] {
  const result = [...permits];
  if (ownerUid !== null && ownerUid < result.length) result[ownerUid] = true;
  return result;
}

/** The first block whose registrations are too recent for stored bonds to refer to them. */
export function lastTempoBlock(input: Pick<EpochInput, 'lastMechanismStepBlock' | 'currentBlock' | 'tempo'>): bigint {
  return input.lastMechanismStepBlock === 0n
    ? saturatingSubU64(input.currentBlock, BigInt(input.tempo))
    : saturatingAddU64(input.lastMechanismStepBlock, 1n);
}

function maskWeights(input: EpochInput, validatorForbids: readonly boolean[]): SparseMatrix {
  const { ownerUid, lastUpdate, blockAtRegistration, commitBlocks } = input;
  const permitted = maskRowsSparse(validatorForbids, readWeights(input.weights, input.n));
  const withoutSelf = ownerUid === null ? maskDiagSparse(permitted) : maskDiagSparseExceptIndex(permitted, ownerUid);
  const current = vecMaskSparseMatrix(
    withoutSelf,
    lastUpdate,
    blockAtRegistration,
    (updated, registered) => updated <= registered,
  );
  if (commitBlocks === null) return current;
  return vecMaskSparseMatrix(current, commitBlocks, blockAtRegistration, (commit, registered) => commit < registered);
}

type BondTerms = Pick<
  EpochTrace,
  | 'bonds'
  | 'bondsDelta'
  | 'alphas'
  | 'alpha'
  | 'emaBonds'
  | 'emaBondsNormalized'
  | 'rawDividends'
  | 'dividends'
  | 'storedBonds'
>;

interface BondContext {
  readonly weightsForBonds: SparseMatrix;
  readonly consensus: FixedVector;
  readonly incentive: FixedVector;
  readonly activeStake: FixedVector;
}

function maskedBonds(input: EpochInput): SparseMatrix {
  return scalarVecMaskSparseMatrix(
    readBonds(input.bonds, input.n),
    lastTempoBlock(input),
    input.blockAtRegistration,
    (lastTempo, registered) => lastTempo <= registered,
  );
}

function yuma3Bonds(input: EpochInput, context: BondContext): BondTerms {
  const { weightsForBonds, consensus, incentive, activeStake } = context;
  const bonds = maskedBonds(input).map((row) => row.map(([j, bond]) => [j, fixedToFixedU16Proportion(bond)] as const));
  const isLiquid = isLiquidAlphaInForce(input.liquidAlpha, consensus);
  const alphas = isLiquid
    ? liquidAlphaValuesSparse(weightsForBonds, bonds, consensus, liquidAlphaParameters(input))
    : null;
  const alpha = isLiquid ? null : disabledLiquidAlpha(input.bondsMovingAverage);
  const emaBonds =
    alphas === null ? matEmaSparse(weightsForBonds, bonds, alpha!) : matEmaAlphaSparse(weightsForBonds, bonds, alphas);
  const emaBondsNormalized = colNormalizeSparse(emaBonds, input.n);
  const totalBonds = rowSumSparse(matVecMulSparse(emaBondsNormalized, incentive));
  const rawDividends = vecMul(totalBonds, activeStake);
  const dividends = normalize(rawDividends);
  return {
    bonds,
    bondsDelta: null,
    alphas,
    alpha,
    emaBonds,
    emaBondsNormalized,
    rawDividends,
    dividends,
    storedBonds: emaBonds,
  };
}

function yuma2Bonds(input: EpochInput, context: BondContext): BondTerms {
  const { weightsForBonds, incentive, activeStake } = context;
  const bonds = colNormalizeSparse(maskedBonds(input), input.n);
  const bondsDelta = colNormalizeSparse(rowHadamardSparse(weightsForBonds, activeStake), input.n);
  const alpha = yuma2Alpha(input.bondsMovingAverage);
  const emaBonds = colNormalizeSparse(matEmaSparse(bondsDelta, bonds, alpha), input.n);
  const rawDividends = matmulTransposeSparse(emaBonds, incentive);
  const dividends = normalize(rawDividends);
  const storedBonds = colMaxUpscaleSparse(emaBonds, input.n);
  return {
    bonds,
    bondsDelta,
    alphas: null,
    alpha,
    emaBonds,
    emaBondsNormalized: null,
    rawDividends,
    dividends,
    storedBonds,
  };
}

const byUid = <T>(n: number, values: readonly T[], missing: T): T[] =>
  Array.from({ length: n }, (_, uid) => values[uid] ?? missing);

const proportions = (n: number, values: readonly I32F32Bits[]): number[] =>
  byUid(n, values.map(fixedProportionToU16), 0);

/** Runs the epoch and keeps every intermediate value. */
export function traceEpoch(input: EpochInput): EpochTrace {
  const { n, ownerUid, currentBlock, activityCutoffBlocks } = input;
  const inactive = Array.from(
    input.lastUpdate,
    (updated) => saturatingAddU64(updated, activityCutoffBlocks) < currentBlock,
  );

  const filteredStake = filterStake(input);
  const stake = vecFixed64ToFixed32(normalize64(filteredStake));

  const validatorPermits = withOwner(input.validatorPermits, ownerUid);
  const validatorForbids = validatorPermits.map((permit) => !permit);
  const newValidatorPermits = withOwner(isTopkNonzero(stake, input.maxAllowedValidators), ownerUid);

  const activeStake = normalize(maskVector(validatorForbids, maskVector(inactive, stake)));

  const maskedWeights = maskWeights(input, validatorForbids);
  const weights = rowNormalizeSparse(maskedWeights);

  const kappa = u16ProportionToFixed(input.kappa);
  const consensus = weightedMedianColSparse(activeStake, weights, n, kappa);
  const clippedWeights = colClipSparse(weights, consensus);
  const validatorTrust = rowSumSparse(clippedWeights);

  const ranks = matmulSparse(clippedWeights, activeStake, n);
  const incentive = normalize(ranks);

  const bondsPenalty = u16ProportionToFixed(input.bondsPenalty);
  const weightsForBonds = interpolateSparse(weights, clippedWeights, n, bondsPenalty);
  const context: BondContext = { weightsForBonds, consensus, incentive, activeStake };
  const bondTerms = input.yuma3 ? yuma3Bonds(input, context) : yuma2Bonds(input, context);
  const { dividends, storedBonds } = bondTerms;

  const emission = emissionTerms({ incentive, dividends, stake, activeStake, raoEmission: input.raoEmission });
  const output: EpochOutput = {
    active: inactive.map((b) => !b),
    newValidatorPermits: byUid(n, newValidatorPermits, false),
    stake: byUid(n, input.totalStake.map(fixed64ToU64), 0n),
    stakeWeight: proportions(n, stake),
    consensus: proportions(n, consensus),
    incentive: proportions(n, incentive),
    dividends: proportions(n, dividends),
    validatorTrust: proportions(n, validatorTrust),
    serverEmission: byUid(n, emission.serverEmission, 0n),
    validatorEmission: byUid(n, emission.validatorEmission, 0n),
    emission: byUid(n, emission.combinedEmission, 0n),
    bonds: writeBonds(n, storedBonds, newValidatorPermits),
  };
  return {
    inactive,
    filteredStake,
    stake,
    validatorPermits,
    newValidatorPermits,
    activeStake,
    maskedWeights,
    weights,
    kappa,
    consensus,
    clippedWeights,
    validatorTrust,
    ranks,
    incentive,
    bondsPenalty,
    weightsForBonds,
    ...bondTerms,
    emissionSum: emission.emissionSum,
    normalizedServerEmission: emission.normalizedServer,
    normalizedValidatorEmission: emission.normalizedValidator,
    normalizedCombinedEmission: emission.normalizedCombined,
    output,
  };
}

/** One mechanism's epoch, exactly as the chain computes it. */
export const runEpochExact = (input: EpochInput): EpochOutput => traceEpoch(input).output;
