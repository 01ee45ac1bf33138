import { minOf, saturatingAddU64, U64_MAX } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureRoot } from '../../../frame/origin.ts';
import { u64 } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import {
  IsNetworkMember,
  StakeThreshold,
  VotingPower,
  VotingPowerDisableAtBlock,
  VotingPowerEmaAlpha,
  VotingPowerTrackingEnabled,
} from '../storage.ts';
import { ensureSubnetOwnerOrRoot } from './ensure-owner.ts';

/** A moving average of validators' stake, that a subnet may keep. Source: pallets/subtensor utils/voting_power.rs. */

/** Blocks between switching off and the end of tracking. */
const DISABLE_GRACE_PERIOD = 100_800n;
/** The smoothing factor that stands for 1. */
const ONE = 1_000_000_000_000_000_000n;

/** What an epoch says of a neuron. */
export interface VotingPowerTerms {
  readonly hotkey: AccountId;
  readonly newValidatorPermit: boolean;
  /** Rao of alpha. */
  readonly stake: bigint;
}

/** `alpha` of the stake now and the rest of the average before, both in rao. @param alpha up to 10^18 for 1 */
export function votingPowerEma(stake: bigint, previous: bigint, alpha: bigint): bigint {
  const rest = ONE > alpha ? ONE - alpha : 0n;
  return minOf((alpha * stake + rest * previous) / ONE, U64_MAX);
}

/** Moves the averages of a subnet's validators after an epoch, and forgets everybody else's. */
export function updateVotingPowerForSubnet(x: Ext, netuid: number, neurons: readonly VotingPowerTerms[]): void {
  if (!VotingPowerTrackingEnabled.get(x, netuid)) return;
  const disableAt = VotingPowerDisableAtBlock.get(x, netuid);
  if (disableAt > 0n && currentBlock(x) >= disableAt) {
    finalizeDisable(x, netuid);
    return;
  }
  const alpha = VotingPowerEmaAlpha.get(x, netuid);
  const least = StakeThreshold.get(x);
  for (const { hotkey, newValidatorPermit, stake } of neurons) {
    if (!newValidatorPermit) {
      VotingPower.remove(x, netuid, hotkey);
      continue;
    }
    const previous = VotingPower.get(x, netuid, hotkey);
    const next = votingPowerEma(stake, previous, alpha);
    if (next < least && previous >= least) VotingPower.remove(x, netuid, hotkey);
    else if (next > 0n) VotingPower.insert(x, netuid, hotkey, next);
  }
  for (const hotkey of [...VotingPower.keysPrefix(x, netuid)])
    if (!IsNetworkMember.get(x, hotkey, netuid)) VotingPower.remove(x, netuid, hotkey);
}

function finalizeDisable(x: Ext, netuid: number): void {
  VotingPower.clearPrefix(x, netuid);
  VotingPowerTrackingEnabled.insert(x, netuid, false);
  VotingPowerDisableAtBlock.remove(x, netuid);
  events.deposit(x, 'VotingPowerTrackingDisabled', { netuid });
}

/** Adds the old hotkey's voting power to the new one's. */
export function swapVotingPowerForHotkey(x: Ext, oldHotkey: AccountId, newHotkey: AccountId, netuid: number): void {
  const power = VotingPower.take(x, netuid, oldHotkey);
  if (power === 0n) return;
  VotingPower.mutate(x, netuid, newHotkey, (known) => saturatingAddU64(power, known));
}

/** Calls 129 to 131. */
export const votingPowerCalls = {
  enable_voting_power_tracking: callWithNames(129, { netuid: NetUid }, costs(250_010_000n), (x, origin, { netuid }) => {
    ensureSubnetOwnerOrRoot(x, origin, netuid);
    VotingPowerTrackingEnabled.insert(x, netuid, true);
    VotingPowerDisableAtBlock.remove(x, netuid);
    events.deposit(x, 'VotingPowerTrackingEnabled', { netuid });
  }),
  disable_voting_power_tracking: callWithNames(
    130,
    { netuid: NetUid },
    costs(150_010_000n),
    (x, origin, { netuid }) => {
      ensureSubnetOwnerOrRoot(x, origin, netuid);
      if (!VotingPowerTrackingEnabled.get(x, netuid)) throw errors.VotingPowerTrackingNotEnabled;
      const disable_at_block = saturatingAddU64(currentBlock(x), DISABLE_GRACE_PERIOD);
      VotingPowerDisableAtBlock.insert(x, netuid, disable_at_block);
      events.deposit(x, 'VotingPowerTrackingDisableScheduled', { netuid, disable_at_block });
    },
  ),
  sudo_set_voting_power_ema_alpha: callWithNames(
    131,
    { netuid: NetUid, alpha: u64 },
    costs(125_006_000n),
    (x, origin, { netuid, alpha }) => {
      ensureRoot(origin);
      if (alpha > ONE) throw errors.InvalidVotingPowerEmaAlpha;
      VotingPowerEmaAlpha.insert(x, netuid, alpha);
      events.deposit(x, 'VotingPowerEmaAlphaSet', { netuid, alpha });
    },
  ),
};
