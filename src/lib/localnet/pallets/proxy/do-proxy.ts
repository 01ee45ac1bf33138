import type { Ext } from '../../frame/ext.ts';
import { dispatchResult } from '../../frame/inner-calls.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import type { AccountId } from '../../scale/well-known.ts';
import type { ProxyDefinitionValue, ProxyTypeName } from './proxies.ts';
import { events, LastCallResult } from './spec.ts';

/** What a type of proxy may call: `InstanceFilter` of the runtime's proxy types. */
export type ProxyTypeFilter = (type: ProxyTypeName, call: RuntimeCallValue) => boolean;

const MOVING: ReadonlySet<ProxyTypeName> = new Set(['Transfer', 'SmallTransfer']);

/** Whether `type` may do whatever `other` may. Source: runtime/src/lib.rs `is_superset`. */
export function isSuperset(type: ProxyTypeName, other: ProxyTypeName): boolean {
  if (type === other || type === 'Any') return true;
  if (other === 'Any') return false;
  if (type === 'NonTransfer') return !MOVING.has(other);
  return type === 'Transfer' && other === 'SmallTransfer';
}

const CHANGES_ONE = new Set(['add_proxy', 'remove_proxy']);
const CHANGES_ALL = new Set(['remove_proxies', 'kill_pure']);

/** Whether a proxy may make a call; one that changes proxies must not widen what it may itself. */
function mayCall(type: ProxyTypeName, call: RuntimeCallValue, filter: ProxyTypeFilter): boolean {
  if (call.type === 'Proxy') {
    const name = call.value.type;
    if (CHANGES_ONE.has(name)) {
      const { proxy_type } = call.value.value as { readonly proxy_type: ProxyTypeName };
      if (!isSuperset(type, proxy_type)) return false;
    }
    if (CHANGES_ALL.has(name) && type !== 'Any') return false;
  }
  return filter(type, call);
}

/**
 * Makes a call for `real`, narrowed to what the proxy may; its outcome is an event and never an error of the proxy's own call.
 * Source: pallets/proxy/src/lib.rs `do_proxy`.
 */
export function doProxy(
  x: Ext,
  definition: ProxyDefinitionValue,
  real: AccountId,
  call: RuntimeCallValue,
  filter: ProxyTypeFilter,
): void {
  const origin = {
    type: 'Signed',
    account: real,
    filter: (inner: RuntimeCallValue) => mayCall(definition.proxy_type, inner, filter),
  } as const;
  const result = dispatchResult(() => x.runtime.dispatch(x, call, origin));
  LastCallResult.insert(x, real, result);
  events.deposit(x, 'ProxyExecuted', { result });
}
