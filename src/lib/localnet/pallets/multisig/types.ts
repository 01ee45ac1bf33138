// Types of the pallet that storage, events and calls carry.

import { boundedVec, struct } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import { AccountId32 } from '../../scale/well-known.ts';

export const Timepoint = struct(
  'pallet_multisig::Timepoint',
  { height: u32, index: u32 },
  { params: [{ name: 'BlockNumber', type: u32 as Type<unknown> }] },
);
export const Multisig = struct(
  'pallet_multisig::Multisig',
  { when: Timepoint, deposit: u64, depositor: AccountId32, approvals: boundedVec(AccountId32) },
  {
    params: [
      { name: 'BlockNumber', type: u32 as Type<unknown> },
      { name: 'Balance', type: u64 as Type<unknown> },
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'MaxApprovals' },
    ],
  },
);
