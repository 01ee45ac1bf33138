// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { constant } from '../../frame/pallet.ts';
import { storageOf } from '../../frame/storage.ts';
import { boundedVec } from '../../scale/compound.ts';
import { u64 } from '../../scale/primitives.ts';
import { AuraPublic, Slot } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Aura', index: 3, module: 'pallet_aura' } as const;
export const storage = storageOf('Aura');
export const Authorities = storage.value('Authorities', boundedVec(AuraPublic), []);
export const CurrentSlot = storage.value('CurrentSlot', Slot, 0n);
export const constants = {
  SlotDuration: constant(u64, ({ fast }) => (fast ? 250n : 12000n)),
};
