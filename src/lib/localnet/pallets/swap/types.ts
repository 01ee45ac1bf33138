// Types of the pallet that storage, events and calls carry.

import { struct } from '../../scale/compound.ts';
import { i32, u64, u128 } from '../../scale/primitives.ts';
import { newtype } from '../../scale/type.ts';
import { Perquintill } from '../system/types.ts';

export const Balancer = struct('pallet_subtensor_swap::pallet::balancer::Balancer', { quote: Perquintill });
export const NonZeroU64 = newtype('NonZeroU64', u64);

/** Arguments of the calls around users' liquidity, which are gone. */
export const TickIndex = newtype('pallet_subtensor_swap::pallet::TickIndex', i32, { typeName: 'i32' });
export const PositionId = newtype('pallet_subtensor_swap::pallet::PositionId', u128, { typeName: 'u128' });
