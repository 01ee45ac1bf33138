import { describe, expect, it } from 'vitest';
import {
  aggregateMechanisms,
  mechanismWeight,
  type SubnetTerms,
  splitEmissions,
} from '../../../src/lib/localnet/pallets/subtensor/subnets/mechanism-terms.ts';

const U64_MAX = (1n << 64n) - 1n;
const ONE = 1n << 64n;

/** Source of all: pallets/subtensor/src/subnets/mechanism.rs. */
describe('splitEmissions (mechanism.rs:230)', () => {
  it('splits evenly and gives the remainder to mechanism 0', () => {
    expect(splitEmissions(100n, 3, null)).toEqual([34n, 33n, 33n]);
  });
  it('floors parts of 65535 and gives the remainder to mechanism 0', () => {
    expect(splitEmissions(1000n, 2, [32767, 32768])).toEqual([500n, 500n]);
    expect(splitEmissions(1001n, 3, [1, 2, 65532])).toEqual([1n, 0n, 1000n]);
  });
  it('pads a short split with zeros and cuts a long one', () => {
    expect(splitEmissions(1000n, 3, [65535])).toEqual([1000n, 0n, 0n]);
    expect(splitEmissions(1000n, 1, [32767, 32768])).toEqual([1000n]);
  });
  it('never loses a rao of the largest emission', () => {
    expect(splitEmissions(U64_MAX, 2, [65534, 1]).reduce((a, b) => a + b)).toBe(U64_MAX);
  });
  it('gives nothing to no mechanism', () => {
    expect(splitEmissions(5n, 0, null)).toEqual([]);
  });
});

describe('mechanismWeight (mechanism.rs:307)', () => {
  it('is the share of the emission in U64F64', () => {
    expect(mechanismWeight(1, 1n, 2n)).toBe(ONE / 2n);
    expect(mechanismWeight(0, 1n, 3n)).toBe(ONE / 3n);
  });
  it('is all for mechanism 0 and nothing for others without emission', () => {
    expect([0, 1, 2].map((mechanism) => mechanismWeight(mechanism, 0n, 0n))).toEqual([ONE, 0n, 0n]);
  });
});

const terms = (overrides: Partial<SubnetTerms>): SubnetTerms => ({
  active: [false],
  newValidatorPermits: [false],
  stake: [0n],
  stakeWeight: [0],
  consensus: [0],
  dividends: [0],
  validatorTrust: [0],
  serverEmission: [0n],
  validatorEmission: [0n],
  emission: [0n],
  ...overrides,
});

describe('aggregateMechanisms (mechanism.rs:287)', () => {
  it('keeps the terms of a single mechanism', () => {
    const only = terms({ active: [true], stake: [7n], dividends: [65535], emission: [9n], serverEmission: [4n] });
    expect(aggregateMechanisms([{ terms: only, weight: ONE }])).toEqual(only);
  });
  it('adds what was paid, weighs what was measured and truncates at every step', () => {
    const first = terms({ active: [true], consensus: [101], validatorEmission: [10n], emission: [101n], stake: [5n] });
    const second = terms({
      newValidatorPermits: [true],
      consensus: [65535],
      validatorEmission: [20n],
      emission: [201n],
      stake: [5n],
    });
    const half = ONE / 2n;
    expect(aggregateMechanisms([first, second].map((t) => ({ terms: t, weight: half })))).toEqual(
      terms({
        active: [true],
        newValidatorPermits: [true],
        // 101 / 2 is truncated before 65535 / 2 is added, and the sum again.
        consensus: [50 + 32767],
        validatorEmission: [30n],
        emission: [50n + 100n],
        stake: [10n],
      }),
    );
  });
  it('saturates sums', () => {
    const full = terms({ serverEmission: [U64_MAX], stake: [U64_MAX], emission: [U64_MAX], dividends: [65535] });
    const sum = aggregateMechanisms([full, full].map((t) => ({ terms: t, weight: ONE })));
    expect(sum).toEqual(full);
  });
});
