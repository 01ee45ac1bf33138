import type { Ext } from '../../../frame/ext.ts';
import type { RuntimeCallValue } from '../../../frame/runtime-handle.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { errors } from '../errors.ts';
import { ColdkeySwapAnnouncements, ColdkeySwapDisputes } from '../storage.ts';

const ALLOWED = new Set([
  'SubtensorModule.announce_coldkey_swap',
  'SubtensorModule.swap_coldkey_announced',
  'SubtensorModule.dispute_coldkey_swap',
  'SubtensorModule.clear_coldkey_swap_announcement',
  'MevShield.submit_encrypted',
]);

/**
 * While a coldkey has announced its swap, it may do nothing but go on with that; while the swap is disputed, nothing at all.
 * Source: pallets/subtensor guards/check_coldkey_swap.rs. @throws ColdkeySwapDisputed, ColdkeySwapAnnounced
 */
export function checkColdkeySwap(x: Ext, who: AccountId, call: RuntimeCallValue): void {
  if (!ColdkeySwapAnnouncements.containsKey(x, who)) return;
  if (ColdkeySwapDisputes.containsKey(x, who)) throw errors.ColdkeySwapDisputed;
  if (!ALLOWED.has(`${call.type}.${call.value.type}`)) throw errors.ColdkeySwapAnnounced;
}
