// Types of the pallet that storage, events and calls carry.

import { enumeration, option, plainEnum, tuple } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';
import { AccountId32 } from '../../scale/well-known.ts';

export const PreimageHoldReason = plainEnum('pallet_preimage::pallet::HoldReason', ['Preimage']);
export const OldRequestStatus = enumeration(
  'pallet_preimage::OldRequestStatus',
  {
    Unrequested: { deposit: tuple(AccountId32, u64), len: u32 },
    Requested: { deposit: option(tuple(AccountId32, u64)), count: u32, len: option(u32) },
  },
  {
    params: [
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'Balance', type: u64 as Type<unknown> },
    ],
  },
);
const HoldConsideration = newtype('frame_support::traits::tokens::fungible::HoldConsideration', u64, {
  params: [{ name: 'A' }, { name: 'F' }, { name: 'R' }, { name: 'D' }, { name: 'Fp' }],
});
export const RequestStatus = enumeration(
  'pallet_preimage::RequestStatus',
  {
    Unrequested: { ticket: tuple(AccountId32, HoldConsideration), len: u32 },
    Requested: { maybe_ticket: option(tuple(AccountId32, HoldConsideration)), count: u32, maybe_len: option(u32) },
  },
  {
    params: [
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'Ticket', type: HoldConsideration as Type<unknown> },
    ],
  },
);
