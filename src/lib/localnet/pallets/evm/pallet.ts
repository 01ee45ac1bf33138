import { pallet } from '../../frame/pallet.ts';
import { errorNames, events, palletInfo, storage } from './spec.ts';

/** pallet-evm of Frontier as state: this chain runs no contracts. */
export const EVM = pallet({ ...palletInfo, storage: storage.items, events, errors: { names: errorNames } });
