/** Speed of whole epochs beside the chain's native release code for subnets of the same size. */

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { EpochInput, EpochOutput } from '../../src/lib/localnet/pallets/subtensor/epoch/epoch-types.ts';
import { runEpoch } from '../../src/lib/localnet/pallets/subtensor/epoch/run-epoch.ts';
import { stakeWeights } from '../../src/lib/localnet/pallets/subtensor/epoch/stake-weights.ts';

/** One line of the benchmark's table. */
export interface BenchResult {
  readonly name: string;
  readonly unit: 'µs';
  readonly median: number;
  /** Native median of the recorded machine. */
  readonly reference: number;
  readonly ratio: number;
}

interface Shape {
  readonly neurons: number;
  readonly validators: number;
  readonly yuma3: boolean;
}

const SHAPES: readonly Shape[] = [64, 256].flatMap((neurons) =>
  (neurons === 64 ? [16] : [64, 256]).flatMap((validators) => [
    { neurons, validators, yuma3: false },
    { neurons, validators, yuma3: true },
  ]),
);

/** Key in native-timings.json. */
const nativeKey = ({ neurons, validators, yuma3 }: Shape): string =>
  `epoch_sparse_${neurons}uids_${validators}validators_${yuma3 ? 'yuma3_liquid' : 'yuma2'}_us_median`;

/** Park–Miller: the same subnet in every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A subnet whose validators each weigh every neuron, all different. */
export function benchEpochInput({ neurons: n, validators, yuma3 }: Shape, seed = 42): EpochInput {
  const random = sequence(seed);
  const perUid = <T>(value: (uid: number) => T): T[] => Array.from({ length: n }, (_, uid) => value(uid));
  const isValidator = (uid: number): boolean => uid < validators;
  const fullRow = (uid: number): Uint16Array =>
    isValidator(uid)
      ? Uint16Array.from({ length: 2 * n }, (_, k) => (k % 2 === 0 ? k / 2 : 1 + Math.floor(random() * 65535)))
      : new Uint16Array(0);
  const alpha = perUid((uid) => (isValidator(uid) ? BigInt(Math.floor(random() * 1e15)) + 1n : 0n));
  return {
    n,
    currentBlock: 10_000n,
    tempo: 360,
    lastMechanismStepBlock: 9_639n,
    activityCutoffBlocks: 5_000n,
    lastUpdate: perUid(() => 9_900n),
    blockAtRegistration: perUid(() => 1_000n),
    totalStake: stakeWeights(
      alpha,
      perUid(() => 0n),
      0n,
    ).totalStake,
    stakeThreshold: 0n,
    ownerUid: 0,
    validatorPermits: perUid(isValidator),
    maxAllowedValidators: validators,
    weights: perUid(fullRow),
    bonds: perUid(fullRow),
    commitBlocks: null,
    kappa: 32767,
    bondsPenalty: 65535,
    bondsMovingAverage: 900_000n,
    yuma3,
    liquidAlpha: yuma3,
    alphaLow: 45875,
    alphaHigh: 58982,
    alphaSigmoidSteepness: 1000,
    raoEmission: 296_000_000_000n,
  };
}

function medianMicroseconds(run: () => EpochOutput, rounds: number): number {
  for (let i = 0; i < Math.min(rounds, 20); i++) run();
  const times = Array.from({ length: rounds }, () => {
    const start = process.hrtime.bigint();
    run();
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

function nativeTimings(): Record<string, number> {
  // From the project's folder: the bench is bundled elsewhere.
  const file = 'test/data/vectors/native-timings.json.gz';
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, number>;
}

/** Runs every shape; `rounds` timed repetitions each. */
export function epochBenchmarks(rounds = 51, epoch: (input: EpochInput) => EpochOutput = runEpoch): BenchResult[] {
  const native = nativeTimings();
  return SHAPES.map((shape) => {
    const input = benchEpochInput(shape);
    const median = medianMicroseconds(() => epoch(input), rounds);
    const reference = native[nativeKey(shape)]!;
    const name = `epoch ${shape.neurons} × ${shape.validators} ${shape.yuma3 ? 'Yuma 3 liquid' : 'Yuma 2'}`;
    return { name, unit: 'µs', median, reference, ratio: median / reference };
  });
}
