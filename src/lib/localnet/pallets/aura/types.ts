// Types of the pallet that storage, events and calls carry.

import { fixedBytes, u64 } from '../../scale/primitives.ts';
import { newtype } from '../../scale/type.ts';

export const AuraPublic = newtype('sp_consensus_aura::sr25519::app_sr25519::Public', fixedBytes(32));
export const Slot = newtype('sp_consensus_slots::Slot', u64);
