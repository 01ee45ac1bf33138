import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

export const Swap = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
});
