import type { Ext } from '../../frame/ext.ts';
import { BlockNumber } from './spec.ts';

/** Number of the block that is being built or was built last, as the subtensor pallet counts: a u64. */
export const currentBlock = (x: Ext): bigint => BigInt(BlockNumber.get(x));
