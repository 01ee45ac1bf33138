import { apiMethod, runtimeApi } from '../../../frame/runtime-api.ts';
import { btreeMap, option, tuple, vec } from '../../../scale/compound.ts';
import { U64F64Type } from '../../../scale/fixed-types.ts';
import { compactBigint, compactNumber, u8, u16, u64 } from '../../../scale/primitives.ts';
import { AccountId32 } from '../../../scale/well-known.ts';
import { getNextEpochStartBlock } from '../coinbase/epoch-schedule.ts';
import { getNetworkLockCost } from '../coinbase/network-lock.ts';
import { getNetworkToPrune } from '../coinbase/root.ts';
import { getColdkeyLock } from '../staking/lock.ts';
import { hotkeyConviction, subnetKing } from '../staking/lock-ownership.ts';
import { AutoStakeDestination } from '../storage.ts';
import { getSubnetAccountId } from '../subnets/subnet-account.ts';
import { LockState } from '../types.ts';
import { DelegateInfo, getDelegate, getDelegated, getDelegates } from './delegate-info.ts';
import { DynamicInfo, getAllDynamicInfo, getDynamicInfo } from './dynamic-info.ts';
import {
  getSubnetHyperparams,
  getSubnetHyperparamsV2,
  getSubnetHyperparamsV3,
  SubnetHyperparams,
  SubnetHyperparamsV2,
  SubnetHyperparamsV3,
} from './hyperparams.ts';
import {
  getAllMechagraphs,
  getAllMetagraphs,
  getMechagraph,
  getMetagraph,
  getSelectiveMechagraph,
  getSelectiveMetagraph,
  Metagraph,
  SelectiveMetagraph,
} from './metagraph.ts';
import { getNeuron, getNeuronLite, getNeurons, getNeuronsLite, NeuronInfo, NeuronInfoLite } from './neuron-info.ts';
import { getSubnetState, SubnetState } from './show-subnet.ts';
import {
  getStakeAvailabilityForColdkeys,
  getStakeFee,
  getStakeInfoForColdkey,
  getStakeInfoForHotkeyColdkeyNetuid,
  StakeAvailability,
  StakeInfo,
} from './stake-info.ts';
import {
  getSubnetInfo,
  getSubnetInfoV2,
  getSubnetsInfo,
  getSubnetsInfoV2,
  SubnetInfo,
  SubnetInfov2,
} from './subnet-info.ts';

// The pallet's runtime APIs. Source: pallets/subtensor/runtime-api, runtime/src/lib.rs.

const accounts = vec(AccountId32);
const netuidOnly = { netuid: u16 };

export const DelegateInfoRuntimeApi = runtimeApi('DelegateInfoRuntimeApi', 1, {
  get_delegates: apiMethod({}, vec(DelegateInfo), (x) => getDelegates(x)),
  get_delegate: apiMethod({ delegate_account: AccountId32 }, option(DelegateInfo), (x, { delegate_account }) =>
    getDelegate(x, delegate_account),
  ),
  get_delegated: apiMethod(
    { delegatee_account: AccountId32 },
    vec(tuple(DelegateInfo, tuple(compactNumber(u16), compactBigint(u64)))),
    (x, { delegatee_account }) => getDelegated(x, delegatee_account),
  ),
});

export const NeuronInfoRuntimeApi = runtimeApi('NeuronInfoRuntimeApi', 1, {
  get_neurons: apiMethod(netuidOnly, vec(NeuronInfo), (x, { netuid }) => getNeurons(x, netuid)),
  get_neuron: apiMethod({ netuid: u16, uid: u16 }, option(NeuronInfo), (x, { netuid, uid }) =>
    getNeuron(x, netuid, uid),
  ),
  get_neurons_lite: apiMethod(netuidOnly, vec(NeuronInfoLite), (x, { netuid }) => getNeuronsLite(x, netuid)),
  get_neuron_lite: apiMethod({ netuid: u16, uid: u16 }, option(NeuronInfoLite), (x, { netuid, uid }) =>
    getNeuronLite(x, netuid, uid),
  ),
});

export const SubnetInfoRuntimeApi = runtimeApi('SubnetInfoRuntimeApi', 2, {
  get_subnet_info: apiMethod(netuidOnly, option(SubnetInfo), (x, { netuid }) => getSubnetInfo(x, netuid)),
  get_subnets_info: apiMethod({}, vec(option(SubnetInfo)), (x) => getSubnetsInfo(x)),
  get_subnet_info_v2: apiMethod(netuidOnly, option(SubnetInfov2), (x, { netuid }) => getSubnetInfoV2(x, netuid)),
  get_subnets_info_v2: apiMethod({}, vec(option(SubnetInfov2)), (x) => getSubnetsInfoV2(x)),
  get_subnet_hyperparams: apiMethod(netuidOnly, option(SubnetHyperparams), (x, { netuid }) =>
    getSubnetHyperparams(x, netuid),
  ),
  get_subnet_hyperparams_v2: apiMethod(netuidOnly, option(SubnetHyperparamsV2), (x, { netuid }) =>
    getSubnetHyperparamsV2(x, netuid),
  ),
  get_all_dynamic_info: apiMethod({}, vec(option(DynamicInfo)), (x) => getAllDynamicInfo(x)),
  get_all_metagraphs: apiMethod({}, vec(option(Metagraph)), (x) => getAllMetagraphs(x)),
  get_metagraph: apiMethod(netuidOnly, option(Metagraph), (x, { netuid }) => getMetagraph(x, netuid)),
  get_all_mechagraphs: apiMethod({}, vec(option(Metagraph)), (x) => getAllMechagraphs(x)),
  get_mechagraph: apiMethod({ netuid: u16, mecid: u8 }, option(Metagraph), (x, { netuid, mecid }) =>
    getMechagraph(x, netuid, mecid),
  ),
  get_dynamic_info: apiMethod(netuidOnly, option(DynamicInfo), (x, { netuid }) => getDynamicInfo(x, netuid)),
  get_subnet_state: apiMethod(netuidOnly, option(SubnetState), (x, { netuid }) => getSubnetState(x, netuid)),
  get_selective_metagraph: apiMethod(
    { netuid: u16, metagraph_indexes: vec(u16) },
    option(SelectiveMetagraph),
    (x, { netuid, metagraph_indexes }) => getSelectiveMetagraph(x, netuid, metagraph_indexes),
  ),
  get_coldkey_auto_stake_hotkey: apiMethod(
    { coldkey: AccountId32, netuid: u16 },
    option(AccountId32),
    (x, { coldkey, netuid }) => AutoStakeDestination.get(x, coldkey, netuid),
  ),
  get_selective_mechagraph: apiMethod(
    { netuid: u16, subid: u8, metagraph_indexes: vec(u16) },
    option(SelectiveMetagraph),
    (x, { netuid, subid, metagraph_indexes }) => getSelectiveMechagraph(x, netuid, subid, metagraph_indexes),
  ),
  get_subnet_to_prune: apiMethod({}, option(u16), (x) => getNetworkToPrune(x)),
  get_subnet_account_id: apiMethod(netuidOnly, option(AccountId32), (x, { netuid }) => getSubnetAccountId(x, netuid)),
  get_next_epoch_start_block: apiMethod(netuidOnly, option(u64), (x, { netuid }) => getNextEpochStartBlock(x, netuid)),
  get_subnet_hyperparams_v3: apiMethod(netuidOnly, option(SubnetHyperparamsV3), (x, { netuid }) =>
    getSubnetHyperparamsV3(x, netuid),
  ),
});

const position = option(tuple(AccountId32, u16));

export const StakeInfoRuntimeApi = runtimeApi('StakeInfoRuntimeApi', 1, {
  get_stake_info_for_coldkey: apiMethod({ coldkey_account: AccountId32 }, vec(StakeInfo), (x, { coldkey_account }) =>
    getStakeInfoForColdkey(x, coldkey_account),
  ),
  get_stake_info_for_coldkeys: apiMethod(
    { coldkey_accounts: accounts },
    vec(tuple(AccountId32, vec(StakeInfo))),
    (x, { coldkey_accounts }) =>
      coldkey_accounts.map((coldkey) => [coldkey, getStakeInfoForColdkey(x, coldkey)] as const),
  ),
  get_stake_info_for_hotkey_coldkey_netuid: apiMethod(
    { hotkey_account: AccountId32, coldkey_account: AccountId32, netuid: u16 },
    option(StakeInfo),
    (x, { hotkey_account, coldkey_account, netuid }) =>
      getStakeInfoForHotkeyColdkeyNetuid(x, hotkey_account, coldkey_account, netuid),
  ),
  get_stake_availability_for_coldkeys: apiMethod(
    { coldkey_accounts: accounts, netuids: option(vec(u16)) },
    btreeMap(AccountId32, btreeMap(u16, StakeAvailability)),
    (x, { coldkey_accounts, netuids }) => getStakeAvailabilityForColdkeys(x, coldkey_accounts, netuids),
  ),
  get_stake_fee: apiMethod(
    {
      origin: position,
      origin_coldkey_account: AccountId32,
      destination: position,
      destination_coldkey_account: AccountId32,
      amount: u64,
    },
    u64,
    (x, { origin, destination, amount }) => getStakeFee(x, origin, destination, amount),
  ),
  get_coldkey_lock: apiMethod({ coldkey: AccountId32, netuid: u16 }, option(LockState), (x, { coldkey, netuid }) =>
    getColdkeyLock(x, coldkey, netuid),
  ),
  get_hotkey_conviction: apiMethod({ hotkey: AccountId32, netuid: u16 }, U64F64Type, (x, { hotkey, netuid }) =>
    hotkeyConviction(x, hotkey, netuid),
  ),
  get_most_convicted_hotkey_on_subnet: apiMethod(netuidOnly, option(AccountId32), (x, { netuid }) =>
    subnetKing(x, netuid),
  ),
});

export const SubnetRegistrationRuntimeApi = runtimeApi('SubnetRegistrationRuntimeApi', 1, {
  get_network_registration_cost: apiMethod({}, u64, (x) => getNetworkLockCost(x)),
});
