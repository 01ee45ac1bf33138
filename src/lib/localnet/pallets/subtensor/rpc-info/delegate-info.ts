import { U64F64 } from '../../../fixed/fixed.ts';
import type { Ext } from '../../../frame/ext.ts';
import { struct, tuple, vec } from '../../../scale/compound.ts';
import { compactBigint, compactNumber, u16, u64 } from '../../../scale/primitives.ts';
import type { Type, ValueOf } from '../../../scale/type.ts';
import { type AccountId, AccountId32 } from '../../../scale/well-known.ts';
import { getAlphaSharePool } from '../staking/alpha-share-pool.ts';
import { alphaIterPrefix, alphaIterSinglePrefix } from '../staking/helpers.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet, getStakeForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import { Delegates, Emission, Owner, Tempo, Uids, ValidatorPermit } from '../storage.ts';
import { getAllSubnetNetuids, ROOT_NETUID } from '../subnets/subnet.ts';
import { getRegisteredNetworksForHotkey } from '../subnets/uids.ts';

// Delegates, who nominates them and what they yield. Source: pallets/subtensor rpc_info/delegate_info.rs.

/** `nominators` lists (netuid, rao) per coldkey; `take` is parts of 65535; returns are rao a day, at the last epoch's emission. */
export const DelegateInfo = struct(
  'pallet_subtensor::rpc_info::delegate_info::DelegateInfo',
  {
    delegate_ss58: AccountId32,
    take: compactNumber(u16),
    nominators: vec(tuple(AccountId32, vec(tuple(compactNumber(u16), compactBigint(u64))))),
    owner_ss58: AccountId32,
    registrations: vec(compactNumber(u16)),
    validator_permits: vec(compactNumber(u16)),
    return_per_1000: compactBigint(u64),
    total_daily_return: compactBigint(u64),
  },
  { params: [{ name: 'AccountId', type: AccountId32 as Type<unknown> }] },
);
export type DelegateInfoValue = ValueOf<typeof DelegateInfo>;

const BLOCKS_PER_DAY = U64F64.saturatingFromNum(7200n);
const THOUSAND_TAO = U64F64.saturatingFromNum(1_000_000_000_000n);
const U16_MAX_FIXED = U64F64.saturatingFromNum(65_535n);

/** Daily return of 1000 TAO after the take, U64F64 bits of rao. */
function returnPer1000Tao(take: number, totalStake: bigint, emissionsPerDay: U64F64): U64F64 {
  if (totalStake === 0n) return 0n;
  const taken = U64F64.safeDiv(U64F64.saturatingFromNum(BigInt(take)), U16_MAX_FIXED);
  const kept = U64F64.saturatingMul(emissionsPerDay, U64F64.saturatingSub(U64F64.one, taken));
  return U64F64.safeDiv(kept, U64F64.safeDiv(U64F64.saturatingFromNum(totalStake), THOUSAND_TAO));
}

/** Stakes on the hotkey by coldkey; a subnet's pool is looked up by its place in the list of subnets, as the chain does. */
function nominatorsOf(x: Ext, hotkey: AccountId): DelegateInfoValue['nominators'] {
  const pools = getAllSubnetNetuids(x).map((netuid) => getAlphaSharePool(x, hotkey, netuid));
  const byColdkey = new Map<AccountId, (readonly [number, bigint])[]>();
  for (const [coldkey, netuid, share] of alphaIterSinglePrefix(x, hotkey)) {
    const pool = pools[netuid];
    if (share.mantissa === 0n || !pool) continue;
    const stakes = byColdkey.get(coldkey) ?? [];
    stakes.push([netuid, pool.getValueFromShares(share)]);
    byColdkey.set(coldkey, stakes);
  }
  return [...byColdkey].sort(([a], [b]) => (a < b ? -1 : 1));
}

function emissionPerDay(x: Ext, netuid: number, uid: number): U64F64 {
  const tempo = Tempo.get(x, netuid);
  if (tempo === 0) return 0n;
  const epochsPerDay = U64F64.safeDiv(BLOCKS_PER_DAY, U64F64.saturatingFromNum(BigInt(tempo)));
  return U64F64.saturatingMul(U64F64.saturatingFromNum(Emission.get(x, netuid)[uid] ?? 0n), epochsPerDay);
}

function delegateInfo(x: Ext, delegate: AccountId, skipNominators: boolean): DelegateInfoValue {
  const registrations = getRegisteredNetworksForHotkey(x, delegate);
  const validatorPermits: number[] = [];
  let emissionsPerDay: U64F64 = 0n;
  for (const netuid of registrations) {
    const uid = Uids.get(x, netuid, delegate);
    if (uid === undefined) continue;
    if (ValidatorPermit.get(x, netuid)[uid]) validatorPermits.push(netuid);
    emissionsPerDay = U64F64.saturatingAdd(emissionsPerDay, emissionPerDay(x, netuid, uid));
  }
  const take = Delegates.get(x, delegate);
  const rootStake = getStakeForHotkeyOnSubnet(x, delegate, ROOT_NETUID);
  return {
    delegate_ss58: delegate,
    take,
    nominators: skipNominators ? [] : nominatorsOf(x, delegate),
    owner_ss58: Owner.get(x, delegate),
    registrations,
    validator_permits: validatorPermits,
    return_per_1000: U64F64.saturatingToU64(returnPer1000Tao(take, rootStake, emissionsPerDay)),
    total_daily_return: U64F64.saturatingToU64(emissionsPerDay),
  };
}

export const getDelegate = (x: Ext, delegate: AccountId): DelegateInfoValue | undefined =>
  Delegates.containsKey(x, delegate) ? delegateInfo(x, delegate, false) : undefined;

export const getDelegates = (x: Ext): readonly DelegateInfoValue[] =>
  [...Delegates.keys(x)].map((delegate) => delegateInfo(x, delegate, false));

/** Every position of a coldkey on a delegate: the delegate without its nominators, and (netuid, rao of alpha). */
export const getDelegated = (
  x: Ext,
  coldkey: AccountId,
): readonly (readonly [DelegateInfoValue, readonly [number, bigint]])[] =>
  [...Delegates.keys(x)].flatMap((delegate) =>
    alphaIterPrefix(x, delegate, coldkey).map(
      ([netuid]) =>
        [
          delegateInfo(x, delegate, true),
          [netuid, getStakeForHotkeyAndColdkeyOnSubnet(x, delegate, coldkey, netuid)],
        ] as const,
    ),
  );
