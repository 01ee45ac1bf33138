import type { Ext } from '../../../frame/ext.ts';
import { array, option, struct, vec } from '../../../scale/compound.ts';
import { compactBigint, compactNumber, u16, u64 } from '../../../scale/primitives.ts';
import type { Type } from '../../../scale/type.ts';
import { AccountId32 } from '../../../scale/well-known.ts';
import {
  BlocksSinceLastStep,
  Burn,
  Difficulty,
  ImmunityPeriod,
  Kappa,
  MaxAllowedUids,
  MaxAllowedValidators,
  MinAllowedWeights,
  NetworksAdded,
  Rho,
  ScalingLawPower,
  SubnetIdentitiesV3,
  SubnetOwner,
  SubnetworkN,
  Tempo,
} from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';
import { SubnetIdentityV3 } from '../types.ts';
import { field, maxWeightsLimit, readFields, SubnetView, stored, typesOf } from './subnet-view.ts';

// Subnets one by one, in two versions. Source: pallets/subtensor rpc_info/subnet_info.rs.

const number = compactNumber(u16);
const big = compactBigint(u64);
const params = [{ name: 'AccountId', type: AccountId32 as Type<unknown> }];

const head = {
  netuid: field(number, ({ netuid }) => netuid),
  rho: stored(number, Rho),
  kappa: stored(number, Kappa),
  difficulty: stored(big, Difficulty),
  immunity_period: stored(number, ImmunityPeriod),
  max_allowed_validators: stored(number, MaxAllowedValidators),
  min_allowed_weights: stored(number, MinAllowedWeights),
  max_weights_limit: maxWeightsLimit,
  scaling_law_power: stored(number, ScalingLawPower),
  subnetwork_n: stored(number, SubnetworkN),
  max_allowed_uids: stored(number, MaxAllowedUids),
  blocks_since_last_step: stored(big, BlocksSinceLastStep),
  tempo: stored(number, Tempo),
  network_modality: field(number, () => 0),
  network_connect: field(vec(array(u16, 2)), () => []),
};
const noEmission = field(big, () => 0n);
const tail = { burn: stored(big, Burn), owner: stored(AccountId32, SubnetOwner) };

const fields = { ...head, emission_values: noEmission, ...tail };
const fieldsV2 = {
  ...head,
  emission_value: noEmission,
  ...tail,
  identity: stored(option(SubnetIdentityV3), SubnetIdentitiesV3),
};

/** `burn` in rao of TAO; modality, connections and emission are what the chain no longer fills. */
export const SubnetInfo = struct('pallet_subtensor::rpc_info::subnet_info::SubnetInfo', typesOf(fields), { params });
export const SubnetInfov2 = struct('pallet_subtensor::rpc_info::subnet_info::SubnetInfov2', typesOf(fieldsV2), {
  params,
});

export const getSubnetInfo = (x: Ext, netuid: number) =>
  ifSubnetExist(x, netuid) ? readFields(fields, new SubnetView(x, netuid)) : undefined;
export const getSubnetInfoV2 = (x: Ext, netuid: number) =>
  ifSubnetExist(x, netuid) ? readFields(fieldsV2, new SubnetView(x, netuid)) : undefined;

/** Existing netuids, ascending. */
function addedNetuids(x: Ext): readonly number[] {
  const added = [...NetworksAdded.iter(x)].filter(([, isAdded]) => isAdded).map(([netuid]) => netuid);
  return added.sort((a, b) => a - b);
}

export const getSubnetsInfo = (x: Ext) => addedNetuids(x).map((netuid) => getSubnetInfo(x, netuid));
export const getSubnetsInfoV2 = (x: Ext) => addedNetuids(x).map((netuid) => getSubnetInfoV2(x, netuid));
