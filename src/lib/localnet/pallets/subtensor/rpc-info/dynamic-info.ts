import { saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import { option, struct, vec } from '../../../scale/compound.ts';
import { I96F32Type } from '../../../scale/fixed-types.ts';
import { compactBigint, compactNumber, u8, u16, u64, u128 } from '../../../scale/primitives.ts';
import type { Type, ValueOf } from '../../../scale/type.ts';
import { AccountId32 } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import {
  LastMechansimStepBlock,
  NetworkRegisteredAt,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaIn,
  SubnetAlphaInEmission,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetIdentitiesV3,
  SubnetMovingPrice,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetTAO,
  SubnetTaoInEmission,
  SubnetVolume,
  Tempo,
  TokenSymbol,
} from '../storage.ts';
import { getAllSubnetNetuids, ifSubnetExist } from '../subnets/subnet.ts';
import { getNameForSubnet } from '../subnets/subnet-names.ts';
import { SubnetIdentityV3 } from '../types.ts';

// A subnet's pool, emission and owner at a glance. Source: pallets/subtensor rpc_info/dynamic_info.rs.

/** Amounts in rao of TAO (`tao_…`) or of alpha; `subnet_volume` in rao of TAO; `moving_price` I96F32 bits of TAO per alpha. */
export const DynamicInfo = struct(
  'pallet_subtensor::rpc_info::dynamic_info::DynamicInfo',
  {
    netuid: compactNumber(u16),
    owner_hotkey: AccountId32,
    owner_coldkey: AccountId32,
    subnet_name: vec(compactNumber(u8)),
    token_symbol: vec(compactNumber(u8)),
    tempo: compactNumber(u16),
    last_step: compactBigint(u64),
    blocks_since_last_step: compactBigint(u64),
    emission: compactBigint(u64),
    alpha_in: compactBigint(u64),
    alpha_out: compactBigint(u64),
    tao_in: compactBigint(u64),
    alpha_out_emission: compactBigint(u64),
    alpha_in_emission: compactBigint(u64),
    tao_in_emission: compactBigint(u64),
    pending_alpha_emission: compactBigint(u64),
    pending_root_emission: compactBigint(u64),
    subnet_volume: compactBigint(u128),
    network_registered_at: compactBigint(u64),
    subnet_identity: option(SubnetIdentityV3),
    moving_price: I96F32Type,
  },
  { params: [{ name: 'AccountId', type: AccountId32 as Type<unknown> }] },
);

/** Alpha that waits for the subnet's next epoch, in rao. */
export const pendingAlphaEmission = (x: Ext, netuid: number): bigint =>
  saturatingAddU64(PendingValidatorEmission.get(x, netuid), PendingServerEmission.get(x, netuid));

/** Blocks since the subnet's last epoch. */
export const blocksSinceLastStep = (x: Ext, netuid: number): bigint =>
  saturatingSub(currentBlock(x), LastMechansimStepBlock.get(x, netuid));

export function getDynamicInfo(x: Ext, netuid: number): ValueOf<typeof DynamicInfo> | undefined {
  if (!ifSubnetExist(x, netuid)) return undefined;
  return {
    netuid,
    owner_hotkey: SubnetOwnerHotkey.get(x, netuid),
    owner_coldkey: SubnetOwner.get(x, netuid),
    subnet_name: [...getNameForSubnet(x, netuid)],
    token_symbol: [...TokenSymbol.get(x, netuid)],
    tempo: Tempo.get(x, netuid),
    last_step: LastMechansimStepBlock.get(x, netuid),
    blocks_since_last_step: blocksSinceLastStep(x, netuid),
    emission: 0n,
    alpha_in: SubnetAlphaIn.get(x, netuid),
    alpha_out: SubnetAlphaOut.get(x, netuid),
    tao_in: SubnetTAO.get(x, netuid),
    alpha_out_emission: SubnetAlphaOutEmission.get(x, netuid),
    alpha_in_emission: SubnetAlphaInEmission.get(x, netuid),
    tao_in_emission: SubnetTaoInEmission.get(x, netuid),
    pending_alpha_emission: pendingAlphaEmission(x, netuid),
    pending_root_emission: 0n,
    subnet_volume: SubnetVolume.get(x, netuid),
    network_registered_at: NetworkRegisteredAt.get(x, netuid),
    subnet_identity: SubnetIdentitiesV3.get(x, netuid),
    moving_price: SubnetMovingPrice.get(x, netuid),
  };
}

export const getAllDynamicInfo = (x: Ext) => getAllSubnetNetuids(x).map((netuid) => getDynamicInfo(x, netuid));
