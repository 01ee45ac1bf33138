// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { storageOf } from '../../frame/storage.ts';
import { boundedVec } from '../../scale/compound.ts';
import { H256 } from '../../scale/well-known.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = {
  name: 'RandomnessCollectiveFlip',
  index: 1,
  module: 'pallet_insecure_randomness_collective_flip',
} as const;
export const storage = storageOf('RandomnessCollectiveFlip');
export const RandomMaterial = storage.value('RandomMaterial', boundedVec(H256), []);
