import type { Ext } from '../../frame/ext.ts';
import { pallet } from '../../frame/pallet.ts';
import { addWeight, dbReads, dbReadsWrites, type Weight, weight } from '../../frame/weight.ts';
import { calls, exit } from './calls.ts';
import { constants, EnteredUntil, errorNames, events, palletInfo, storage } from './spec.ts';

/** on_initialize_noop and on_initialize_exit (src/weights.rs). */
const NOTHING = addWeight(weight(733_000n, 1489n), dbReads(1));
const EXIT = addWeight(weight(4_926_000n, 1489n), dbReadsWrites(1, 1));

function onInitialize(x: Ext, block: number): Weight {
  const until = EnteredUntil.get(x);
  if (until === undefined || block <= until) return NOTHING;
  exit(x, 'Timeout');
  return EXIT;
}

/** pallet-safe-mode 41. */
export const SafeMode = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize },
});
