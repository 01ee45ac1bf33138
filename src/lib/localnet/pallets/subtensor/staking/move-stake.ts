import { U64F64 } from '../../../fixed/fixed.ts';
import { minOf, U64_MAX } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned } from '../../../frame/origin.ts';
import { bool } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentAlphaPrice, MAX_PRICE, MIN_PRICE } from '../../swap/swap.ts';
import { Account, AlphaBalance, callWithNames, NetUid, TaoBalance } from '../call-args.ts';
import { transferTao } from '../coinbase/tao.ts';
import { events } from '../events.ts';
import { SubnetAlphaIn, SubnetMechanism, SubnetTAO } from '../storage.ts';
import { getMaxAmountAdd } from './add-stake.ts';
import { getOwningColdkeyForHotkey, maybeBecomeDelegate } from './helpers.ts';
import { getMaxAmountRemove } from './remove-stake.ts';
import { stakeIntoSubnet, transferStakeWithinSubnet, unstakeFromSubnet } from './stake-into-subnet.ts';
import { DEFAULT_MIN_STAKE, getStakeForHotkeyAndColdkeyOnSubnet } from './stake-utils.ts';
import { type StakeTransition, validateStakeTransition } from './validate-stake.ts';

/** Stake that moves between hotkeys, subnets and coldkeys. Source: staking/move_stake.rs. */

const RAO_PER_TAO = 1_000_000_000n;
const RAO_FIXED = U64F64.saturatingFromNum(RAO_PER_TAO);

/** How far a move may go. */
interface MoveLimit {
  /** Price of the origin's alpha in the destination's, times 10^9. */
  readonly price: bigint;
  readonly allowPartial: boolean;
}

/**
 * Moves stake, at most what there is. Between subnets it is sold and bought again, with one fee; what is too little to stake stays as TAO.
 *
 * @returns rao of TAO moved
 * @throws as `validateStakeTransition`, `unstakeFromSubnet`, `stakeIntoSubnet`, `transferStakeWithinSubnet`
 */
function transitionStakeInternal(
  x: Ext,
  wanted: StakeTransition,
  checkTransferToggle: boolean,
  limit?: MoveLimit,
): bigint {
  const { originColdkey, originHotkey, originNetuid, destinationColdkey, destinationHotkey, destinationNetuid } =
    wanted;
  const available = getStakeForHotkeyAndColdkeyOnSubnet(x, originHotkey, originColdkey, originNetuid);
  const alpha = minOf(wanted.alpha, available);
  const crosses = originNetuid !== destinationNetuid;
  const maxAmount = crosses && limit ? getMaxAmountMove(x, originNetuid, destinationNetuid, limit.price) : alpha;
  validateStakeTransition(x, { ...wanted, alpha }, maxAmount, limit?.allowPartial, checkTransferToggle);
  const moved = minOf(alpha, maxAmount);
  if (!crosses) {
    return transferStakeWithinSubnet(
      x,
      originColdkey,
      originHotkey,
      destinationColdkey,
      destinationHotkey,
      originNetuid,
      moved,
    );
  }
  const fromRoot = originNetuid === 0;
  const tao = unstakeFromSubnet(
    x,
    originHotkey,
    originColdkey,
    originColdkey,
    originNetuid,
    moved,
    MIN_PRICE,
    fromRoot,
  );
  if (originColdkey !== destinationColdkey) transferTao(x, originColdkey, destinationColdkey, tao);
  if (tao >= DEFAULT_MIN_STAKE) {
    if (getOwningColdkeyForHotkey(x, destinationHotkey) !== destinationColdkey) {
      maybeBecomeDelegate(x, destinationHotkey);
    }
    stakeIntoSubnet(x, destinationHotkey, destinationColdkey, destinationNetuid, tao, MAX_PRICE, !fromRoot);
  }
  return tao;
}

/** Alpha that can move before the ratio of the two prices reaches the limit (times 10^9). @throws as `swap` */
export function getMaxAmountMove(x: Ext, originNetuid: number, destinationNetuid: number, limitPrice: bigint): bigint {
  const originMechanism = SubnetMechanism.get(x, originNetuid);
  const destinationMechanism = SubnetMechanism.get(x, destinationNetuid);
  const fromStable = originNetuid === 0 || originMechanism === 0;
  const toStable = destinationNetuid === 0 || destinationMechanism === 0;
  if (fromStable && toStable) return limitPrice > RAO_PER_TAO ? 0n : U64_MAX;
  if (fromStable && destinationMechanism === 1) {
    if (limitPrice === 0n) return U64_MAX;
    const inverse = U64F64.safeDiv(RAO_FIXED, U64F64.saturatingFromNum(limitPrice));
    const price = U64F64.saturatingToU64(U64F64.saturatingMul(inverse, RAO_FIXED));
    return getMaxAmountAdd(x, destinationNetuid, price);
  }
  if (toStable && originMechanism === 1) return getMaxAmountRemove(x, originNetuid, limitPrice);
  return maxAmountBetweenPools(x, originNetuid, destinationNetuid, limitPrice);
}

function maxAmountBetweenPools(x: Ext, originNetuid: number, destinationNetuid: number, limitPrice: bigint): bigint {
  const [tao1, tao2] = [SubnetTAO.get(x, originNetuid), SubnetTAO.get(x, destinationNetuid)];
  if (tao1 === 0n || tao2 === 0n) return 0n;
  const [alpha1, alpha2] = [SubnetAlphaIn.get(x, originNetuid), SubnetAlphaIn.get(x, destinationNetuid)];
  if (alpha1 === 0n || alpha2 === 0n) return 0n;
  const limit = U64F64.checkedDiv(U64F64.saturatingFromNum(limitPrice), RAO_FIXED) ?? 0n;
  const ratio = U64F64.safeDiv(currentAlphaPrice(x, originNetuid), currentAlphaPrice(x, destinationNetuid));
  if (limit > ratio) return 0n;
  if (limitPrice === 0n) return U64_MAX;
  const [y1, y2] = [U64F64.saturatingFromNum(tao1), U64F64.saturatingFromNum(tao2)];
  const sum = U64F64.saturatingAdd(y2, y1);
  const received = U64F64.saturatingMul(U64F64.saturatingFromNum(alpha2), U64F64.safeDiv(y1, sum));
  const given = U64F64.saturatingMul(U64F64.saturatingFromNum(alpha1), U64F64.safeDiv(y2, sum));
  return U64F64.saturatingToU64(U64F64.saturatingSub(U64F64.safeDiv(received, limit), given));
}

/** Moves stake of one hotkey from one subnet to another. @throws as `transitionStakeInternal` */
function doSwapStake(
  x: Ext,
  coldkey: AccountId,
  hotkey: AccountId,
  originNetuid: number,
  destinationNetuid: number,
  alpha: bigint,
  limit?: MoveLimit,
): void {
  const move: StakeTransition = {
    originColdkey: coldkey,
    originHotkey: hotkey,
    originNetuid,
    destinationColdkey: coldkey,
    destinationHotkey: hotkey,
    destinationNetuid,
    alpha,
  };
  const tao = transitionStakeInternal(x, move, false, limit);
  events.deposit(x, 'StakeSwapped', [coldkey, hotkey, originNetuid, destinationNetuid, tao]);
}

export const moveStakeCalls = {
  move_stake: callWithNames(
    85,
    {
      origin_hotkey: Account,
      destination_hotkey: Account,
      origin_netuid: NetUid,
      destination_netuid: NetUid,
      alpha_amount: AlphaBalance,
    },
    costs(1_391_061_000n, 7919),
    (x, origin, args) => {
      const coldkey = ensureSigned(origin);
      const { origin_hotkey, destination_hotkey, origin_netuid, destination_netuid } = args;
      const move: StakeTransition = {
        originColdkey: coldkey,
        originHotkey: origin_hotkey,
        originNetuid: origin_netuid,
        destinationColdkey: coldkey,
        destinationHotkey: destination_hotkey,
        destinationNetuid: destination_netuid,
        alpha: args.alpha_amount,
      };
      const tao = transitionStakeInternal(x, move, false);
      events.deposit(x, 'StakeMoved', [
        coldkey,
        origin_hotkey,
        origin_netuid,
        destination_hotkey,
        destination_netuid,
        tao,
      ]);
    },
  ),
  transfer_stake: callWithNames(
    86,
    {
      destination_coldkey: Account,
      hotkey: Account,
      origin_netuid: NetUid,
      destination_netuid: NetUid,
      alpha_amount: AlphaBalance,
    },
    costs(1_333_541_000n, 7994),
    (x, origin, args) => {
      const coldkey = ensureSigned(origin);
      const { destination_coldkey, hotkey, origin_netuid, destination_netuid } = args;
      const move: StakeTransition = {
        originColdkey: coldkey,
        originHotkey: hotkey,
        originNetuid: origin_netuid,
        destinationColdkey: destination_coldkey,
        destinationHotkey: hotkey,
        destinationNetuid: destination_netuid,
        alpha: args.alpha_amount,
      };
      const tao = transitionStakeInternal(x, move, true);
      events.deposit(x, 'StakeTransferred', [
        coldkey,
        destination_coldkey,
        hotkey,
        origin_netuid,
        destination_netuid,
        tao,
      ]);
    },
  ),
  swap_stake: callWithNames(
    87,
    { hotkey: Account, origin_netuid: NetUid, destination_netuid: NetUid, alpha_amount: AlphaBalance },
    costs(4_317_019_000n, 10920),
    (x, origin, { hotkey, origin_netuid, destination_netuid, alpha_amount }) =>
      doSwapStake(x, ensureSigned(origin), hotkey, origin_netuid, destination_netuid, alpha_amount),
  ),
  swap_stake_limit: callWithNames(
    90,
    {
      hotkey: Account,
      origin_netuid: NetUid,
      destination_netuid: NetUid,
      alpha_amount: AlphaBalance,
      limit_price: TaoBalance,
      allow_partial: bool,
    },
    costs(4_519_515_000n, 11077),
    (x, origin, { hotkey, origin_netuid, destination_netuid, alpha_amount, limit_price, allow_partial }) =>
      doSwapStake(x, ensureSigned(origin), hotkey, origin_netuid, destination_netuid, alpha_amount, {
        price: limit_price,
        allowPartial: allow_partial,
      }),
  ),
};
