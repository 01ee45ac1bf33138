import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { onInitialize } from './coinbase/block-step.ts';
import { constants } from './constants.ts';
import { errorNames } from './errors.ts';
import { events } from './events.ts';
import { palletInfo } from './info.ts';
import { storage } from './storage.ts';

/** The chain's own pallet (pallets/subtensor of opentensor/subtensor). */
export const SubtensorModule = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize },
});
