import { maxOf, minOf, saturatingAddU64, saturatingSub, U64_MAX } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import { currentBlock } from '../../system/block-number.ts';
import { events } from '../events.ts';
import { changeSubnetOwnerIfNeeded } from '../staking/lock-ownership.ts';
import {
  BlocksSinceLastStep,
  Keys,
  LastEpochBlock,
  MaxEpochsPerBlock,
  PendingEpochAt,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetEpochIndex,
  Tempo,
} from '../storage.ts';

/** When a subnet's epoch is due. Source: coinbase/run_coinbase.rs `should_run_epoch` and below, `drain_pending`. */

/** Longest tempo; past it an epoch runs whatever the schedule says. Source: lib.rs `MAX_TEMPO`. */
const MAX_TEMPO = 50_400n;

/** Alpha taken from a subnet's pending pots for one epoch, in rao. */
export interface DrainedEmission {
  readonly netuid: number;
  readonly server: bigint;
  readonly validator: bigint;
  readonly root: bigint;
  readonly ownerCut: bigint;
}

export function shouldRunEpoch(x: Ext, netuid: number, block: bigint): boolean {
  const tempo = Tempo.get(x, netuid);
  if (tempo === 0) return false;
  const pending = PendingEpochAt.get(x, netuid);
  if (pending > 0n && block >= pending) return true;
  if (BlocksSinceLastStep.get(x, netuid) > MAX_TEMPO) return true;
  return saturatingSub(block, LastEpochBlock.get(x, netuid)) >= BigInt(tempo);
}

/** Blocks until the schedule's next epoch, manual triggers and deferrals left out; u64::MAX with tempo 0. */
export function blocksUntilNextAutoEpoch(x: Ext, netuid: number, tempo: number, block: bigint): bigint {
  if (tempo === 0) return U64_MAX;
  return saturatingSub(saturatingAddU64(LastEpochBlock.get(x, netuid), BigInt(tempo)), block);
}

/** Block at which the next epoch is expected, undefined with tempo 0. */
export function getNextEpochStartBlock(x: Ext, netuid: number): bigint | undefined {
  const tempo = Tempo.get(x, netuid);
  if (tempo === 0) return undefined;
  const next = saturatingAddU64(LastEpochBlock.get(x, netuid), BigInt(tempo));
  const pending = PendingEpochAt.get(x, netuid);
  return pending > 0n ? minOf(next, pending) : next;
}

/** Whether no hotkey stands twice among a subnet's neurons. Source: epoch/run_epoch.rs. */
function isEpochInputStateConsistent(x: Ext, netuid: number): boolean {
  const seen = new Set<string>();
  for (const [, hotkey] of Keys.iterPrefix(x, netuid)) {
    if (seen.has(hotkey)) return false;
    seen.add(hotkey);
  }
  return true;
}

/** Subnets whose epoch is due in this block and that the cap on epochs per block puts off. */
export function epochsDeferredThisBlock(x: Ext, netuids: readonly number[], block: bigint): Set<number> {
  const cap = MaxEpochsPerBlock.get(x);
  const deferred = new Set<number>();
  let run = 0;
  for (const netuid of netuids) {
    if (!shouldRunEpoch(x, netuid, block)) continue;
    if (run >= cap) deferred.add(netuid);
    else if (isEpochInputStateConsistent(x, netuid)) run += 1;
  }
  return deferred;
}

/** Advances the schedule of every subnet and takes the pending emission of those whose epoch runs now. */
export function drainPending(x: Ext, netuids: readonly number[]): DrainedEmission[] {
  const block = currentBlock(x);
  const cap = MaxEpochsPerBlock.get(x);
  const drained: DrainedEmission[] = [];
  for (const netuid of netuids) {
    BlocksSinceLastStep.mutate(x, netuid, (total) => saturatingAddU64(total, 1n));
    if (!shouldRunEpoch(x, netuid, block)) continue;
    if (drained.length >= cap) {
      const next = saturatingAddU64(block, 1n);
      PendingEpochAt.insert(x, netuid, next);
      events.deposit(x, 'EpochDeferred', { netuid, from_block: block, to_block: next });
      continue;
    }
    if (isEpochInputStateConsistent(x, netuid)) {
      BlocksSinceLastStep.insert(x, netuid, 0n);
      const server = PendingServerEmission.get(x, netuid);
      PendingServerEmission.insert(x, netuid, 0n);
      const validator = PendingValidatorEmission.get(x, netuid);
      PendingValidatorEmission.insert(x, netuid, 0n);
      const root = PendingRootAlphaDivs.get(x, netuid);
      PendingRootAlphaDivs.insert(x, netuid, 0n);
      const ownerCut = PendingOwnerCut.get(x, netuid);
      PendingOwnerCut.insert(x, netuid, 0n);
      drained.push({ netuid, server, validator, root, ownerCut });
      changeSubnetOwnerIfNeeded(x, netuid);
    } else {
      events.deposit(x, 'EpochSkipped', { netuid, block });
    }
    LastEpochBlock.insert(x, netuid, block);
    PendingEpochAt.insert(x, netuid, 0n);
    SubnetEpochIndex.mutate(x, netuid, (index) => saturatingAddU64(index, 1n));
  }
  return drained.sort((a, b) => a.netuid - b.netuid);
}

/** Blocks without an update after which a neuron is inactive, at least 1. Source: utils/misc.rs. */
export const activityCutoffBlocks = (factorMilli: number, tempo: number): bigint =>
  maxOf((BigInt(factorMilli) * BigInt(tempo)) / 1000n, 1n);
