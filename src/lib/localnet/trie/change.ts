import type { Hex } from '../scale/bytes.ts';

/** A storage write: the new value, or null for a removed key. */
export type Change = readonly [key: Hex, value: Uint8Array | null];

/** A key with its value. */
export type Pair = readonly [key: Hex, value: Uint8Array];
