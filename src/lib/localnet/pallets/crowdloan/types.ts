// Types of the pallet that storage, events and calls carry.

import { option, struct } from '../../scale/compound.ts';
import { bool, u32, u64 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { Bounded } from '../system/types.ts';

export const CrowdloanInfo = struct(
  'pallet_crowdloan::CrowdloanInfo',
  {
    creator: AccountId32,
    deposit: u64,
    min_contribution: u64,
    end: u32,
    cap: u64,
    funds_account: AccountId32,
    raised: u64,
    target_address: option(AccountId32),
    call: option(Bounded),
    finalized: bool,
    contributors_count: u32,
  },
  {
    params: [
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
      { name: 'Balance', type: u64 as Type<unknown> },
      { name: 'BlockNumber', type: u32 as Type<unknown> },
      { name: 'Call', type: Bounded as Type<unknown> },
    ],
  },
);
