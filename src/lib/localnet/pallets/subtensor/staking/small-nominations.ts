import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingMulU64 } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentAlphaPrice, MIN_PRICE } from '../../swap/swap.ts';
import { NominatorMinRequiredStake } from '../storage.ts';
import { alphaIter, coldkeyOwnsHotkey } from './helpers.ts';
import { forceReduceLock } from './lock.ts';
import { unstakeFromSubnet } from './stake-into-subnet.ts';
import {
  DEFAULT_MIN_STAKE,
  decreaseStakeForHotkeyAndColdkeyOnSubnet,
  getStakeForHotkeyAndColdkeyOnSubnet,
} from './stake-utils.ts';

/** Stake on other people's hotkeys that is too small to keep. Source: staking/helpers.rs, utils/misc.rs. */

/** Least stake of a nominator in rao of TAO: the factor, in parts per million, of the least stake. */
export const getNominatorMinRequiredStake = (x: Ext): bigint =>
  saturatingMulU64(DEFAULT_MIN_STAKE, NominatorMinRequiredStake.get(x)) / 1_000_000n;

/** Pays out the coldkey's stake where it does not own the hotkey and is below the minimum; where it cannot be sold it is lost. */
export function clearSmallNominationIfRequired(x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number): void {
  if (coldkeyOwnsHotkey(x, coldkey, hotkey)) return;
  const stake = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid);
  if (stake === 0n) return;
  const minimum = U64F64.safeDiv(
    U64F64.saturatingFromNum(getNominatorMinRequiredStake(x)),
    currentAlphaPrice(x, netuid),
  );
  if (stake >= U64F64.saturatingToU64(minimum)) return;
  try {
    unstakeFromSubnet(x, hotkey, coldkey, coldkey, netuid, stake, MIN_PRICE, false);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    const left = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid);
    decreaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, left);
  }
  forceReduceLock(x, coldkey, netuid, stake);
}

/** The same for every stake there is. */
export function clearSmallNominations(x: Ext): void {
  for (const [hotkey, coldkey, netuid] of alphaIter(x)) clearSmallNominationIfRequired(x, hotkey, coldkey, netuid);
}
