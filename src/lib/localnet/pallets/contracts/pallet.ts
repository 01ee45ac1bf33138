import { pallet } from '../../frame/pallet.ts';
import { addWeight, dbReadsWrites, weight } from '../../frame/weight.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';

/**
 * What pallet-contracts reports for looking at its migrations (none) and its deletion queue (empty) at the end of a block;
 * the sum follows from the recorded weight of empty blocks.
 */
const ON_IDLE = addWeight(weight(12_569_000n, 6470n), dbReadsWrites(4, 3));

/** The place of pallet-contracts: this chain runs no contracts, but their pallet's idle work counts in every block. */
export const Contracts = pallet({
  ...palletInfo,
  storage: storage.items,
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onIdle: () => ON_IDLE },
});
