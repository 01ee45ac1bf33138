import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { blockAuthor } from '../../aura/slot.ts';
import { currentAlphaPrice, MIN_PRICE } from '../../swap/swap.ts';
import { currentBlock } from '../../system/block-number.ts';
import { burnSubnetAlpha } from '../coinbase/alpha.ts';
import { recordTaoInflow, recordTaoOutflow } from '../coinbase/subnet-emissions.ts';
import { burnTao, transferTaoFromSubnet, transferTaoToSubnet } from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { LastColdkeyHotkeyStakeBlock } from '../storage.ts';
import { ROOT_NETUID } from '../subnets/subnet.ts';
import { getSubnetAccountId } from '../subnets/subnet-account.ts';
import {
  addStakeAdjustRootClaimedForHotkeyAndColdkey,
  removeStakeAdjustRootClaimedForHotkeyAndColdkey,
} from './claim-root.ts';
import { cleanupLockIfZero } from './lock.ts';
import {
  addStakingHotkey,
  DEFAULT_MIN_STAKE,
  decreaseStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
  swapAlphaForTao,
  swapTaoForAlpha,
  tryIncreaseStakeForHotkeyAndColdkeyOnSubnet,
} from './stake-utils.ts';
import { coldkeyHasRootStake, maybeAddColdkeyIndex, maybeRemoveColdkeyIndex } from './staking-coldkeys.ts';
import { transferLock } from './transfer-lock.ts';

/** Stake that enters, leaves and changes hands; amounts are rao. Source: staking/stake_utils.rs. */

function recordStakeBlock(x: Ext, coldkey: AccountId, hotkey: AccountId): void {
  LastColdkeyHotkeyStakeBlock.insert(x, coldkey, hotkey, currentBlock(x));
}

/** The author gets the fee in TAO; without an author it is burnt. Returns the TAO that left the pool. @throws as `swap` and `transferTao` */
function payAlphaFee(x: Ext, netuid: number, fee: bigint): bigint {
  const author = blockAuthor(x);
  if (author === undefined) {
    burnSubnetAlpha(x, netuid, fee);
    return 0n;
  }
  const tao = swapAlphaForTao(x, netuid, fee, MIN_PRICE, true).amountPaidOut;
  transferTaoFromSubnet(x, netuid, author, tao);
  return tao;
}

/** @throws as `transferTao` */
function payTaoFee(x: Ext, netuid: number, fee: bigint): void {
  const author = blockAuthor(x);
  if (author !== undefined) {
    transferTaoFromSubnet(x, netuid, author, fee);
    return;
  }
  const account = getSubnetAccountId(x, netuid);
  if (account === undefined) return;
  try {
    burnTao(x, account, fee);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
}

/**
 * Sells a coldkey's alpha and pays the TAO to `beneficiary`. What the limit leaves unsold stays staked. Event StakeRemoved.
 *
 * @param priceLimit rao of TAO per 10^9 rao of alpha
 * @returns TAO paid out
 * @throws as `swap` and `transferTao`
 */
export function unstakeFromSubnet(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  beneficiary: AccountId,
  netuid: number,
  alpha: bigint,
  priceLimit: bigint,
  dropFees: boolean,
): bigint {
  decreaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, alpha);
  const swapped = swapAlphaForTao(x, netuid, alpha, priceLimit, dropFees);
  const refund = saturatingSub(alpha, saturatingAddU64(swapped.amountPaidIn, swapped.feePaid));
  if (refund !== 0n) increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, refund);
  transferTaoFromSubnet(x, netuid, beneficiary, swapped.amountPaidOut);
  const feeOutflow = payAlphaFee(x, netuid, swapped.feeToBlockAuthor);
  if (netuid === ROOT_NETUID) {
    removeStakeAdjustRootClaimedForHotkeyAndColdkey(x, hotkey, coldkey, alpha);
    if (!coldkeyHasRootStake(x, coldkey)) maybeRemoveColdkeyIndex(x, coldkey);
  }
  recordTaoOutflow(x, netuid, saturatingAddU64(swapped.amountPaidOut, feeOutflow));
  cleanupLockIfZero(x, coldkey, netuid);
  recordStakeBlock(x, coldkey, hotkey);
  events.deposit(x, 'StakeRemoved', [
    coldkey,
    hotkey,
    swapped.amountPaidOut,
    swapped.amountPaidIn,
    netuid,
    swapped.feePaid,
  ]);
  return swapped.amountPaidOut;
}

/**
 * Buys alpha with a coldkey's TAO and stakes it. Event StakeAdded.
 *
 * @param priceLimit rao of TAO per 10^9 rao of alpha
 * @returns alpha staked
 * @throws AmountTooLow, InsufficientLiquidity, and as `transferTaoToSubnet`, `swap` and `transferTao`
 */
export function stakeIntoSubnet(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
  tao: bigint,
  priceLimit: bigint,
  dropFees: boolean,
): bigint {
  const taoStaked = transferTaoToSubnet(x, netuid, coldkey, tao);
  const swapped = swapTaoForAlpha(x, netuid, taoStaked, priceLimit, dropFees);
  const alpha = swapped.amountPaidOut;
  if (alpha === 0n) throw errors.AmountTooLow;
  if (!tryIncreaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, netuid, alpha)) throw errors.InsufficientLiquidity;
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, alpha);
  addStakingHotkey(x, coldkey, hotkey);
  payTaoFee(x, netuid, swapped.feeToBlockAuthor);
  recordTaoInflow(x, netuid, swapped.amountPaidIn);
  cleanupLockIfZero(x, coldkey, netuid);
  recordStakeBlock(x, coldkey, hotkey);
  if (netuid === ROOT_NETUID) {
    addStakeAdjustRootClaimedForHotkeyAndColdkey(x, hotkey, coldkey, alpha);
    maybeAddColdkeyIndex(x, coldkey);
  }
  events.deposit(x, 'StakeAdded', [coldkey, hotkey, taoStaked, alpha, netuid, swapped.feePaid]);
  return alpha;
}

/**
 * Hands stake to other keys in the same subnet, its lock with it. Events StakeRemoved and StakeAdded.
 *
 * @returns what the alpha is worth in TAO
 * @throws AmountTooLow, LockHotkeyMismatch, AccountRejectsLockedAlpha
 */
export function transferStakeWithinSubnet(
  x: Ext,
  originColdkey: AccountId,
  originHotkey: AccountId,
  destinationColdkey: AccountId,
  destinationHotkey: AccountId,
  netuid: number,
  alpha: bigint,
): bigint {
  transferLock(x, originColdkey, destinationColdkey, netuid, alpha);
  decreaseStakeForHotkeyAndColdkeyOnSubnet(x, originHotkey, originColdkey, netuid, alpha);
  if (netuid === ROOT_NETUID) removeStakeAdjustRootClaimedForHotkeyAndColdkey(x, originHotkey, originColdkey, alpha);
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, destinationHotkey, destinationColdkey, netuid, alpha);
  if (netuid === ROOT_NETUID)
    addStakeAdjustRootClaimedForHotkeyAndColdkey(x, destinationHotkey, destinationColdkey, alpha);
  const tao = U64F64.saturatingToU64(
    U64F64.saturatingMul(currentAlphaPrice(x, netuid), U64F64.saturatingFromNum(alpha)),
  );
  if (tao < DEFAULT_MIN_STAKE) throw errors.AmountTooLow;
  recordStakeBlock(x, destinationColdkey, destinationHotkey);
  events.deposit(x, 'StakeRemoved', [originColdkey, originHotkey, tao, alpha, netuid, 0n]);
  events.deposit(x, 'StakeAdded', [destinationColdkey, destinationHotkey, tao, alpha, netuid, 0n]);
  return tao;
}
