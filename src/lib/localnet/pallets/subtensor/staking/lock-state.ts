import { I64F64, U64F64 } from '../../../fixed/fixed.ts';
import { maxOf, saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { ValueOf } from '../../../scale/type.ts';
import { MaturityRate, UnlockRate } from '../storage.ts';
import type { LockState as LockStateType } from '../types.ts';
import { expDecay } from './exp-decay.ts';

/**
 * Locked alpha and the conviction that it gathers, as pure arithmetic: mass in rao of alpha, conviction U64F64 bits of the same,
 * both as of a block. Source: staking/lock.rs.
 */
export type LockState = ValueOf<typeof LockStateType>;

/** Time constants in blocks: of unlocking, and of conviction. */
export interface LockRates {
  readonly unlock: bigint;
  readonly maturity: bigint;
}

/** How a lock behaves: whether its hotkey owns the subnet (full conviction at once), and whether its mass stays. */
export interface LockKind {
  readonly owner: boolean;
  readonly perpetual: boolean;
}

/** Below this many rao of mass and of conviction a lock is over. */
const ZERO_THRESHOLD = 100n;
const ZERO_CONVICTION = U64F64.saturatingFromNum(ZERO_THRESHOLD);

export const lockRates = (x: Ext): LockRates => ({ unlock: UnlockRate.get(x), maturity: MaturityRate.get(x) });

export const emptyLock = (now: bigint): LockState => ({ locked_mass: 0n, conviction: 0n, last_update: now });

export const isLockZero = (lock: LockState): boolean =>
  lock.locked_mass < ZERO_THRESHOLD && lock.conviction < ZERO_CONVICTION;

export const mergeLocks = (a: LockState, b: LockState): LockState => ({
  locked_mass: saturatingAddU64(a.locked_mass, b.locked_mass),
  conviction: U64F64.saturatingAdd(a.conviction, b.conviction),
  last_update: maxOf(a.last_update, b.last_update),
});

export const reduceLock = (lock: LockState, mass: bigint, conviction: U64F64): LockState => ({
  locked_mass: saturatingSub(lock.locked_mass, mass),
  conviction: U64F64.saturatingSub(lock.conviction, conviction),
  last_update: lock.last_update,
});

/** A lock with a part of its mass gone, conviction in proportion. */
export function removeMass(lock: LockState, amount: bigint, now: bigint): LockState {
  const mass = saturatingSub(lock.locked_mass, amount);
  if (mass === 0n) return emptyLock(now);
  const removed = U64F64.safeDiv(U64F64.saturatingFromNum(amount), U64F64.saturatingFromNum(lock.locked_mass));
  const conviction = U64F64.saturatingMul(lock.conviction, U64F64.saturatingSub(U64F64.one, removed));
  return { locked_mass: mass, conviction, last_update: now };
}

/** Conviction that the mass gathers while it decays, U64F64 bits. */
function convictionFromMass(
  mass: U64F64,
  dt: bigint,
  { unlock, maturity }: LockRates,
  unlockDecay: U64F64,
  maturityDecay: U64F64,
): U64F64 {
  if (unlock === maturity) {
    const ratio = U64F64.safeDiv(U64F64.saturatingFromNum(dt), U64F64.saturatingFromNum(maturity));
    return U64F64.saturatingMul(mass, U64F64.saturatingMul(ratio, maturityDecay));
  }
  if (unlock === 0n || maturity === 0n) return 0n;
  const decayDifference = I64F64.saturatingSub(
    I64F64.saturatingFrom(U64F64, unlockDecay),
    I64F64.saturatingFrom(U64F64, maturityDecay),
  );
  const rateDifference = I64F64.saturatingFromNum(unlock - maturity);
  const product = I64F64.saturatingMul(I64F64.saturatingFromNum(unlock), decayDifference);
  const gamma = I64F64.checkedDiv(product, rateDifference) ?? 0n;
  return gamma <= 0n ? 0n : U64F64.saturatingMul(mass, U64F64.saturatingFrom(I64F64, gamma));
}

function decay(lock: LockState, now: bigint, rates: LockRates, perpetual: boolean): LockState {
  const dt = now - lock.last_update;
  const unlockDecay = expDecay(dt, rates.unlock);
  const maturityDecay = expDecay(dt, rates.maturity);
  const mass = U64F64.saturatingFromNum(lock.locked_mass);
  const gained = perpetual
    ? U64F64.saturatingMul(mass, U64F64.saturatingSub(U64F64.one, maturityDecay))
    : convictionFromMass(mass, dt, rates, unlockDecay, maturityDecay);
  return {
    locked_mass: perpetual ? lock.locked_mass : U64F64.saturatingToU64(U64F64.saturatingMul(unlockDecay, mass)),
    conviction: U64F64.saturatingAdd(U64F64.saturatingMul(maturityDecay, lock.conviction), gained),
    last_update: now,
  };
}

/** The lock as of block `now`; a lock that is as new stays, except that an owner's conviction is its mass and a tiny lock is empty. */
export function rollForwardLock(lock: LockState, now: bigint, rates: LockRates, kind: LockKind): LockState {
  let rolled = now > lock.last_update ? decay(lock, now, rates, kind.perpetual) : lock;
  if (kind.owner) rolled = { ...rolled, conviction: U64F64.saturatingFromNum(rolled.locked_mass) };
  return isLockZero(rolled) ? { ...rolled, locked_mass: 0n, conviction: 0n } : rolled;
}
