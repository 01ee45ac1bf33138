// Types of the pallet that storage, events and calls carry.

import { plainEnum } from '../../scale/compound.ts';

export const SafeModeHoldReason = plainEnum('pallet_safe_mode::pallet::HoldReason', ['EnterOrExtend']);
export const ExitReason = plainEnum('pallet_safe_mode::pallet::ExitReason', ['Timeout', 'Force']);
