import type { Pallet } from '../../frame/pallet.ts';
import { apiMethod, runtimeApi } from '../../frame/runtime-api.ts';
import { PROXY_TYPES, type ProxyType } from '../../pallets/proxy/types.ts';
import { utf8 } from '../../scale/bytes.ts';
import { enumeration, option, plainEnum, struct, vec } from '../../scale/compound.ts';
import { bool, bytes, u8, u128 } from '../../scale/primitives.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { Runtime } from '../create-runtime.ts';
import { type CallPattern, DEPRECATED_PROXY_TYPES, type ProxyRule, proxyFilters } from '../proxy-filters.ts';

// What each type of proxy may do, for clients. Source: common/src/lib.rs, support/macros/src/proxy_filter.rs.

const COMMON = 'subtensor_runtime_common';
const ProxyTypeInfo = struct(`${COMMON}::ProxyTypeInfo`, { name: bytes, index: u8, deprecated: bool });
const FilterMode = plainEnum(`${COMMON}::FilterMode`, ['AllowAll', 'DenyAll', 'Allow', 'Deny']);
const CallCondition = enumeration(`${COMMON}::CallCondition`, {
  ParamLessThan: { param_name: bytes, limit: u128 },
  NestedCallMustBe: { pallet_name: bytes, call_name: bytes },
});
const CallInfo = struct(`${COMMON}::CallInfo`, {
  pallet_name: bytes,
  pallet_index: u8,
  call_name: option(bytes),
  call_index: option(u8),
  condition: option(CallCondition),
});
const ProxyFilterInfo = struct(`${COMMON}::ProxyFilterInfo`, {
  proxy_type: u8,
  name: bytes,
  deprecated: bool,
  filter_mode: FilterMode,
  calls: vec(CallInfo),
  exceptions: vec(CallInfo),
});

function partsOf(pattern: CallPattern): readonly [pallet: string, call: string] {
  const dot = pattern.indexOf('.');
  return [pattern.slice(0, dot), pattern.slice(dot + 1)];
}

function conditionOf(rule: Exclude<ProxyRule, CallPattern>): ValueOf<typeof CallCondition> {
  if ('below' in rule) {
    const [argument, limit] = rule.below;
    return { type: 'ParamLessThan', value: { param_name: utf8.encode(argument), limit } };
  }
  const [pallet, call] = partsOf(rule.nested);
  return {
    type: 'NestedCallMustBe',
    value: { pallet_name: utf8.encode(pallet), call_name: utf8.encode(call) },
  };
}

function callInfo(pallets: readonly Pallet[], rule: ProxyRule): ValueOf<typeof CallInfo> {
  const [palletName, callName] = partsOf(typeof rule === 'string' ? rule : rule.call);
  const pallet = pallets.find(({ name }) => name === palletName);
  const call = pallet?.calls?.[callName];
  if (!pallet || (callName !== '*' && !call)) throw new Error(`a proxy filter names ${palletName}.${callName}`);
  return {
    pallet_name: utf8.encode(palletName),
    pallet_index: pallet.index,
    call_name: call && utf8.encode(callName),
    call_index: call?.index,
    condition: typeof rule === 'string' ? undefined : conditionOf(rule),
  };
}

type ProxyTypeName = ValueOf<typeof ProxyType>;
const naming = (type: ProxyTypeName) => ({
  name: utf8.encode(type),
  deprecated: DEPRECATED_PROXY_TYPES.has(type),
});

function filterInfos(pallets: readonly Pallet[]): readonly ValueOf<typeof ProxyFilterInfo>[] {
  return Object.entries(proxyFilters).map(([name, filter]) => ({
    proxy_type: PROXY_TYPES.indexOf(name as ProxyTypeName),
    ...naming(name as ProxyTypeName),
    filter_mode: filter.mode,
    calls: 'calls' in filter ? filter.calls.map((rule) => callInfo(pallets, rule)) : [],
    exceptions: 'calls' in filter ? (filter.except ?? []).map((rule) => callInfo(pallets, rule)) : [],
  }));
}

export const proxyFilterApi = (runtime: Runtime) =>
  runtimeApi('ProxyFilterRuntimeApi', 1, {
    get_proxy_types: apiMethod({}, vec(ProxyTypeInfo), () =>
      PROXY_TYPES.map((type, index) => ({ ...naming(type), index })),
    ),
    get_proxy_filter: apiMethod({ proxy_type: option(u8) }, vec(ProxyFilterInfo), (_, { proxy_type }) =>
      filterInfos(runtime.pallets).filter((info) => proxy_type === undefined || info.proxy_type === proxy_type),
    ),
  });
