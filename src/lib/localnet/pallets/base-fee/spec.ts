// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineEvents } from '../../frame/events.ts';
import { storageOf } from '../../frame/storage.ts';
import { U256 } from '../evm/types.ts';
import { Permill } from '../system/types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'BaseFee', index: 25, module: 'pallet_base_fee', eventGenerics: [] } as const;
export const storage = storageOf('BaseFee');
export const BaseFeePerGas = storage.value('BaseFeePerGas', U256, [20_000_000_000n, 0n, 0n, 0n]);
export const Elasticity = storage.value('Elasticity', Permill, 125_000);
export const events = defineEvents(palletInfo, {
  NewBaseFeePerGas: { fee: U256 },
  BaseFeeOverflow: null,
  NewElasticity: { elasticity: Permill },
});
