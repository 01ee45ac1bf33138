import { minOf, saturatingAddU64, saturatingMulU64, U64_MAX } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { bool } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { MAX_PRICE, MAX_SWAP_INPUT_RESERVE_MULTIPLIER, swap } from '../../swap/swap.ts';
import { Account, callWithNames, NetUid, TaoBalance } from '../call-args.ts';
import { errors } from '../errors.ts';
import { SubnetMechanism, SubnetTAO } from '../storage.ts';
import { getOwningColdkeyForHotkey, maybeBecomeDelegate } from './helpers.ts';
import { stakeIntoSubnet } from './stake-into-subnet.ts';
import { validateAddStake } from './validate-stake.ts';

/** Staking TAO; amounts are rao of TAO, limits rao of TAO per 10^9 rao of alpha. Source: staking/add_stake.rs. */

const RAO_PER_TAO = 1_000_000_000n;

/** Stakes an amount at any price. Returns the alpha. @throws as `validateAddStake` and `stakeIntoSubnet` */
export function doAddStake(x: Ext, origin: Origin, hotkey: AccountId, netuid: number, tao: bigint): bigint {
  const coldkey = ensureSigned(origin);
  ensureAddStakeInputWithinSwapLimit(x, netuid, tao);
  validateAddStake(x, coldkey, hotkey, netuid, tao, tao, false);
  return stakeIntoSubnet(x, hotkey, coldkey, netuid, tao, MAX_PRICE, false);
}

/** Stakes up to a price; returns the alpha. @throws as `validateAddStake`, `stakeIntoSubnet` and `swap` */
export function doAddStakeLimit(
  x: Ext,
  origin: Origin,
  hotkey: AccountId,
  netuid: number,
  tao: bigint,
  limitPrice: bigint,
  allowPartial: boolean,
): bigint {
  const coldkey = ensureSigned(origin);
  ensureAddStakeInputWithinSwapLimit(x, netuid, tao);
  const maxAmount = getMaxAmountAdd(x, netuid, limitPrice);
  validateAddStake(x, coldkey, hotkey, netuid, tao, maxAmount, allowPartial);
  if (getOwningColdkeyForHotkey(x, hotkey) !== coldkey) maybeBecomeDelegate(x, hotkey);
  return stakeIntoSubnet(x, hotkey, coldkey, netuid, minOf(tao, maxAmount), limitPrice, false);
}

/** TAO, the fee included, that can be staked before the price reaches the limit. @throws as `swap` */
export function getMaxAmountAdd(x: Ext, netuid: number, limitPrice: bigint): bigint {
  if (netuid === 0 || SubnetMechanism.get(x, netuid) === 0) return limitPrice >= RAO_PER_TAO ? U64_MAX : 0n;
  const { amountPaidIn, feePaid } = swap(x, netuid, 'buy', maxSwapInput(x, netuid), limitPrice, false, true);
  return saturatingAddU64(amountPaidIn, feePaid);
}

const maxSwapInput = (x: Ext, netuid: number): bigint =>
  saturatingMulU64(SubnetTAO.get(x, netuid), MAX_SWAP_INPUT_RESERVE_MULTIPLIER);

/** @throws InsufficientLiquidity */
function ensureAddStakeInputWithinSwapLimit(x: Ext, netuid: number, tao: bigint): void {
  if (netuid !== 0 && SubnetMechanism.get(x, netuid) === 1 && tao > maxSwapInput(x, netuid))
    throw errors.InsufficientLiquidity;
}

export const addStakeCalls = {
  add_stake: callWithNames(
    2,
    { hotkey: Account, netuid: NetUid, amount_staked: TaoBalance },
    costs(3_064_064_000n, 8727),
    (x, origin, { hotkey, netuid, amount_staked }) => {
      doAddStake(x, origin, hotkey, netuid, amount_staked);
    },
  ),
  add_stake_limit: callWithNames(
    88,
    { hotkey: Account, netuid: NetUid, amount_staked: TaoBalance, limit_price: TaoBalance, allow_partial: bool },
    costs(3_253_005_000n, 8727),
    (x, origin, { hotkey, netuid, amount_staked, limit_price, allow_partial }) => {
      doAddStakeLimit(x, origin, hotkey, netuid, amount_staked, limit_price, allow_partial);
    },
  ),
};
