import { U96F32 } from '../../../fixed/fixed.ts';
import { U64_MAX } from '../../../fixed/integer.ts';

const U64_MAX_FIXED = U96F32.saturatingFromNum(U64_MAX);

/** Weight of TAO staked on root against alpha, 0 to 1, from its stored u64. Source: staking/stake_utils.rs `get_tao_weight`. */
export function taoWeightOf(stored: bigint): U96F32 {
  return U96F32.safeDiv(U96F32.saturatingFromNum(stored), U64_MAX_FIXED);
}

/**
 * Part of a subnet that belongs to root: weighted TAO on root against it and the subnet's alpha issuance. 0 when both are 0.
 *
 * @param rootTao rao staked on root (`SubnetTAO` of the root subnet)
 * @param alphaIssuance rao of alpha, in the pool and outside
 * Source: pallets/subtensor coinbase/block_step.rs `root_proportion`.
 */
export function rootProportion(rootTao: bigint, alphaIssuance: bigint, taoWeight: U96F32): U96F32 {
  const weighted = U96F32.saturatingMul(U96F32.fromInt(rootTao), taoWeight);
  return U96F32.safeDiv(weighted, U96F32.saturatingAdd(weighted, U96F32.fromInt(alphaIssuance)));
}
