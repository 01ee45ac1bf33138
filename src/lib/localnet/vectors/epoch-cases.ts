/** Checks of epoch-cases.json: stake weights, whole epochs and the dense test-only epoch against the real runtime's. */

import { runEpochDense } from '../pallets/subtensor/epoch/dense.ts';
import type { EpochInput, EpochOutput } from '../pallets/subtensor/epoch/epoch-types.ts';
import { runEpoch } from '../pallets/subtensor/epoch/run-epoch.ts';
import { fromU16Pairs, toU16Pairs } from '../pallets/subtensor/epoch/sparse-rows.ts';
import { stakeWeights } from '../pallets/subtensor/epoch/stake-weights.ts';
import { runEpochExact } from '../pallets/subtensor/epoch/trace-epoch.ts';
import { type Comparison, compareRow, type VectorFormat } from './format.ts';
import { hasKeys, isObject, listOf, objectOf, VectorFormatError } from './json.ts';

const CASE_KEYS = [
  'n',
  'tempo',
  'current_block',
  'activity_cutoff_blocks',
  'last_mechanism_step_block',
  'neurons',
  'owner_uid',
  'max_allowed_validators',
  'stake_threshold',
  'tao_weight_u64',
  'kappa',
  'bonds_penalty',
  'bonds_moving_average',
  'yuma3',
  'liquid_alpha',
  'alpha_values',
  'alpha_sigmoid_steepness',
  'rao_emission',
  'terms',
  'stake_weights_I64F64',
  'alpha_stake_I64F64',
  'tao_stake_I64F64',
  'dense_uid_server_validator_emission',
];

const TERM_KEYS = [
  'active',
  'bond',
  'consensus',
  'dividend',
  'emission',
  'incentive',
  'new_validator_permit',
  'server_emission',
  'stake',
  'stake_weight',
  'validator_emission',
  'validator_trust',
] as const;

type Pair = readonly [number, number];

interface NeuronRecord {
  readonly uid: number;
  readonly alpha_stake: string;
  readonly root_stake: string;
  readonly weights: readonly Pair[];
  readonly bonds: readonly Pair[];
  readonly last_update: number;
  readonly registered: number;
  readonly permit: boolean;
}

interface TermsRecord {
  readonly uid: number;
  readonly active: boolean;
  readonly bond: readonly Pair[];
  readonly consensus: number;
  readonly dividend: number;
  readonly emission: string;
  readonly incentive: number;
  readonly new_validator_permit: boolean;
  readonly server_emission: string;
  readonly stake: string;
  readonly stake_weight: number;
  readonly validator_emission: string;
  readonly validator_trust: number;
}

/** One recorded subnet: what its epoch read and what the real runtime computed. */
export interface EpochCase {
  readonly n: number;
  readonly tempo: number;
  readonly current_block: number;
  readonly activity_cutoff_blocks: string;
  readonly last_mechanism_step_block: number;
  readonly neurons: readonly NeuronRecord[];
  readonly owner_uid: number | null;
  readonly max_allowed_validators: number;
  readonly stake_threshold: string;
  readonly tao_weight_u64: string;
  readonly kappa: number;
  readonly bonds_penalty: number;
  readonly bonds_moving_average: string;
  readonly yuma3: boolean;
  readonly liquid_alpha: boolean;
  readonly alpha_values: Pair;
  readonly alpha_sigmoid_steepness: number;
  readonly rao_emission: string;
  readonly stake_weights_I64F64: readonly string[];
  readonly alpha_stake_I64F64: readonly string[];
  readonly tao_stake_I64F64: readonly string[];
  readonly terms: readonly TermsRecord[];
  readonly dense_uid_server_validator_emission: readonly (readonly [number, string, string])[];
}

const caseStakeWeights = (recorded: EpochCase): ReturnType<typeof stakeWeights> =>
  stakeWeights(
    recorded.neurons.map((neuron) => BigInt(neuron.alpha_stake)),
    recorded.neurons.map((neuron) => BigInt(neuron.root_stake)),
    BigInt(recorded.tao_weight_u64),
  );

/** The recorded subnet as input of our epoch. The cases have no commit-reveal and no childkeys. */
function epochCaseInput(recorded: EpochCase): EpochInput {
  const { neurons } = recorded;
  return {
    n: recorded.n,
    currentBlock: BigInt(recorded.current_block),
    tempo: recorded.tempo,
    lastMechanismStepBlock: BigInt(recorded.last_mechanism_step_block),
    activityCutoffBlocks: BigInt(recorded.activity_cutoff_blocks),
    lastUpdate: neurons.map((neuron) => BigInt(neuron.last_update)),
    blockAtRegistration: neurons.map((neuron) => BigInt(neuron.registered)),
    totalStake: caseStakeWeights(recorded).totalStake,
    stakeThreshold: BigInt(recorded.stake_threshold),
    ownerUid: recorded.owner_uid,
    validatorPermits: neurons.map((neuron) => neuron.permit),
    maxAllowedValidators: recorded.max_allowed_validators,
    weights: neurons.map((neuron) => toU16Pairs(neuron.weights)),
    bonds: neurons.map((neuron) => toU16Pairs(neuron.bonds)),
    commitBlocks: null,
    kappa: recorded.kappa,
    bondsPenalty: recorded.bonds_penalty,
    bondsMovingAverage: BigInt(recorded.bonds_moving_average),
    yuma3: recorded.yuma3,
    liquidAlpha: recorded.liquid_alpha,
    alphaLow: recorded.alpha_values[0],
    alphaHigh: recorded.alpha_values[1],
    alphaSigmoidSteepness: recorded.alpha_sigmoid_steepness,
    raoEmission: BigInt(recorded.rao_emission),
  };
}

const termsOf = (output: EpochOutput, uid: number): TermsRecord => ({
  uid,
  active: output.active[uid]!,
  bond: fromU16Pairs(output.bonds[uid]!),
  consensus: output.consensus[uid]!,
  dividend: output.dividends[uid]!,
  emission: String(output.emission[uid]),
  incentive: output.incentive[uid]!,
  new_validator_permit: output.newValidatorPermits[uid]!,
  server_emission: String(output.serverEmission[uid]),
  stake: String(output.stake[uid]),
  stake_weight: output.stakeWeight[uid]!,
  validator_emission: String(output.validatorEmission[uid]),
  validator_trust: output.validatorTrust[uid]!,
});

function* compareTerms(name: string, output: EpochOutput, recorded: EpochCase): Generator<Comparison> {
  for (const theirs of recorded.terms) {
    const ours = termsOf(output, theirs.uid);
    for (const key of TERM_KEYS) yield [`${name} uid ${theirs.uid} ${key}`, ours[key], theirs[key]];
  }
}

/** Every recorded result of a case beside ours: stake weights, terms of the exact and of the fast epoch, dense emissions. */
function* compareCase(recorded: EpochCase): Generator<Comparison> {
  const stakes = caseStakeWeights(recorded);
  yield ['stake weights', stakes.totalStake, recorded.stake_weights_I64F64];
  yield ['alpha stake', stakes.alphaStake, recorded.alpha_stake_I64F64];
  yield ['tao stake', stakes.taoStake, recorded.tao_stake_I64F64];
  const input = epochCaseInput(recorded);
  yield* compareTerms('exact', runEpochExact(input), recorded);
  yield* compareTerms('fast', runEpoch(input), recorded);
  // The dense epoch was not recorded under liquid alpha.
  if (recorded.dense_uid_server_validator_emission.length === 0) return;
  const dense = runEpochDense(input);
  for (const [uid, server, validator] of recorded.dense_uid_server_validator_emission) {
    yield [`dense uid ${uid} server`, dense.serverEmission[uid], server];
    yield [`dense uid ${uid} validator`, dense.validatorEmission[uid], validator];
  }
}

/** Whole epochs of random subnets, one row per case. */
export const epochCasesFormat: VectorFormat = {
  name: 'epoch cases',
  recognises: (json) =>
    isObject(json) && Array.isArray(json.cases) && hasKeys(json.cases[0], ['neurons', 'terms', 'rao_emission']),
  *check(json) {
    for (const [i, raw] of listOf(objectOf(json).cases, 'cases').entries()) {
      if (!hasKeys(raw, CASE_KEYS)) throw new VectorFormatError(`cases[${i}] is not an epoch case`);
      yield compareRow(`cases[${i}]`, compareCase(raw as unknown as EpochCase));
    }
  },
};
