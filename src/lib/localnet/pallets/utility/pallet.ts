import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { constants, errorNames, events, palletInfo } from './spec.ts';

/** The chain's fork of pallet-utility (pallets/utility). */
export const Utility = pallet({
  ...palletInfo,
  calls,
  events,
  errors: { names: errorNames },
  constants,
});
