/**
 * The epoch's masks and exemptions, case by case. Lines are those of opentensor/subtensor (spec 425),
 * pallets/subtensor/src/epoch/run_epoch.rs. Each case runs through the exact and the fast epoch.
 */

import { describe, expect, it } from 'vitest';
import type { EpochInput, EpochOutput } from '../../../src/lib/localnet/pallets/subtensor/epoch/epoch-types.ts';
import { runEpoch, takesFastPath } from '../../../src/lib/localnet/pallets/subtensor/epoch/run-epoch.ts';
import { fromU16Pairs } from '../../../src/lib/localnet/pallets/subtensor/epoch/sparse-rows.ts';
import { stakeWeights } from '../../../src/lib/localnet/pallets/subtensor/epoch/stake-weights.ts';
import { runEpochExact, traceEpoch } from '../../../src/lib/localnet/pallets/subtensor/epoch/trace-epoch.ts';

const NO_COMMIT = (1n << 64n) - 1n;
const MAX = 65535;

const stakes = (...rao: bigint[]) =>
  stakeWeights(
    rao,
    rao.map(() => 0n),
    0n,
  ).totalStake;

/** Validators 0 and 1 with 60 % and 40 %, miners 2 and 3; both validators weigh both miners alike. */
const base: EpochInput = {
  n: 4,
  currentBlock: 1000n,
  tempo: 100,
  lastMechanismStepBlock: 899n,
  activityCutoffBlocks: 500n,
  lastUpdate: [950n, 950n, 0n, 0n],
  blockAtRegistration: [10n, 20n, 30n, 40n],
  totalStake: stakes(6000n, 4000n, 0n, 0n),
  stakeThreshold: 0n,
  ownerUid: null,
  validatorPermits: [true, true, false, false],
  maxAllowedValidators: 2,
  weights: [
    [2, MAX, 3, MAX],
    [2, MAX, 3, MAX],
  ],
  bonds: [],
  commitBlocks: null,
  kappa: 32767,
  bondsPenalty: MAX,
  bondsMovingAverage: 900_000n,
  yuma3: true,
  liquidAlpha: false,
  alphaLow: 45875,
  alphaHigh: 58982,
  alphaSigmoidSteepness: 1000,
  raoEmission: 1_000_000n,
};

function run(overrides: Partial<EpochInput>): EpochOutput {
  const input = { ...base, ...overrides };
  expect(takesFastPath(input)).toBe(true);
  const output = runEpoch(input);
  expect(output).toEqual(runEpochExact(input));
  return output;
}

const half = 32767;

describe('weights that do not count', () => {
  it('the base case pays both miners alike', () => {
    expect(run({}).incentive).toEqual([0, 0, half, half]);
  });

  it('a neuron that registered after the weights were set is not weighed (:723)', () => {
    expect(run({ blockAtRegistration: [10n, 20n, 30n, 951n] }).incentive).toEqual([0, 0, MAX, 0]);
    // Weights set in the very block of the registration are outdated too.
    expect(run({ blockAtRegistration: [10n, 20n, 30n, 950n] }).incentive).toEqual([0, 0, MAX, 0]);
    expect(run({ blockAtRegistration: [10n, 20n, 30n, 949n] }).incentive).toEqual([0, 0, half, half]);
  });

  it('under commit-reveal an open commit from before a registration hides the row from that neuron (:766)', () => {
    const blockAtRegistration = [10n, 20n, 30n, 940n];
    const open = (first: bigint, second: bigint) => [first, second, NO_COMMIT, NO_COMMIT];
    const incentive = (commitBlocks: bigint[] | null) => run({ blockAtRegistration, commitBlocks }).incentive;
    expect(incentive(null)).toEqual([0, 0, half, half]);
    expect(incentive(open(NO_COMMIT, NO_COMMIT))).toEqual([0, 0, half, half]);
    expect(incentive(open(939n, 939n))).toEqual([0, 0, MAX, 0]);
    // A commit in the block of the registration knows the neuron.
    expect(incentive(open(940n, 940n))).toEqual([0, 0, half, half]);
    // Only the majority's commit matters to the consensus.
    expect(incentive(open(939n, NO_COMMIT))).toEqual([0, 0, MAX, 0]);
  });

  it('nobody weighs itself (:718) but the subnet owner (:716)', () => {
    const weights = [
      [0, MAX],
      [2, MAX],
    ];
    const selfish = { totalStake: stakes(9000n, 1000n, 0n, 0n), weights };
    expect(run(selfish).incentive).toEqual([0, 0, 0, 0]);
    expect(run({ ...selfish, ownerUid: 0 }).incentive).toEqual([MAX, 0, 0, 0]);
  });

  it('rows without a permit count for nothing, the owner always has one (:665, :702)', () => {
    const validatorPermits = [false, true, false, false];
    const weights = [
      [2, MAX],
      [3, MAX],
    ];
    expect(run({ validatorPermits, weights }).incentive).toEqual([0, 0, 0, MAX]);
    expect(run({ validatorPermits, weights, ownerUid: 0 }).incentive).toEqual([0, 0, MAX, 0]);
  });
});

describe('stake that does not count', () => {
  it('inactive validators keep their permit but lose their say (:602)', () => {
    const weights = [
      [2, MAX],
      [3, MAX],
    ];
    // 499 + 500 < 1000 is inactive, 500 + 500 is not.
    const asleep = run({ weights, lastUpdate: [499n, 950n, 0n, 0n] });
    expect(asleep.active).toEqual([false, true, false, false]);
    expect(asleep.incentive).toEqual([0, 0, 0, MAX]);
    expect(asleep.newValidatorPermits).toEqual([true, true, false, false]);
    expect(run({ weights, lastUpdate: [500n, 950n, 0n, 0n] }).incentive).toEqual([0, 0, MAX, 0]);
  });

  it('stake below the threshold is none, unless it is the owner (:641)', () => {
    const stakeThreshold = 5000n;
    expect(run({ stakeThreshold }).stakeWeight).toEqual([MAX, 0, 0, 0]);
    // 0.6 and 0.4 lose a little to 32 fraction bits, and the rest to u16.
    expect(run({ stakeThreshold, ownerUid: 1 }).stakeWeight).toEqual([39320, 26213, 0, 0]);
    expect(run({ stakeThreshold }).stake).toEqual([6000n, 4000n, 0n, 0n]);
  });

  it('of equal stakes the higher uid gets the permit (:678)', () => {
    const output = run({ totalStake: stakes(5n, 5n, 5n, 0n), maxAllowedValidators: 2 });
    expect(output.newValidatorPermits).toEqual([false, true, true, false]);
  });
});

describe('emission without incentive', () => {
  it('follows active stake, or all stake when none is active (:944)', () => {
    const weights = [] as const;
    const byActiveStake = run({ weights, lastUpdate: [0n, 950n, 0n, 0n] });
    expect(byActiveStake.validatorEmission).toEqual([0n, 1_000_000n, 0n, 0n]);
    const byStake = run({ weights, lastUpdate: [0n, 0n, 0n, 0n] });
    expect(byStake.validatorEmission).toEqual([599_999n, 399_999n, 0n, 0n]);
    expect(byStake.serverEmission).toEqual([0n, 0n, 0n, 0n]);
    expect(byStake.emission).toEqual(byStake.validatorEmission);
  });
});

describe('bonds', () => {
  const bonds = [
    [2, 40000, 3, 40000],
    [2, 40000, 3, 40000],
  ];

  it('bonds in neurons that registered since the last epoch are void (:841)', () => {
    const bondsOf = (overrides: Partial<EpochInput>): [number, number][] =>
      fromU16Pairs(run({ bonds, ...overrides }).bonds[0]!);
    const [kept, fresh] = [39276, 3276];
    expect(bondsOf({})).toEqual([
      [2, kept],
      [3, kept],
    ]);
    // The last epoch's block is 899: registrations from block 900 on are recent.
    expect(bondsOf({ blockAtRegistration: [10n, 20n, 899n, 900n] })).toEqual([
      [2, kept],
      [3, fresh],
    ]);
    // Without an epoch so far, the last tempo begins at 1000 − 100.
    expect(bondsOf({ lastMechanismStepBlock: 0n, blockAtRegistration: [10n, 20n, 30n, 900n] })[1]).toEqual([3, fresh]);
  });

  it('liquid alpha drops a bond whose weight is absent, the fixed alpha lets it decay (math.rs:1406, :1464)', () => {
    const weights = [
      [2, MAX],
      [2, MAX],
    ];
    const columns = (liquidAlpha: boolean): number[] =>
      fromU16Pairs(run({ bonds, weights, liquidAlpha }).bonds[0]!).map(([uid]) => uid);
    expect(columns(false)).toEqual([2, 3]);
    expect(columns(true)).toEqual([2]);
  });

  it('liquid alpha misreads weights that are not sorted by uid, and both epochs misread alike (:1435)', () => {
    const weights = [
      [3, MAX, 2, MAX],
      [2, MAX, 3, MAX],
    ];
    const input = { ...base, bonds, weights, liquidAlpha: true };
    const { alphas } = traceEpoch(input);
    // Weight 3 comes first and hides weight 2: validator 0 seems to sell its bond in miner 2.
    expect(alphas![0]![2]).not.toBe(alphas![1]![2]);
    expect(run(input).bonds[0]).not.toEqual(run(input).bonds[1]);
    expect(fromU16Pairs(run(input).bonds[0]!).map(([uid]) => uid)).toEqual([3, 2]);
  });
});
