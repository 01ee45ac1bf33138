import { pallet } from '../../frame/pallet.ts';
import { dbReadsWrites } from '../../frame/weight.ts';
import { fromHex } from '../../scale/bytes.ts';
import { parentHash } from '../system/block.ts';
import { HASH_BYTES, palletInfo, RandomMaterial, storage } from './spec.ts';

const LENGTH = 81;

/** pallet-insecure-randomness-collective-flip (src/lib.rs): the hashes of the last 81 blocks, in a ring. */
export const RandomnessCollectiveFlip = pallet({
  ...palletInfo,
  storage: storage.items,
  hooks: {
    onInitialize: (x, block) => {
      const before = RandomMaterial.get(x);
      const isFull = before.length === LENGTH * HASH_BYTES;
      const after = new Uint8Array(isFull ? before.length : before.length + HASH_BYTES);
      after.set(before);
      after.set(fromHex(parentHash(x)), isFull ? ((block - 1) % LENGTH) * HASH_BYTES : before.length);
      RandomMaterial.put(x, after);
      return dbReadsWrites(1, 1);
    },
  },
});
