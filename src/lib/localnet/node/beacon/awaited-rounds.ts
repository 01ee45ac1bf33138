import type { Ext } from '../../frame/ext.ts';
import { CommitmentOf, TimelockedIndex } from '../../pallets/commitments/spec.ts';
import { LastStoredRound } from '../../pallets/drand/spec.ts';
import { TimelockedWeightCommits } from '../../pallets/subtensor/storage.ts';

/** Every round that a timelocked commit of the state was made for. */
function* roundsOfCommits(x: Ext): Generator<bigint> {
  for (const [, , commits] of TimelockedWeightCommits.iter(x)) {
    for (const [, , , round] of commits) yield round;
  }
  for (const [netuid, who] of TimelockedIndex.get(x)) {
    for (const field of CommitmentOf.get(x, netuid, who)?.info.fields ?? []) {
      if (field.type === 'TimelockEncrypted') yield field.value.reveal_round;
    }
  }
}

/**
 * Rounds up to `newest` that somebody waits for and that the chain can still take, ascending: the chain takes no round before
 * the last one that it stored.
 */
export function awaitedRounds(x: Ext, newest: bigint): readonly bigint[] {
  const last = LastStoredRound.get(x);
  const awaited = new Set<bigint>();
  for (const round of roundsOfCommits(x)) if (round > last && round <= newest) awaited.add(round);
  return [...awaited].sort((a, b) => (a < b ? -1 : 1));
}
