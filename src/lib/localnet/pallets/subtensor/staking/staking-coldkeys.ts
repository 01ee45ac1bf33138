import { saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { NumStakingColdkeys, StakingColdkeys, StakingColdkeysByIndex, StakingHotkeys } from '../storage.ts';
import { getStakeForHotkeyAndColdkeyOnSubnet } from './stake-utils.ts';

/** The table of coldkeys that stake on root, from which automatic claims draw. Source: staking/claim_root.rs. */

export function maybeAddColdkeyIndex(x: Ext, coldkey: AccountId): void {
  if (StakingColdkeys.containsKey(x, coldkey)) return;
  const index = NumStakingColdkeys.get(x);
  StakingColdkeysByIndex.insert(x, index, coldkey);
  StakingColdkeys.insert(x, coldkey, index);
  NumStakingColdkeys.put(x, saturatingAddU64(index, 1n));
}

export const coldkeyHasRootStake = (x: Ext, coldkey: AccountId): boolean =>
  StakingHotkeys.get(x, coldkey).some((hotkey) => getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, 0) !== 0n);

/** Takes a coldkey out; the last one of the table moves to its place. */
export function maybeRemoveColdkeyIndex(x: Ext, coldkey: AccountId): void {
  const index = StakingColdkeys.take(x, coldkey);
  if (index === undefined) return;
  const last = saturatingSub(NumStakingColdkeys.get(x), 1n);
  const moved = index === last ? undefined : StakingColdkeysByIndex.take(x, last);
  if (moved === undefined) StakingColdkeysByIndex.remove(x, index);
  else {
    StakingColdkeysByIndex.insert(x, index, moved);
    StakingColdkeys.insert(x, moved, index);
  }
  NumStakingColdkeys.put(x, last);
}
