import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import { AssociatedEvmAddress, Uids } from '../storage.ts';
import { evmKeyAssociateRateLimit } from '../utils/evm.ts';
import type { SubtensorCall } from './subtensor-call.ts';

export const EVM_KEY_CALLS: ReadonlySet<string> = new Set(['associate_evm_key']);

/** Registration and cooldown of EVM keys. Source: pallets/subtensor guards/check_evm_key_association.rs. @throws DispatchError */
export function checkEvmKeyAssociation(x: Ext, who: AccountId, { args }: SubtensorCall): void {
  const { netuid } = args as { readonly netuid: number };
  const uid = Uids.get(x, netuid, who);
  if (uid === undefined) throw errors.HotKeyNotRegisteredInSubNet;
  const last = AssociatedEvmAddress.get(x, netuid, uid)?.[1] ?? 0n;
  const now = currentBlock(x);
  const passed = now > last ? now - last : 0n;
  if (passed < evmKeyAssociateRateLimit(x)) throw errors.EvmKeyAssociateRateLimitExceeded;
}
