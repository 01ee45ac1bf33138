import { describe, expect, it } from 'vitest';
import {
  emptyLock,
  isLockZero,
  type LockKind,
  type LockRates,
  type LockState,
  mergeLocks,
  reduceLock,
  removeMass,
  rollForwardLock,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/lock-state.ts';

/** Source of all: pallets/subtensor/src/staking/lock.rs. */

const ONE = 1n << 64n;
const TAU = 934_866n;
const EQUAL: LockRates = { unlock: TAU, maturity: TAU };
const DECAYING: LockKind = { owner: false, perpetual: false };
const PERPETUAL: LockKind = { owner: false, perpetual: true };
const MASS = 1_000_000_000_000n;
const fresh: LockState = { locked_mass: MASS, conviction: 0n, last_update: 100n };

/** U64F64 bits as rao with their fraction. */
const rao = (bits: bigint): number => Number(bits >> 64n) + Number(bits & (ONE - 1n)) / 2 ** 64;
/** The closed forms hold to about the precision of e^x in I64F64. */
const near = (value: number, expected: number): void =>
  expect(Math.abs(value - expected)).toBeLessThan(1e-6 * Math.abs(expected) + 2);

describe('a decaying lock (lock.rs:345 calculate_decayed_mass_and_conviction)', () => {
  it.each([1n, 7_200n, 648_000n, TAU, 3n * TAU])(
    'loses mass and gathers conviction as e^-t/τ says, %s blocks',
    (dt) => {
      const rolled = rollForwardLock(fresh, 100n + dt, EQUAL, DECAYING);
      const t = Number(dt) / Number(TAU);
      near(Number(rolled.locked_mass), Number(MASS) * Math.exp(-t));
      near(rao(rolled.conviction), Number(MASS) * t * Math.exp(-t));
      expect(rolled.last_update).toBe(100n + dt);
    },
  );

  it('has half of its mass after 90 days', () => {
    near(Number(rollForwardLock(fresh, 100n + 648_000n, EQUAL, DECAYING).locked_mass), Number(MASS) / 2);
  });

  it('has the most conviction after one time constant, mass / e', () => {
    const at = (dt: bigint) => rollForwardLock(fresh, 100n + dt, EQUAL, DECAYING).conviction;
    near(rao(at(TAU)), Number(MASS) / Math.E);
    expect(at(TAU - 20_000n)).toBeLessThan(at(TAU));
    expect(at(TAU + 20_000n)).toBeLessThan(at(TAU));
  });

  it('comes to the same in one step and in many (within rounding)', () => {
    let stepped = fresh;
    for (let block = 1_100n; block <= 100_100n; block += 1_000n) {
      stepped = rollForwardLock(stepped, block, EQUAL, DECAYING);
    }
    const once = rollForwardLock(fresh, 100_100n, EQUAL, DECAYING);
    near(Number(stepped.locked_mass), Number(once.locked_mass));
    expect(Math.abs(rao(stepped.conviction) - rao(once.conviction))).toBeLessThan(200);
  });

  it.each([
    [900_000n, 300_000n],
    [300_000n, 900_000n],
  ])('follows the closed form with unequal rates τx=%s τy=%s', (unlock, maturity) => {
    const dt = 500_000n;
    const rolled = rollForwardLock(fresh, 100n + dt, { unlock, maturity }, DECAYING);
    const [t, a, b] = [Number(dt), Number(unlock), Number(maturity)];
    near(Number(rolled.locked_mass), Number(MASS) * Math.exp(-t / a));
    near(rao(rolled.conviction), (Number(MASS) * a * (Math.exp(-t / a) - Math.exp(-t / b))) / (a - b));
  });

  it('gathers nothing when a rate is zero', () => {
    const rolled = rollForwardLock(fresh, 1_000n, { unlock: TAU, maturity: 0n }, DECAYING);
    expect(rolled.conviction).toBe(0n);
    expect(rolled.locked_mass).toBeGreaterThan(0n);
    expect(rollForwardLock(fresh, 1_000n, { unlock: 0n, maturity: TAU }, DECAYING).locked_mass).toBe(0n);
  });

  it('ends at e^-40 of its mass however long it waits (lock.rs:341)', () => {
    const huge = { ...fresh, locked_mass: (1n << 63n) - 1n };
    const floor = rollForwardLock(huge, 100n + 41n * TAU, EQUAL, DECAYING);
    expect(floor.locked_mass).toBe(rollForwardLock(huge, 100n + 4_000n * TAU, EQUAL, DECAYING).locked_mass);
    // 2^63 e^-40 is 39.2; the bits of e^-40 in I64F64 are too few for more.
    expect(Number(floor.locked_mass)).toBeGreaterThanOrEqual(37);
    expect(Number(floor.locked_mass)).toBeLessThanOrEqual(40);
  });
});

describe('a perpetual lock (lock.rs:365)', () => {
  it('keeps its mass and gathers conviction towards it', () => {
    for (const dt of [1n, TAU, 5n * TAU]) {
      const rolled = rollForwardLock(fresh, 100n + dt, EQUAL, PERPETUAL);
      expect(rolled.locked_mass).toBe(MASS);
      near(rao(rolled.conviction), Number(MASS) * (1 - Math.exp(-Number(dt) / Number(TAU))));
      expect(rolled.conviction).toBeLessThanOrEqual(MASS * ONE);
    }
  });
});

describe('rolling forward (lock.rs:400 roll_forward_lock)', () => {
  it('leaves a lock of this block or of a later one as it is', () => {
    expect(rollForwardLock(fresh, 100n, EQUAL, DECAYING)).toBe(fresh);
    expect(rollForwardLock(fresh, 5n, EQUAL, DECAYING)).toBe(fresh);
  });

  it('gives locks on the owner hotkey all conviction at once, in the same block too', () => {
    expect(rollForwardLock(fresh, 100n, EQUAL, { owner: true, perpetual: false }).conviction).toBe(MASS * ONE);
    const later = rollForwardLock(fresh, 648_100n, EQUAL, { owner: true, perpetual: false });
    expect(later.conviction).toBe(later.locked_mass * ONE);
  });

  it('ends a lock below 100 rao of mass and of conviction, and only of both', () => {
    const lock = (locked_mass: bigint, conviction: bigint) => ({ locked_mass, conviction, last_update: 7n });
    expect(isLockZero(lock(99n, 100n * ONE - 1n))).toBe(true);
    expect(isLockZero(lock(100n, 0n))).toBe(false);
    expect(isLockZero(lock(0n, 100n * ONE))).toBe(false);
    expect(rollForwardLock(lock(99n, 5n * ONE), 7n, EQUAL, DECAYING)).toEqual(emptyLock(7n));
    expect(rollForwardLock(lock(99n, 100n * ONE), 7n, EQUAL, DECAYING)).toEqual(lock(99n, 100n * ONE));
  });
});

describe('sums of locks', () => {
  it('merge with the later block and never overflow (lock.rs:318)', () => {
    const a = { locked_mass: (1n << 64n) - 2n, conviction: 3n, last_update: 9n };
    expect(mergeLocks(a, { locked_mass: 5n, conviction: 4n, last_update: 8n })).toEqual({
      locked_mass: (1n << 64n) - 1n,
      conviction: 7n,
      last_update: 9n,
    });
  });

  it('reduce to zero at least and keep their block (lock.rs:326)', () => {
    expect(reduceLock({ locked_mass: 5n, conviction: 5n, last_update: 9n }, 7n, 2n)).toEqual({
      locked_mass: 0n,
      conviction: 3n,
      last_update: 9n,
    });
  });

  it('lose conviction in proportion to mass that is taken by force (lock.rs:254)', () => {
    const lock = { locked_mass: 400n, conviction: 800n * ONE, last_update: 1n };
    expect(removeMass(lock, 100n, 5n)).toEqual({ locked_mass: 300n, conviction: 600n * ONE, last_update: 5n });
    expect(removeMass(lock, 400n, 5n)).toEqual(emptyLock(5n));
    expect(removeMass(lock, 9_000n, 5n)).toEqual(emptyLock(5n));
  });
});
