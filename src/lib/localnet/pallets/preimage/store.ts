import { asDispatchError, Unavailable } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import { type Hex, toHex } from '../../scale/bytes.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { unreserve } from '../balances/reservable.ts';
import { errors, events, PreimageFor, RequestStatusFor, StatusFor } from './spec.ts';
import { dropTicket, takeTicket } from './ticket.ts';
import type { RequestStatus } from './types.ts';

// Bytes kept under their hash: noted by who pays for it, or requested by the chain (pallet-preimage 41, src/lib.rs).

type Status = ValueOf<typeof RequestStatus>;
type Ticket = readonly [owner: AccountId, price: bigint];

const MAX_SIZE = 4 * 1024 * 1024;

/** Brings a status from before tickets up to date. False when there was none. */
export function ensureUpdated(x: Ext, hash: Hex): boolean {
  const old = StatusFor.take(x, hash);
  if (!old) return false;
  const exchange = (who: AccountId, deposit: bigint, length: number | undefined): Ticket | undefined => {
    unreserve(x, who, deposit);
    return length === undefined ? undefined : [who, takeTicket(x, who, length)];
  };
  try {
    if (old.type === 'Unrequested') {
      const { deposit, len } = old.value;
      const ticket = exchange(deposit[0], deposit[1], len)!;
      RequestStatusFor.insert(x, hash, { type: 'Unrequested', value: { ticket, len } });
    } else {
      const { deposit, count, len: maybe_len } = old.value;
      const maybe_ticket = deposit && exchange(deposit[0], deposit[1], maybe_len);
      RequestStatusFor.insert(x, hash, { type: 'Requested', value: { maybe_ticket, count, maybe_len } });
    }
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
  return true;
}

const requested = (maybe_ticket: Ticket | undefined, count: number, maybe_len: number | undefined): Status => ({
  type: 'Requested',
  value: { maybe_ticket, count, maybe_len },
});

/**
 * Keeps bytes: for `depositor`, who pays, or for the chain, which requests them by it.
 * Answers their hash and whether the chain requests them. @throws Preimage.TooBig, AlreadyNoted, DispatchError of the hold
 */
export function noteBytes(
  x: Ext,
  bytes: Uint8Array,
  depositor: AccountId | undefined,
): { readonly hash: Hex; readonly isRequested: boolean } {
  const hash = toHex(blake2_256(bytes));
  const len = bytes.length;
  if (len > MAX_SIZE) throw errors.TooBig;
  ensureUpdated(x, hash);
  const status = statusAfterNote(x, RequestStatusFor.get(x, hash), len, depositor);
  RequestStatusFor.insert(x, hash, status);
  PreimageFor.insert(x, [hash, len], bytes);
  events.deposit(x, 'Noted', { hash });
  return { hash, isRequested: status.type === 'Requested' };
}

function statusAfterNote(x: Ext, before: Status | undefined, len: number, depositor: AccountId | undefined): Status {
  if (before?.type === 'Requested') return requested(before.value.maybe_ticket, before.value.count, len);
  if (depositor === undefined) return requested(before?.value.ticket, 1, len);
  if (before) throw errors.AlreadyNoted;
  return { type: 'Unrequested', value: { ticket: [depositor, takeTicket(x, depositor, len)], len } };
}

/** The chain wants these bytes kept, or brought. */
export function requestPreimage(x: Ext, hash: Hex): void {
  ensureUpdated(x, hash);
  const before = RequestStatusFor.get(x, hash);
  const after =
    before?.type === 'Requested'
      ? requested(before.value.maybe_ticket, Math.min(before.value.count + 1, 0xffff_ffff), before.value.maybe_len)
      : requested(before?.value.ticket, 1, before?.value.len);
  RequestStatusFor.insert(x, hash, after);
  if (before?.type !== 'Requested' || before.value.count === 0) events.deposit(x, 'Requested', { hash });
}

function clear(x: Ext, hash: Hex, len: number): void {
  PreimageFor.remove(x, [hash, len]);
  RequestStatusFor.remove(x, hash);
  events.deposit(x, 'Cleared', { hash });
}

/** One request less; without any, bytes that nobody paid for go. @throws Preimage.NotRequested */
export function unrequestPreimage(x: Ext, hash: Hex): void {
  ensureUpdated(x, hash);
  const status = RequestStatusFor.get(x, hash);
  if (status?.type !== 'Requested') throw errors.NotRequested;
  const { maybe_ticket, count, maybe_len } = status.value;
  if (count > 1) RequestStatusFor.insert(x, hash, requested(maybe_ticket, count - 1, maybe_len));
  else if (maybe_len === undefined) RequestStatusFor.remove(x, hash);
  else if (!maybe_ticket) clear(x, hash, maybe_len);
  else {
    RequestStatusFor.insert(x, hash, { type: 'Unrequested', value: { ticket: maybe_ticket, len: maybe_len } });
  }
}

/** Takes bytes back; `owner` absent: whoever owns them. @throws Preimage.NotNoted, NotAuthorized, NotRequested */
export function unnotePreimage(x: Ext, hash: Hex, owner: AccountId | undefined): void {
  ensureUpdated(x, hash);
  const status = RequestStatusFor.get(x, hash);
  if (!status) throw errors.NotNoted;
  const ticket = status.type === 'Requested' ? status.value.maybe_ticket : status.value.ticket;
  if (!ticket) {
    if (owner !== undefined) throw errors.NotAuthorized;
    unrequestPreimage(x, hash);
    return;
  }
  if (owner !== undefined && owner !== ticket[0]) throw errors.NotAuthorized;
  dropTicket(x, ticket[0], ticket[1]);
  if (status.type === 'Unrequested') clear(x, hash, status.value.len);
  else RequestStatusFor.insert(x, hash, requested(undefined, status.value.count, status.value.maybe_len));
}

/** The bytes of a hash; without their length it is looked up. @throws Unavailable */
export function fetchPreimage(x: Ext, hash: Hex, length: number | undefined): Uint8Array {
  let len = length;
  if (len === undefined) {
    ensureUpdated(x, hash);
    const status = RequestStatusFor.get(x, hash);
    len = status?.type === 'Requested' ? status.value.maybe_len : status?.value.len;
  }
  const bytes = len === undefined ? undefined : PreimageFor.get(x, [hash, len]);
  if (!bytes) throw Unavailable;
  return bytes;
}
