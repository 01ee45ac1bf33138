import { pallet } from '../../frame/pallet.ts';
import { dbReads } from '../../frame/weight.ts';
import { errorNames, events, palletInfo, storage } from './spec.ts';

/** pallets/shield without calls: no encrypted extrinsic waits, and looking costs two reads. */
export const MevShield = pallet({
  ...palletInfo,
  storage: storage.items,
  events,
  errors: { names: errorNames },
  hooks: { onInitialize: () => dbReads(2) },
});
