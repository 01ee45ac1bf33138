/**
 * The epoch for blocks: the same result as `runEpochExact`, on typed arrays. Input outside of the kernels' domain (see
 * fixed/kernels/csr.ts; no chain state is known to be there) goes to `runEpochExact`.
 */

import {
  type Csr,
  colClip,
  colMaxUpscale,
  colNormalize,
  colNormalizeWhole,
  ema,
  interpolate,
  MAX_ROWS,
  matmul,
  matmulTranspose,
  normalize,
  normalizeUsingSum,
  rowHadamard,
  rowNormalizeWhole,
  rowSum,
  sum,
} from '../../../fixed/kernels/csr.ts';
import { EXACT_LIMIT, mul, ONE, type Q32 } from '../../../fixed/kernels/q32.ts';
import { weightedMedianColumns } from '../../../fixed/kernels/weighted-median.ts';
import type { EpochInput, EpochOutput } from './epoch-types.ts';
import { liquidAlphaParameters } from './liquid-alpha.ts';
import { liquidEma } from './liquid-ema.ts';
import { fixed64ToU64 } from './math/scalar.ts';
import { readMaskedBonds, readMaskedWeights, toBlockNumbers } from './read-rows.ts';
import { filterStake, lastTempoBlock, runEpochExact, withOwner } from './trace-epoch.ts';

const U16_MAX = 65535;
const PARTS_PER_MILLION = 1_000_000n;

/** value · 2^32 / 65535 of a stored proportion. */
const proportionToQ32 = (value: number): Q32 => Math.floor((value * ONE) / U16_MAX);

/** A share in [0, 1] as u16, truncated. */
const toProportion = (share: Q32): number => Math.floor((share * U16_MAX) / ONE);

const toProportions = (shares: Float64Array): number[] => Array.from(shares, toProportion);

/** Shares of the total stake, or null when one is not in [0, 1] because the chain's sum wrapped. */
function normalizedStake(input: EpochInput): Float64Array | null {
  const filtered = filterStake(input);
  const total = filtered.reduce((acc, s) => acc + s, 0n);
  const result = new Float64Array(input.n);
  if (total === 0n) return result;
  if (total >= 1n << 127n) return null;
  for (let uid = 0; uid < filtered.length; uid++) {
    // Flooring to 64 fraction bits first and to 32 afterwards is flooring to 32 at once.
    result[uid] = Number((filtered[uid]! << 32n) / total);
  }
  return result;
}

/** 1 for the k highest stakes that are not zero; of equal ones the higher uid. */
function topStakes(stake: Float64Array, k: number): boolean[] {
  const result = Array.from(stake, (s) => s !== 0);
  if (stake.length <= k) return result;
  const ascending = Uint16Array.from(stake.keys()).sort((a, b) => stake[a]! - stake[b]! || a - b);
  for (const uid of ascending.subarray(0, stake.length - k)) result[uid] = false;
  return result;
}

/** Stake of active validators. No permits at all count as no mask, as on the chain (`inplace_mask_vector`). */
function maskedStake(stake: Float64Array, active: readonly boolean[], permits: readonly boolean[]): Float64Array {
  const isAnyPermitStored = permits.length > 0;
  return stake.map((s, uid) => (active[uid] === true && (!isAnyPermitStored || permits[uid] === true) ? s : 0));
}

/** Stored bonds, whole numbers, as shares of 65535. */
function proportions(bonds: Csr): Csr {
  const value = new Float64Array(bonds.value.length);
  for (let p = 0; p < value.length; p++) value[p] = proportionToQ32(bonds.value[p]!);
  return { ...bonds, value };
}

interface BondTerms {
  readonly dividends: Float64Array;
  readonly storedBonds: Csr;
}

interface BondContext {
  readonly input: EpochInput;
  readonly bonds: Csr;
  readonly weightsForBonds: Csr;
  readonly consensus: Float64Array;
  readonly incentive: Float64Array;
  readonly activeStake: Float64Array;
  /** EMA coefficient without liquid alpha. */
  readonly alpha: Q32;
}

function yuma3Bonds(context: BondContext): BondTerms {
  const { input, weightsForBonds, consensus, incentive, activeStake } = context;
  const bonds = proportions(context.bonds);
  const isLiquid = input.liquidAlpha && consensus.some((c) => c !== 0);
  const emaBonds = isLiquid
    ? liquidEma(weightsForBonds, bonds, consensus, liquidAlphaParameters(input))
    : ema(weightsForBonds, bonds, context.alpha);
  const totalBonds = matmulTranspose(colNormalize(emaBonds), incentive);
  const dividends = normalize(totalBonds.map((bond, uid) => mul(bond, activeStake[uid]!)));
  return { dividends, storedBonds: emaBonds };
}

function yuma2Bonds(context: BondContext): BondTerms {
  const { weightsForBonds, incentive, activeStake } = context;
  const bonds = colNormalizeWhole(context.bonds);
  const bondsDelta = colNormalize(rowHadamard(weightsForBonds, activeStake));
  const emaBonds = colNormalize(ema(bondsDelta, bonds, context.alpha));
  return { dividends: normalize(matmulTranspose(emaBonds, incentive)), storedBonds: colMaxUpscale(emaBonds) };
}

/** share · rao, truncated. */
function emit(shares: Float64Array, raoEmission: bigint): bigint[] {
  const rao = Number(raoEmission);
  if (rao >= EXACT_LIMIT) return Array.from(shares, (share) => (BigInt(share) * raoEmission) >> 32n);
  return Array.from(shares, (share) => (share === 0 ? 0n : BigInt(mul(share, rao))));
}

interface Emissions {
  readonly serverEmission: bigint[];
  readonly validatorEmission: bigint[];
  readonly emission: bigint[];
}

function emissions(
  incentive: Float64Array,
  dividends: Float64Array,
  byStake: Float64Array,
  raoEmission: bigint,
): Emissions {
  const combined = incentive.map((share, uid) => share + dividends[uid]!);
  const total = sum(combined);
  if (total === 0) {
    const paid = emit(byStake, raoEmission);
    return { serverEmission: emit(incentive, raoEmission), validatorEmission: paid, emission: [...paid] };
  }
  return {
    serverEmission: emit(normalizeUsingSum(incentive, total), raoEmission),
    validatorEmission: emit(normalizeUsingSum(dividends, total), raoEmission),
    emission: emit(normalizeUsingSum(combined, total), raoEmission),
  };
}

/** Rows of the uids with a new permit as flat u16 pairs, all in one buffer. */
function writeBonds(bonds: Csr, newValidatorPermits: readonly boolean[]): Uint16Array[] {
  const { rows, start, column, value } = bonds;
  const pairs = new Uint16Array(2 * start[rows]!);
  const result: Uint16Array[] = [];
  for (let i = 0; i < rows; i++) {
    const [from, to] = newValidatorPermits[i] ? [start[i]!, start[i + 1]!] : [0, 0];
    for (let p = from; p < to; p++) {
      pairs[2 * p] = column[p]!;
      pairs[2 * p + 1] = toProportion(value[p]!);
    }
    result.push(pairs.subarray(2 * from, 2 * to));
  }
  return result;
}

const isWithinDomain = (input: EpochInput): boolean =>
  input.n <= MAX_ROWS &&
  input.totalStake.length === input.n &&
  input.lastUpdate.length === input.n &&
  input.currentBlock < EXACT_LIMIT &&
  input.bondsMovingAverage <= PARTS_PER_MILLION;

/** The epoch on typed arrays, or null when the input is outside of their domain. */
function epochOnTypedArrays(input: EpochInput): EpochOutput | null {
  const { n, ownerUid } = input;
  if (!isWithinDomain(input)) return null;
  const blockAtRegistration = toBlockNumbers(input.blockAtRegistration, n);
  if (blockAtRegistration.some((block) => block >= EXACT_LIMIT)) return null;
  const stake = normalizedStake(input);
  if (stake === null) return null;

  const lastUpdate = toBlockNumbers(input.lastUpdate, n);
  const [cutoff, now] = [Number(input.activityCutoffBlocks), Number(input.currentBlock)];
  const active = Array.from(lastUpdate, (updated) => updated + cutoff >= now);
  const validatorPermits = withOwner(input.validatorPermits, ownerUid);
  const newValidatorPermits = withOwner(topStakes(stake, input.maxAllowedValidators), ownerUid);
  const activeStake = normalize(maskedStake(stake, active, validatorPermits));

  const commitBlocks = input.commitBlocks === null ? null : toBlockNumbers(input.commitBlocks, n);
  const maskedWeights = readMaskedWeights(input.weights, n, {
    validatorPermits,
    ownerUid,
    lastUpdate,
    blockAtRegistration,
    commitBlocks,
  });
  const bonds = readMaskedBonds(input.bonds, n, Number(lastTempoBlock(input)), blockAtRegistration);
  if (maskedWeights === null || bonds === null) return null;

  const weights = rowNormalizeWhole(maskedWeights);
  const consensus = weightedMedianColumns(activeStake, weights, proportionToQ32(input.kappa));
  const clippedWeights = colClip(weights, consensus);
  const validatorTrust = rowSum(clippedWeights);
  const incentive = normalize(matmul(clippedWeights, activeStake));

  const weightsForBonds = interpolate(weights, clippedWeights, proportionToQ32(input.bondsPenalty));
  const average = Number((input.bondsMovingAverage << 32n) / PARTS_PER_MILLION);
  const context = { input, bonds, weightsForBonds, consensus, incentive, activeStake, alpha: ONE - average };
  const { dividends, storedBonds } = input.yuma3 ? yuma3Bonds(context) : yuma2Bonds(context);

  const byStake = sum(activeStake) === 0 ? stake : activeStake;
  return {
    active,
    newValidatorPermits,
    stake: input.totalStake.map(fixed64ToU64),
    stakeWeight: toProportions(stake),
    consensus: toProportions(consensus),
    incentive: toProportions(incentive),
    dividends: toProportions(dividends),
    validatorTrust: toProportions(validatorTrust),
    ...emissions(incentive, dividends, byStake, input.raoEmission),
    bonds: writeBonds(storedBonds, newValidatorPermits),
  };
}

/** One mechanism's epoch, exactly as the chain computes it (chain: run_epoch.rs `epoch_mechanism`). */
export const runEpoch = (input: EpochInput): EpochOutput => epochOnTypedArrays(input) ?? runEpochExact(input);

/** Whether the input takes the fast path (for benchmarks and tests). */
export const takesFastPath = (input: EpochInput): boolean => epochOnTypedArrays(input) !== null;
