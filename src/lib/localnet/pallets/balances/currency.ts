import { minOf } from '../../fixed/integer.ts';
import { ArithmeticError, asDispatchError, TokenError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { accountData, canDecProvider, providersOf } from '../system/account.ts';
import { mutateAccount } from './mutate-account.ts';
import { errors, events, TotalIssuance } from './spec.ts';

// The fungible traits over the native token (pallet-balances 42 impl_fungible.rs, frame-support 41 tokens/fungible/regular.rs).
// Amounts are rao.

/** Whether an account may be reaped, must not die of this, or must keep the existential deposit. */
export type Preservation = 'Expendable' | 'Protect' | 'Preserve';
export type Precision = 'Exact' | 'BestEffort';
/** `Force` ignores freezes. */
export type Fortitude = 'Polite' | 'Force';

export const EXISTENTIAL_DEPOSIT = 500n;
const MAX = 0xffff_ffff_ffff_ffffn;
const sub = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);
const add = (a: bigint, b: bigint): bigint => minOf(a + b, MAX);

/** Tokens taken out of an account or freshly issued and not yet placed: an amount that the total issuance already counts. */
export type Credit = bigint;

// ---- reading --------------------------------------------------------------------------------------------------

export const totalIssuance = (x: Ext): bigint => TotalIssuance.get(x);
export const freeBalance = (x: Ext, who: AccountId): bigint => accountData(x, who).free;
export const reservedBalance = (x: Ext, who: AccountId): bigint => accountData(x, who).reserved;

export function totalBalance(x: Ext, who: AccountId): bigint {
  const { free, reserved } = accountData(x, who);
  return add(free, reserved);
}

/** What may leave the account under these conditions. */
export function reducibleBalance(
  x: Ext,
  who: AccountId,
  preservation: Preservation,
  fortitude: Fortitude = 'Polite',
): bigint {
  const { free, reserved, frozen } = accountData(x, who);
  let untouchable = fortitude === 'Polite' ? sub(frozen, reserved) : 0n;
  const keepsDeposit =
    preservation === 'Preserve' ||
    (free !== 0n && (preservation === 'Protect' ? providersOf(x, who) === 1 : !canDecProvider(x, who)));
  if (keepsDeposit && untouchable < EXISTENTIAL_DEPOSIT) untouchable = EXISTENTIAL_DEPOSIT;
  return sub(free, untouchable);
}

/** @throws ArithmeticError.Overflow, TokenError.BelowMinimum */
export function ensureCanDeposit(
  x: Ext,
  who: AccountId,
  amount: bigint,
  provenance: 'Extant' | 'Minted' = 'Extant',
): void {
  if (amount === 0n) return;
  if (provenance === 'Minted' && totalIssuance(x) + amount > MAX) throw ArithmeticError.Overflow;
  const { free, reserved } = accountData(x, who);
  const after = free + amount;
  if (after > MAX) throw ArithmeticError.Overflow;
  if (after < EXISTENTIAL_DEPOSIT) throw TokenError.BelowMinimum;
  if (reserved + after > MAX) throw ArithmeticError.Overflow;
}

export type WithdrawConsequence = 'Success' | 'ReducedToZero' | 'Underflow' | 'BalanceLow' | 'Frozen' | 'WouldDie';

export function canWithdraw(x: Ext, who: AccountId, amount: bigint): WithdrawConsequence {
  if (amount === 0n) return 'Success';
  if (totalIssuance(x) < amount) return 'Underflow';
  const { free, reserved, frozen } = accountData(x, who);
  if (free < amount) return 'BalanceLow';
  if (amount > reducibleBalance(x, who, 'Expendable')) return 'Frozen';
  const left = free - amount;
  let outcome: WithdrawConsequence = 'Success';
  if (left < EXISTENTIAL_DEPOSIT) {
    if (!canDecProvider(x, who)) return 'WouldDie';
    outcome = 'ReducedToZero';
  }
  return add(left, reserved) < frozen ? 'Frozen' : outcome;
}

/** `WithdrawConsequence::into_result`. @throws TokenError, ArithmeticError.Underflow */
function ensureCanWithdraw(x: Ext, who: AccountId, amount: bigint, keepNonzero: boolean): void {
  switch (canWithdraw(x, who, amount)) {
    case 'Success':
      return;
    case 'ReducedToZero':
      if (keepNonzero) throw TokenError.NotExpendable;
      return;
    case 'Underflow':
      throw ArithmeticError.Underflow;
    case 'BalanceLow':
      throw TokenError.FundsUnavailable;
    case 'Frozen':
      throw TokenError.Frozen;
    case 'WouldDie':
      throw TokenError.OnlyProvider;
  }
}

// ---- unbalanced changes ---------------------------------------------------------------------------------------

/** The chain's dust rule: what is left below the existential deposit leaves the issuance. */
export function handleDust(x: Ext, dust: bigint): void {
  dropCredit(x, dust);
}

/** Sets the free balance. Answers the dust that went with the account. @throws Balances.InsufficientBalance */
function writeBalance(x: Ext, who: AccountId, amount: bigint): bigint | undefined {
  const maxReduction = reducibleBalance(x, who, 'Expendable', 'Force');
  // The chain's closure answers its own result inside an Ok, so the account is stored even where the reduction is refused.
  const { result: allowed, dust } = mutateAccount(x, who, (account) => {
    if (sub(account.free, amount) > maxReduction) return { account, result: false };
    return { account: { ...account, free: amount }, result: true };
  });
  if (!allowed) throw errors.InsufficientBalance;
  return dust;
}

/** Answers by how much the balance went down. @throws TokenError.FundsUnavailable */
export function decreaseBalance(
  x: Ext,
  who: AccountId,
  amount: bigint,
  precision: Precision,
  preservation: Preservation,
  fortitude: Fortitude,
): bigint {
  const old = freeBalance(x, who);
  const reducible = reducibleBalance(x, who, preservation, fortitude);
  if (precision === 'Exact' && reducible < amount) throw TokenError.FundsUnavailable;
  const wanted = precision === 'Exact' ? amount : minOf(amount, reducible);
  if (old < wanted) throw TokenError.FundsUnavailable;
  const dust = writeBalance(x, who, old - wanted);
  if (dust !== undefined) handleDust(x, dust);
  return wanted;
}

/** Answers by how much the balance went up. @throws ArithmeticError.Overflow, TokenError.BelowMinimum */
export function increaseBalance(x: Ext, who: AccountId, amount: bigint, precision: Precision): bigint {
  const old = freeBalance(x, who);
  if (precision === 'Exact' && old + amount > MAX) throw ArithmeticError.Overflow;
  const after = add(old, amount);
  if (after < EXISTENTIAL_DEPOSIT) {
    if (precision === 'BestEffort') return 0n;
    throw TokenError.BelowMinimum;
  }
  if (after === old) return 0n;
  const dust = writeBalance(x, who, after);
  if (dust !== undefined) handleDust(x, dust);
  return after - old;
}

// ---- issuing, placing, taking ---------------------------------------------------------------------------------

export function setTotalIssuance(x: Ext, amount: bigint): void {
  TotalIssuance.put(x, amount);
}

/** Creates tokens that the caller places or drops. Event Issued unless nothing was issued. */
export function issue(x: Ext, amount: bigint): Credit {
  const old = totalIssuance(x);
  const credit = add(old, amount) - old;
  setTotalIssuance(x, old + credit);
  if (credit !== 0n) events.deposit(x, 'Issued', { amount: credit });
  return credit;
}

/** A credit that nobody takes: the issuance shrinks by it, without an event. */
export function dropCredit(x: Ext, credit: Credit): void {
  if (credit !== 0n) setTotalIssuance(x, sub(totalIssuance(x), credit));
}

/** Puts a value into an account; event Deposit. Answers the debt (what was really added). @throws DispatchError */
export function deposit(x: Ext, who: AccountId, value: bigint, precision: Precision): bigint {
  const increase = increaseBalance(x, who, value, precision);
  events.deposit(x, 'Deposit', { who, amount: increase });
  return increase;
}

/** Takes a value out of an account; event Withdraw. Answers the credit. @throws DispatchError */
export function withdraw(
  x: Ext,
  who: AccountId,
  value: bigint,
  precision: Precision,
  preservation: Preservation,
  fortitude: Fortitude,
): Credit {
  const decrease = decreaseBalance(x, who, value, precision, preservation, fortitude);
  events.deposit(x, 'Withdraw', { who, amount: decrease });
  return decrease;
}

/** Places a whole credit. False when the account cannot take it: the caller still holds the credit then. */
export function resolve(x: Ext, who: AccountId, credit: Credit): boolean {
  try {
    deposit(x, who, credit, 'Exact');
    return true;
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return false;
  }
}

/** Destroys tokens of an account; event Burned. @throws TokenError.FundsUnavailable, ArithmeticError.Underflow */
export function burnFrom(
  x: Ext,
  who: AccountId,
  amount: bigint,
  preservation: Preservation,
  precision: Precision,
  fortitude: Fortitude,
): bigint {
  const reducible = minOf(reducibleBalance(x, who, preservation, fortitude), amount);
  if (reducible !== amount && precision !== 'BestEffort') throw TokenError.FundsUnavailable;
  if (totalIssuance(x) < reducible) throw ArithmeticError.Underflow;
  const actual = decreaseBalance(x, who, reducible, 'BestEffort', preservation, fortitude);
  setTotalIssuance(x, sub(totalIssuance(x), actual));
  events.deposit(x, 'Burned', { who, amount: actual });
  return actual;
}

/** Moves tokens; event Transfer. To oneself it only checks. @throws DispatchError */
export function transfer(
  x: Ext,
  source: AccountId,
  dest: AccountId,
  amount: bigint,
  preservation: Preservation,
): bigint {
  ensureCanWithdraw(x, source, amount, preservation !== 'Expendable');
  ensureCanDeposit(x, dest, amount);
  if (source === dest) return amount;
  decreaseBalance(x, source, amount, 'BestEffort', preservation, 'Polite');
  try {
    increaseBalance(x, dest, amount, 'BestEffort');
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
  events.deposit(x, 'Transfer', { from: source, to: dest, amount });
  return amount;
}
