import { pallet } from '../../frame/pallet.ts';
import { assertOrPanic } from '../../frame/panic.ts';
import { dbReads, dbReadsWrites } from '../../frame/weight.ts';
import { currentSlotFromDigests } from './slot.ts';
import { CurrentSlot, constants, palletInfo, storage } from './spec.ts';

/** pallet-aura 41 (src/lib.rs): the slot of a block; state and hooks only. */
export const Aura = pallet({
  ...palletInfo,
  storage: storage.items,
  constants,
  hooks: {
    onInitialize: (x) => {
      const slot = currentSlotFromDigests(x);
      if (slot === undefined) return dbReads(1);
      assertOrPanic(CurrentSlot.get(x) < slot, `slot ${slot} does not follow slot ${CurrentSlot.get(x)}`);
      CurrentSlot.put(x, slot);
      return dbReadsWrites(2, 1);
    },
  },
});
