import { minOf, saturatingAddU64 } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { approxFeeAmount, type Side, type SwapResult, simSwap } from '../../swap/swap.ts';
import { canRemoveBalanceFromColdkeyAccount } from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import { SubtokenEnabled, TransferToggle } from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';
import { hotkeyAccountExists } from './helpers.ts';
import { ensureAvailableToUnstake } from './lock.ts';
import {
  calculateReducedStakeOnSubnet,
  DEFAULT_MIN_STAKE,
  getStakeForHotkeyAndColdkeyOnSubnet,
  tryIncreaseStakeForHotkeyAndColdkeyOnSubnet,
} from './stake-utils.ts';

/** What must hold before stake moves, checked in the chain's order. Source: staking/stake_utils.rs, lib.rs. */

/** @throws SubtokenDisabled */
export function ensureSubtokenEnabled(x: Ext, netuid: number): void {
  if (!SubtokenEnabled.get(x, netuid)) throw errors.SubtokenDisabled;
}

function trySimSwap(x: Ext, netuid: number, side: Side, amount: bigint): SwapResult | undefined {
  try {
    return simSwap(x, netuid, side, amount);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return undefined;
  }
}

/**
 * @param maxAmount rao of TAO that the price limit allows
 * @throws SubnetNotExists, SubtokenDisabled, AmountTooLow, SlippageTooHigh, NotEnoughBalanceToStake, HotKeyAccountNotExists,
 * InsufficientLiquidity
 */
export function validateAddStake(
  x: Ext,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: number,
  tao: bigint,
  maxAmount: bigint,
  allowPartial: boolean,
): void {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  ensureSubtokenEnabled(x, netuid);
  const leastFee =
    trySimSwap(x, netuid, 'buy', DEFAULT_MIN_STAKE)?.feePaid ?? approxFeeAmount(x, netuid, DEFAULT_MIN_STAKE);
  if (tao < saturatingAddU64(DEFAULT_MIN_STAKE, leastFee)) throw errors.AmountTooLow;
  if (!allowPartial && tao > maxAmount) throw errors.SlippageTooHigh;
  const staked = minOf(maxAmount, tao);
  if (!canRemoveBalanceFromColdkeyAccount(x, coldkey, staked)) throw errors.NotEnoughBalanceToStake;
  if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
  const swapped = trySimSwap(x, netuid, 'buy', staked);
  if (!swapped) throw errors.InsufficientLiquidity;
  if (swapped.amountPaidIn < DEFAULT_MIN_STAKE) throw errors.AmountTooLow;
  if (swapped.amountPaidOut === 0n) throw errors.InsufficientLiquidity;
  if (!tryIncreaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, netuid, swapped.amountPaidOut))
    throw errors.InsufficientLiquidity;
}

/**
 * @param maxAmount rao of alpha that the price limit allows
 * @throws SubnetNotExists, AmountTooLow, NotEnoughStakeToWithdraw, InsufficientLiquidity, SlippageTooHigh, HotKeyAccountNotExists,
 * StakeUnavailable
 */
export function validateRemoveStake(
  x: Ext,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: number,
  alpha: bigint,
  maxAmount: bigint,
  allowPartial: boolean,
): void {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (alpha === 0n) throw errors.AmountTooLow;
  const remaining = calculateReducedStakeOnSubnet(x, hotkey, coldkey, netuid, alpha);
  const swapped = trySimSwap(x, netuid, 'sell', alpha);
  if (!swapped) throw errors.InsufficientLiquidity;
  if (remaining !== 0n && swapped.amountPaidOut < DEFAULT_MIN_STAKE) throw errors.AmountTooLow;
  if (!allowPartial && alpha > maxAmount) throw errors.SlippageTooHigh;
  if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
  ensureAvailableToUnstake(x, coldkey, netuid, alpha);
}

/** Whether the whole amount may be unstaked, whatever the price. */
export function canRemoveStake(x: Ext, coldkey: AccountId, hotkey: AccountId, netuid: number, alpha: bigint): boolean {
  try {
    validateRemoveStake(x, coldkey, hotkey, netuid, alpha, alpha, false);
    return true;
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return false;
  }
}

/** One position and where it is to go. */
export interface StakeTransition {
  readonly originColdkey: AccountId;
  readonly originHotkey: AccountId;
  readonly originNetuid: number;
  readonly destinationColdkey: AccountId;
  readonly destinationHotkey: AccountId;
  readonly destinationNetuid: number;
  /** Rao of alpha. */
  readonly alpha: bigint;
}

/**
 * @param maxAmount rao of alpha that the price limit allows
 * @param allowPartial undefined where there is no limit
 * @throws SameNetuid, SubnetNotExists, SubtokenDisabled, HotKeyAccountNotExists, NotEnoughStakeToWithdraw, InsufficientLiquidity,
 * AmountTooLow, SlippageTooHigh, TransferDisallowed, StakeUnavailable
 */
export function validateStakeTransition(
  x: Ext,
  move: StakeTransition,
  maxAmount: bigint,
  allowPartial: boolean | undefined,
  checkTransferToggle: boolean,
): void {
  const { originNetuid, destinationNetuid, alpha } = move;
  const crosses = originNetuid !== destinationNetuid;
  const sameKeys = move.originColdkey === move.destinationColdkey && move.originHotkey === move.destinationHotkey;
  if (sameKeys && !crosses) throw errors.SameNetuid;
  if (!ifSubnetExist(x, originNetuid)) throw errors.SubnetNotExists;
  if (crosses && !ifSubnetExist(x, destinationNetuid)) throw errors.SubnetNotExists;
  ensureSubtokenEnabled(x, originNetuid);
  ensureSubtokenEnabled(x, destinationNetuid);
  if (!hotkeyAccountExists(x, move.originHotkey)) throw errors.HotKeyAccountNotExists;
  if (!hotkeyAccountExists(x, move.destinationHotkey)) throw errors.HotKeyAccountNotExists;
  if (alpha > getStakeForHotkeyAndColdkeyOnSubnet(x, move.originHotkey, move.originColdkey, originNetuid))
    throw errors.NotEnoughStakeToWithdraw;
  if (crosses) {
    const swapped = trySimSwap(x, originNetuid, 'sell', alpha);
    if (!swapped) throw errors.InsufficientLiquidity;
    if (swapped.amountPaidOut <= DEFAULT_MIN_STAKE) throw errors.AmountTooLow;
    if (allowPartial === false && alpha > maxAmount) throw errors.SlippageTooHigh;
  }
  if (checkTransferToggle) {
    if (!TransferToggle.get(x, originNetuid)) throw errors.TransferDisallowed;
    if (crosses && !TransferToggle.get(x, destinationNetuid)) throw errors.TransferDisallowed;
  }
  if (crosses) ensureAvailableToUnstake(x, move.originColdkey, originNetuid, alpha);
}
