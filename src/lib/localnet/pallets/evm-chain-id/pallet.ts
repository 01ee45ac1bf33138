import { pallet } from '../../frame/pallet.ts';
import { palletInfo, storage } from './spec.ts';

/** pallet-evm-chain-id of Frontier: one number. */
export const EVMChainId = pallet({ ...palletInfo, storage: storage.items });
