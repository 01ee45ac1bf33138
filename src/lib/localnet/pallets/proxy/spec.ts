// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { storageOf, twox64Concat } from '../../frame/storage.ts';
import { boundedVec, result, tuple } from '../../scale/compound.ts';
import { bool, u16, u32, u64, unit } from '../../scale/primitives.ts';
import { AccountId32, H256 } from '../../scale/well-known.ts';
import { Announcement, DepositKind, ProxyDefinition, ProxyType } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Proxy', index: 16, module: 'pallet_subtensor_proxy' } as const;
export const storage = storageOf('Proxy');
export const Proxies = storage.map('Proxies', twox64Concat(AccountId32), tuple(boundedVec(ProxyDefinition), u64), [
  [],
  0n,
]);
export const Announcements = storage.map(
  'Announcements',
  twox64Concat(AccountId32),
  tuple(boundedVec(Announcement), u64),
  [[], 0n],
);
export const LastCallResult = storage.optionalMap(
  'LastCallResult',
  twox64Concat(AccountId32),
  result(unit, DispatchErrorType),
);
export const RealPaysFee = storage.optionalDoubleMap(
  'RealPaysFee',
  twox64Concat(AccountId32),
  twox64Concat(AccountId32),
  unit,
);
export const events = defineEvents(palletInfo, {
  ProxyExecuted: { result: result(unit, DispatchErrorType) },
  PureCreated: { pure: AccountId32, who: AccountId32, proxy_type: ProxyType, disambiguation_index: u16 },
  PureKilled: { pure: AccountId32, spawner: AccountId32, proxy_type: ProxyType, disambiguation_index: u16 },
  Announced: { real: AccountId32, proxy: AccountId32, call_hash: H256 },
  ProxyAdded: { delegator: AccountId32, delegatee: AccountId32, proxy_type: ProxyType, delay: u32 },
  ProxyRemoved: { delegator: AccountId32, delegatee: AccountId32, proxy_type: ProxyType, delay: u32 },
  DepositPoked: { who: AccountId32, kind: DepositKind, old_deposit: u64, new_deposit: u64 },
  RealPaysFeeSet: { real: AccountId32, delegate: AccountId32, pays_fee: bool },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'TooMany',
  'NotFound',
  'NotProxy',
  'Unproxyable',
  'Duplicate',
  'NoPermission',
  'Unannounced',
  'NoSelfProxy',
  'AnnouncementDepositInvariantViolated',
  'InvalidDerivedAccountId',
]);
export const constants = {
  ProxyDepositBase: constant(u64, 60_000_000n),
  ProxyDepositFactor: constant(u64, 33_000_000n),
  MaxProxies: constant(u32, 20),
  MaxPending: constant(u32, 75),
  AnnouncementDepositBase: constant(u64, 36_000_000n),
  AnnouncementDepositFactor: constant(u64, 68_000_000n),
};
