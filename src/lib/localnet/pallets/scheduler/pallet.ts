import { pallet } from '../../frame/pallet.ts';
import { addWeight, dbReadsWrites, weight } from '../../frame/weight.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/** service_agendas_base and service_agenda_base(0) of pallet-scheduler 42 (src/weights.rs). */
const EMPTY_AGENDA = addWeight(weight(1_335_000n + 2_409_000n, 1489n + 110_487n), dbReadsWrites(2, 2));

/** pallet-scheduler without calls: nothing can be put on an agenda, so every block serves an empty one. */
export const Scheduler = pallet({
  ...palletInfo,
  storage: storage.items,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize: () => EMPTY_AGENDA },
});
