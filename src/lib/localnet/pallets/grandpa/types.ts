// Types of the pallet that storage, events and calls carry.

import { enumeration, option, struct, tuple, weakBoundedVec } from '../../scale/compound.ts';
import { fixedBytes, u32, u64 } from '../../scale/primitives.ts';
import { newtype, type Type } from '../../scale/type.ts';

export const StoredState = enumeration(
  'pallet_grandpa::StoredState',
  {
    Live: null,
    PendingPause: { scheduled_at: u32, delay: u32 },
    Paused: null,
    PendingResume: { scheduled_at: u32, delay: u32 },
  },
  { params: [{ name: 'N', type: u32 as Type<unknown> }] },
);
export const GrandpaPublic = newtype('sp_consensus_grandpa::app::Public', fixedBytes(32));
export const StoredPendingChange = struct(
  'pallet_grandpa::StoredPendingChange',
  { scheduled_at: u32, delay: u32, next_authorities: weakBoundedVec(tuple(GrandpaPublic, u64)), forced: option(u32) },
  { params: [{ name: 'N', type: u32 as Type<unknown> }, { name: 'Limit' }] },
);
