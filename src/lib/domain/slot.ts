import type { Reader } from '../chain/reader.ts';

/** Milliseconds between two blocks of a chain with the normal and with the fast runtime's constants. */
export const SLOT_MS = { normal: 12_000, fast: 250 };

/** Milliseconds between two blocks. */
export const slotMilliseconds = (reader: Reader): number => Number(reader.constant<bigint>('Aura', 'SlotDuration'));

/** Whether the chain runs with the fast runtime's constants. */
export const isFast = (reader: Reader): boolean => slotMilliseconds(reader) === SLOT_MS.fast;
