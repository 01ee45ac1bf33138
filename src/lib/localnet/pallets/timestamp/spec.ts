// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { constant } from '../../frame/pallet.ts';
import { storageOf } from '../../frame/storage.ts';
import { bool, u64 } from '../../scale/primitives.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Timestamp', index: 2, module: 'pallet_timestamp' } as const;
export const storage = storageOf('Timestamp');
export const Now = storage.value('Now', u64, 0n);
export const DidUpdate = storage.value('DidUpdate', bool, false);
export const constants = {
  MinimumPeriod: constant(u64, ({ fast }) => (fast ? 125n : 6000n)),
};
