import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { Origin } from '../../../frame/origin.ts';
import { u16, u32 } from '../../../scale/primitives.ts';
import { currentBlock } from '../../system/block-number.ts';
import { callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { AdminFreezeWindow, CommitRevealWeightsEnabled, PendingEpochAt, Tempo } from '../storage.ts';
import { ensureAdminWindowOpen } from '../utils/admin-window.ts';
import { ensureSubnetOwner, ensureSubnetOwnerOrRoot } from '../utils/ensure-owner.ts';
import { applyTempoWithCycleReset, setActivityCutoffFactorMilli } from '../utils/misc.ts';
import { ownerHyperparamUpdate, passesRateLimitOnSubnet, setLastBlockOnSubnet } from '../utils/rate-limiting.ts';
import { blocksUntilNextAutoEpoch } from './epoch-schedule.ts';

/** How a subnet's owner sets the rhythm of epochs. Source: pallets/subtensor coinbase/tempo_control.rs. */

const MIN_TEMPO = 360;
const MAX_TEMPO = 50_400;
const MIN_ACTIVITY_CUTOFF_FACTOR_MILLI = 1000;
const MAX_ACTIVITY_CUTOFF_FACTOR_MILLI = 50_000;
const ACTIVITY_CUTOFF = ownerHyperparamUpdate('ActivityCutoffFactorMilli');
const TRIGGER_EPOCH = ownerHyperparamUpdate('TriggerEpoch');

/** @throws BadOrigin, TempoOutOfBounds, AdminActionProhibitedDuringWeightsWindow, TxRateLimitExceeded */
function doSetTempo(x: Ext, origin: Origin, netuid: number, tempo: number): void {
  const owner = ensureSubnetOwner(x, origin, netuid);
  if (tempo < MIN_TEMPO || tempo > MAX_TEMPO) throw errors.TempoOutOfBounds;
  ensureAdminWindowOpen(x, netuid);
  if (!passesRateLimitOnSubnet(x, 'TempoUpdate', owner, netuid)) throw errors.TxRateLimitExceeded;
  applyTempoWithCycleReset(x, netuid, tempo);
  setLastBlockOnSubnet(x, 'TempoUpdate', owner, netuid, currentBlock(x));
}

/** @throws BadOrigin, ActivityCutoffFactorMilliOutOfBounds; for the owner also the window's and the rate limit's error */
function doSetActivityCutoffFactor(x: Ext, origin: Origin, netuid: number, factorMilli: number): void {
  const owner = ensureSubnetOwnerOrRoot(x, origin, netuid);
  if (factorMilli < MIN_ACTIVITY_CUTOFF_FACTOR_MILLI || factorMilli > MAX_ACTIVITY_CUTOFF_FACTOR_MILLI)
    throw errors.ActivityCutoffFactorMilliOutOfBounds;
  if (owner !== undefined) {
    ensureAdminWindowOpen(x, netuid);
    if (!passesRateLimitOnSubnet(x, ACTIVITY_CUTOFF, owner, netuid)) throw errors.TxRateLimitExceeded;
  }
  setActivityCutoffFactorMilli(x, netuid, factorMilli);
  if (owner !== undefined) setLastBlockOnSubnet(x, ACTIVITY_CUTOFF, owner, netuid, currentBlock(x));
}

/** Asks for an epoch as soon as the freeze window has passed. @throws DispatchError in the chain's order of checks */
function doTriggerEpoch(x: Ext, origin: Origin, netuid: number): void {
  const owner = ensureSubnetOwner(x, origin, netuid);
  if (CommitRevealWeightsEnabled.get(x, netuid)) throw errors.DynamicTempoBlockedByCommitReveal;
  if (PendingEpochAt.get(x, netuid) !== 0n) throw errors.EpochTriggerAlreadyPending;
  const block = currentBlock(x);
  const window = BigInt(AdminFreezeWindow.get(x));
  if (blocksUntilNextAutoEpoch(x, netuid, Tempo.get(x, netuid), block) < window) throw errors.AutoEpochAlreadyImminent;
  if (!passesRateLimitOnSubnet(x, TRIGGER_EPOCH, owner, netuid)) throw errors.TxRateLimitExceeded;
  const firesAt = saturatingAddU64(block, window);
  PendingEpochAt.insert(x, netuid, firesAt);
  setLastBlockOnSubnet(x, TRIGGER_EPOCH, owner, netuid, block);
  events.deposit(x, 'EpochTriggered', { netuid, by: owner, fires_at: firesAt });
}

/** Calls 139 to 141. */
export const tempoControlCalls = {
  set_tempo: callWithNames(
    139,
    { netuid: NetUid, tempo: u16 },
    costs(496_407_000n, 4440n),
    (x, origin, { netuid, tempo }) => doSetTempo(x, origin, netuid, tempo),
  ),
  set_activity_cutoff_factor: callWithNames(
    140,
    { netuid: NetUid, factor_milli: u32 },
    costs(414_193_000n, 4364n),
    (x, origin, { netuid, factor_milli }) => doSetActivityCutoffFactor(x, origin, netuid, factor_milli),
  ),
  trigger_epoch: callWithNames(141, { netuid: NetUid }, costs(442_539_000n, 4447n), (x, origin, { netuid }) =>
    doTriggerEpoch(x, origin, netuid),
  ),
};
