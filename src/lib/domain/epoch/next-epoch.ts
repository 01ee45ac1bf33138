/** When a subnet runs epochs, as storage says. */
export interface EpochSchedule {
  /** Blocks between two epochs; 0: never. */
  readonly tempo: number;
  /** `LastEpochBlock`, from which the tempo counts. */
  readonly last: number;
  /** `PendingEpochAt`: what the owner asked for; 0: nothing. */
  readonly pending: number;
}

/**
 * The block in which the next epoch is due, as seen from block `head`; undefined where none is scheduled. When more are due
 * than a block may run, some wait. Source: `should_run_epoch` of pallets/subtensor/src/coinbase/run_coinbase.rs.
 */
export function nextEpochBlock({ tempo, last, pending }: EpochSchedule, head: number): number | undefined {
  if (tempo === 0) return undefined;
  const regular = last + tempo;
  return Math.max(head + 1, pending > 0 ? Math.min(pending, regular) : regular);
}
