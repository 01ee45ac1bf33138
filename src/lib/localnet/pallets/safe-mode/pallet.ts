import { pallet } from '../../frame/pallet.ts';
import { addWeight, dbReads, weight } from '../../frame/weight.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/** on_initialize_noop of pallet-safe-mode (src/weights.rs). */
const NOT_ENTERED = addWeight(weight(733_000n, 1489n), dbReads(1));

/** pallet-safe-mode without calls: safe mode is never entered. */
export const SafeMode = pallet({
  ...palletInfo,
  storage: storage.items,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize: () => NOT_ENTERED },
});
