import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/** The chain's pallets/crowdloan. */
export const Crowdloan = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
});
