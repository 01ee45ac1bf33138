import { encodeExtrinsic } from '../frame/extrinsic.ts';
import { concatBytes } from '../scale/bytes.ts';
import { compactBigint, u64 } from '../scale/primitives.ts';
import { encode } from '../scale/type.ts';

/** Pallet and call index of Timestamp.set. */
const TIMESTAMP_SET = Uint8Array.of(2, 0);

/** The bytes of the inherent that tells a block its time. @param now milliseconds since 1970 */
export function timestampInherent(now: bigint): Uint8Array {
  return encodeExtrinsic({ type: 'Bare', version: 5 }, concatBytes(TIMESTAMP_SET, encode(compactBigint(u64), now)));
}
