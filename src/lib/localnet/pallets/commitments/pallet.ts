import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { revealTimelockedCommitments } from './reveal.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/** The chain's pallets/commitments. */
export const Commitments = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize: revealTimelockedCommitments },
});
