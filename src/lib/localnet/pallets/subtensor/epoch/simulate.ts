/** Yuma alone, over several epochs: what happens to dividends, incentives and bonds under given stakes and weights. */

import type { EpochInput, EpochOutput, U16Pairs } from './epoch-types.ts';
import { isTopkNonzero, normalize64, vecFixed64ToFixed32 } from './math/vector.ts';
import { runEpoch } from './run-epoch.ts';
import { stakeWeights } from './stake-weights.ts';

/** The hyperparameters that Yuma reads, under their names in {@link EpochInput}. */
export type YumaParameters = Pick<
  EpochInput,
  | 'tempo'
  | 'kappa'
  | 'bondsPenalty'
  | 'bondsMovingAverage'
  | 'yuma3'
  | 'liquidAlpha'
  | 'alphaLow'
  | 'alphaHigh'
  | 'alphaSigmoidSteepness'
  | 'maxAllowedValidators'
  | 'ownerUid'
  | 'raoEmission'
>;

/** A new subnet's hyperparameters (chain: runtime/src/lib.rs, `SubtensorInitial*`), and one alpha per block as emission. */
export const DEFAULT_YUMA_PARAMETERS: YumaParameters = {
  tempo: 360,
  kappa: 32767,
  bondsPenalty: 65535,
  bondsMovingAverage: 900_000n,
  yuma3: true,
  liquidAlpha: false,
  alphaLow: 45875,
  alphaHigh: 58982,
  alphaSigmoidSteepness: 1000,
  maxAllowedValidators: 128,
  ownerUid: null,
  raoEmission: 361_000_000_000n,
};

/** One epoch of a simulation. */
export interface SimulationStep {
  /** Stake of each uid, in rao. Its length is the number of neurons, the same in all steps. */
  readonly stakes: readonly bigint[];
  /** Weights that each uid has set, flat u16 pairs; a missing row is empty. */
  readonly weights: readonly (U16Pairs | undefined)[];
  /** Uids at which another neuron registered since the last epoch: bonds in them are void. */
  readonly registered?: readonly number[];
  /** Hyperparameters that change from this epoch on. */
  readonly parameters?: Partial<YumaParameters>;
}

const initialPermits = (stakes: readonly bigint[], maxAllowedValidators: number): boolean[] =>
  isTopkNonzero(vecFixed64ToFixed32(normalize64(stakes)), maxAllowedValidators);

/**
 * Runs the chain's epoch on each step, with bonds and permits carried over. Every neuron updates its weights right before each epoch.
 *
 * @returns the terms of each epoch
 * @throws RangeError when the number of neurons changes between steps
 */
export function simulateYuma(
  steps: readonly SimulationStep[],
  parameters: Partial<YumaParameters> = {},
): EpochOutput[] {
  const results: EpochOutput[] = [];
  const n = steps[0]?.stakes.length ?? 0;
  let current: YumaParameters = { ...DEFAULT_YUMA_PARAMETERS, ...parameters };
  let lastMechanismStepBlock = 0n;
  let block = 0n;
  const blockAtRegistration = new Array<bigint>(n).fill(0n);
  for (const step of steps) {
    if (step.stakes.length !== n) throw new RangeError(`a step has ${step.stakes.length} neurons, the first has ${n}`);
    current = { ...current, ...step.parameters };
    const previous = results.at(-1);
    for (const uid of step.registered ?? []) blockAtRegistration[uid] = block + 1n;
    // Room for a registration and an update between the epochs, however short the tempo.
    block += BigInt(Math.max(current.tempo, 3));
    const output = runEpoch({
      ...current,
      n,
      currentBlock: block,
      lastMechanismStepBlock,
      activityCutoffBlocks: block,
      lastUpdate: new Array<bigint>(n).fill(block - 1n),
      blockAtRegistration,
      totalStake: stakeWeights(
        step.stakes,
        step.stakes.map(() => 0n),
        0n,
      ).totalStake,
      stakeThreshold: 0n,
      validatorPermits: previous?.newValidatorPermits ?? initialPermits(step.stakes, current.maxAllowedValidators),
      weights: step.weights,
      bonds: previous?.bonds ?? [],
      commitBlocks: null,
    });
    results.push(output);
    lastMechanismStepBlock = block;
  }
  return results;
}
