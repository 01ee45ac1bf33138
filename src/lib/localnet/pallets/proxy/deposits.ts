import type { Ext } from '../../frame/ext.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { reserve, unreserve } from '../balances/reservable.ts';
import { constants } from './spec.ts';

// What proxies and announcements lock (rao): a base and a part for each. Source: pallets/proxy/src/lib.rs.

const deposit = (base: { readonly value: unknown }, factor: { readonly value: unknown }, count: number): bigint =>
  count === 0 ? 0n : (base.value as bigint) + (factor.value as bigint) * BigInt(count);

export const proxyDeposit = (count: number): bigint =>
  deposit(constants.ProxyDepositBase, constants.ProxyDepositFactor, count);
export const announcementDeposit = (count: number): bigint =>
  deposit(constants.AnnouncementDepositBase, constants.AnnouncementDepositFactor, count);

/** Reserves or gives back the difference between two deposits. @throws Balances.InsufficientBalance, LiquidityRestrictions */
export function adjustReserve(x: Ext, who: AccountId, before: bigint, after: bigint): void {
  if (after > before) reserve(x, who, after - before);
  else if (after < before) unreserve(x, who, before - after);
}
