import type { Ext } from '../../frame/ext.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { adjustReserve, announcementDeposit } from './deposits.ts';
import { Announcements, constants, errors } from './spec.ts';
import type { Announcement } from './types.ts';

// Calls that delegates announce before they make them (pallets/proxy/src/lib.rs).

export type AnnouncementValue = ValueOf<typeof Announcement>;

const MAX_PENDING = constants.MaxPending.value as number;

/** @throws Proxy.TooMany, DispatchError of the deposit */
export function addAnnouncement(x: Ext, delegate: AccountId, announcement: AnnouncementValue): void {
  const [pending, deposit] = Announcements.get(x, delegate);
  if (pending.length >= MAX_PENDING) throw errors.TooMany;
  const after = [...pending, announcement];
  const newDeposit = announcementDeposit(after.length);
  adjustReserve(x, delegate, deposit, newDeposit);
  Announcements.insert(x, delegate, [after, newDeposit]);
}

/** Keeps the announcements that `keeps` is true of. @throws Proxy.NotFound when that is all of them */
export function editAnnouncements(x: Ext, delegate: AccountId, keeps: (one: AnnouncementValue) => boolean): void {
  const stored = Announcements.tryGet(x, delegate);
  if (!stored) throw errors.NotFound;
  const [pending, deposit] = stored;
  const after = pending.filter(keeps);
  if (after.length === pending.length) throw errors.NotFound;
  const newDeposit = announcementDeposit(after.length);
  adjustReserve(x, delegate, deposit, newDeposit);
  if (after.length > 0) Announcements.insert(x, delegate, [after, newDeposit]);
  else Announcements.remove(x, delegate);
}
