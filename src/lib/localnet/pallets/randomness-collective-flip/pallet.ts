import { pallet } from '../../frame/pallet.ts';
import { dbReadsWrites } from '../../frame/weight.ts';
import { parentHash } from '../system/block.ts';
import { palletInfo, RandomMaterial, storage } from './spec.ts';

const LENGTH = 81;

/** pallet-insecure-randomness-collective-flip (src/lib.rs): the hashes of the last 81 blocks, in a ring. */
export const RandomnessCollectiveFlip = pallet({
  ...palletInfo,
  storage: storage.items,
  hooks: {
    onInitialize: (x, block) => {
      const hash = parentHash(x);
      const before = RandomMaterial.get(x);
      if (before.length < LENGTH) RandomMaterial.put(x, [...before, hash]);
      else RandomMaterial.put(x, before.with((block - 1) % LENGTH, hash));
      return dbReadsWrites(1, 1);
    },
  },
});
