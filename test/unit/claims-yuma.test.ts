/**
 * What Bittensor claims of Yuma consensus, shown on the chain's own epoch.
 * Each test names the line of opentensor/subtensor (spec 425), pallets/subtensor/src, that makes it true.
 */

import { describe, expect, it } from 'vitest';
import type { EpochOutput } from '../../src/lib/localnet/pallets/subtensor/epoch/epoch-types.ts';
import { type SimulationStep, simulateYuma } from '../../src/lib/localnet/pallets/subtensor/epoch/simulate.ts';

const RAO_PER_TAO = 1_000_000_000n;
const tao = (amount: number): bigint => BigInt(amount) * RAO_PER_TAO;

/** Weights as shares of the row, max-upscaled to u16 pairs as set_weights stores them. */
function weigh(shares: Readonly<Record<number, number>>): number[] {
  const max = Math.max(...Object.values(shares));
  return Object.entries(shares).flatMap(([uid, share]) => [Number(uid), Math.round((share / max) * 65535)]);
}

const repeat = (step: SimulationStep, epochs: number): SimulationStep[] => Array.from({ length: epochs }, () => step);

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

/** Dividends of a uid over all epochs, in rao. */
const earned = (epochs: readonly EpochOutput[], uid: number): bigint =>
  total(epochs.map((epoch) => epoch.validatorEmission[uid]!));

/** Parts per thousand. */
const perMille = (part: bigint, whole: bigint): number => Number((part * 1000n) / whole);

const VERSIONS = [
  { name: 'Yuma 2', yuma3: false, liquidAlpha: false },
  { name: 'Yuma 3', yuma3: true, liquidAlpha: false },
  { name: 'Yuma 3 with liquid alpha', yuma3: true, liquidAlpha: true },
];

describe.each(VERSIONS)(
  'a majority of stake defeats colluding minority validators: $name',
  ({ yuma3, liquidAlpha }) => {
    const version = { yuma3, liquidAlpha };
    const [HONEST, OTHER_HONEST, CABAL, GOOD_MINER, CABAL_MINER] = [0, 1, 2, 3, 4];

    it('a miner that only the cabal weighs earns nothing: clip to the consensus (epoch/run_epoch.rs:790, :794)', () => {
      const step = {
        stakes: [30, 30, 40, 0, 0].map(tao),
        weights: [weigh({ [GOOD_MINER]: 1 }), weigh({ [GOOD_MINER]: 1 }), weigh({ [CABAL_MINER]: 1 })],
      };
      const last = simulateYuma(repeat(step, 10), version).at(-1)!;
      expect(last.consensus[CABAL_MINER]).toBe(0);
      expect(last.incentive[CABAL_MINER]).toBe(0);
      expect(last.serverEmission[CABAL_MINER]).toBe(0n);
      expect(last.validatorTrust[CABAL]).toBe(0);
      expect(last.validatorEmission[CABAL]).toBe(0n);
      expect(last.dividends[HONEST]).toBe(last.dividends[OTHER_HONEST]);
      expect(last.incentive[GOOD_MINER]).toBe(65535);
    });

    it('the same cabal with a majority of stake takes all: it is the stake that decides (epoch/math.rs:975)', () => {
      const step = {
        stakes: [20, 20, 60, 0, 0].map(tao),
        weights: [weigh({ [GOOD_MINER]: 1 }), weigh({ [GOOD_MINER]: 1 }), weigh({ [CABAL_MINER]: 1 })],
      };
      const last = simulateYuma(repeat(step, 10), version).at(-1)!;
      expect(last.incentive[CABAL_MINER]).toBe(65535);
      expect(last.serverEmission[GOOD_MINER]).toBe(0n);
    });

    it('exaggerating a miner does not raise its consensus (epoch/run_epoch.rs:794)', () => {
      const fair = weigh({ [GOOD_MINER]: 1, [CABAL_MINER]: 1 });
      const stakes = [30, 30, 40, 0, 0].map(tao);
      const honest = simulateYuma([{ stakes, weights: [fair, fair, fair] }], version)[0]!;
      const greedy = simulateYuma([{ stakes, weights: [fair, fair, weigh({ [CABAL_MINER]: 1 })] }], version)[0]!;
      expect(greedy.consensus[CABAL_MINER]).toBe(honest.consensus[CABAL_MINER]);
    });

    it('the bonds penalty makes exaggeration cost dividends (epoch/run_epoch.rs:822)', () => {
      const fair = weigh({ [GOOD_MINER]: 1, [CABAL_MINER]: 1 });
      const step = { stakes: [30, 30, 40, 0, 0].map(tao), weights: [fair, fair, weigh({ [CABAL_MINER]: 1 })] };
      const share = (bondsPenalty: number): number => {
        const epochs = simulateYuma(repeat(step, 20), { ...version, bondsPenalty });
        return perMille(earned(epochs, CABAL), total(epochs.flatMap((epoch) => epoch.validatorEmission)));
      };
      const [unpunished, punished] = [share(0), share(65535)];
      expect(punished).toBeLessThan(unpunished);
      // 40 % of the stake earns about a quarter of the dividends: the clipped half of its weight counts for nothing.
      expect(punished).toBeGreaterThanOrEqual(245);
      expect(punished).toBeLessThanOrEqual(265);
      expect(unpunished).toBeLessThan(400);
    });
  },
);

describe.each(VERSIONS)('weight copying: $name', ({ yuma3, liquidAlpha }) => {
  const [HONEST, , COPIER, MINER_A, MINER_B] = [0, 1, 2, 3, 4];
  const [HONEST_STAKE, COPIER_STAKE] = [35n, 30n];
  const EPOCHS = 40;

  /** The better miner changes every five epochs. */
  const truth = (epoch: number): number[] =>
    Math.floor(epoch / 5) % 2 === 0
      ? weigh({ [MINER_A]: 0.9, [MINER_B]: 0.1 })
      : weigh({ [MINER_A]: 0.1, [MINER_B]: 0.9 });

  /** The copier's dividends per stake, in thousandths of an honest validator's. */
  const copierYield = (delay: number): number => {
    const stakes = [35, 35, 30, 0, 0].map(tao);
    const steps = Array.from({ length: EPOCHS }, (_, epoch) => ({
      stakes,
      weights: [truth(epoch), truth(epoch), truth(Math.max(0, epoch - delay))],
    }));
    const epochs = simulateYuma(steps, { yuma3, liquidAlpha });
    return perMille(earned(epochs, COPIER) * HONEST_STAKE, earned(epochs, HONEST) * COPIER_STAKE);
  };

  it('pays as much as validating while weights are public at once', () => {
    expect(copierYield(0)).toBeGreaterThanOrEqual(999);
  });

  it('loses under commit-reveal, more with each epoch of delay: stale weights miss the bonds (epoch/run_epoch.rs:766, :794, :909, :1340)', () => {
    const [one, three] = [copierYield(1), copierYield(3)];
    expect(one).toBeLessThan(900);
    expect(three).toBeLessThan(one - 100);
  });
});

describe('stake and pay', () => {
  it('servers and validators share the emission half and half (epoch/run_epoch.rs:940, :941)', () => {
    const weights = [weigh({ 2: 3, 3: 1 }), weigh({ 2: 1, 3: 3 })];
    const output = simulateYuma([{ stakes: [60, 40, 0, 0].map(tao), weights }], { raoEmission: 41_000_000_000n })[0]!;
    const half = 20_500_000_000n;
    for (const side of [total(output.serverEmission), total(output.validatorEmission)]) {
      expect(half - side).toBeLessThan(100n);
      expect(side <= half).toBe(true);
    }
  });

  it('influence is stake, not the number of keys: splitting stake over keys changes nothing (epoch/math.rs:1121)', () => {
    const [a, b] = [weigh({ 4: 3, 5: 1 }), weigh({ 4: 1, 5: 2 })];
    const one = simulateYuma([{ stakes: [60, 0, 0, 40, 0, 0].map(tao), weights: [a, [], [], b] }])[0]!;
    const three = simulateYuma([{ stakes: [20, 20, 20, 40, 0, 0].map(tao), weights: [a, a, a, b] }])[0]!;
    expect(three.consensus).toEqual(one.consensus);
    for (const miner of [4, 5])
      expect(Math.abs(three.incentive[miner]! - one.incentive[miner]!)).toBeLessThanOrEqual(1);
  });

  it('bonds reward who recognised a good miner first (epoch/run_epoch.rs:1340)', () => {
    const stakes = [40, 40, 20, 0, 0].map(tao);
    const [old, fresh] = [weigh({ 3: 1 }), weigh({ 4: 1 })];
    const early = [old, old, fresh];
    const agreed = [fresh, fresh, fresh];
    const steps = [...repeat({ stakes, weights: early }, 5), ...repeat({ stakes, weights: agreed }, 5)];
    const epochs = simulateYuma(steps, { yuma3: true, bondsPenalty: 0 });
    const firstAgreed = epochs[5]!;
    const [large, small] = [firstAgreed.validatorEmission[0]!, firstAgreed.validatorEmission[2]!];
    expect(small * 40n > large * 20n).toBe(true);
  });
});
