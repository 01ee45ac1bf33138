import { asDispatchError } from '../../frame/dispatch-error.ts';
import { normal } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import { dispatchInfoOf } from '../../frame/inner-calls.ts';
import { lookup, MultiAddress } from '../../frame/multi-address.ts';
import { ensureSigned } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import { addWeight, dbReadsWrites } from '../../frame/weight.ts';
import { toHex } from '../../scale/bytes.ts';
import { option } from '../../scale/compound.ts';
import { bool, compactNumber, u16, u32 } from '../../scale/primitives.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { H256 } from '../../scale/well-known.ts';
import { reserve, unreserve } from '../balances/reservable.ts';
import { blockNumber, extrinsicIndex } from '../system/block.ts';
import { addAnnouncement, editAnnouncements } from './announcements.ts';
import { adjustReserve, announcementDeposit, proxyDeposit } from './deposits.ts';
import { doProxy, type ProxyTypeFilter } from './do-proxy.ts';
import { addProxyDelegate, findProxy, pureAccount, removeAllProxyDelegates, removeProxyDelegate } from './proxies.ts';
import { Announcements, errors, events, Proxies, RealPaysFee } from './spec.ts';
import { ProxyType } from './types.ts';
import { weights } from './weights.ts';

const ADDRESS = 'AccountIdLookupOf<T>';
const BLOCK = 'BlockNumberFor<T>';
const TYPE = 'T::ProxyType';
const MAYBE_TYPE = 'Option<T::ProxyType>';
const CALL = 'Box<<T as Config>::RuntimeCall>';
const HASH = 'CallHashOf<T>';

const PROXY = addWeight(weights.proxy, dbReadsWrites(1, 1));
const PROXY_ANNOUNCED = addWeight(weights.proxy_announced, dbReadsWrites(1, 1));

const delegation = { delegate: MultiAddress, proxy_type: ProxyType, delay: u32 };
const delegationNames = { delegate: ADDRESS, proxy_type: TYPE, delay: BLOCK };

/** Brings both deposits to what they are today. True when one of them changed. */
function pokeDeposits(x: Ext, who: AccountId): boolean {
  let changed = false;
  for (const [map, kind, priced] of [
    [Proxies, 'Proxies', proxyDeposit],
    [Announcements, 'Announcements', announcementDeposit],
  ] as const) {
    const [entries, old_deposit] = map.get(x, who);
    const new_deposit = priced(entries.length);
    adjustReserve(x, who, old_deposit, new_deposit);
    if (entries.length === 0) map.remove(x, who);
    if (new_deposit === old_deposit) continue;
    if (map === Proxies && entries.length > 0) Proxies.mutate(x, who, ([list]) => [list, new_deposit]);
    if (map === Announcements && entries.length > 0) Announcements.mutate(x, who, ([list]) => [list, new_deposit]);
    changed = true;
    events.deposit(x, 'DepositPoked', { who, kind, old_deposit, new_deposit });
  }
  return changed;
}

/** Calls of the chain's pallets/proxy (src/lib.rs). @param filter what each type of proxy may call */
export const proxyCalls = (filter: ProxyTypeFilter) => ({
  proxy: call(
    0,
    { real: MultiAddress, force_proxy_type: option(ProxyType), call: RuntimeCall },
    ({ call: inner }) => {
      const info = dispatchInfoOf(inner);
      return normal(addWeight(PROXY, info.weight), info.pays);
    },
    (x, origin, { real: realAddress, force_proxy_type, call: inner }) => {
      const who = ensureSigned(origin);
      const real = lookup(realAddress);
      const definition = findProxy(x, real, who, force_proxy_type);
      if (definition.delay !== 0) throw errors.Unannounced;
      doProxy(x, definition, real, inner, filter);
    },
    { real: ADDRESS, force_proxy_type: MAYBE_TYPE, call: CALL },
  ),
  add_proxy: call(
    1,
    delegation,
    normal(weights.add_proxy),
    (x, origin, { delegate, proxy_type, delay }) =>
      addProxyDelegate(x, ensureSigned(origin), lookup(delegate), proxy_type, delay),
    delegationNames,
  ),
  remove_proxy: call(
    2,
    delegation,
    normal(weights.remove_proxy),
    (x, origin, { delegate, proxy_type, delay }) =>
      removeProxyDelegate(x, ensureSigned(origin), lookup(delegate), proxy_type, delay),
    delegationNames,
  ),
  remove_proxies: call(3, {}, normal(weights.remove_proxies), (x, origin) =>
    removeAllProxyDelegates(x, ensureSigned(origin)),
  ),
  create_pure: call(
    4,
    { proxy_type: ProxyType, delay: u32, index: u16 },
    normal(weights.create_pure),
    (x, origin, { proxy_type, delay, index }) => {
      const who = ensureSigned(origin);
      const pure = pureAccount(who, proxy_type, index, { height: blockNumber(x), extrinsic: extrinsicIndex(x) ?? 0 });
      if (Proxies.containsKey(x, pure)) throw errors.Duplicate;
      const deposit = proxyDeposit(1);
      reserve(x, who, deposit);
      Proxies.insert(x, pure, [[{ delegate: who, proxy_type, delay }], deposit]);
      events.deposit(x, 'PureCreated', { pure, who, proxy_type, disambiguation_index: index });
    },
    { proxy_type: TYPE, delay: BLOCK, index: 'u16' },
  ),
  kill_pure: call(
    5,
    {
      spawner: MultiAddress,
      proxy_type: ProxyType,
      index: u16,
      height: compactNumber(u32),
      ext_index: compactNumber(u32),
    },
    normal(weights.kill_pure),
    (x, origin, { spawner: spawnerAddress, proxy_type, index, height, ext_index }) => {
      const who = ensureSigned(origin);
      const spawner = lookup(spawnerAddress);
      if (pureAccount(spawner, proxy_type, index, { height, extrinsic: ext_index }) !== who) throw errors.NoPermission;
      const [, deposit] = Proxies.take(x, who);
      unreserve(x, spawner, deposit);
      events.deposit(x, 'PureKilled', { pure: who, spawner, proxy_type, disambiguation_index: index });
    },
    { spawner: ADDRESS, proxy_type: TYPE, index: 'u16', height: BLOCK, ext_index: 'u32' },
  ),
  announce: call(
    6,
    { real: MultiAddress, call_hash: H256 },
    normal(weights.announce),
    (x, origin, { real: realAddress, call_hash }) => {
      const who = ensureSigned(origin);
      const real = lookup(realAddress);
      findProxy(x, real, who, undefined);
      addAnnouncement(x, who, { real, call_hash, height: blockNumber(x) });
      events.deposit(x, 'Announced', { real, proxy: who, call_hash });
    },
    { real: ADDRESS, call_hash: HASH },
  ),
  remove_announcement: call(
    7,
    { real: MultiAddress, call_hash: H256 },
    normal(weights.remove_announcement),
    (x, origin, { real: realAddress, call_hash }) => {
      const who = ensureSigned(origin);
      const real = lookup(realAddress);
      editAnnouncements(x, who, (one) => one.real !== real || one.call_hash !== call_hash);
    },
    { real: ADDRESS, call_hash: HASH },
  ),
  reject_announcement: call(
    8,
    { delegate: MultiAddress, call_hash: H256 },
    normal(weights.reject_announcement),
    (x, origin, { delegate, call_hash }) => {
      const who = ensureSigned(origin);
      editAnnouncements(x, lookup(delegate), (one) => one.real !== who || one.call_hash !== call_hash);
    },
    { delegate: ADDRESS, call_hash: HASH },
  ),
  proxy_announced: call(
    9,
    { delegate: MultiAddress, real: MultiAddress, force_proxy_type: option(ProxyType), call: RuntimeCall },
    ({ call: inner }) => normal(addWeight(PROXY_ANNOUNCED, dispatchInfoOf(inner).weight)),
    (x, origin, { delegate: delegateAddress, real: realAddress, force_proxy_type, call: inner }) => {
      ensureSigned(origin);
      const delegate = lookup(delegateAddress);
      const real = lookup(realAddress);
      const definition = findProxy(x, real, delegate, force_proxy_type);
      const call_hash = toHex(blake2_256(x.runtime.encodeCall(inner)));
      const now = blockNumber(x);
      try {
        editAnnouncements(
          x,
          delegate,
          (one) => one.real !== real || one.call_hash !== call_hash || now - one.height < definition.delay,
        );
      } catch (thrown) {
        throw asDispatchError(thrown) ? errors.Unannounced : thrown;
      }
      doProxy(x, definition, real, inner, filter);
    },
    { delegate: ADDRESS, real: ADDRESS, force_proxy_type: MAYBE_TYPE, call: CALL },
  ),
  poke_deposit: call(10, {}, normal(weights.poke_deposit), (x, origin) => ({
    pays: pokeDeposits(x, ensureSigned(origin)) ? 'No' : 'Yes',
  })),
  set_real_pays_fee: call(
    11,
    { delegate: MultiAddress, pays_fee: bool },
    normal(weights.set_real_pays_fee),
    (x, origin, { delegate: delegateAddress, pays_fee }) => {
      const real = ensureSigned(origin);
      const delegate = lookup(delegateAddress);
      findProxy(x, real, delegate, undefined);
      if (pays_fee) RealPaysFee.insert(x, real, delegate, undefined);
      else RealPaysFee.remove(x, real, delegate);
      events.deposit(x, 'RealPaysFeeSet', { real, delegate, pays_fee });
    },
    { delegate: ADDRESS, pays_fee: 'bool' },
  ),
});
