import type { Ext } from '../../frame/ext.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import { concatBytes, fromHex, toHex, utf8 } from '../../scale/bytes.ts';
import { u16, u32 } from '../../scale/primitives.ts';
import { encode, type ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { unreserve } from '../balances/reservable.ts';
import { adjustReserve, proxyDeposit } from './deposits.ts';
import { constants, errors, events, Proxies, RealPaysFee } from './spec.ts';
import { PROXY_TYPES, type ProxyDefinition, ProxyType } from './types.ts';

// Who may act for whom (pallets/proxy/src/lib.rs).

export type ProxyTypeName = ValueOf<typeof ProxyType>;
export type ProxyDefinitionValue = ValueOf<typeof ProxyDefinition>;

const MAX_PROXIES = constants.MaxProxies.value as number;

/** The order in which a list of proxies is kept: delegate, type, delay. */
function compare(a: ProxyDefinitionValue, b: ProxyDefinitionValue): number {
  if (a.delegate !== b.delegate) return a.delegate < b.delegate ? -1 : 1;
  return PROXY_TYPES.indexOf(a.proxy_type) - PROXY_TYPES.indexOf(b.proxy_type) || a.delay - b.delay;
}

/** @throws Proxy.NoSelfProxy, Duplicate, TooMany, DispatchError of the deposit */
export function addProxyDelegate(
  x: Ext,
  delegator: AccountId,
  delegatee: AccountId,
  proxy_type: ProxyTypeName,
  delay: number,
): void {
  if (delegator === delegatee) throw errors.NoSelfProxy;
  const [proxies, deposit] = Proxies.get(x, delegator);
  const added = { delegate: delegatee, proxy_type, delay };
  if (proxies.some((proxy) => compare(proxy, added) === 0)) throw errors.Duplicate;
  if (proxies.length >= MAX_PROXIES) throw errors.TooMany;
  const after = [...proxies, added].sort(compare);
  const newDeposit = proxyDeposit(after.length);
  adjustReserve(x, delegator, deposit, newDeposit);
  Proxies.insert(x, delegator, [after, newDeposit]);
  events.deposit(x, 'ProxyAdded', { delegator, delegatee, proxy_type, delay });
}

/** @throws Proxy.NotFound, DispatchError of the deposit */
export function removeProxyDelegate(
  x: Ext,
  delegator: AccountId,
  delegatee: AccountId,
  proxy_type: ProxyTypeName,
  delay: number,
): void {
  const stored = Proxies.tryGet(x, delegator);
  if (!stored) throw errors.NotFound;
  const [proxies, deposit] = stored;
  const removed = { delegate: delegatee, proxy_type, delay };
  const after = proxies.filter((proxy) => compare(proxy, removed) !== 0);
  if (after.length === proxies.length) throw errors.NotFound;
  const newDeposit = proxyDeposit(after.length);
  adjustReserve(x, delegator, deposit, newDeposit);
  if (after.length > 0) Proxies.insert(x, delegator, [after, newDeposit]);
  else Proxies.remove(x, delegator);
  RealPaysFee.remove(x, delegator, delegatee);
  events.deposit(x, 'ProxyRemoved', { delegator, delegatee, proxy_type, delay });
}

/** Removes every proxy of an account, says nothing but that the deposit is free again. */
export function removeAllProxyDelegates(x: Ext, delegator: AccountId): void {
  const [, deposit] = Proxies.take(x, delegator);
  unreserve(x, delegator, deposit);
  RealPaysFee.clearPrefix(x, delegator);
}

/** The first relation between the two, of a type if one is asked for. @throws Proxy.NotProxy */
export function findProxy(
  x: Ext,
  real: AccountId,
  delegate: AccountId,
  type: ProxyTypeName | undefined,
): ProxyDefinitionValue {
  const found = Proxies.get(x, real)[0].find(
    (proxy) => proxy.delegate === delegate && (type === undefined || proxy.proxy_type === type),
  );
  if (!found) throw errors.NotProxy;
  return found;
}

/** Where an account without a key was made: block and index of the extrinsic. */
export interface MadeAt {
  readonly height: number;
  readonly extrinsic: number;
}

/** The account without a key that `create_pure` makes. */
export function pureAccount(
  who: AccountId,
  type: ProxyTypeName,
  index: number,
  { height, extrinsic }: MadeAt,
): AccountId {
  return toHex(
    blake2_256(
      concatBytes(
        utf8.encode('modlpy/proxy____'),
        fromHex(who),
        encode(u32, height),
        encode(u32, extrinsic),
        encode(ProxyType, type),
        encode(u16, index),
      ),
    ),
  );
}
