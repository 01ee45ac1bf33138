import { minOf, saturatingAddU64, saturatingSub, U64_MAX } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
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

/** Voting power: a moving average of validators' stake that a subnet may track. Nothing on the chain consumes it. Source: utils/voting_power.rs. */

/** Blocks between asking to stop tracking and the end of it: 14 days. */
export const VOTING_POWER_DISABLE_GRACE_PERIOD_BLOCKS = 100_800n;
/** Weight 1 of the moving average. */
export const MAX_VOTING_POWER_EMA_ALPHA = 1_000_000_000_000_000_000n;

export function doEnableVotingPowerTracking(x: Ext, netuid: number): void {
  VotingPowerTrackingEnabled.insert(x, netuid, true);
  VotingPowerDisableAtBlock.remove(x, netuid);
  events.deposit(x, 'VotingPowerTrackingEnabled', { netuid });
}

/** @throws VotingPowerTrackingNotEnabled */
export function doDisableVotingPowerTracking(x: Ext, netuid: number): void {
  if (!VotingPowerTrackingEnabled.get(x, netuid)) throw errors.VotingPowerTrackingNotEnabled;
  const disable_at_block = saturatingAddU64(currentBlock(x), VOTING_POWER_DISABLE_GRACE_PERIOD_BLOCKS);
  VotingPowerDisableAtBlock.insert(x, netuid, disable_at_block);
  events.deposit(x, 'VotingPowerTrackingDisableScheduled', { netuid, disable_at_block });
}

/** @throws InvalidVotingPowerEmaAlpha above 10^18 */
export function doSetVotingPowerEmaAlpha(x: Ext, netuid: number, alpha: bigint): void {
  if (alpha > MAX_VOTING_POWER_EMA_ALPHA) throw errors.InvalidVotingPowerEmaAlpha;
  VotingPowerEmaAlpha.insert(x, netuid, alpha);
  events.deposit(x, 'VotingPowerEmaAlphaSet', { netuid, alpha });
}

/** What an epoch says of a neuron that voting power depends on. */
export interface EpochStanding {
  readonly hotkey: AccountId;
  readonly newValidatorPermit: boolean;
  /** Total stake in rao. */
  readonly stake: bigint;
}

/** After an epoch: validators' averages move, everybody else's power goes. */
export function updateVotingPowerForSubnet(x: Ext, netuid: number, neurons: readonly EpochStanding[]): void {
  if (!VotingPowerTrackingEnabled.get(x, netuid)) return;
  const disableAt = VotingPowerDisableAtBlock.get(x, netuid);
  if (disableAt > 0n && currentBlock(x) >= disableAt) {
    finalizeVotingPowerDisable(x, netuid);
    return;
  }
  const alpha = VotingPowerEmaAlpha.get(x, netuid);
  const minStake = StakeThreshold.get(x);
  for (const { hotkey, newValidatorPermit, stake } of neurons) {
    if (newValidatorPermit) updateForHotkey(x, netuid, hotkey, stake, alpha, minStake);
    else VotingPower.remove(x, netuid, hotkey);
  }
  for (const hotkey of VotingPower.keysPrefix(x, netuid)) {
    if (!IsNetworkMember.get(x, hotkey, netuid)) VotingPower.remove(x, netuid, hotkey);
  }
}

function updateForHotkey(
  x: Ext,
  netuid: number,
  hotkey: AccountId,
  stake: bigint,
  alpha: bigint,
  minStake: bigint,
): void {
  const previous = VotingPower.get(x, netuid, hotkey);
  const next = votingPowerEma(stake, previous, alpha);
  if (next < minStake && previous >= minStake) VotingPower.remove(x, netuid, hotkey);
  else if (next > 0n) VotingPower.insert(x, netuid, hotkey, next);
}

/** alpha · stake + (1 − alpha) · previous, alpha in 10^-18. */
export function votingPowerEma(stake: bigint, previous: bigint, alpha: bigint): bigint {
  const rest = saturatingSub(MAX_VOTING_POWER_EMA_ALPHA, alpha);
  return minOf((alpha * stake + rest * previous) / MAX_VOTING_POWER_EMA_ALPHA, U64_MAX);
}

function finalizeVotingPowerDisable(x: Ext, netuid: number): void {
  VotingPower.clearPrefix(x, netuid);
  VotingPowerTrackingEnabled.insert(x, netuid, false);
  VotingPowerDisableAtBlock.remove(x, netuid);
  events.deposit(x, 'VotingPowerTrackingDisabled', { netuid });
}

/** Moves a hotkey's power to its successor. */
export function swapVotingPowerForHotkey(x: Ext, oldHotkey: AccountId, newHotkey: AccountId, netuid: number): void {
  const power = VotingPower.take(x, netuid, oldHotkey);
  if (power > 0n)
    VotingPower.insert(x, netuid, newHotkey, saturatingAddU64(power, VotingPower.get(x, netuid, newHotkey)));
}
