import { asDispatchError } from '../../frame/dispatch-error.ts';
import { normal } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { ensureRoot, ensureSigned } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { addWeight, dbReadsWrites, weight } from '../../frame/weight.ts';
import { u32 } from '../../scale/primitives.ts';
import { type AccountId, AccountId32 } from '../../scale/well-known.ts';
import { burnHeld, type HoldReason, release } from '../balances/hold.ts';
import { blockNumber } from '../system/block.ts';
import { Deposits, EnteredUntil, errors, events } from './spec.ts';

// Calls of pallet-safe-mode 41 (src/lib.rs) as the chain configures it (runtime/src/lib.rs): only root enters, extends and exits.
// What everyone else could do for a deposit is switched off, so that no deposit ever comes to be.

/** Blocks: 24 and 12 hours. */
const ROOT_ENTER_DURATION = 5 * 60 * 24;
const ROOT_EXTEND_DURATION = 5 * 60 * 12;
const MAX_BLOCK = 0xffff_ffff;
const REASON: HoldReason = { type: 'SafeMode', value: 'EnterOrExtend' };

const later = (block: number, by: number): number => Math.min(block + by, MAX_BLOCK);

/** @throws SafeMode.Exited */
function enteredUntil(x: Ext): number {
  const until = EnteredUntil.get(x);
  if (until === undefined) throw errors.Exited;
  return until;
}

/** @throws SafeMode.Entered */
function ensureNotEntered(x: Ext): void {
  if (EnteredUntil.exists(x)) throw errors.Entered;
}

/** @throws SafeMode.NoDeposit */
function takeDeposit(x: Ext, account: AccountId, block: number): bigint {
  const amount = Deposits.take(x, account, block);
  if (amount === undefined) throw errors.NoDeposit;
  return amount;
}

/** @throws SafeMode.CurrencyError in place of any dispatch error */
function currency<T>(body: () => T): T {
  try {
    return body();
  } catch (thrown) {
    throw asDispatchError(thrown) ? errors.CurrencyError : thrown;
  }
}

/** @throws SafeMode.Exited */
export function exit(x: Ext, reason: 'Timeout' | 'Force'): void {
  enteredUntil(x);
  EnteredUntil.kill(x);
  events.deposit(x, 'Exited', { reason });
}

const atDeposit = { account: AccountId32, block: u32 };
const atDepositNames = { account: 'T::AccountId', block: 'BlockNumberFor<T>' };

export const calls = {
  enter: call(0, {}, normal(addWeight(weight(44_471_000n, 3892n), dbReadsWrites(2, 3))), (x, origin) => {
    ensureSigned(origin);
    ensureNotEntered(x);
    throw errors.NotConfigured;
  }),
  force_enter: call(1, {}, normal(addWeight(weight(5_200_000n, 1489n), dbReadsWrites(1, 1))), (x, origin) => {
    ensureRoot(origin);
    ensureNotEntered(x);
    const until = later(blockNumber(x), ROOT_ENTER_DURATION);
    EnteredUntil.put(x, until);
    events.deposit(x, 'Entered', { until });
  }),
  extend: call(2, {}, normal(addWeight(weight(46_411_000n, 3892n), dbReadsWrites(2, 3))), (x, origin) => {
    ensureSigned(origin);
    enteredUntil(x);
    throw errors.NotConfigured;
  }),
  force_extend: call(3, {}, normal(addWeight(weight(7_011_000n, 1489n), dbReadsWrites(1, 1))), (x, origin) => {
    ensureRoot(origin);
    const until = later(enteredUntil(x), ROOT_EXTEND_DURATION);
    EnteredUntil.put(x, until);
    events.deposit(x, 'Extended', { until });
  }),
  force_exit: call(4, {}, normal(addWeight(weight(6_180_000n, 1489n), dbReadsWrites(1, 1))), (x, origin) => {
    ensureRoot(origin);
    exit(x, 'Force');
  }),
  force_slash_deposit: call(
    5,
    atDeposit,
    normal(addWeight(weight(28_905_000n, 3892n), dbReadsWrites(2, 2))),
    (x, origin, { account, block }) => {
      ensureRoot(origin);
      const amount = takeDeposit(x, account, block);
      currency(() => burnHeld(x, REASON, account, amount));
      events.deposit(x, 'DepositSlashed', { account, amount });
    },
    atDepositNames,
  ),
  release_deposit: call(
    6,
    atDeposit,
    normal(addWeight(weight(37_735_000n, 3892n), dbReadsWrites(3, 2))),
    (x, origin, { account, block }) => {
      ensureSigned(origin);
      takeDeposit(x, account, block);
      ensureNotEntered(x);
      throw errors.NotConfigured;
    },
    atDepositNames,
  ),
  force_release_deposit: call(
    7,
    atDeposit,
    normal(addWeight(weight(36_454_000n, 3892n), dbReadsWrites(2, 2))),
    (x, origin, { account, block }) => {
      ensureRoot(origin);
      const held = takeDeposit(x, account, block);
      const amount = currency(() => release(x, REASON, account, held, 'BestEffort'));
      events.deposit(x, 'DepositReleased', { account, amount });
    },
    atDepositNames,
  ),
};
