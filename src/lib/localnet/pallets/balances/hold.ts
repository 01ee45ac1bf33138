import { ArithmeticError, TokenError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { toHex } from '../../scale/bytes.ts';
import { encode, type ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { accountData, providersOf } from '../system/account.ts';
import {
  decreaseBalance,
  dropCredit,
  ensureCanDeposit,
  increaseBalance,
  type Precision,
  reducibleBalance,
} from './currency.ts';
import { mutateAccount } from './mutate-account.ts';
import { errors, Holds } from './spec.ts';
import { RuntimeHoldReason } from './types.ts';

// Holds with a reason (frame-support 41 tokens/fungible/hold.rs, pallet-balances 42 impl_fungible.rs). Amounts are rao.

export type HoldReason = ValueOf<typeof RuntimeHoldReason>;

const MAX = 0xffff_ffff_ffff_ffffn;
/** RuntimeHoldReason::VARIANT_COUNT: Preimage one, SafeMode one, Contracts two. */
const MAX_HOLDS = 4;

const keyOf = (reason: HoldReason): string => toHex(encode(RuntimeHoldReason, reason));

export function balanceOnHold(x: Ext, reason: HoldReason, who: AccountId): bigint {
  const key = keyOf(reason);
  return Holds.get(x, who).find((hold) => keyOf(hold.id) === key)?.amount ?? 0n;
}

function setBalanceOnHold(x: Ext, reason: HoldReason, who: AccountId, amount: bigint): void {
  const key = keyOf(reason);
  const before = Holds.get(x, who);
  const old = before.find((hold) => keyOf(hold.id) === key);
  let holds = before;
  if (old) {
    holds = before.map((hold) => (hold === old ? { ...hold, amount } : hold)).filter((hold) => hold.amount !== 0n);
  } else if (amount !== 0n) {
    if (before.length >= MAX_HOLDS) throw errors.TooManyHolds;
    holds = [...before, { id: reason, amount }];
  }
  const account = accountData(x, who);
  const reserved = account.reserved + amount - (old?.amount ?? 0n);
  if (reserved > MAX) throw ArithmeticError.Overflow;
  if (reserved < 0n) throw ArithmeticError.Underflow;
  mutateAccount(x, who, () => ({ account: { ...account, reserved }, result: undefined }));
  Holds.insert(x, who, holds);
}

/** @throws TokenError.FundsUnavailable, TokenError.CannotCreateHold, DispatchError */
export function hold(x: Ext, reason: HoldReason, who: AccountId, amount: bigint): void {
  if (amount > reducibleBalance(x, who, 'Protect', 'Force')) throw TokenError.FundsUnavailable;
  const key = keyOf(reason);
  const holds = Holds.get(x, who);
  const available =
    providersOf(x, who) > 0 && (holds.length < MAX_HOLDS || holds.some((entry) => keyOf(entry.id) === key));
  if (!available) throw TokenError.CannotCreateHold;
  decreaseBalance(x, who, amount, 'Exact', 'Protect', 'Force');
  const old = balanceOnHold(x, reason, who);
  const after = old + amount > MAX ? MAX : old + amount;
  if (after !== old) setBalanceOnHold(x, reason, who, after);
}

/** Gives held tokens back. Answers how many. @throws TokenError.CannotCreate, TokenError.FundsUnavailable, DispatchError */
export function release(x: Ext, reason: HoldReason, who: AccountId, amount: bigint, precision: Precision): bigint {
  try {
    ensureCanDeposit(x, who, amount);
  } catch {
    throw TokenError.CannotCreate;
  }
  const old = balanceOnHold(x, reason, who);
  const taken = precision === 'BestEffort' && old < amount ? old : amount;
  if (old < taken) throw TokenError.FundsUnavailable;
  setBalanceOnHold(x, reason, who, old - taken);
  return increaseBalance(x, who, taken, 'BestEffort');
}

/** Destroys held tokens, as many as there are; freezes do not count. Answers how many. @throws DispatchError */
export function burnHeld(x: Ext, reason: HoldReason, who: AccountId, amount: bigint): bigint {
  const old = balanceOnHold(x, reason, who);
  const burned = [amount, old, accountData(x, who).reserved].reduce((a, b) => (b < a ? b : a));
  setBalanceOnHold(x, reason, who, old - burned);
  dropCredit(x, burned);
  return burned;
}
