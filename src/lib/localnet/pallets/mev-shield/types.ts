// Types of the pallet that storage, events and calls carry.

import { boundedBytes, struct } from '../../scale/compound.ts';
import { u32 } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';

export const PendingExtrinsic = struct(
  'pallet_shield::pallet::PendingExtrinsic',
  { who: AccountId32, encrypted_call: boundedBytes(), submitted_at: u32 },
  { params: [{ name: 'T' }] },
);
