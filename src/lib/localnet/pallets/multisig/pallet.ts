import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/** pallet-multisig 41. */
export const Multisig = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
});
