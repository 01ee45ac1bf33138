// Types of the pallet that storage, events and calls carry.

import { struct } from '../../scale/compound.ts';
import { u64 } from '../../scale/primitives.ts';
import { newtype } from '../../scale/type.ts';
import { Perquintill } from '../system/types.ts';

export const Balancer = struct('pallet_subtensor_swap::pallet::balancer::Balancer', { quote: Perquintill });
export const NonZeroU64 = newtype('NonZeroU64', u64);
