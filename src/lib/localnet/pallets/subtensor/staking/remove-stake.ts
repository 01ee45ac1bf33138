import { minOf, saturatingAddU64, saturatingMulU64, U64_MAX } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { option } from '../../../scale/compound.ts';
import { bool, u64 } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { MAX_PRICE, MAX_SWAP_INPUT_RESERVE_MULTIPLIER, MIN_PRICE, swap } from '../../swap/swap.ts';
import { Account, AlphaBalance, callWithNames, NetUid, named, TaoBalance } from '../call-args.ts';
import { errors } from '../errors.ts';
import { PendingChildKeys, StakeThreshold, SubnetAlphaIn, SubnetMechanism, SubtokenEnabled } from '../storage.ts';
import { getAllSubnetNetuids, ROOT_NETUID } from '../subnets/subnet.ts';
import { getTotalStakeForHotkey, hotkeyAccountExists } from './helpers.ts';
import { clearSmallNominationIfRequired } from './small-nominations.ts';
import { stakeIntoSubnet, unstakeFromSubnet } from './stake-into-subnet.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet } from './stake-utils.ts';
import { canRemoveStake, ensureSubtokenEnabled, validateRemoveStake } from './validate-stake.ts';

/** Unstaking; amounts are rao of alpha, limits rao of TAO per 10^9 rao of alpha. Source: staking/remove_stake.rs. */

const RAO_PER_TAO = 1_000_000_000n;

/** What follows when stake has left: too small a rest leaves too, and too weak a hotkey gets no new children. */
function afterRemoval(x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number): void {
  clearSmallNominationIfRequired(x, hotkey, coldkey, netuid);
  if (getTotalStakeForHotkey(x, hotkey) >= StakeThreshold.get(x)) return;
  for (const other of getAllSubnetNetuids(x)) PendingChildKeys.remove(x, other, hotkey);
}

/** Unstakes at any price, at most what there is. @throws SubtokenDisabled and as `validateRemoveStake`, `unstakeFromSubnet` */
function doRemoveStake(x: Ext, origin: Origin, hotkey: AccountId, netuid: number, wanted: bigint): void {
  const coldkey = ensureSigned(origin);
  ensureSubtokenEnabled(x, netuid);
  const alpha = minOf(wanted, getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid));
  ensureRemoveStakeInputWithinSwapLimit(x, netuid, alpha);
  validateRemoveStake(x, coldkey, hotkey, netuid, alpha, alpha, false);
  unstakeFromSubnet(x, hotkey, coldkey, coldkey, netuid, alpha, MIN_PRICE, false);
  afterRemoval(x, hotkey, coldkey, netuid);
}

/** Unstakes down to a price. @throws as `validateRemoveStake`, `unstakeFromSubnet` and `swap` */
function doRemoveStakeLimit(
  x: Ext,
  origin: Origin,
  hotkey: AccountId,
  netuid: number,
  alpha: bigint,
  limitPrice: bigint,
  allowPartial: boolean,
): void {
  const coldkey = ensureSigned(origin);
  ensureRemoveStakeInputWithinSwapLimit(x, netuid, alpha);
  const maxAmount = getMaxAmountRemove(x, netuid, limitPrice);
  validateRemoveStake(x, coldkey, hotkey, netuid, alpha, maxAmount, allowPartial);
  unstakeFromSubnet(x, hotkey, coldkey, coldkey, netuid, minOf(alpha, maxAmount), limitPrice, false);
  afterRemoval(x, hotkey, coldkey, netuid);
}

/** Unstakes all of one position. @throws as `doRemoveStake` and `doRemoveStakeLimit` */
function doRemoveStakeFullLimit(
  x: Ext,
  origin: Origin,
  hotkey: AccountId,
  netuid: number,
  limitPrice: bigint | undefined,
): void {
  const alpha = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, ensureSigned(origin), netuid);
  if (limitPrice === undefined) doRemoveStake(x, origin, hotkey, netuid, alpha);
  else doRemoveStakeLimit(x, origin, hotkey, netuid, alpha, limitPrice, false);
}

/** Unstakes a whole position where that is allowed. Returns the TAO paid out. @throws as `unstakeFromSubnet` */
function unstakeWhole(x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number): bigint {
  if (!SubtokenEnabled.get(x, netuid)) return 0n;
  const alpha = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid);
  if (!canRemoveStake(x, coldkey, hotkey, netuid, alpha)) return 0n;
  const tao = unstakeFromSubnet(x, hotkey, coldkey, coldkey, netuid, alpha, MIN_PRICE, false);
  clearSmallNominationIfRequired(x, hotkey, coldkey, netuid);
  return tao;
}

/** Unstakes from a hotkey on every subnet where that is allowed. @throws HotKeyAccountNotExists, as `unstakeFromSubnet` */
function doUnstakeAll(x: Ext, origin: Origin, hotkey: AccountId): void {
  const coldkey = ensureSigned(origin);
  if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
  for (const netuid of getAllSubnetNetuids(x)) unstakeWhole(x, hotkey, coldkey, netuid);
}

/** Unstakes from a hotkey on every subnet but root, and stakes the TAO there. @throws as `doUnstakeAll` and `stakeIntoSubnet` */
function doUnstakeAllAlpha(x: Ext, origin: Origin, hotkey: AccountId): void {
  const coldkey = ensureSigned(origin);
  if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
  let tao = 0n;
  for (const netuid of getAllSubnetNetuids(x)) {
    if (netuid !== ROOT_NETUID) tao = saturatingAddU64(tao, unstakeWhole(x, hotkey, coldkey, netuid));
  }
  stakeIntoSubnet(x, hotkey, coldkey, ROOT_NETUID, tao, MAX_PRICE, false);
}

/** Alpha, the fee included, that can be unstaked before the price reaches the limit. @throws as `swap` */
export function getMaxAmountRemove(x: Ext, netuid: number, limitPrice: bigint): bigint {
  if (netuid === ROOT_NETUID || SubnetMechanism.get(x, netuid) === 0) return limitPrice <= RAO_PER_TAO ? U64_MAX : 0n;
  const { amountPaidIn, feePaid } = swap(x, netuid, 'sell', maxSwapInput(x, netuid), limitPrice, false, true);
  return saturatingAddU64(amountPaidIn, feePaid);
}

const maxSwapInput = (x: Ext, netuid: number): bigint =>
  saturatingMulU64(SubnetAlphaIn.get(x, netuid), MAX_SWAP_INPUT_RESERVE_MULTIPLIER);

/** @throws InsufficientLiquidity */
function ensureRemoveStakeInputWithinSwapLimit(x: Ext, netuid: number, alpha: bigint): void {
  if (netuid !== ROOT_NETUID && SubnetMechanism.get(x, netuid) === 1 && alpha > maxSwapInput(x, netuid))
    throw errors.InsufficientLiquidity;
}

export const removeStakeCalls = {
  remove_stake: callWithNames(
    3,
    { hotkey: Account, netuid: NetUid, amount_unstaked: AlphaBalance },
    costs(2_569_198_000n, 10557),
    (x, origin, { hotkey, netuid, amount_unstaked }) => doRemoveStake(x, origin, hotkey, netuid, amount_unstaked),
  ),
  unstake_all: callWithNames(83, { hotkey: Account }, costs(176_830_000n, 9189), (x, origin, { hotkey }) =>
    doUnstakeAll(x, origin, hotkey),
  ),
  unstake_all_alpha: callWithNames(84, { hotkey: Account }, costs(4_275_873_000n, 11306), (x, origin, { hotkey }) =>
    doUnstakeAllAlpha(x, origin, hotkey),
  ),
  remove_stake_limit: callWithNames(
    89,
    { hotkey: Account, netuid: NetUid, amount_unstaked: AlphaBalance, limit_price: TaoBalance, allow_partial: bool },
    costs(2_715_696_000n, 10591),
    (x, origin, { hotkey, netuid, amount_unstaked, limit_price, allow_partial }) =>
      doRemoveStakeLimit(x, origin, hotkey, netuid, amount_unstaked, limit_price, allow_partial),
  ),
  remove_stake_full_limit: callWithNames(
    103,
    { hotkey: Account, netuid: NetUid, limit_price: named(option(u64), 'Option<TaoBalance>') },
    costs(2_729_292_000n, 10591),
    (x, origin, { hotkey, netuid, limit_price }) => doRemoveStakeFullLimit(x, origin, hotkey, netuid, limit_price),
  ),
};
