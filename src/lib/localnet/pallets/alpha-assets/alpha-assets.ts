import { saturatingAddU64, saturatingSub } from '../../fixed/integer.ts';
import type { Ext } from '../../frame/ext.ts';
import { AlphaBurned, AlphaRecycled, TotalAlphaIssuance } from './spec.ts';

/** Bookkeeping of each subnet's alpha, in rao. It records; the amounts are placed elsewhere. Source: pallets/alpha-assets/src/lib.rs. */

/** Adds to the issuance. Returns the amount, for the caller to place. */
export function mintAlpha(x: Ext, netuid: number, amount: bigint): bigint {
  if (amount !== 0n) TotalAlphaIssuance.mutate(x, netuid, (issuance) => saturatingAddU64(issuance, amount));
  return amount;
}

/** Records alpha that nobody owns any more; the issuance keeps it. */
export function burnAlpha(x: Ext, netuid: number, amount: bigint): void {
  if (amount !== 0n) AlphaBurned.mutate(x, netuid, (burned) => saturatingAddU64(burned, amount));
}

/** Records alpha that goes back to be emitted again: the issuance shrinks. */
export function recycleAlpha(x: Ext, netuid: number, amount: bigint): void {
  if (amount === 0n) return;
  AlphaRecycled.mutate(x, netuid, (recycled) => saturatingAddU64(recycled, amount));
  TotalAlphaIssuance.mutate(x, netuid, (issuance) => saturatingSub(issuance, amount));
}
