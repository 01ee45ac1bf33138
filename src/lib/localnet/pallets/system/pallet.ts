import { pallet } from '../../frame/pallet.ts';
import { refuseUnsigned } from '../../frame/transaction-validity.ts';
import { calls } from './calls.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

export const System = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
  validateUnsigned: refuseUnsigned,
});
