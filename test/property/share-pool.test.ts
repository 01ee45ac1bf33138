import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  SAFE_FLOAT_ZERO,
  type SafeFloat,
  safeFloat,
  safeFloatAdd,
  safeFloatDiv,
  safeFloatFromU64,
  safeFloatGt,
  safeFloatMulDiv,
  safeFloatSub,
  safeFloatToU64,
} from '../../src/lib/localnet/fixed/safe-float.ts';
import { SharePool, type SharePoolState } from '../../src/lib/localnet/pallets/subtensor/staking/share-pool.ts';

const U64_MAX = 2n ** 64n - 1n;
const TOTAL_SUPPLY = 21_000_000_000_000_000n;

const normalFloat = fc
  .tuple(fc.bigInt({ min: 1n, max: 10n ** 21n }), fc.bigInt({ min: -60n, max: 60n }))
  .map(([mantissa, exponent]) => safeFloat(mantissa, exponent)!);

function isNormal({ mantissa, exponent }: SafeFloat): boolean {
  return mantissa === 0n ? exponent === 0n : mantissa > 10n ** 20n && mantissa <= 10n ** 21n;
}

describe('SafeFloat', () => {
  it('holds every u64', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: U64_MAX }), (n) => safeFloatToU64(safeFloatFromU64(n)) === n));
  });

  it('keeps the normal form under every operation', () => {
    fc.assert(
      fc.property(normalFloat, normalFloat, normalFloat, (a, b, c) => {
        for (const result of [safeFloatAdd(a, b), safeFloatSub(a, b), safeFloatDiv(a, b), safeFloatMulDiv(a, b, c)]) {
          expect(result === null || isNormal(result)).toBe(true);
        }
      }),
    );
  });

  it('adds in any order, and compares as real numbers do', () => {
    const scaled = ({ mantissa, exponent }: SafeFloat) => mantissa * 10n ** (exponent + 100n);
    fc.assert(
      fc.property(normalFloat, normalFloat, (a, b) => {
        expect(safeFloatAdd(a, b)).toEqual(safeFloatAdd(b, a));
        expect(safeFloatGt(a, b)).toBe(scaled(a) > scaled(b));
      }),
    );
  });
});

class MemoryState implements SharePoolState<number> {
  sharedValue = 0n;
  denominator = SAFE_FLOAT_ZERO;
  readonly shares = new Map<number, SafeFloat>();

  getSharedValue(): bigint {
    return this.sharedValue;
  }
  setSharedValue(value: bigint): void {
    this.sharedValue = value;
  }
  getShare(key: number): SafeFloat {
    return this.shares.get(key) ?? SAFE_FLOAT_ZERO;
  }
  tryGetShare(key: number): SafeFloat | null {
    return this.shares.get(key) ?? null;
  }
  setShare(key: number, share: SafeFloat): void {
    this.shares.set(key, share);
  }
  getDenominator(): SafeFloat {
    return this.denominator;
  }
  setDenominator(denominator: SafeFloat): void {
    this.denominator = denominator;
  }
}

const KEYS = 5;

/** A stake of a key, a part (in thousandths) of its value withdrawn, or a dividend for all. */
const operation = fc.oneof(
  fc.record({
    kind: fc.constant('stake' as const),
    key: fc.nat(KEYS - 1),
    amount: fc.bigInt({ min: 1n, max: TOTAL_SUPPLY / 100n }),
  }),
  fc.record({
    kind: fc.constant('unstake' as const),
    key: fc.nat(KEYS - 1),
    amount: fc.bigInt({ min: 0n, max: 1000n }),
  }),
  fc.record({
    kind: fc.constant('dividend' as const),
    key: fc.constant(0),
    amount: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  }),
);

describe('SharePool', () => {
  it('conserves value: what the keys hold is what the pool holds, but for rounding', () => {
    fc.assert(
      fc.property(fc.array(operation, { minLength: 1, maxLength: 40 }), (operations) => {
        const state = new MemoryState();
        const pool = new SharePool(state);
        let expected = 0n;
        for (const { kind, key, amount } of operations) {
          const others = [...Array(KEYS).keys()].filter((other) => other !== key);
          const before = others.map((other) => pool.getValue(other));
          if (kind === 'dividend') {
            // A dividend for nobody would be the first staker's.
            if (state.denominator.mantissa === 0n) continue;
            pool.updateValueForAll(amount);
            expected += amount;
            continue;
          }
          const update = kind === 'stake' ? amount : -(pool.getValue(key) * amount) / 1000n;
          pool.updateValueForOne(key, update);
          expected += update;
          expect(state.sharedValue).toBe(expected);
          for (const [i, other] of others.entries()) {
            const change = pool.getValue(other) - before[i]!;
            expect(change >= -1n && change <= 1n, `key ${other} changed by ${change}`).toBe(true);
          }
        }
        const held = [...Array(KEYS).keys()].reduce((sum, key) => sum + pool.getValue(key), 0n);
        if (state.denominator.mantissa === 0n) return;
        expect(state.sharedValue - held).toBeGreaterThanOrEqual(-1n);
        expect(state.sharedValue - held).toBeLessThanOrEqual(BigInt(KEYS));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the first key the whole pool and knows keys that hold nothing', () => {
    const state = new MemoryState();
    const pool = new SharePool(state);
    expect(pool.tryGetValue(0)).toBeNull();
    pool.updateValueForOne(0, 100n);
    expect([pool.getValue(0), pool.tryGetValue(0), pool.getValue(1), pool.tryGetValue(1)]).toEqual([
      100n,
      100n,
      0n,
      null,
    ]);
  });
});
