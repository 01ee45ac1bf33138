import { ConsumerRemaining, NoProviders, TooManyConsumers } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import type { AccountData } from '../balances/types.ts';
import { Account, events } from './spec.ts';

// Reference counting of accounts (frame-system 41, src/lib.rs): an account exists while it has a provider or a sufficient.

export type AccountDataValue = ValueOf<typeof AccountData>;

const MAX_CONSUMERS = 16;
const MAX_U32 = 0xffff_ffff;

export const IS_NEW_LOGIC = 1n << 127n;
export const DEFAULT_ACCOUNT_DATA: AccountDataValue = { free: 0n, reserved: 0n, frozen: 0n, flags: IS_NEW_LOGIC };

const up = (count: number): number => Math.min(count + 1, MAX_U32);

export function incProviders(x: Ext, who: AccountId): 'Created' | 'Existed' {
  const account = Account.get(x, who);
  if (account.providers === 0 && account.sufficients === 0) {
    Account.insert(x, who, { ...account, providers: 1 });
    events.deposit(x, 'NewAccount', { account: who });
    return 'Created';
  }
  Account.insert(x, who, { ...account, providers: up(account.providers) });
  return 'Existed';
}

/** @throws ConsumerRemaining when the last provider would go while consumers are left. */
export function decProviders(x: Ext, who: AccountId): 'Reaped' | 'Exists' {
  const account = Account.tryGet(x, who);
  if (!account) return 'Reaped';
  const providers = account.providers === 0 ? 1 : account.providers;
  if (providers === 1 && account.consumers === 0 && account.sufficients === 0) {
    Account.remove(x, who);
    events.deposit(x, 'KilledAccount', { account: who });
    return 'Reaped';
  }
  if (providers === 1 && account.consumers > 0) throw ConsumerRemaining;
  Account.insert(x, who, { ...account, providers: providers - 1 });
  return 'Exists';
}

/** @throws NoProviders, TooManyConsumers */
export function incConsumers(x: Ext, who: AccountId): void {
  const account = Account.get(x, who);
  if (account.providers === 0) throw NoProviders;
  if (account.consumers >= MAX_CONSUMERS) throw TooManyConsumers;
  Account.insert(x, who, { ...account, consumers: account.consumers + 1 });
}

/** @throws NoProviders */
export function incConsumersWithoutLimit(x: Ext, who: AccountId): void {
  const account = Account.get(x, who);
  if (account.providers === 0) throw NoProviders;
  Account.insert(x, who, { ...account, consumers: up(account.consumers) });
}

export function decConsumers(x: Ext, who: AccountId): void {
  Account.mutate(x, who, (account) => ({ ...account, consumers: Math.max(account.consumers - 1, 0) }));
}

/** Whether the last provider may go: no consumers, or another provider. */
export function canDecProvider(x: Ext, who: AccountId): boolean {
  const { consumers, providers } = Account.get(x, who);
  return consumers === 0 || providers > 1;
}

export const providersOf = (x: Ext, who: AccountId): number => Account.get(x, who).providers;
export const accountExists = (x: Ext, who: AccountId): boolean => Account.containsKey(x, who);
export const nonceOf = (x: Ext, who: AccountId): number => Account.get(x, who).nonce;

export const accountData = (x: Ext, who: AccountId): AccountDataValue => Account.get(x, who).data;

function isDefault(data: AccountDataValue): boolean {
  return data.free === 0n && data.reserved === 0n && data.frozen === 0n && data.flags === IS_NEW_LOGIC;
}

/**
 * `StoredMap::try_mutate_exists` over account data: `change` gets undefined for a default value and answers the new one
 * (undefined: default). It may change references meanwhile; whether the account stays is decided after it.
 */
export function mutateAccountData<T>(
  x: Ext,
  who: AccountId,
  change: (data: AccountDataValue | undefined) => { readonly data: AccountDataValue | undefined; readonly result: T },
): T {
  const { data } = Account.get(x, who);
  const changed = change(isDefault(data) ? undefined : data);
  const account = Account.get(x, who);
  if (account.providers > 0 || account.sufficients > 0) {
    Account.insert(x, who, { ...account, data: changed.data ?? DEFAULT_ACCOUNT_DATA });
  } else Account.remove(x, who);
  return changed.result;
}
