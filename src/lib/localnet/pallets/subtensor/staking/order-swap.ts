import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64 } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentAlphaPrice, type Side, swap } from '../../swap/swap.ts';
import { currentBlock } from '../../system/block-number.ts';
import { canRemoveBalanceFromColdkeyAccount } from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import { LastColdkeyHotkeyStakeBlock, SubnetMechanism } from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';
import { hotkeyAccountExists } from './helpers.ts';
import { ensureAvailableToUnstake } from './lock.ts';
import { stakeIntoSubnet, unstakeFromSubnet } from './stake-into-subnet.ts';
import {
  DEFAULT_MIN_STAKE,
  decreaseStakeForHotkeyAndColdkeyOnSubnet,
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from './stake-utils.ts';
import { ensureSubtokenEnabled, validateRemoveStake } from './validate-stake.ts';

/** What limit orders do to stake; each wholly or not at all. Source: staking/order_swap.rs `OrderSwapInterface`. */

/** Whether the whole amount goes through before the price reaches the limit. @throws SlippageTooHigh, as `swap` */
function ensureFillsWholly(x: Ext, netuid: number, side: Side, amount: bigint, limitPrice: bigint): void {
  if (SubnetMechanism.get(x, netuid) !== 1) return;
  const { amountPaidIn, feePaid } = swap(x, netuid, side, amount, limitPrice, false, true);
  if (saturatingAddU64(amountPaidIn, feePaid) < amount) throw errors.SlippageTooHigh;
}

/** Returns the alpha. @throws SubnetNotExists and as the functions that it uses */
export function buyAlpha(
  x: Ext,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: number,
  tao: bigint,
  limitPrice: bigint,
  validate: boolean,
): bigint {
  return x.transact(() => {
    if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
    ensureSubtokenEnabled(x, netuid);
    if (validate) {
      if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
      if (tao < DEFAULT_MIN_STAKE) throw errors.AmountTooLow;
      if (!canRemoveBalanceFromColdkeyAccount(x, coldkey, tao)) throw errors.NotEnoughBalanceToStake;
    }
    ensureFillsWholly(x, netuid, 'buy', tao, limitPrice);
    return stakeIntoSubnet(x, hotkey, coldkey, netuid, tao, limitPrice, false);
  });
}

/** Returns the TAO. @throws SubnetNotExists and as the functions that it uses */
export function sellAlpha(
  x: Ext,
  coldkey: AccountId,
  hotkey: AccountId,
  netuid: number,
  alpha: bigint,
  limitPrice: bigint,
  validate: boolean,
): bigint {
  return x.transact(() => {
    if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
    ensureSubtokenEnabled(x, netuid);
    if (validate) validateRemoveStake(x, coldkey, hotkey, netuid, alpha, alpha, false);
    ensureFillsWholly(x, netuid, 'sell', alpha, limitPrice);
    return unstakeFromSubnet(x, hotkey, coldkey, coldkey, netuid, alpha, limitPrice, false);
  });
}

/** One end of a transfer of staked alpha, and whether it is checked. */
export interface StakeEnd {
  readonly coldkey: AccountId;
  readonly hotkey: AccountId;
  readonly validate: boolean;
}

/**
 * Hands staked alpha over without a swap; locks stay where they are.
 *
 * @throws SubnetNotExists, SubtokenDisabled, HotKeyAccountNotExists, AmountTooLow, StakeUnavailable, NotEnoughStakeToWithdraw
 */
export function transferStakedAlpha(x: Ext, from: StakeEnd, to: StakeEnd, netuid: number, amount: bigint): void {
  x.transact(() => {
    if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
    ensureSubtokenEnabled(x, netuid);
    if (from.validate) {
      if (!hotkeyAccountExists(x, from.hotkey)) throw errors.HotKeyAccountNotExists;
      if (amount === 0n) throw errors.AmountTooLow;
      const tao = U64F64.saturatingMul(currentAlphaPrice(x, netuid), U64F64.saturatingFromNum(amount));
      if (U64F64.saturatingToU64(tao) < DEFAULT_MIN_STAKE) throw errors.AmountTooLow;
      ensureAvailableToUnstake(x, from.coldkey, netuid, amount);
    }
    if (to.validate && !hotkeyAccountExists(x, to.hotkey)) throw errors.HotKeyAccountNotExists;
    if (getStakeForHotkeyAndColdkeyOnSubnet(x, from.hotkey, from.coldkey, netuid) < amount)
      throw errors.NotEnoughStakeToWithdraw;
    decreaseStakeForHotkeyAndColdkeyOnSubnet(x, from.hotkey, from.coldkey, netuid, amount);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, to.hotkey, to.coldkey, netuid, amount);
    LastColdkeyHotkeyStakeBlock.insert(x, to.coldkey, to.hotkey, currentBlock(x));
  });
}
