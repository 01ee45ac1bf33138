import { describe, expect, it } from 'vitest';
import {
  inheritedStake,
  stakeWeights,
  u64ProportionToFixed,
} from '../../../src/lib/localnet/pallets/subtensor/epoch/stake-weights.ts';

const U64_MAX = (1n << 64n) - 1n;

describe('inheritedStake (staking/stake_utils.rs:313, :381)', () => {
  it('is the own stake without children and parents', () => {
    expect(inheritedStake(123n, [], [])).toBe(123n);
  });
  it('takes away what goes to children and adds what comes from parents', () => {
    const half = U64_MAX / 2n;
    // Half in U96F32 is a little less than one half, so the rao that is left rounds up and the part received down.
    expect(inheritedStake(1000n, [half], [])).toBe(500n);
    expect(inheritedStake(1000n, [half], [{ proportion: U64_MAX, stake: 77n }])).toBe(577n);
    expect(inheritedStake(0n, [], [{ proportion: half, stake: 1000n }])).toBe(499n);
  });
  it('never goes below what parents give', () => {
    expect(inheritedStake(10n, [U64_MAX, U64_MAX], [{ proportion: U64_MAX, stake: 3n }])).toBe(3n);
  });
  it('is limited to u64', () => {
    expect(inheritedStake(U64_MAX, [], [{ proportion: U64_MAX, stake: U64_MAX }])).toBe(U64_MAX);
  });
});

describe('stakeWeights (staking/stake_utils.rs:233)', () => {
  it('weighs root stake with the TAO weight, of which 32 fraction bits count', () => {
    const taoWeight = 971_718_665_099_567_868n;
    expect(u64ProportionToFixed(taoWeight)).toBe(226_245_882n);
    const { totalStake } = stakeWeights([5n], [1_000_000_000n], taoWeight);
    expect(totalStake).toEqual([(5n << 64n) + 1_000_000_000n * (226_245_882n << 32n)]);
  });
  it('saturates stakes beyond the integers of I64F64', () => {
    expect(stakeWeights([U64_MAX], [0n], 0n).alphaStake).toEqual([(1n << 127n) - 1n]);
  });
});
