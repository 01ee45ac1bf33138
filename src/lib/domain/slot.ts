import type { Reader } from '../chain/reader.ts';

const FAST_MILLISECONDS = 250;

/** Milliseconds between two blocks. */
export const slotMilliseconds = (reader: Reader): number => Number(reader.constant<bigint>('Aura', 'SlotDuration'));

/** Whether the chain runs with the fast runtime's constants. */
export const isFast = (reader: Reader): boolean => slotMilliseconds(reader) === FAST_MILLISECONDS;
