import type { RuntimeCallValue } from '../frame/runtime-handle.ts';
import type { ProxyTypeName } from '../pallets/proxy/proxies.ts';
import { type CallPattern, type ProxyRule, proxyFilters } from './proxy-filters.ts';

// `InstanceFilter for ProxyType` of the runtime over the table of what each type may call.

function matches(pattern: CallPattern, call: RuntimeCallValue): boolean {
  return pattern === `${call.type}.*` || pattern === `${call.type}.${call.value.type}`;
}

function permits(rule: ProxyRule, call: RuntimeCallValue): boolean {
  if (typeof rule === 'string') return matches(rule, call);
  if (!matches(rule.call, call)) return false;
  const args = call.value.value as Readonly<Record<string, unknown>>;
  if ('nested' in rule) return matches(rule.nested, args.call as RuntimeCallValue);
  const [argument, limit] = rule.below;
  return (args[argument] as bigint) < limit;
}

/** Whether a proxy of this type may make this call. */
export function proxyTypeFilter(type: ProxyTypeName, call: RuntimeCallValue): boolean {
  const filter = proxyFilters[type];
  switch (filter.mode) {
    case 'AllowAll':
      return true;
    case 'DenyAll':
      return false;
    case 'Deny':
      return !filter.calls.some((rule) => permits(rule, call));
    case 'Allow':
      return (
        filter.calls.some((rule) => permits(rule, call)) && !filter.except?.some((pattern) => matches(pattern, call))
      );
  }
}
