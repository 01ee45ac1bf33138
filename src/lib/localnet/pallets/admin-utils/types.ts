// Types of the pallet that storage, events and calls carry.

import { plainEnum } from '../../scale/compound.ts';

export const PrecompileEnum = plainEnum('pallet_admin_utils::pallet::PrecompileEnum', [
  'BalanceTransfer',
  'Staking',
  'Subnet',
  'Metagraph',
  'Neuron',
  'UidLookup',
  'Alpha',
  'Crowdloan',
  'Proxy',
  'Leasing',
  'AddressMapping',
  'VotingPower',
]);
