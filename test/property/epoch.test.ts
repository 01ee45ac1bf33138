import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runEpochDense } from '../../src/lib/localnet/pallets/subtensor/epoch/dense.ts';
import { runEpoch, takesFastPath } from '../../src/lib/localnet/pallets/subtensor/epoch/run-epoch.ts';
import { runEpochExact } from '../../src/lib/localnet/pallets/subtensor/epoch/trace-epoch.ts';
import { epochInput, ordinaryEpochInput } from './epoch-arbitrary.ts';

const RUNS = 1000;

describe('the epoch on typed arrays', () => {
  it('equals the exact epoch, bit for bit, whatever the subnet', () => {
    let fast = 0;
    fc.assert(
      fc.property(epochInput, (input) => {
        if (takesFastPath(input)) fast += 1;
        expect(runEpoch(input)).toEqual(runEpochExact(input));
      }),
      { numRuns: RUNS },
    );
    // A generator that only ever left the fast domain would prove nothing.
    expect(fast).toBeGreaterThan(RUNS / 2);
  });

  it('never pays out more than the emission to servers and validators together', () => {
    fc.assert(
      fc.property(epochInput, (input) => {
        // Stake sums beyond 128 bits wrap on the chain, and all bounds with them.
        fc.pre(input.totalStake.reduce((total, stake) => total + stake, 0n) < 1n << 127n);
        const { serverEmission, validatorEmission } = runEpoch(input);
        const paid = [...serverEmission, ...validatorEmission].reduce((total, e) => total + e, 0n);
        expect(paid <= input.raoEmission).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it("agrees with the dense epoch where the chain's two implementations do", () => {
    fc.assert(
      fc.property(ordinaryEpochInput, (input) => {
        // Owner's exemptions, commits and bonds without a weight under liquid alpha exist in the sparse epoch only.
        const common = { ...input, ownerUid: null, commitBlocks: null, liquidAlpha: false };
        const { serverEmission, validatorEmission } = runEpoch(common);
        const dense = runEpochDense(common);
        expect({ serverEmission, validatorEmission }).toEqual({
          serverEmission: dense.serverEmission,
          validatorEmission: dense.validatorEmission,
        });
      }),
      { numRuns: RUNS },
    );
  });
});
