import { I64F64 } from '../../../fixed/fixed.ts';
import type { Ext } from '../../../frame/ext.ts';
import { struct, vec } from '../../../scale/compound.ts';
import { bool, compactBigint, compactNumber, u16, u64 } from '../../../scale/primitives.ts';
import type { Type, ValueOf } from '../../../scale/type.ts';
import { type AccountId, AccountId32 } from '../../../scale/well-known.ts';
import { getStakeWeightsForNetwork } from '../epoch/epoch-input.ts';
import {
  Active,
  BlockAtRegistration,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  Keys,
  LastHotkeyEmissionOnNetuid,
  LastUpdate,
  Owner,
  SubnetworkN,
  ValidatorPermit,
} from '../storage.ts';
import { getAllSubnetNetuids, ifSubnetExist } from '../subnets/subnet.ts';

// The neurons of a subnet as columns. Source: pallets/subtensor rpc_info/show_subnet.rs.

/** One entry per uid in each list; `emission_history` has a list per subnet. Ratios are parts of 65535, amounts rao. */
export const SubnetState = struct(
  'pallet_subtensor::rpc_info::show_subnet::SubnetState',
  {
    netuid: compactNumber(u16),
    hotkeys: vec(AccountId32),
    coldkeys: vec(AccountId32),
    active: vec(bool),
    validator_permit: vec(bool),
    pruning_score: vec(compactNumber(u16)),
    last_update: vec(compactBigint(u64)),
    emission: vec(compactBigint(u64)),
    dividends: vec(compactNumber(u16)),
    incentives: vec(compactNumber(u16)),
    consensus: vec(compactNumber(u16)),
    trust: vec(compactNumber(u16)),
    rank: vec(compactNumber(u16)),
    block_at_registration: vec(compactBigint(u64)),
    alpha_stake: vec(compactBigint(u64)),
    tao_stake: vec(compactBigint(u64)),
    total_stake: vec(compactBigint(u64)),
    emission_history: vec(vec(compactBigint(u64))),
  },
  { params: [{ name: 'AccountId', type: AccountId32 as Type<unknown> }] },
);

/** 0 to n - 1. */
export const uidsOf = (x: Ext, netuid: number): readonly number[] => [...Array(SubnetworkN.get(x, netuid)).keys()];

/** What each hotkey earned in each subnet's last epoch, in rao. */
const emissionsHistory = (x: Ext, hotkeys: readonly AccountId[]): readonly (readonly bigint[])[] =>
  getAllSubnetNetuids(x).map((netuid) => hotkeys.map((hotkey) => LastHotkeyEmissionOnNetuid.get(x, hotkey, netuid)));

/** Stake weights per uid in whole rao. */
export function stakeColumns(x: Ext, netuid: number) {
  const { totalStake, alphaStake, taoStake } = getStakeWeightsForNetwork(x, netuid);
  return {
    alpha: alphaStake.map(I64F64.saturatingToU64),
    tao: taoStake.map(I64F64.saturatingToU64),
    total: totalStake.map(I64F64.saturatingToU64),
  };
}

export function getSubnetState(x: Ext, netuid: number): ValueOf<typeof SubnetState> | undefined {
  if (!ifSubnetExist(x, netuid)) return undefined;
  const uids = uidsOf(x, netuid);
  const hotkeys = uids.map((uid) => Keys.get(x, netuid, uid));
  const stake = stakeColumns(x, netuid);
  return {
    netuid,
    hotkeys,
    coldkeys: hotkeys.map((hotkey) => Owner.get(x, hotkey)),
    active: Active.get(x, netuid),
    validator_permit: ValidatorPermit.get(x, netuid),
    pruning_score: [],
    last_update: LastUpdate.get(x, netuid),
    emission: Emission.get(x, netuid),
    dividends: Dividends.get(x, netuid),
    incentives: Incentive.get(x, netuid),
    consensus: Consensus.get(x, netuid),
    trust: [],
    rank: [],
    block_at_registration: uids.map((uid) => BlockAtRegistration.get(x, netuid, uid)),
    alpha_stake: stake.alpha,
    tao_stake: stake.tao,
    total_stake: stake.total,
    emission_history: emissionsHistory(x, hotkeys),
  };
}
