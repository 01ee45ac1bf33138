import type { Ext } from '../../../frame/ext.ts';
import { currentBlock } from '../../system/block-number.ts';
import { NetworkLastLockCost, NetworkLockReductionInterval, NetworkMinLockCost, TotalIssuance } from '../storage.ts';
import { lockReductionInterval, networkLockCost } from '../subnets/lock-cost.ts';
import { getNetworkLastLockBlock } from '../utils/rate-limiting.ts';
import { getBlockEmissionForIssuance } from './run-coinbase.ts';

/** Rao that the next subnet costs. Looking it up leaves `BlockEmission` at TAO's own, as on the chain. Source: coinbase/root.rs. */
export function getNetworkLockCost(x: Ext): bigint {
  return networkLockCost({
    lastLock: NetworkLastLockCost.get(x),
    minLock: NetworkMinLockCost.get(x),
    lastLockBlock: getNetworkLastLockBlock(x),
    currentBlock: currentBlock(x),
    lockReductionInterval: getLockReductionInterval(x),
  });
}

/** Blocks in which the cost falls by the last one, shorter after each halving of emission. */
export function getLockReductionInterval(x: Ext): bigint {
  const emission = getBlockEmissionForIssuance(x, TotalIssuance.get(x));
  return lockReductionInterval(NetworkLockReductionInterval.get(x), emission);
}
