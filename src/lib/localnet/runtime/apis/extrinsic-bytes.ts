import { bytes } from '../../scale/primitives.ts';
import { encode } from '../../scale/type.ts';

/** An extrinsic with its length prefix, as block bodies hold it, from the bytes behind the prefix. */
export const withLengthPrefix = (content: Uint8Array): Uint8Array => encode(bytes, content);
