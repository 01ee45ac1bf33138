import { saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import {
  DecayingHotkeyLock,
  DecayingLock,
  DecayingOwnerLock,
  HotkeyLock,
  Lock,
  LockingColdkeys,
  OwnerLock,
  SubnetOwnerHotkey,
} from '../storage.ts';
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
} from './lock-state.ts';

/** A coldkey's lock together with the aggregate that it counts in. Source: staking/lock.rs `ConvictionModel` and its storage. */

export const isSubnetOwnerHotkey = (x: Ext, netuid: number, hotkey: AccountId): boolean =>
  hotkey === SubnetOwnerHotkey.get(x, netuid);

/** Whether the coldkey's locks on the subnet keep their mass. */
export const isPerpetualLock = (x: Ext, coldkey: AccountId, netuid: number): boolean =>
  DecayingLock.get(x, coldkey, netuid) === false;

export const lockKindOf = (x: Ext, coldkey: AccountId, netuid: number, hotkey: AccountId): LockKind => ({
  owner: isSubnetOwnerHotkey(x, netuid, hotkey),
  perpetual: isPerpetualLock(x, coldkey, netuid),
});

/** The sum of the locks of a kind on a hotkey; the subnet owner's hotkey has sums of its own. */
export function getAggregateLock(x: Ext, netuid: number, hotkey: AccountId, kind: LockKind): LockState | undefined {
  if (kind.owner) return kind.perpetual ? OwnerLock.get(x, netuid) : DecayingOwnerLock.get(x, netuid);
  return kind.perpetual ? HotkeyLock.get(x, netuid, hotkey) : DecayingHotkeyLock.get(x, netuid, hotkey);
}

/** Stores a sum of locks, or removes it when it is nothing. */
export function insertAggregateLock(x: Ext, netuid: number, hotkey: AccountId, kind: LockKind, lock: LockState): void {
  const stored = lock.locked_mass !== 0n || lock.conviction > 0n;
  if (kind.owner) {
    const item = kind.perpetual ? OwnerLock : DecayingOwnerLock;
    if (stored) item.insert(x, netuid, lock);
    else item.remove(x, netuid);
  } else {
    const item = kind.perpetual ? HotkeyLock : DecayingHotkeyLock;
    if (stored) item.insert(x, netuid, hotkey, lock);
    else item.remove(x, netuid, hotkey);
  }
}

/** As `getAggregateLock`, and removes it. */
export function takeAggregateLock(x: Ext, netuid: number, hotkey: AccountId, kind: LockKind): LockState | undefined {
  if (kind.owner) return (kind.perpetual ? OwnerLock : DecayingOwnerLock).take(x, netuid);
  return (kind.perpetual ? HotkeyLock : DecayingHotkeyLock).take(x, netuid, hotkey);
}

/** Stores a coldkey's lock, or removes it when it is over; keeps the index by hotkey. */
export function insertLockState(x: Ext, coldkey: AccountId, netuid: number, hotkey: AccountId, lock: LockState): void {
  if (isLockZero(lock)) removeLockState(x, coldkey, netuid, hotkey);
  else {
    LockingColdkeys.insert(x, [netuid, hotkey, coldkey], undefined);
    Lock.insert(x, [coldkey, netuid, hotkey], lock);
  }
}

export function removeLockState(x: Ext, coldkey: AccountId, netuid: number, hotkey: AccountId): void {
  LockingColdkeys.remove(x, [netuid, hotkey, coldkey]);
  Lock.remove(x, [coldkey, netuid, hotkey]);
}

export class ConvictionModel {
  readonly kind: LockKind;
  #individual: LockState;
  #aggregate: LockState;
  #individualChanged = false;
  #aggregateChanged = false;

  constructor(kind: LockKind, individual: LockState, aggregate: LockState) {
    this.kind = kind;
    this.#individual = individual;
    this.#aggregate = aggregate;
  }

  get individual(): LockState {
    return this.#individual;
  }

  /** Puts the coldkey's own lock in place of the old one. */
  setIndividual(lock: LockState): void {
    this.#individual = lock;
    this.#individualChanged = true;
  }

  #setAggregate(lock: LockState): void {
    this.#aggregate = lock;
    this.#aggregateChanged = true;
  }

  /** Brings the coldkey's lock up to date; what it lost leaves the aggregate, which is brought up to date only where nothing was lost. */
  rollForward(now: bigint, rates: LockRates): void {
    const before = this.#individual;
    const after = rollForwardLock(before, now, rates, this.kind);
    this.setIndividual(after);
    const mass = saturatingSub(before.locked_mass, after.locked_mass);
    const conviction = saturatingSub(before.conviction, after.conviction);
    if (mass === 0n && conviction === 0n) this.rollForwardAggregate(now, rates);
    else this.#setAggregate({ ...reduceLock(this.#aggregate, mass, conviction), last_update: now });
  }

  rollForwardAggregate(now: bigint, rates: LockRates): void {
    this.#setAggregate(rollForwardLock(this.#aggregate, now, rates, this.kind));
  }

  addToAggregate(lock: LockState): void {
    this.#setAggregate(mergeLocks(this.#aggregate, lock));
  }

  reduceAggregate(mass: bigint, conviction: bigint): void {
    this.#setAggregate(reduceLock(this.#aggregate, mass, conviction));
  }

  /** Takes mass out of the coldkey's lock and out of the aggregate, conviction in proportion. */
  forceReduceIndividual(amount: bigint, now: bigint): void {
    const before = this.#individual;
    const after = removeMass(before, amount, now);
    this.setIndividual(after);
    this.reduceAggregate(
      saturatingSub(before.locked_mass, after.locked_mass),
      saturatingSub(before.conviction, after.conviction),
    );
  }

  save(x: Ext, coldkey: AccountId, netuid: number, hotkey: AccountId): void {
    if (this.#individualChanged) insertLockState(x, coldkey, netuid, hotkey, this.#individual);
    if (this.#aggregateChanged) insertAggregateLock(x, netuid, hotkey, this.kind, this.#aggregate);
  }
}

/** The coldkey's lock on this hotkey, empty where there is none. */
export function readConvictionModelForHotkey(
  x: Ext,
  coldkey: AccountId,
  netuid: number,
  hotkey: AccountId,
  now: bigint,
): ConvictionModel {
  const kind = lockKindOf(x, coldkey, netuid, hotkey);
  return new ConvictionModel(
    kind,
    Lock.get(x, [coldkey, netuid, hotkey]) ?? emptyLock(now),
    getAggregateLock(x, netuid, hotkey, kind) ?? emptyLock(now),
  );
}

/** The coldkey's lock on the subnet and its hotkey, undefined where there is none. A coldkey has one hotkey a subnet. */
export function readConvictionModel(
  x: Ext,
  coldkey: AccountId,
  netuid: number,
  now: bigint,
): { readonly hotkey: AccountId; readonly model: ConvictionModel } | undefined {
  // Chains without any lock are the rule, and a look under a prefix is dear.
  if (Lock.isEmpty(x)) return undefined;
  for (const [[, , hotkey]] of Lock.iterPrefix(x, [coldkey, netuid])) {
    return { hotkey, model: readConvictionModelForHotkey(x, coldkey, netuid, hotkey, now) };
  }
  return undefined;
}
