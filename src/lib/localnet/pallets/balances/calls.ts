import { normal } from '../../frame/dispatch-info.ts';
import { lookup, MultiAddress } from '../../frame/multi-address.ts';
import { ensureRoot, ensureSigned } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { plainEnum, vec } from '../../scale/compound.ts';
import { bool, compactBigint, u64 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { burnFrom, EXISTENTIAL_DEPOSIT, handleDust, reducibleBalance, transfer } from './currency.ts';
import { ensureUpgraded, mutateAccount } from './mutate-account.ts';
import { unreserve } from './reservable.ts';
import { errors, events, InactiveIssuance, TotalIssuance } from './spec.ts';
import { weights } from './weights.ts';

const Value = compactBigint(u64);
const AdjustmentDirection = plainEnum('pallet_balances::types::AdjustmentDirection', ['Increase', 'Decrease']);
const MAX = 0xffff_ffff_ffff_ffffn;

const ADDRESS = 'AccountIdLookupOf<T>';
const BALANCE = 'T::Balance';

/** Calls of pallet-balances 42 (src/lib.rs). */
export const calls = {
  transfer_allow_death: call(
    0,
    { dest: MultiAddress, value: Value },
    normal(weights.transfer_allow_death),
    (x, origin, { dest, value }) => {
      const source = ensureSigned(origin);
      transfer(x, source, lookup(dest), value, 'Expendable');
    },
    { dest: ADDRESS, value: BALANCE },
  ),
  force_transfer: call(
    2,
    { source: MultiAddress, dest: MultiAddress, value: Value },
    normal(weights.force_transfer),
    (x, origin, { source, dest, value }) => {
      ensureRoot(origin);
      transfer(x, lookup(source), lookup(dest), value, 'Expendable');
    },
    { source: ADDRESS, dest: ADDRESS, value: BALANCE },
  ),
  transfer_keep_alive: call(
    3,
    { dest: MultiAddress, value: Value },
    normal(weights.transfer_keep_alive),
    (x, origin, { dest, value }) => {
      const source = ensureSigned(origin);
      transfer(x, source, lookup(dest), value, 'Preserve');
    },
    { dest: ADDRESS, value: BALANCE },
  ),
  transfer_all: call(
    4,
    { dest: MultiAddress, keep_alive: bool },
    normal(weights.transfer_all),
    (x, origin, { dest, keep_alive }) => {
      const source = ensureSigned(origin);
      const preservation = keep_alive ? 'Preserve' : 'Expendable';
      const amount = reducibleBalance(x, source, preservation);
      transfer(x, source, lookup(dest), amount, preservation);
    },
    { dest: ADDRESS, keep_alive: 'bool' },
  ),
  force_unreserve: call(
    5,
    { who: MultiAddress, amount: u64 },
    normal(weights.force_unreserve),
    (x, origin, { who, amount }) => {
      ensureRoot(origin);
      unreserve(x, lookup(who), amount);
    },
    { who: ADDRESS, amount: BALANCE },
  ),
  upgrade_accounts: call(
    6,
    { who: vec(AccountId32) },
    ({ who }) => normal(weights.upgrade_accounts(who.length)),
    (x, origin, { who }) => {
      ensureSigned(origin);
      if (who.length === 0) return { pays: 'Yes' };
      const upgraded = who.filter((account) => ensureUpgraded(x, account)).length;
      return { pays: upgraded * 10 >= who.length * 9 ? 'No' : 'Yes' };
    },
    { who: 'Vec<T::AccountId>' },
  ),
  force_set_balance: call(
    8,
    { who: MultiAddress, new_free: Value },
    normal(weights.force_set_balance),
    (x, origin, { who, new_free }) => {
      ensureRoot(origin);
      const account = lookup(who);
      const after = new_free < EXISTENTIAL_DEPOSIT ? 0n : new_free;
      const { result: before, dust } = mutateAccount(x, account, (data) => ({
        account: { ...data, free: after },
        result: data.free,
      }));
      if (dust !== undefined) handleDust(x, dust);
      const total = TotalIssuance.get(x);
      if (after > before) {
        const raised = total + (after - before);
        TotalIssuance.put(x, raised > MAX ? MAX : raised);
        events.deposit(x, 'Issued', { amount: after - before });
      } else if (after < before) {
        const lowered = total - (before - after);
        TotalIssuance.put(x, lowered < 0n ? 0n : lowered);
        events.deposit(x, 'Rescinded', { amount: before - after });
      }
      events.deposit(x, 'BalanceSet', { who: account, free: after });
    },
    { who: ADDRESS, new_free: BALANCE },
  ),
  force_adjust_total_issuance: call(
    9,
    { direction: AdjustmentDirection, delta: Value },
    normal(weights.force_adjust_total_issuance),
    (x, origin, { direction, delta }) => {
      ensureRoot(origin);
      if (delta === 0n) throw errors.DeltaZero;
      const before = TotalIssuance.get(x);
      const moved = direction === 'Increase' ? before + delta : before - delta;
      const after = moved > MAX ? MAX : moved < 0n ? 0n : moved;
      if (InactiveIssuance.get(x) > after) throw errors.IssuanceDeactivated;
      TotalIssuance.put(x, after);
      events.deposit(x, 'TotalIssuanceForced', { old: before, new: after });
    },
    { direction: 'AdjustmentDirection', delta: BALANCE },
  ),
  burn: call(
    10,
    { value: Value, keep_alive: bool },
    // The chain's own expression has the two weights the other way round.
    ({ keep_alive }) => normal(keep_alive ? weights.burn_allow_death : weights.burn_keep_alive),
    (x, origin, { value, keep_alive }) => {
      const source = ensureSigned(origin);
      burnFrom(x, source, value, keep_alive ? 'Preserve' : 'Expendable', 'Exact', 'Polite');
    },
    { value: BALANCE, keep_alive: 'bool' },
  ),
};
