import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { currentBlock } from '../../system/block-number.ts';
import { OwnerCutAutoLockEnabled, SubnetOwner, SubnetOwnerHotkey } from '../storage.ts';
import { readConvictionModel } from './conviction-model.ts';
import { doLockStake } from './lock.ts';

/** Locks what a subnet's owner has just earned, where the subnet says so; a lock that is refused is left. Source: staking/lock.rs. */
export function autoLockOwnerCut(x: Ext, netuid: number, amount: bigint): void {
  if (!OwnerCutAutoLockEnabled.get(x, netuid)) return;
  const coldkey = SubnetOwner.get(x, netuid);
  const found = readConvictionModel(x, coldkey, netuid, currentBlock(x));
  try {
    doLockStake(x, coldkey, netuid, found?.hotkey ?? SubnetOwnerHotkey.get(x, netuid), amount);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
}
