import { minOf } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { option } from '../../../scale/compound.ts';
import { u64 } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { Account, AlphaBalance, callWithNames, NetUid, named, TaoBalance } from '../call-args.ts';
import { burnSubnetAlpha, recycleSubnetAlpha } from '../coinbase/alpha.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { SubnetAlphaOut } from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';
import { doAddStake, doAddStakeLimit } from './add-stake.ts';
import { hotkeyAccountExists } from './helpers.ts';
import { ensureAvailableToUnstake } from './lock.ts';
import { decreaseStakeForHotkeyAndColdkeyOnSubnet, getStakeForHotkeyAndColdkeyOnSubnet } from './stake-utils.ts';
import { ensureSubtokenEnabled } from './validate-stake.ts';

/** Giving alpha up; amounts are rao of alpha. Source: staking/recycle_alpha.rs. */

/**
 * Takes at most `wanted` out of a coldkey's stake. Returns what was taken.
 *
 * @throws SubnetNotExists, CannotBurnOrRecycleOnRootSubnet, SubtokenDisabled, HotKeyAccountNotExists, InsufficientLiquidity, StakeUnavailable
 */
function takeStake(x: Ext, coldkey: AccountId, hotkey: AccountId, wanted: bigint, netuid: number): bigint {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (netuid === 0) throw errors.CannotBurnOrRecycleOnRootSubnet;
  ensureSubtokenEnabled(x, netuid);
  if (!hotkeyAccountExists(x, hotkey)) throw errors.HotKeyAccountNotExists;
  const amount = minOf(wanted, getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid));
  if (SubnetAlphaOut.get(x, netuid) < amount) throw errors.InsufficientLiquidity;
  ensureAvailableToUnstake(x, coldkey, netuid, amount);
  decreaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, amount);
  return amount;
}

/** Gives alpha back to be emitted again. Returns the amount. @throws as `takeStake` */
function doRecycleAlpha(x: Ext, origin: Origin, hotkey: AccountId, wanted: bigint, netuid: number): bigint {
  const coldkey = ensureSigned(origin);
  const amount = takeStake(x, coldkey, hotkey, wanted, netuid);
  recycleSubnetAlpha(x, netuid, amount);
  events.deposit(x, 'AlphaRecycled', [coldkey, hotkey, amount, netuid]);
  return amount;
}

/** Destroys alpha; it counts as issued still. Returns the amount. @throws as `takeStake` */
function doBurnAlpha(x: Ext, origin: Origin, hotkey: AccountId, wanted: bigint, netuid: number): bigint {
  const coldkey = ensureSigned(origin);
  const amount = takeStake(x, coldkey, hotkey, wanted, netuid);
  burnSubnetAlpha(x, netuid, amount);
  events.deposit(x, 'AlphaBurned', [coldkey, hotkey, amount, netuid]);
  return amount;
}

/** Stakes and burns what was bought, or nothing. @throws as `doAddStake`, `doAddStakeLimit` and `doBurnAlpha` */
function doAddStakeBurn(
  x: Ext,
  origin: Origin,
  hotkey: AccountId,
  netuid: number,
  amount: bigint,
  limit: bigint | undefined,
): void {
  x.transact(() => {
    const alpha =
      limit === undefined
        ? doAddStake(x, origin, hotkey, netuid, amount)
        : doAddStakeLimit(x, origin, hotkey, netuid, amount, limit, false);
    doBurnAlpha(x, origin, hotkey, alpha, netuid);
    events.deposit(x, 'AddStakeBurn', { netuid, hotkey, amount, alpha });
  });
}

export const recycleAlphaCalls = {
  recycle_alpha: callWithNames(
    101,
    { hotkey: Account, amount: AlphaBalance, netuid: NetUid },
    costs(1_097_139_000n, 5219),
    (x, origin, { hotkey, amount, netuid }) => {
      doRecycleAlpha(x, origin, hotkey, amount, netuid);
    },
  ),
  burn_alpha: callWithNames(
    102,
    { hotkey: Account, amount: AlphaBalance, netuid: NetUid },
    costs(868_964_000n, 5219),
    (x, origin, { hotkey, amount, netuid }) => {
      doBurnAlpha(x, origin, hotkey, amount, netuid);
    },
  ),
  add_stake_burn: callWithNames(
    132,
    { hotkey: Account, netuid: NetUid, amount: TaoBalance, limit: named(option(u64), 'Option<TaoBalance>') },
    costs(3_492_308_000n, 8727),
    (x, origin, { hotkey, netuid, amount, limit }) => doAddStakeBurn(x, origin, hotkey, netuid, amount, limit),
  ),
};
