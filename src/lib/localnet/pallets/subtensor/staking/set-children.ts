import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureRoot, ensureSigned, type Origin, signed } from '../../../frame/origin.ts';
import { tuple, vec } from '../../../scale/compound.ts';
import { bool, u16, u64 } from '../../../scale/primitives.ts';
import { type AccountId, AccountId32 } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { Account, callWithNames, NetUid, named } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import {
  AutoParentDelegationEnabled,
  ChildKeys,
  ChildkeyTake,
  Keys,
  MaxChildkeyTake,
  MinChildkeyTake,
  MinChildkeyTakePerSubnet,
  ParentKeys,
  PendingChildKeyCooldown,
  PendingChildKeys,
  StakeThreshold,
  SubnetOwnerHotkey,
  SubtokenEnabled,
  TxChildkeyTakeRateLimit,
  Uids,
} from '../storage.ts';
import { ifSubnetExist, ROOT_NETUID } from '../subnets/subnet.ts';
import { passesRateLimitOnSubnet, setLastBlockOnSubnet } from '../utils/rate-limiting.ts';
import {
  type Edges,
  ensurePendingConsistency,
  loadChildParentRelations,
  loadRelationsFromPending,
  persistChildParentRelations,
} from './child-relations.ts';
import { coldkeyOwnsHotkey, getOwningColdkeyForHotkey, getTotalStakeForHotkey } from './helpers.ts';

/** Childkeys: hotkeys that a hotkey lends parts of its stake to. Source: staking/set_children.rs. */

const U64_MAX = (1n << 64n) - 1n;

export const getChildren = (x: Ext, hotkey: AccountId, netuid: number): Edges => ChildKeys.get(x, hotkey, netuid);
export const getParents = (x: Ext, hotkey: AccountId, netuid: number): Edges => ParentKeys.get(x, hotkey, netuid);

/**
 * Asks for new children: they hold after a cool-down, at the subnet's epoch, or at once while the subnet has not started.
 *
 * @throws TxRateLimitExceeded, RegistrationNotPermittedOnRootSubnet, SubnetNotExists, NonAssociatedColdKey, DuplicateChild, InvalidChild,
 * TooManyChildren, ProportionOverflow, ChildParentInconsistency, NotEnoughStakeToSetChildkeys
 */
function doScheduleChildren(x: Ext, origin: Origin, hotkey: AccountId, netuid: number, children: Edges): void {
  const coldkey = ensureSigned(origin);
  if (!passesRateLimitOnSubnet(x, 'SetChildren', hotkey, netuid)) throw errors.TxRateLimitExceeded;
  if (netuid === ROOT_NETUID) throw errors.RegistrationNotPermittedOnRootSubnet;
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (!coldkeyOwnsHotkey(x, coldkey, hotkey)) throw errors.NonAssociatedColdKey;
  if (new Set(children.map(([, child]) => child)).size !== children.length) throw errors.DuplicateChild;
  ensurePendingConsistency(loadChildParentRelations(x, hotkey, netuid), children);
  const allowed =
    children.length === 0 ||
    getTotalStakeForHotkey(x, hotkey) >= StakeThreshold.get(x) ||
    SubnetOwnerHotkey.tryGet(x, netuid) === hotkey;
  if (!allowed) throw errors.NotEnoughStakeToSetChildkeys;
  setLastBlockOnSubnet(x, 'SetChildren', hotkey, netuid, currentBlock(x));
  scheduleOrApplyChildren(x, netuid, hotkey, children);
}

function scheduleOrApplyChildren(x: Ext, netuid: number, hotkey: AccountId, children: Edges): void {
  if (!SubtokenEnabled.get(x, netuid)) {
    persistPendingChildren(x, netuid, hotkey, children);
    return;
  }
  const cooldownBlock = saturatingAddU64(currentBlock(x), PendingChildKeyCooldown.get(x));
  PendingChildKeys.insert(x, netuid, hotkey, [children, cooldownBlock]);
  events.deposit(x, 'SetChildrenScheduled', [hotkey, netuid, cooldownBlock, children]);
}

/** Puts the children of a subnet into effect whose cool-down is over. */
export function doSetPendingChildren(x: Ext, netuid: number): void {
  const block = currentBlock(x);
  const started = SubtokenEnabled.get(x, netuid);
  for (const [hotkey, [children, cooldownBlock]] of PendingChildKeys.iterPrefix(x, netuid)) {
    if (started && cooldownBlock >= block) continue;
    persistPendingChildren(x, netuid, hotkey, children);
    PendingChildKeys.remove(x, netuid, hotkey);
  }
}

/** Children that have become impossible are dropped. */
function persistPendingChildren(x: Ext, netuid: number, hotkey: AccountId, children: Edges): void {
  try {
    persistChildParentRelations(x, loadRelationsFromPending(x, hotkey, children, netuid), netuid);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return;
  }
  events.deposit(x, 'SetChildren', [hotkey, netuid, children]);
}

/** Lowest childkey take on a subnet, parts of 65535. */
const getEffectiveMinChildkeyTake = (x: Ext, netuid: number): number =>
  Math.max(MinChildkeyTake.get(x), MinChildkeyTakePerSubnet.get(x, netuid));

/** The part of its parents' dividends that a childkey keeps, parts of 65535. */
export const getChildkeyTake = (x: Ext, hotkey: AccountId, netuid: number): number =>
  Math.max(ChildkeyTake.get(x, hotkey, netuid), getEffectiveMinChildkeyTake(x, netuid));

/** @throws NonAssociatedColdKey, InvalidChildkeyTake, TxChildkeyTakeRateLimitExceeded */
function doSetChildkeyTake(x: Ext, coldkey: AccountId, hotkey: AccountId, netuid: number, take: number): void {
  if (!coldkeyOwnsHotkey(x, coldkey, hotkey)) throw errors.NonAssociatedColdKey;
  if (take < getEffectiveMinChildkeyTake(x, netuid) || take > MaxChildkeyTake.get(x)) throw errors.InvalidChildkeyTake;
  if (take > getChildkeyTake(x, hotkey, netuid) && !passesRateLimitOnSubnet(x, 'SetChildkeyTake', hotkey, netuid))
    throw errors.TxChildkeyTakeRateLimitExceeded;
  setLastBlockOnSubnet(x, 'SetChildkeyTake', hotkey, netuid, currentBlock(x));
  ChildkeyTake.insert(x, hotkey, netuid, take);
  events.deposit(x, 'ChildKeyTakeSet', [hotkey, take]);
}

/**
 * Makes the subnet owner's hotkey the child of every root validator that has not opted out; those that cannot are left out.
 *
 * @throws RegistrationNotPermittedOnRootSubnet, SubnetNotExists
 */
export function doSetRootValidatorsForSubnet(x: Ext, netuid: number): void {
  if (netuid === ROOT_NETUID) throw errors.RegistrationNotPermittedOnRootSubnet;
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  const owner = SubnetOwnerHotkey.tryGet(x, netuid);
  if (owner === undefined) throw errors.SubnetNotExists;
  for (const [, validator] of Keys.iterPrefix(x, ROOT_NETUID)) {
    if (validator === owner || !AutoParentDelegationEnabled.get(x, validator)) continue;
    try {
      doScheduleChildren(x, signed(getOwningColdkeyForHotkey(x, validator)), validator, netuid, [[U64_MAX, owner]]);
    } catch (thrown) {
      if (!asDispatchError(thrown)) throw thrown;
    }
  }
}

export const setChildrenCalls = {
  set_children: callWithNames(
    67,
    { hotkey: Account, netuid: NetUid, children: named(vec(tuple(u64, AccountId32)), 'Vec<(u64, T::AccountId)>') },
    costs(3_369_000_000n),
    (x, origin, { hotkey, netuid, children }) => doScheduleChildren(x, origin, hotkey, netuid, children),
  ),
  sudo_set_tx_childkey_take_rate_limit: callWithNames(
    69,
    { tx_rate_limit: u64 },
    costs(105_760_000n),
    (x, origin, { tx_rate_limit }) => {
      ensureRoot(origin);
      TxChildkeyTakeRateLimit.put(x, tx_rate_limit);
      events.deposit(x, 'TxChildKeyTakeRateLimitSet', tx_rate_limit);
    },
  ),
  set_childkey_take: callWithNames(
    75,
    { hotkey: Account, netuid: NetUid, take: u16 },
    costs(428_870_000n, 4498),
    (x, origin, { hotkey, netuid, take }) => doSetChildkeyTake(x, ensureSigned(origin), hotkey, netuid, take),
  ),
  sudo_set_min_childkey_take: callWithNames(76, { take: u16 }, costs(125_006_000n), (x, origin, { take }) => {
    ensureRoot(origin);
    MinChildkeyTake.put(x, take);
    events.deposit(x, 'MinChildKeyTakeSet', take);
  }),
  sudo_set_max_childkey_take: callWithNames(77, { take: u16 }, costs(125_006_000n), (x, origin, { take }) => {
    ensureRoot(origin);
    MaxChildkeyTake.put(x, take);
    events.deposit(x, 'MaxChildKeyTakeSet', take);
  }),
  set_pending_childkey_cooldown: callWithNames(
    109,
    { cooldown: u64 },
    costs(103_000_000n),
    (x, origin, { cooldown }) => {
      ensureRoot(origin);
      PendingChildKeyCooldown.put(x, cooldown);
    },
  ),
  set_auto_parent_delegation_enabled: callWithNames(
    135,
    { hotkey: Account, enabled: bool },
    costs(178_023_000n, 4364),
    (x, origin, { hotkey, enabled }) => {
      const coldkey = ensureSigned(origin);
      if (!coldkeyOwnsHotkey(x, coldkey, hotkey)) throw errors.NonAssociatedColdKey;
      if (!Uids.containsKey(x, ROOT_NETUID, hotkey)) throw errors.HotKeyNotRegisteredInSubNet;
      AutoParentDelegationEnabled.insert(x, hotkey, enabled);
      events.deposit(x, 'AutoParentDelegationEnabledSet', { hotkey, enabled });
    },
  ),
};
