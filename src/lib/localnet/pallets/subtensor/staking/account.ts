import { costs } from '../../../frame/dispatch-info.ts';
import { ensureSigned } from '../../../frame/origin.ts';
import { Account, callWithNames } from '../call-args.ts';
import { createAccountIfNonExistent } from './helpers.ts';

/** Source: staking/account.rs. */
export const accountCalls = {
  /** Makes a hotkey without owner the coldkey's. @throws CannotUseSystemAccount */
  try_associate_hotkey: callWithNames(91, { hotkey: Account }, costs(400_337_000n, 4283), (x, origin, { hotkey }) =>
    createAccountIfNonExistent(x, ensureSigned(origin), hotkey),
  ),
};
