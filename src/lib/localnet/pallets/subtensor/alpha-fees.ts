import type { Ext } from '../../frame/ext.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { getAlphaAmountForTao } from '../swap/swap.ts';
import type { AlphaFees } from '../transaction-payment/charge.ts';
import { events } from './events.ts';
import { unstakeFromSubnet } from './staking/stake-into-subnet.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet } from './staking/stake-utils.ts';
import { SubtokenEnabled } from './storage.ts';
import { getAllSubnetNetuids } from './subnets/subnet.ts';

/** Transaction fees in alpha, for calls that unstake. Source: pallets/transaction-fee/src/lib.rs. */

interface PositionArgs {
  readonly hotkey: AccountId;
  readonly origin_hotkey: AccountId;
  readonly netuid: number;
  readonly origin_netuid: number;
}

type Position = readonly [hotkey: AccountId, netuid: number];

/** Subnets that are open and where the coldkey has stake on the hotkey. */
const netuidsWithStake = (x: Ext, coldkey: AccountId, hotkey: AccountId): number[] =>
  getAllSubnetNetuids(x).filter(
    (netuid) =>
      SubtokenEnabled.get(x, netuid) && getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid) !== 0n,
  );

function positions(x: Ext, who: AccountId, call: RuntimeCallValue): readonly Position[] {
  if (call.type !== 'SubtensorModule') return [];
  const args = call.value.value as PositionArgs;
  switch (call.value.type) {
    case 'remove_stake':
    case 'remove_stake_limit':
    case 'remove_stake_full_limit':
    case 'recycle_alpha':
    case 'burn_alpha':
      return [[args.hotkey, args.netuid]];
    case 'unstake_all':
    case 'unstake_all_alpha':
      return netuidsWithStake(x, who, args.hotkey).map((netuid) => [args.hotkey, netuid]);
    case 'move_stake':
      return [[args.origin_hotkey, args.origin_netuid]];
    case 'transfer_stake':
    case 'swap_stake':
    case 'swap_stake_limit':
      return [[args.hotkey, args.origin_netuid]];
    default:
      return [];
  }
}

/** How the fee is taken out of stake. */
export const alphaFees: AlphaFees = {
  positions,
  canWithdraw: (x, who, hotkey, netuid, fee) =>
    getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, who, netuid) >= getAlphaAmountForTao(x, netuid, fee),
  withdraw(x, who, hotkey, netuid, fee, author) {
    const stake = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, who, netuid);
    const wanted = getAlphaAmountForTao(x, netuid, fee);
    const alpha = wanted === 0n || wanted > stake ? stake : wanted;
    return { alpha, tao: unstakeFromSubnet(x, hotkey, who, author, netuid, alpha, 0n, true) };
  },
  paid: (x, who, netuid, alpha_fee, tao_amount) =>
    events.deposit(x, 'TransactionFeePaidWithAlpha', { who, netuid, alpha_fee, tao_amount }),
};
