import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { U64F64, U96F32 } from '../../src/lib/localnet/fixed/fixed.ts';
import {
  blockEmissionForIssuance,
  TOTAL_SUPPLY,
} from '../../src/lib/localnet/pallets/subtensor/coinbase/block-emission.ts';
import { rootProportion, taoWeightOf } from '../../src/lib/localnet/pallets/subtensor/coinbase/root-proportion.ts';
import {
  getSubnetBlockEmissions,
  getSubnetTerms,
  type SubnetShareInput,
} from '../../src/lib/localnet/pallets/subtensor/coinbase/subnet-shares.ts';
import { expDecay } from '../../src/lib/localnet/pallets/subtensor/staking/exp-decay.ts';
import { nextMovingPrice } from '../../src/lib/localnet/pallets/subtensor/staking/moving-price.ts';
import {
  bumpBurn,
  decayBurn,
  decayFactorQ32,
  mulByQ32,
} from '../../src/lib/localnet/pallets/subtensor/subnets/burn.ts';
import { networkLockCost } from '../../src/lib/localnet/pallets/subtensor/subnets/lock-cost.ts';

const u64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const rao = fc.bigInt({ min: 0n, max: TOTAL_SUPPLY });

describe('block emission', () => {
  it('never rises with issuance and halves where the remaining supply has halved', () => {
    fc.assert(
      fc.property(rao, rao, (a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(blockEmissionForIssuance(more)).toBeLessThanOrEqual(blockEmissionForIssuance(less));
      }),
    );
    for (let halvings = 0n; halvings < 12n; halvings++) {
      const start = TOTAL_SUPPLY - TOTAL_SUPPLY / 2n ** halvings;
      expect(blockEmissionForIssuance(start)).toBe((10n ** 9n) >> halvings);
    }
  });

  it('is nothing from the full supply on', () => {
    fc.assert(fc.property(u64, (extra) => blockEmissionForIssuance(TOTAL_SUPPLY + extra) === 0n));
  });
});

describe('division of the emission', () => {
  const price = fc.bigInt({ min: 0n, max: U64F64.one });
  const part = fc.bigInt({ min: 0n, max: U96F32.one });
  const subnet: fc.Arbitrary<SubnetShareInput> = fc.record({
    movingPrice: price,
    minerBurned: part,
    emissionEnabled: fc.boolean(),
  });
  const emission = U96F32.saturatingFromNum(1_000_000_000n);

  it('hands out at most the emission, almost all of it when some subnet can take it, and none to a disabled one', () => {
    fc.assert(
      fc.property(fc.array(subnet, { minLength: 1, maxLength: 8 }), (subnets) => {
        const shares = getSubnetBlockEmissions(subnets, emission);
        const total = shares.reduce((sum, share) => sum + share, 0n);
        expect(total).toBeLessThanOrEqual(emission);
        for (const [i, share] of shares.entries()) if (!subnets[i]!.emissionEnabled) expect(share).toBe(0n);
        const able = subnets.some(
          (s) => s.emissionEnabled && s.movingPrice > U64F64.one / 1000n && s.minerBurned < U96F32.one / 2n,
        );
        if (able) expect(emission - total).toBeLessThan(U96F32.one);
      }),
    );
  });

  it('splits into liquidity and a purchase that add up, with alpha under its cap', () => {
    fc.assert(
      fc.property(
        rao,
        rao,
        rao,
        fc.bigInt({ min: 1n, max: 10n * U64F64.one }),
        (rootTao, issuance, tao, alphaPrice) => {
          const proportion = rootProportion(rootTao, issuance, taoWeightOf(971_718_665_099_567_868n));
          const taoEmission = U96F32.saturatingFromNum(tao % 1_000_000_000n);
          const terms = getSubnetTerms(taoEmission, 1_000_000_000n, alphaPrice, proportion);
          expect(terms.taoIn + terms.excessTao).toBe(taoEmission);
          expect(terms.alphaIn).toBeLessThanOrEqual(U96F32.saturatingMul(proportion, terms.alphaOut));
          expect(proportion).toBeLessThanOrEqual(U96F32.one);
        },
      ),
    );
  });
});

describe('moving price', () => {
  it('stays between the old price and the new one', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 2n ** 32n }),
        fc.bigInt({ min: 0n, max: U64F64.one }),
        fc.bigInt({ min: 1n, max: 10n ** 7n }),
        (stored, price, age) => {
          const next = nextMovingPrice({
            currentBlock: age,
            firstEmissionBlock: 1n,
            halvingBlocks: 201_600n,
            movingAlpha: 12_885n,
            movingPrice: stored << 32n,
            price,
          });
          const now = price >> 32n;
          // One unit lower is possible: the products are rounded down.
          expect(next).toBeGreaterThanOrEqual((stored < now ? stored : now) - 1n);
          expect(next).toBeLessThanOrEqual(stored > now ? stored : now);
        },
      ),
    );
  });
});

describe('registration price', () => {
  const bounds = { minBurn: 500_000n, maxBurn: 100_000_000_000n };

  it('falls by half in a half-life', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (halfLife) => {
        let value = 10n ** 18n;
        for (let i = 0; i < halfLife; i++) value = mulByQ32(value, decayFactorQ32(halfLife));
        expect(Number(value) / 1e18).toBeCloseTo(0.5, 4);
      }),
      { numRuns: 30 },
    );
    expect(decayFactorQ32(0)).toBe(2n ** 32n);
  });

  it('stays within its bounds', () => {
    fc.assert(
      fc.property(
        u64,
        fc.integer({ min: 0, max: 65_535 }),
        u64,
        fc.bigInt({ min: 0n, max: U64F64.max }),
        (burn, halfLife, block, mult) => {
          for (const price of [decayBurn(burn, bounds, halfLife, block), bumpBurn(burn, bounds, mult)]) {
            expect(price >= bounds.minBurn && price <= bounds.maxBurn).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(decayBurn(1_000_000n, bounds, 1, 1n)).toBe(1_000_000n);
    expect(decayBurn(1_000_000n, bounds, 1, 2n)).toBe(500_000n);
    expect(bumpBurn(1_000_000n, bounds, 0n)).toBe(1_000_000n);
  });
});

describe('subnet cost', () => {
  it('falls with time, from twice the last cost, to no less than the minimum', () => {
    fc.assert(
      fc.property(rao, rao, u64, u64, u64, (lastLock, minLock, lastLockBlock, delay, interval) => {
        const at = (currentBlock: bigint) =>
          networkLockCost({ lastLock, minLock, lastLockBlock, currentBlock, lockReductionInterval: interval });
        const [now, later] = [at(lastLockBlock), at(lastLockBlock + delay)];
        const start = lastLock * (lastLockBlock === 0n ? 1n : 2n);
        expect(now).toBe(start > minLock ? start : minLock);
        expect(later >= minLock && later <= now).toBe(true);
      }),
    );
  });
});

describe('decay of locks', () => {
  it('is close to e^(-dt/tau), 1 at first and never rising', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (dt, tau) => {
        const decay = Number(expDecay(BigInt(dt), BigInt(tau))) / 2 ** 64;
        expect(Math.abs(decay - Math.exp(-Math.min(dt / tau, 40)))).toBeLessThan(1e-6);
        expect(expDecay(BigInt(dt + 1), BigInt(tau))).toBeLessThanOrEqual(expDecay(BigInt(dt), BigInt(tau)));
      }),
    );
    expect(expDecay(0n, 0n)).toBe(U64F64.one);
    expect(expDecay(1n, 0n)).toBe(0n);
  });
});
