import type { I32F32, I64F64 } from '../../../fixed/fixed.ts';
import type { DenseMatrix, FixedVector, SparseMatrix } from './math/types.ts';

/**
 * A row of `Weights` or `Bonds` as it is stored: u16 pairs, flat: [uid, value, uid, value, …].
 * A Uint16Array over the SCALE bytes behind the length prefix is such a row without any conversion.
 */
export type U16Pairs = ArrayLike<number>;

/** Everything that one mechanism's epoch reads from the chain. Vectors are indexed by uid. */
export interface EpochInput {
  /** `SubnetworkN`. */
  readonly n: number;
  readonly currentBlock: bigint;
  readonly tempo: number;
  /** `LastMechansimStepBlock`; 0 if the subnet never had an epoch. */
  readonly lastMechanismStepBlock: bigint;
  /** Blocks after its last update at which a neuron counts as inactive. */
  readonly activityCutoffBlocks: bigint;
  /** `LastUpdate` of the mechanism, padded with zeros to at least n. */
  readonly lastUpdate: ArrayLike<bigint>;
  readonly blockAtRegistration: ArrayLike<bigint>;
  /** alpha + tao · tao_weight after inheritance: `totalStake` of {@link stakeWeights}. */
  readonly totalStake: readonly I64F64[];
  /** `StakeThreshold`, in rao. */
  readonly stakeThreshold: bigint;
  readonly ownerUid: number | null;
  /** `ValidatorPermit` as stored; may be shorter than n. */
  readonly validatorPermits: readonly boolean[];
  readonly maxAllowedValidators: number;
  /** `Weights` of the mechanism by uid; a missing row is empty. */
  readonly weights: readonly (U16Pairs | undefined)[];
  /** `Bonds` of the mechanism by uid; a missing row is empty. */
  readonly bonds: readonly (U16Pairs | undefined)[];
  /**
   * With commit-reveal on: block of each uid's earliest commit that is neither revealed nor expired, u64::MAX for none.
   * Null with commit-reveal off.
   */
  readonly commitBlocks: ArrayLike<bigint> | null;
  /** u16 proportion. */
  readonly kappa: number;
  /** u16 proportion. */
  readonly bondsPenalty: number;
  /** Parts per million. */
  readonly bondsMovingAverage: bigint;
  /** `Yuma3On`. */
  readonly yuma3: boolean;
  /** `LiquidAlphaOn`. */
  readonly liquidAlpha: boolean;
  /** u16 proportions, `AlphaValues`. */
  readonly alphaLow: number;
  readonly alphaHigh: number;
  /** i16, hundredths. */
  readonly alphaSigmoidSteepness: number;
  /** Alpha of this mechanism's share of the epoch, in rao. */
  readonly raoEmission: bigint;
}

/** The terms of an epoch (chain: `EpochTerms`), one vector per term, n long, indexed by uid. */
export interface EpochOutput {
  /** As long as the last updates, which can be more than n where the stored size of the subnet is too small. */
  readonly active: boolean[];
  readonly newValidatorPermits: boolean[];
  /** Total stake in rao, truncated. */
  readonly stake: bigint[];
  /** u16 proportions. */
  readonly stakeWeight: number[];
  readonly consensus: number[];
  readonly incentive: number[];
  readonly dividends: number[];
  readonly validatorTrust: number[];
  /** Alpha in rao. */
  readonly serverEmission: bigint[];
  readonly validatorEmission: bigint[];
  /** The combined emission that storage keeps, in rao. */
  readonly emission: bigint[];
  /** New `Bonds` row of every uid, flat u16 pairs; empty without a new permit. */
  readonly bonds: Uint16Array[];
}

/** Every intermediate value of an epoch in the order of computation; numbers are I32F32 bits unless named otherwise. */
export interface EpochTrace {
  readonly inactive: readonly boolean[];
  /** Stakes that pass the threshold, I64F64, before normalisation. */
  readonly filteredStake: readonly I64F64[];
  readonly stake: FixedVector;
  /** The permits in force, the owner's included. */
  readonly validatorPermits: readonly boolean[];
  readonly newValidatorPermits: readonly boolean[];
  readonly activeStake: FixedVector;
  /** Stored weights (whole numbers) after the masks. */
  readonly maskedWeights: SparseMatrix;
  /** The same, each row normalised. */
  readonly weights: SparseMatrix;
  readonly kappa: I32F32;
  readonly consensus: FixedVector;
  readonly clippedWeights: SparseMatrix;
  readonly validatorTrust: FixedVector;
  /** Σ_i stake_i · clipped weight_ij, before normalisation. */
  readonly ranks: FixedVector;
  readonly incentive: FixedVector;
  readonly bondsPenalty: I32F32;
  readonly weightsForBonds: SparseMatrix;
  /** Stored bonds after the registration mask: shares of 65535 under Yuma 3, column-normalised under Yuma 2. */
  readonly bonds: SparseMatrix;
  /** Yuma 2: column-normalised weights · stake, the bonds bought in this epoch. */
  readonly bondsDelta: SparseMatrix | null;
  /** One alpha per validator and target when liquid alpha applies, otherwise null and {@link alpha} holds for all. */
  readonly alphas: DenseMatrix | null;
  readonly alpha: I32F32 | null;
  /** Moving average of the bonds; column-normalised under Yuma 2. */
  readonly emaBonds: SparseMatrix;
  /** Yuma 3: column-normalised {@link emaBonds}. */
  readonly emaBondsNormalized: SparseMatrix | null;
  /** Σ_j bond_ij · incentive_j (under Yuma 3 times active stake), before normalisation. */
  readonly rawDividends: FixedVector;
  readonly dividends: FixedVector;
  /** What storage gets, before u16: column-max-upscaled under Yuma 2. */
  readonly storedBonds: SparseMatrix;
  /** Σ incentive + Σ dividends. */
  readonly emissionSum: I32F32;
  readonly normalizedServerEmission: FixedVector;
  readonly normalizedValidatorEmission: FixedVector;
  readonly normalizedCombinedEmission: FixedVector;
  readonly output: EpochOutput;
}
