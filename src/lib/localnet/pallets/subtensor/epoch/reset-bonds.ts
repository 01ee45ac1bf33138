import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { Bonds, BondsResetOn, Uids } from '../storage.ts';
import { getNetuidAndSubid } from '../subnets/mechanism.ts';

/** Flat pairs without those of one uid. */
function without(pairs: Uint16Array, uid: number): Uint16Array {
  const kept: number[] = [];
  for (let i = 0; i < pairs.length; i += 2) if (pairs[i] !== uid) kept.push(pairs[i]!, pairs[i + 1]!);
  return Uint16Array.from(kept);
}

/**
 * Takes every validator's bonds in one neuron away, where the subnet's owner allows it.
 *
 * @param index storage index of the subnet's mechanism
 * Source: pallets/subtensor epoch/run_epoch.rs `do_reset_bonds`.
 */
export function doResetBonds(x: Ext, index: number, hotkey: AccountId): void {
  const netuid = getNetuidAndSubid(x, index)?.netuid ?? 0;
  if (!BondsResetOn.get(x, netuid)) return;
  const uid = Uids.tryGet(x, netuid, hotkey);
  if (uid === undefined) return;
  for (const [validator, bonds] of [...Bonds.iterPrefix(x, index)]) {
    Bonds.insert(x, index, validator, without(bonds, uid));
  }
}
