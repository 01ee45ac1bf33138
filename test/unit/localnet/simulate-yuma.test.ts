import { describe, expect, it } from 'vitest';
import { simulateYuma } from '../../../src/lib/localnet/pallets/subtensor/epoch/simulate.ts';
import { fromU16Pairs } from '../../../src/lib/localnet/pallets/subtensor/epoch/sparse-rows.ts';

const stakes = [60_000_000_000n, 40_000_000_000n, 0n, 0n];
const weights = [
  [2, 65535],
  [3, 65535],
];

describe('simulateYuma', () => {
  it('gives nothing for no steps', () => {
    expect(simulateYuma([])).toEqual([]);
  });

  it('carries bonds from epoch to epoch: a bond grows by a tenth of what is missing', () => {
    const epochs = simulateYuma(
      [1, 2, 3].map(() => ({ stakes, weights })),
      { yuma3: true },
    );
    const bonds = epochs.map((epoch) => fromU16Pairs(epoch.bonds[0]!));
    expect(bonds.map((row) => row[0]![0])).toEqual([2, 2, 2]);
    const [first, second, third] = bonds.map((row) => row[0]![1] / 65535);
    expect(first).toBeCloseTo(0.1, 4);
    expect(second).toBeCloseTo(0.19, 4);
    expect(third).toBeCloseTo(0.271, 4);
  });

  it('voids bonds in a replaced neuron', () => {
    const step = { stakes, weights };
    const kept = simulateYuma([step, step], { yuma3: true });
    const replaced = simulateYuma([step, { ...step, registered: [2] }], { yuma3: true });
    expect(fromU16Pairs(replaced[1]!.bonds[0]!)).toEqual(fromU16Pairs(kept[0]!.bonds[0]!));
  });

  it('changes hyperparameters from a step on', () => {
    const majority = { stakes, weights, parameters: { kappa: 65535 } };
    const [before, at, after] = simulateYuma([{ stakes, weights }, majority, { stakes, weights }]);
    expect(before!.consensus[2]).toBe(65535);
    expect([at!.consensus[2], after!.consensus[2]]).toEqual([0, 0]);
  });

  it('takes away permits beyond the limit of validators', () => {
    const epochs = simulateYuma([{ stakes, weights }], { maxAllowedValidators: 1 });
    expect(epochs[0]!.newValidatorPermits).toEqual([true, false, false, false]);
    expect(epochs[0]!.bonds[1]).toHaveLength(0);
  });

  it('refuses a changing number of neurons', () => {
    expect(() =>
      simulateYuma([
        { stakes, weights },
        { stakes: [1n], weights },
      ]),
    ).toThrow(RangeError);
  });
});
