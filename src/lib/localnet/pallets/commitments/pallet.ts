import { pallet } from '../../frame/pallet.ts';
import { dbReads } from '../../frame/weight.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/** pallets/commitments without calls: nothing waits to be revealed, and looking costs one read. */
export const Commitments = pallet({
  ...palletInfo,
  storage: storage.items,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize: () => dbReads(1) },
});
