/** Stake as the epoch weighs it (chain: pallets/subtensor/src/staking/stake_utils.rs). */

import { I64F64, U96F32 } from '../../../fixed/fixed.ts';
import { U64_MAX } from '../../../fixed/integer.ts';

const U64_MAX_FIXED = U96F32.saturatingFromNum(U64_MAX);

/** A u64 proportion of childkeys or of the TAO weight, as U96F32 (chain: `get_tao_weight`). */
export const u64ProportionToFixed = (proportion: bigint): U96F32 =>
  U96F32.safeDiv(U96F32.saturatingFromNum(proportion), U64_MAX_FIXED);

/**
 * Own stake minus what goes to children plus what comes from parents, in rao, truncated
 * (chain: `get_inherited_for_hotkey_on_subnet`, `get_tao_inherited_for_hotkey_on_subnet`).
 *
 * @param ownStake - rao of the hotkey itself
 * @param children - u64 proportion given to each child
 * @param parents - u64 proportion received from each parent, and the parent's own stake in rao
 */
export function inheritedStake(
  ownStake: bigint,
  children: readonly bigint[],
  parents: readonly { readonly proportion: bigint; readonly stake: bigint }[],
): bigint {
  const own = U96F32.saturatingFromNum(ownStake);
  const share = (stake: U96F32, proportion: bigint): U96F32 =>
    U96F32.saturatingMul(stake, u64ProportionToFixed(proportion));
  const toChildren = children.reduce((total, p) => U96F32.saturatingAdd(total, share(own, p)), 0n);
  const fromParents = parents.reduce(
    (total, { proportion, stake }) => U96F32.saturatingAdd(total, share(U96F32.saturatingFromNum(stake), proportion)),
    0n,
  );
  return U96F32.saturatingToU64(U96F32.saturatingAdd(U96F32.saturatingSub(own, toChildren), fromParents));
}

export interface StakeWeights {
  readonly totalStake: I64F64[];
  readonly alphaStake: I64F64[];
  readonly taoStake: I64F64[];
}

/**
 * Weighted stake per uid (chain: `get_stake_weights_for_network`).
 *
 * @param alpha - inherited alpha per uid, rao
 * @param tao - inherited root stake per uid, rao
 * @param taoWeight - `TaoWeight`, u64 proportion
 */
export function stakeWeights(alpha: readonly bigint[], tao: readonly bigint[], taoWeight: bigint): StakeWeights {
  const weight = I64F64.saturatingFrom(U96F32, u64ProportionToFixed(taoWeight));
  const alphaStake = alpha.map(I64F64.saturatingFromNum);
  const taoStake = tao.map(I64F64.saturatingFromNum);
  const totalStake = alphaStake.map((value, uid) =>
    I64F64.saturatingAdd(value, I64F64.saturatingMul(taoStake[uid]!, weight)),
  );
  return { totalStake, alphaStake, taoStake };
}
