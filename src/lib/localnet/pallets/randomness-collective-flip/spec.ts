// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { storageOf } from '../../frame/storage.ts';
import { boundedVec } from '../../scale/compound.ts';
import type { Type } from '../../scale/type.ts';
import { H256 } from '../../scale/well-known.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = {
  name: 'RandomnessCollectiveFlip',
  index: 1,
  module: 'pallet_insecure_randomness_collective_flip',
} as const;
export const storage = storageOf('RandomnessCollectiveFlip');
export const HASH_BYTES = 32;
const hashes = boundedVec(H256);

/** The hashes one behind the other: each block replaces one of 81, and writing all anew from hex would show in its time. */
const flatHashes: Type<Uint8Array> = {
  encode: (out, value) => {
    out.compact(value.length / HASH_BYTES);
    out.raw(value);
  },
  decode: (input) => input.take(input.length() * HASH_BYTES).slice(),
  shape: () => hashes.shape(),
};
export const RandomMaterial = storage.value('RandomMaterial', flatHashes, new Uint8Array());
