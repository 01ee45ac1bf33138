import type { Ext } from '../../frame/ext.ts';
import { byParams } from '../../frame/params.ts';
import { toHex, utf8 } from '../../scale/bytes.ts';
import { u32 } from '../../scale/primitives.ts';
import { encode, type ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { Crowdloans, constants, errors } from './spec.ts';
import type { CrowdloanInfo } from './types.ts';

// What several calls of the pallet check (pallets/crowdloan/src/lib.rs).

export type Crowdloan = ValueOf<typeof CrowdloanInfo>;

const PREFIX = toHex(utf8.encode('modl')) + (constants.PalletId.value as string);

/** The account that holds what a crowdloan raises. */
export const fundsAccount = (id: number): AccountId => (PREFIX + toHex(encode(u32, id))).padEnd(64, '0');

/** @throws Crowdloan.InvalidCrowdloanId */
export function existing(x: Ext, id: number): Crowdloan {
  const crowdloan = Crowdloans.get(x, id);
  if (!crowdloan) throw errors.InvalidCrowdloanId;
  return crowdloan;
}

/** One that its creator may still change. @throws Crowdloan.InvalidCrowdloanId, AlreadyFinalized, InvalidOrigin */
export function changeable(x: Ext, id: number, who: AccountId): Crowdloan {
  const crowdloan = existing(x, id);
  if (crowdloan.finalized) throw errors.AlreadyFinalized;
  if (who !== crowdloan.creator) throw errors.InvalidOrigin;
  return crowdloan;
}

/** @throws Crowdloan.CannotEndInPast, BlockDurationTooShort, BlockDurationTooLong */
export function ensureValidEnd(x: Ext, now: number, end: number): void {
  if (now >= end) throw errors.CannotEndInPast;
  if (end - now < (byParams(constants.MinimumBlockDuration.value, x.params) as number)) {
    throw errors.BlockDurationTooShort;
  }
  if (end - now > (byParams(constants.MaximumBlockDuration.value, x.params) as number)) {
    throw errors.BlockDurationTooLong;
  }
}
