import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runEpoch, takesFastPath } from '../../src/lib/localnet/pallets/subtensor/epoch/run-epoch.ts';
import { runEpochExact } from '../../src/lib/localnet/pallets/subtensor/epoch/trace-epoch.ts';
import { epochInput } from './epoch-arbitrary.ts';

const RUNS = 1500;

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
});
