import type { Ext } from '../../frame/ext.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { byNetuidAndAccount, TimelockedIndex } from './spec.ts';

// Who has a timelocked field in a commitment, in the order of netuid and account (pallets/commitments/src/lib.rs).

const isEntry =
  (netuid: number, who: AccountId) =>
  ([of, account]: readonly [number, AccountId]): boolean =>
    of === netuid && account === who;

export function addTimelocked(x: Ext, netuid: number, who: AccountId): void {
  TimelockedIndex.mutate(x, (index) =>
    index.some(isEntry(netuid, who)) ? index : [...index, [netuid, who] as const].sort(byNetuidAndAccount),
  );
}

export function removeTimelocked(x: Ext, netuid: number, who: AccountId): void {
  const isIt = isEntry(netuid, who);
  TimelockedIndex.mutate(x, (index) => index.filter((entry) => !isIt(entry)));
}
