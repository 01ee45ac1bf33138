import { asDispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { type HoldReason, hold, release } from '../balances/hold.ts';

// What a preimage's owner has on hold while it is kept (frame-support 41 tokens/fungible/mod.rs HoldConsideration with the prices
// of runtime/src/lib.rs). Amounts are rao.

const REASON: HoldReason = { type: 'Preimage', value: 'Preimage' };
const BASE = 104_000_000n;
const PER_BYTE = 1_000_000n;

/** Puts the price of `bytes` bytes on hold. Answers it. @throws DispatchError */
export function takeTicket(x: Ext, who: AccountId, bytes: number): bigint {
  const price = BASE + PER_BYTE * BigInt(bytes);
  hold(x, REASON, who, price);
  return price;
}

/** Gives the price back, as far as it is still on hold. */
export function dropTicket(x: Ext, who: AccountId, price: bigint): void {
  try {
    release(x, REASON, who, price, 'BestEffort');
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
}
