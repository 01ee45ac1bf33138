import { clamp, I64_MAX, I64_MIN } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import { getMovingAlphaPrice } from '../staking/stake-utils.ts';
import {
  FirstEmissionBlockNumber,
  MinerBurned,
  NetworkRegistrationAllowed,
  SubnetEmissionEnabled,
  SubnetProtocolFlow,
  SubnetTaoFlow,
  SubtokenEnabled,
} from '../storage.ts';
import { getSubnetBlockEmissions, type SubnetShareInput } from './subnet-shares.ts';

/** Which subnets emit and what each gets. Source: coinbase/subnet_emissions.rs. */

/** Of these subnets the ones that emit: not root, started, subtoken enabled, registration allowed. Keeps the order. */
export function getSubnetsToEmitTo(x: Ext, netuids: readonly number[]): number[] {
  return netuids.filter(
    (netuid) =>
      netuid !== 0 &&
      FirstEmissionBlockNumber.get(x, netuid) !== undefined &&
      SubtokenEnabled.get(x, netuid) &&
      NetworkRegistrationAllowed.get(x, netuid),
  );
}

/** TAO emission of each emitting subnet in this block, U96F32 bits of rao, in the order given. */
export function subnetBlockEmissions(x: Ext, netuids: readonly number[], blockEmission: bigint): bigint[] {
  const inputs = netuids.map(
    (netuid): SubnetShareInput => ({
      movingPrice: getMovingAlphaPrice(x, netuid),
      minerBurned: MinerBurned.get(x, netuid),
      emissionEnabled: SubnetEmissionEnabled.get(x, netuid),
    }),
  );
  return getSubnetBlockEmissions(inputs, blockEmission);
}

/** `u64 as i64` of the chain: amounts past i64::MAX turn negative. */
const asI64 = (amount: bigint): bigint => BigInt.asIntN(64, amount);

export function recordTaoInflow(x: Ext, netuid: number, tao: bigint): void {
  SubnetTaoFlow.mutate(x, netuid, (flow) => clamp(flow + asI64(tao), I64_MIN, I64_MAX));
}

export function recordTaoOutflow(x: Ext, netuid: number, tao: bigint): void {
  SubnetTaoFlow.mutate(x, netuid, (flow) => clamp(flow - asI64(tao), I64_MIN, I64_MAX));
}

export function recordProtocolInflow(x: Ext, netuid: number, tao: bigint): void {
  SubnetProtocolFlow.mutate(x, netuid, (flow) => clamp(flow + asI64(tao), I64_MIN, I64_MAX));
}

export function recordProtocolOutflow(x: Ext, netuid: number, tao: bigint): void {
  SubnetProtocolFlow.mutate(x, netuid, (flow) => clamp(flow - asI64(tao), I64_MIN, I64_MAX));
}
