import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { errorNames, events, palletInfo, storage } from './spec.ts';

export const Sudo = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
});
