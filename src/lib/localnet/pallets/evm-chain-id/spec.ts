// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { storageOf } from '../../frame/storage.ts';
import { u64 } from '../../scale/primitives.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'EVMChainId', index: 23, module: 'pallet_evm_chain_id' } as const;
export const storage = storageOf('EVMChainId');
export const ChainId = storage.value('ChainId', u64, 0n);
