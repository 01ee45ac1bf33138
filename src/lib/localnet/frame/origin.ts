import type { AccountId } from '../scale/well-known.ts';
import { BadOrigin } from './dispatch-error.ts';
import type { RuntimeCallValue } from './runtime-handle.ts';

/** Who a call comes from. Root passes every filter. */
export type Origin =
  | { readonly type: 'Root' }
  | {
      readonly type: 'Signed';
      readonly account: AccountId;
      /** Which calls may still be made: a proxy's permission narrows the origin that it hands on. Absent: all. */
      readonly filter?: (call: RuntimeCallValue) => boolean;
    }
  | { readonly type: 'None' };

export const ROOT: Origin = { type: 'Root' };
export const NONE: Origin = { type: 'None' };
export const signed = (account: AccountId): Origin => ({ type: 'Signed', account });

/** @throws BadOrigin */
export function ensureSigned(origin: Origin): AccountId {
  if (origin.type !== 'Signed') throw BadOrigin;
  return origin.account;
}

/** @throws BadOrigin */
export function ensureRoot(origin: Origin): void {
  if (origin.type !== 'Root') throw BadOrigin;
}

/** @throws BadOrigin */
export function ensureNone(origin: Origin): void {
  if (origin.type !== 'None') throw BadOrigin;
}

/** The signer, or undefined for root. @throws BadOrigin */
export function ensureSignedOrRoot(origin: Origin): AccountId | undefined {
  return origin.type === 'Root' ? undefined : ensureSigned(origin);
}
