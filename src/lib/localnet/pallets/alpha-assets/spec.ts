// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { storageOf, twox64Concat } from '../../frame/storage.ts';
import { u16, u64 } from '../../scale/primitives.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'AlphaAssets', index: 31, module: 'pallet_alpha_assets' } as const;
export const storage = storageOf('AlphaAssets');
export const TotalAlphaIssuance = storage.map('TotalAlphaIssuance', twox64Concat(u16), u64, 0n);
export const AlphaBurned = storage.map('AlphaBurned', twox64Concat(u16), u64, 0n);
export const AlphaRecycled = storage.map('AlphaRecycled', twox64Concat(u16), u64, 0n);
