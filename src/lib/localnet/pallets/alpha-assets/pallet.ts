import { pallet } from '../../frame/pallet.ts';
import { palletInfo, storage } from './spec.ts';

export const AlphaAssets = pallet({ ...palletInfo, storage: storage.items });
