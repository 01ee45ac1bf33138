import { minOf } from '../../fixed/integer.ts';
import { ArithmeticError, asDispatchError, TokenError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { accountData } from '../system/account.ts';
import { EXISTENTIAL_DEPOSIT, handleDust, totalBalance } from './currency.ts';
import { mutateAccount } from './mutate-account.ts';
import { errors, events } from './spec.ts';

// ReservableCurrency (pallet-balances 42, src/impl_currency.rs). Amounts are rao.

const MAX = 0xffff_ffff_ffff_ffffn;

function rawDust(x: Ext, dust: bigint | undefined): void {
  if (dust !== undefined) handleDust(x, minOf(dust, EXISTENTIAL_DEPOSIT - 1n));
}

/** Moves free balance to the reserve; event Reserved. @throws Balances.InsufficientBalance, LiquidityRestrictions, DispatchError */
export function reserve(x: Ext, who: AccountId, value: bigint): void {
  if (value === 0n) return;
  const { dust } = mutateAccount(x, who, (account) => {
    if (account.free < value) throw errors.InsufficientBalance;
    const reserved = account.reserved + value;
    if (reserved > MAX) throw ArithmeticError.Overflow;
    const free = account.free - value;
    if (free < accountData(x, who).frozen) throw errors.LiquidityRestrictions;
    return { account: { ...account, free, reserved }, result: undefined };
  });
  rawDust(x, dust);
  events.deposit(x, 'Reserved', { who, amount: value });
}

/** Moves reserve back to the free balance; event Unreserved. Answers what could not be unreserved. */
export function unreserve(x: Ext, who: AccountId, value: bigint): bigint {
  if (value === 0n) return 0n;
  if (totalBalance(x, who) === 0n) return value;
  let actual: bigint;
  try {
    const { result, dust } = mutateAccount(x, who, (account) => {
      const moved = minOf(account.reserved, value);
      return {
        account: { ...account, reserved: account.reserved - moved, free: minOf(account.free + moved, MAX) },
        result: moved,
      };
    });
    rawDust(x, dust);
    actual = result;
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return value;
  }
  events.deposit(x, 'Unreserved', { who, amount: actual });
  return value - actual;
}

/** Takes reserved tokens away; event Slashed. Answers the credit and what could not be slashed. */
export function slashReserved(
  x: Ext,
  who: AccountId,
  value: bigint,
): { readonly credit: bigint; readonly notSlashed: bigint } {
  if (value === 0n) return { credit: 0n, notSlashed: 0n };
  if (totalBalance(x, who) === 0n) return { credit: 0n, notSlashed: value };
  let credit: bigint;
  try {
    const { result, dust } = mutateAccount(x, who, (account) => {
      const taken = minOf(value, account.reserved);
      return { account: { ...account, reserved: account.reserved - taken }, result: taken };
    });
    rawDust(x, dust);
    credit = result;
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return { credit: 0n, notSlashed: value };
  }
  events.deposit(x, 'Slashed', { who, amount: credit });
  return { credit, notSlashed: value - credit };
}

/**
 * Moves reserved balance to another account's free or reserved balance; event ReserveRepatriated.
 * Answers what could not be moved. @throws Balances.DeadAccount, DispatchError
 */
export function repatriateReserved(
  x: Ext,
  slashed: AccountId,
  beneficiary: AccountId,
  value: bigint,
  status: 'Free' | 'Reserved',
): bigint {
  if (value === 0n) return 0n;
  const { reserved, frozen, free } = accountData(x, slashed);
  const unavailable = frozen > free ? frozen - free : 0n;
  const max = reserved > unavailable ? reserved - unavailable : 0n;
  const actual = minOf(value, max);
  if (slashed === beneficiary) {
    const done = status === 'Free' ? actual - unreserve(x, slashed, actual) : actual;
    return value - done;
  }
  if (actual > max) throw TokenError.FundsUnavailable;
  const { result: dustOfSlashed, dust } = mutateAccount(x, beneficiary, (to, isNew) => {
    if (isNew) throw errors.DeadAccount;
    const increased = (status === 'Free' ? to.free : to.reserved) + actual;
    if (increased > MAX) throw ArithmeticError.Overflow;
    const from = mutateAccount(x, slashed, (account) => ({
      account: { ...account, reserved: account.reserved - actual },
      result: undefined,
    }));
    return {
      account: status === 'Free' ? { ...to, free: increased } : { ...to, reserved: increased },
      result: from.dust,
    };
  });
  rawDust(x, dustOfSlashed);
  rawDust(x, dust);
  events.deposit(x, 'ReserveRepatriated', {
    from: slashed,
    to: beneficiary,
    amount: actual,
    destination_status: status,
  });
  return value - actual;
}
