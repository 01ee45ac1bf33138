import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { errors } from '../errors.ts';
import { MaxDelegateTake, MinDelegateTake, Owner } from '../storage.ts';
import type { SubtensorCall } from './subtensor-call.ts';

export const DELEGATE_TAKE_CALLS: ReadonlySet<string> = new Set(['increase_take', 'decrease_take']);

/** Bounds of a delegate's take and who may set it. Source: pallets/subtensor guards/check_delegate_take.rs. @throws DispatchError */
export function checkDelegateTake(x: Ext, who: AccountId, { args }: SubtensorCall): void {
  const { hotkey, take } = args as { readonly hotkey: AccountId; readonly take: number };
  if (take < MinDelegateTake.get(x)) throw errors.DelegateTakeTooLow;
  if (take > MaxDelegateTake.get(x)) throw errors.DelegateTakeTooHigh;
  const owner = Owner.tryGet(x, hotkey);
  if (owner === undefined) throw errors.HotKeyAccountNotExists;
  if (owner !== who) throw errors.NonAssociatedColdKey;
}
