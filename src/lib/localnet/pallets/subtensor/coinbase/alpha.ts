import { saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import * as alphaAssets from '../../alpha-assets/alpha-assets.ts';
import { SubnetAlphaIn, SubnetAlphaOut } from '../storage.ts';

/** How a subnet's alpha comes and goes; amounts are rao of alpha. Source: coinbase/alpha.rs. */

/** Issues alpha; the caller places it with one of the two functions below. */
export const mintAlpha = alphaAssets.mintAlpha;

/** Places issued alpha with the stakers of the subnet. */
export function resolveToAlphaOut(x: Ext, netuid: number, amount: bigint): void {
  if (amount !== 0n) SubnetAlphaOut.mutate(x, netuid, (total) => saturatingAddU64(total, amount));
}

/** Places issued alpha in the subnet's pool. */
export function resolveToAlphaIn(x: Ext, netuid: number, amount: bigint): void {
  if (amount !== 0n) SubnetAlphaIn.mutate(x, netuid, (total) => saturatingAddU64(total, amount));
}

/** Takes staked alpha out of the issuance, so that it is emitted again. */
export function recycleSubnetAlpha(x: Ext, netuid: number, amount: bigint): void {
  if (amount === 0n) return;
  SubnetAlphaOut.mutate(x, netuid, (total) => saturatingSub(total, amount));
  alphaAssets.recycleAlpha(x, netuid, amount);
}

/** Records alpha that nobody owns any more; it still counts as issued and as out. */
export const burnSubnetAlpha = alphaAssets.burnAlpha;
