// Types of the pallet that storage, events and calls carry.

import { plainEnum } from '../../scale/compound.ts';

export const Releases = plainEnum('pallet_transaction_payment::Releases', ['V1Ancient', 'V2']);
