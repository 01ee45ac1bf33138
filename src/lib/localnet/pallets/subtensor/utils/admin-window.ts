import type { Ext } from '../../../frame/ext.ts';
import { currentBlock } from '../../system/block-number.ts';
import { blocksUntilNextAutoEpoch } from '../coinbase/epoch-schedule.ts';
import { errors } from '../errors.ts';
import { AdminFreezeWindow, PendingEpochAt, Tempo } from '../storage.ts';

/** The blocks before an epoch in which a subnet's settings stand still. Source: pallets/subtensor utils/misc.rs. */

function isInAdminFreezeWindow(x: Ext, netuid: number, block: bigint): boolean {
  const tempo = Tempo.get(x, netuid);
  if (tempo === 0) return false;
  if (PendingEpochAt.get(x, netuid) > block) return true;
  return blocksUntilNextAutoEpoch(x, netuid, tempo, block) < BigInt(AdminFreezeWindow.get(x));
}

/** @throws AdminActionProhibitedDuringWeightsWindow */
export function ensureAdminWindowOpen(x: Ext, netuid: number): void {
  if (isInAdminFreezeWindow(x, netuid, currentBlock(x))) throw errors.AdminActionProhibitedDuringWeightsWindow;
}
