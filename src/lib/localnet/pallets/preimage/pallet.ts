import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { errorNames, events, palletInfo, storage } from './spec.ts';

/** pallet-preimage 41. */
export const Preimage = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
});
