import { pallet } from '../../frame/pallet.ts';
import { addWeight, dbReadsWrites, dbWrites, weight } from '../../frame/weight.ts';
import { finalizeBlock } from './block.ts';
import { errorNames, events, palletInfo, storage } from './spec.ts';

/** System.kill_storage(1) and what Frontier reserves for its `on_finalize`. */
const ON_INITIALIZE = addWeight(addWeight(weight(1_624_000n + 566_903n), dbWrites(1)), dbReadsWrites(2, 2));

/** pallet-ethereum of Frontier as state and hooks: the Ethereum block beside each block, without transactions. */
export const Ethereum = pallet({
  ...palletInfo,
  storage: storage.items,
  events,
  errors: { names: errorNames },
  hooks: { onInitialize: () => ON_INITIALIZE, onFinalize: finalizeBlock },
});
