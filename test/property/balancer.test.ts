import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approximatePower, powRatioScaled } from '../../src/lib/localnet/fixed/big-math.ts';
import { U64F64 } from '../../src/lib/localnet/fixed/fixed.ts';
import { nearbyPower } from '../../src/lib/localnet/fixed/nearby-power.ts';
import {
  baseWeightOf,
  calculateBaseDeltaIn,
  calculatePrice,
  calculateQuoteDeltaIn,
  expBaseQuote,
  expQuoteBase,
  isQuoteWeightAllowed,
  updateWeightsForAddedLiquidity,
} from '../../src/lib/localnet/pallets/swap/balancer.ts';

const ONE = 10n ** 18n;

const weight = fc.oneof(fc.constant(ONE / 2n), fc.bigInt({ min: ONE / 100n, max: (ONE * 99n) / 100n }));
const reserve = fc.bigInt({ min: 10n ** 9n, max: 21n * 10n ** 15n });
const deltaOf = fc.bigInt({ min: 0n, max: 10n ** 15n });

/** |a/b - c/d| <= parts * c/d / 10^12, for positive numbers. */
function isRatioNear(a: bigint, b: bigint, c: bigint, d: bigint, parts: bigint): boolean {
  const difference = a * d - c * b;
  return (difference < 0n ? -difference : difference) * 10n ** 12n <= parts * c * b;
}

describe('balancer', () => {
  it('keeps the price when liquidity is added in any proportion', () => {
    fc.assert(
      fc.property(weight, reserve, reserve, deltaOf, deltaOf, (w, y, x, dy, dx) => {
        const updated = updateWeightsForAddedLiquidity(w, y, x, dy, dx);
        fc.pre(updated !== null);
        expect(isQuoteWeightAllowed(updated)).toBe(true);
        const near = isRatioNear(
          baseWeightOf(updated) * (y + dy),
          updated * (x + dx),
          baseWeightOf(w) * y,
          w * x,
          1000n,
        );
        expect(near).toBe(true);
      }),
    );
  });

  it('refuses exactly the weights outside 1 % to 99 %', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: ONE }), (w) => {
        expect(isQuoteWeightAllowed(w)).toBe(w * 100n >= ONE && w * 100n <= 99n * ONE);
      }),
    );
  });

  it('pays out more for more, and never more than the reserve', () => {
    // Beyond these weights a large trade is where the power series has not converged: see the next test.
    const moderateWeight = fc.bigInt({ min: ONE / 10n, max: (ONE * 9n) / 10n });
    const multiple = fc.bigInt({ min: 0n, max: 1_000_000n });
    fc.assert(
      fc.property(moderateWeight, reserve, multiple, multiple, (w, r, first, second) => {
        const [less, more] = (first < second ? [first, second] : [second, first]).map((parts) => (r * parts) / 1000n);
        for (const remaining of [expBaseQuote, expQuoteBase]) {
          const [afterLess, afterMore] = [remaining(w, r, less!), remaining(w, r, more!)];
          expect(afterMore).toBeLessThanOrEqual(afterLess);
          expect(afterLess).toBeLessThanOrEqual(U64F64.one);
          expect(afterMore).toBeGreaterThanOrEqual(0n);
        }
        expect(expQuoteBase(w, r, 0n)).toBe(U64F64.one);
      }),
    );
  });

  it('leaves between nothing and everything at any weight and size', () => {
    fc.assert(
      fc.property(weight, reserve, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (w, r, delta) => {
        for (const remaining of [expBaseQuote(w, r, delta), expQuoteBase(w, r, delta)]) {
          expect(remaining >= 0n && remaining <= U64F64.one).toBe(true);
        }
      }),
    );
  });

  it('follows the chain where its power series ends too early', () => {
    // Computed with an independent transcription of safe-bigmath: the smaller trade leaves nothing, the larger one something.
    const quoteWeight = 909_812_021_011_208_154n;
    const parts = (delta: bigint) =>
      powRatioScaled(10n ** 9n, 10n ** 9n + delta, quoteWeight, ONE - quoteWeight, 256, ONE);
    expect([parts(59_856_452_255n), parts(820_217_506_715_785n)]).toEqual([0n, 1n]);
  });

  it('is the constant product formula at even weights', () => {
    fc.assert(
      fc.property(reserve, deltaOf, (r, delta) => {
        const parts = (r * ONE) / (r + delta);
        expect(expQuoteBase(ONE / 2n, r, delta)).toBe((parts << 64n) / ONE);
        expect(calculatePrice(ONE / 2n, r, r + delta)).toBe(((r + delta) << 64n) / r);
      }),
    );
  });

  it('asks for nothing where the limit is already passed', () => {
    fc.assert(
      fc.property(weight, reserve, reserve, reserve, (w, x, y, r) => {
        const price = calculatePrice(w, x, y);
        const [above, below] = [price + price / 7n + 1n, price - price / 7n];
        expect(calculateQuoteDeltaIn(w, price, below, r)).toBe(0n);
        expect(calculateBaseDeltaIn(w, price, above, r)).toBe(0n);
        expect(calculateQuoteDeltaIn(w, price, price, r)).toBe(0n);
      }),
      { numRuns: 40 },
    );
  });
});

describe('powRatioScaled', () => {
  const base = fc.bigInt({ min: 1n, max: 10n ** 16n });

  it('is the floored root for a small exponent', () => {
    fc.assert(
      fc.property(base, base, fc.bigInt({ min: 1n, max: 12n }), fc.bigInt({ min: 1n, max: 12n }), (num, den, p, q) => {
        const result = powRatioScaled(num, den, p, q, 256, ONE)!;
        const target = num ** p * ONE ** q;
        expect(result ** q * den ** p).toBeLessThanOrEqual(target);
        expect((result + 1n) ** q * den ** p).toBeGreaterThan(target);
      }),
    );
  });

  it('approximates a large exponent to the last digits', () => {
    // 1031 and 2063 have no common factor and are beyond the exact path: r = b^(1031/2063) gives r^2063 = b^1031.
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10n ** 9n, max: 10n ** 12n }),
        fc.bigInt({ min: 10n ** 9n, max: 10n ** 12n }),
        (num, den) => {
          const result = powRatioScaled(num, den, 1031n, 2063n, 256, ONE)!;
          const target = num ** 1031n * ONE ** 2063n;
          expect((result - 1n) ** 2063n * den ** 1031n).toBeLessThanOrEqual(target);
          expect((result + 2n) ** 2063n * den ** 1031n).toBeGreaterThan(target);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('has no value for a zero denominator, and is the scale for exponent 0', () => {
    expect([powRatioScaled(1n, 0n, 1n, 2n, 256, ONE), powRatioScaled(1n, 2n, 1n, 0n, 256, ONE)]).toEqual([null, null]);
    expect(powRatioScaled(3n, 2n, 0n, 5n, 256, ONE)).toBe(ONE);
    expect(powRatioScaled(0n, 2n, 0n, 5n, 256, ONE)).toBe(0n);
  });
});

describe('nearbyPower', () => {
  const share = fc.bigInt({ min: 0n, max: 2n ** 64n });
  /** Spreads over all sizes: a swap may be a billionth of the pool or all of it. */
  const spread = fc.tuple(share, fc.integer({ min: 0, max: 64 })).map(([bits, shift]) => bits >> BigInt(shift));
  const base = fc.tuple(fc.bigInt({ min: 1n, max: 2n ** 64n }), spread, fc.boolean());
  const asRatio = ([num, more, isGreater]: readonly [bigint, bigint, boolean]): [bigint, bigint] =>
    isGreater ? [num + more, num] : [num, num + more];

  it("has the floor of the chain's series at both of its precisions wherever it answers", () => {
    let answered = 0;
    fc.assert(
      fc.property(base, weight, fc.constantFrom(256, 1024), (ratio, w, precision) => {
        const [num, den] = asRatio(ratio);
        const ours = nearbyPower(num, den, w, ONE - w, ONE);
        if (ours === undefined) return;
        answered += 1;
        expect(ours).toBe(approximatePower(num, den, w, ONE - w, precision, ONE));
      }),
      { numRuns: 600 },
    );
    expect(answered).toBeGreaterThan(100);
  });

  it('answers for every trade that moves the price by less than a half', () => {
    fc.assert(
      fc.property(reserve, fc.bigInt({ min: 1n, max: 10n ** 9n }), weight, (pool, delta, w) => {
        fc.pre(delta * 1000n < pool);
        expect(nearbyPower(pool, pool + delta, w, ONE - w, ONE)).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });

  it('leaves to the series what it cannot decide: whole results, ratios far from 1, great exponents', () => {
    expect(nearbyPower(7n, 7n, 3n, 5n, ONE)).toBeUndefined();
    expect(nearbyPower(4n, 5n, 2n, 1n, 25n)).toBeUndefined();
    expect(nearbyPower(1n, 3n, 3n, 5n, ONE)).toBeUndefined();
    expect(nearbyPower(99n, 100n, 200n, 1n, ONE)).toBeUndefined();
  });
});
