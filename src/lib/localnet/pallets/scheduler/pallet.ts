import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { serviceAgendas } from './service.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/** pallet-scheduler 42. */
export const Scheduler = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize: serviceAgendas },
});
