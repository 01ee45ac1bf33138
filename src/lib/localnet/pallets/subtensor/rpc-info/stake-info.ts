import type { Ext } from '../../../frame/ext.ts';
import { struct } from '../../../scale/compound.ts';
import { bool, compactBigint, compactNumber, u16, u64 } from '../../../scale/primitives.ts';
import type { Type, ValueOf } from '../../../scale/type.ts';
import { type AccountId, AccountId32 } from '../../../scale/well-known.ts';
import { approxFeeAmount } from '../../swap/swap.ts';
import { stakeAvailability } from '../staking/lock.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet } from '../staking/stake-utils.ts';
import { AlphaDividendsPerSubnet, StakingHotkeys } from '../storage.ts';
import { getAllSubnetNetuids, ifSubnetExist } from '../subnets/subnet.ts';
import { isHotkeyRegisteredOnNetwork } from '../subnets/uids.ts';

// Positions of coldkeys. Amounts are rao of the subnet's alpha, of TAO on root. Source: pallets/subtensor rpc_info/stake_info.rs.

/** One coldkey's stake on one hotkey in one subnet; `emission` is the hotkey's dividend of the last epoch. */
export const StakeInfo = struct(
  'pallet_subtensor::rpc_info::stake_info::StakeInfo',
  {
    hotkey: AccountId32,
    coldkey: AccountId32,
    netuid: compactNumber(u16),
    stake: compactBigint(u64),
    locked: compactBigint(u64),
    emission: compactBigint(u64),
    tao_emission: compactBigint(u64),
    drain: compactBigint(u64),
    is_registered: bool,
  },
  { params: [{ name: 'AccountId', type: AccountId32 as Type<unknown> }] },
);
export type StakeInfoValue = ValueOf<typeof StakeInfo>;

export const StakeAvailability = struct('pallet_subtensor::rpc_info::stake_info::StakeAvailability', {
  total: compactBigint(u64),
  locked: compactBigint(u64),
  available: compactBigint(u64),
});
export type StakeAvailabilityValue = ValueOf<typeof StakeAvailability>;

/** The position, with a stake of 0 where there is none. */
export const getStakeInfoForHotkeyColdkeyNetuid = (
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
): StakeInfoValue => ({
  hotkey,
  coldkey,
  netuid,
  stake: getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid),
  locked: 0n,
  emission: AlphaDividendsPerSubnet.get(x, netuid, hotkey),
  tao_emission: 0n,
  drain: 0n,
  is_registered: isHotkeyRegisteredOnNetwork(x, netuid, hotkey),
});

/** Every position with stake, by subnet and then in the order in which the coldkey came to its hotkeys. */
export function getStakeInfoForColdkey(x: Ext, coldkey: AccountId): readonly StakeInfoValue[] {
  const hotkeys = StakingHotkeys.get(x, coldkey);
  return getAllSubnetNetuids(x).flatMap((netuid) =>
    hotkeys
      .map((hotkey) => getStakeInfoForHotkeyColdkeyNetuid(x, hotkey, coldkey, netuid))
      .filter(({ stake }) => stake > 0n),
  );
}

/** What is staked, locked and free per coldkey and subnet; subnets with neither stake nor lock are left out. */
export function getStakeAvailabilityForColdkeys(
  x: Ext,
  coldkeys: readonly AccountId[],
  netuids: readonly number[] | undefined,
): readonly (readonly [AccountId, readonly (readonly [number, StakeAvailabilityValue])[]])[] {
  const existing = getAllSubnetNetuids(x);
  const wanted = [...new Set(netuids ?? existing)].sort((a, b) => a - b);
  const tooMany = netuids !== undefined && wanted.length > existing.length;
  const scanned = tooMany ? [] : wanted.filter((netuid) => netuids === undefined || ifSubnetExist(x, netuid));
  return [...new Set(coldkeys)].sort().map((coldkey) => {
    const rows = scanned.map((netuid) => [netuid, stakeAvailability(x, coldkey, netuid)] as const);
    return [coldkey, rows.filter(([, { total, locked }]) => total > 0n || locked > 0n)] as const;
  });
}

type Position = readonly [hotkey: AccountId, netuid: number];

/** The pool's fee of moving an amount between two positions; undefined stands for the coldkey's free TAO. */
export function getStakeFee(
  x: Ext,
  origin: Position | undefined,
  destination: Position | undefined,
  amount: bigint,
): bigint {
  const [from, to] = [origin, destination];
  if (from?.[0] === to?.[0] && from?.[1] === to?.[1]) return 0n;
  return approxFeeAmount(x, (to ?? from)![1], amount);
}
