import type { Ext } from '../../frame/ext.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { reserve, unreserve } from '../balances/reservable.ts';
import { errors, events, Proxies, RealPaysFee } from './spec.ts';
import { PROXY_TYPES, type ProxyDefinition } from './types.ts';

/** Who may act for whom. Source: pallets/proxy lib.rs. */

export type Proxy = ValueOf<typeof ProxyDefinition>;
export type ProxyTypeName = Proxy['proxy_type'];

const MAX_PROXIES = 20;
const DEPOSIT_BASE = 60_000_000n;
const DEPOSIT_FACTOR = 33_000_000n;

/** Rao reserved for a number of proxies. */
export const proxyDeposit = (count: number): bigint =>
  count === 0 ? 0n : DEPOSIT_BASE + DEPOSIT_FACTOR * BigInt(count);

/** By delegate, then type, then delay. */
function compareProxies(a: Proxy, b: Proxy): number {
  if (a.delegate !== b.delegate) return a.delegate < b.delegate ? -1 : 1;
  if (a.proxy_type !== b.proxy_type) return PROXY_TYPES.indexOf(a.proxy_type) - PROXY_TYPES.indexOf(b.proxy_type);
  return a.delay - b.delay;
}

/** Reserves or frees what the deposit changes by. @throws Balances.InsufficientBalance */
function changeDeposit(x: Ext, who: AccountId, before: bigint, after: bigint): void {
  if (after > before) reserve(x, who, after - before);
  else if (after < before) unreserve(x, who, before - after);
}

/** @throws NoSelfProxy, Duplicate, TooMany, Balances.InsufficientBalance */
export function addProxyDelegate(
  x: Ext,
  delegator: AccountId,
  delegatee: AccountId,
  proxy_type: ProxyTypeName,
  delay: number,
): void {
  if (delegator === delegatee) throw errors.NoSelfProxy;
  const [proxies, deposit] = Proxies.get(x, delegator);
  const added: Proxy = { delegate: delegatee, proxy_type, delay };
  if (proxies.some((proxy) => compareProxies(proxy, added) === 0)) throw errors.Duplicate;
  if (proxies.length >= MAX_PROXIES) throw errors.TooMany;
  const sorted = [...proxies, added].sort(compareProxies);
  const newDeposit = proxyDeposit(sorted.length);
  changeDeposit(x, delegator, deposit, newDeposit);
  events.deposit(x, 'ProxyAdded', { delegator, delegatee, proxy_type, delay });
  Proxies.insert(x, delegator, [sorted, newDeposit]);
}

/** @throws NotFound */
export function removeProxyDelegate(
  x: Ext,
  delegator: AccountId,
  delegatee: AccountId,
  proxy_type: ProxyTypeName,
  delay: number,
): void {
  const known = Proxies.tryGet(x, delegator);
  if (!known) throw errors.NotFound;
  const [proxies, deposit] = known;
  const removed: Proxy = { delegate: delegatee, proxy_type, delay };
  const left = proxies.filter((proxy) => compareProxies(proxy, removed) !== 0);
  if (left.length === proxies.length) throw errors.NotFound;
  const newDeposit = proxyDeposit(left.length);
  changeDeposit(x, delegator, deposit, newDeposit);
  RealPaysFee.remove(x, delegator, delegatee);
  events.deposit(x, 'ProxyRemoved', { delegator, delegatee, proxy_type, delay });
  if (left.length === 0) Proxies.remove(x, delegator);
  else Proxies.insert(x, delegator, [left, newDeposit]);
}
