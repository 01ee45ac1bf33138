import { asDispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { AccountId } from '../../scale/well-known.ts';
import {
  type AccountDataValue,
  accountData,
  DEFAULT_ACCOUNT_DATA,
  decConsumers,
  decProviders,
  IS_NEW_LOGIC,
  incConsumers,
  incConsumersWithoutLimit,
  incProviders,
  mutateAccountData,
  providersOf,
} from '../system/account.ts';
import { Account as SystemAccount } from '../system/spec.ts';
import { events } from './spec.ts';

const DEPOSIT = 500n;

/** Brings an account from before the reference-counting change up to date. True when there was something to do. */
export function ensureUpgraded(x: Ext, who: AccountId): boolean {
  const data = accountData(x, who);
  if ((data.flags & IS_NEW_LOGIC) !== 0n) return false;
  let { free } = data;
  if (data.reserved !== 0n && data.frozen === 0n) {
    if (providersOf(x, who) === 0) {
      if (free < DEPOSIT) free = DEPOSIT;
      incProviders(x, who);
    }
    incConsumersWithoutLimit(x, who);
  }
  mutateAccountData(x, who, () => ({
    data: { ...data, free, flags: data.flags | IS_NEW_LOGIC },
    result: undefined,
  }));
  events.deposit(x, 'Upgraded', { who });
  return true;
}

const consumes = (account: AccountDataValue): boolean => account.reserved !== 0n || account.frozen !== 0n;

/**
 * `try_mutate_account` of pallet-balances 42 (src/lib.rs): changes an account's data, keeps its references and the existential
 * deposit's law. Answers the result and the dust of an account that fell below the deposit; the issuance is the caller's affair.
 * What `change` throws passes through with nothing stored. @throws DispatchError
 */
export function mutateAccount<T>(
  x: Ext,
  who: AccountId,
  change: (account: AccountDataValue, isNew: boolean) => { readonly account: AccountDataValue; readonly result: T },
): { readonly result: T; readonly dust: bigint | undefined } {
  ensureUpgraded(x, who);
  const { result, dust, endowed } = mutateAccountData(x, who, (stored) => {
    const isNew = stored === undefined;
    const before = stored ?? DEFAULT_ACCOUNT_DATA;
    const didProvide = before.free >= DEPOSIT;
    const didConsume = !isNew && consumes(before);
    const changed = change(before, isNew);
    const { account } = changed;
    const doesProvide = account.free >= DEPOSIT;
    const doesConsume = consumes(account);

    if (!didProvide && doesProvide) incProviders(x, who);
    if (didConsume && !doesConsume) decConsumers(x, who);
    if (!didConsume && doesConsume) incConsumers(x, who);
    if (doesConsume && SystemAccount.get(x, who).consumers === 0) incConsumers(x, who);
    if (didProvide && !doesProvide) {
      try {
        decProviders(x, who);
      } catch (thrown) {
        if (!asDispatchError(thrown)) throw thrown;
        if (didConsume && !doesConsume) incConsumers(x, who);
        if (!didConsume && doesConsume) decConsumers(x, who);
        throw thrown;
      }
    }

    const dies = account.free < DEPOSIT && account.reserved === 0n;
    return {
      data: dies ? undefined : account,
      result: {
        result: changed.result,
        dust: dies && account.free !== 0n ? account.free : undefined,
        endowed: isNew ? account.free : undefined,
      },
    };
  });
  if (endowed !== undefined) events.deposit(x, 'Endowed', { account: who, free_balance: endowed });
  if (dust !== undefined) events.deposit(x, 'DustLost', { account: who, amount: dust });
  return { result, dust };
}
