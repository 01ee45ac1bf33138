// Types of the pallet that storage, events and calls carry.

import { OriginCaller } from '../../frame/runtime-types.ts';
import { option, struct, tuple } from '../../scale/compound.ts';
import { fixedBytes, u8, u32 } from '../../scale/primitives.ts';
import type { Type } from '../../scale/type.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { Bounded } from '../system/types.ts';

export const Scheduled = struct(
  'pallet_scheduler::Scheduled',
  {
    maybe_id: option(fixedBytes(32)),
    priority: u8,
    call: Bounded,
    maybe_periodic: option(tuple(u32, u32)),
    origin: OriginCaller,
  },
  {
    params: [
      { name: 'Name', type: fixedBytes(32) as Type<unknown> },
      { name: 'Call', type: Bounded as Type<unknown> },
      { name: 'BlockNumber', type: u32 as Type<unknown> },
      { name: 'PalletsOrigin', type: OriginCaller as Type<unknown> },
      { name: 'AccountId', type: AccountId32 as Type<unknown> },
    ],
  },
);
export const RetryConfig = struct(
  'pallet_scheduler::RetryConfig',
  { total_retries: u8, remaining: u8, period: u32 },
  { params: [{ name: 'Period', type: u32 as Type<unknown> }] },
);
