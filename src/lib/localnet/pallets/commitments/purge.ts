import type { Ext } from '../../frame/ext.ts';
import {
  CommitmentOf,
  LastBondsReset,
  LastCommitment,
  RevealedCommitments,
  TimelockedIndex,
  UsedSpaceOf,
} from './spec.ts';

/** Forgets every commitment of a subnet. Source: pallets/commitments lib.rs. */
export function purgeNetuid(x: Ext, netuid: number): void {
  for (const map of [CommitmentOf, LastCommitment, LastBondsReset, RevealedCommitments, UsedSpaceOf])
    map.clearPrefix(x, netuid);
  TimelockedIndex.mutate(x, (index) => index.filter(([of]) => of !== netuid));
}
