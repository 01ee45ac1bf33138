import { tuple, vec } from './compound.ts';
import { u16 } from './primitives.ts';
import type { Type } from './type.ts';

const pairs = vec(tuple(u16, u16));

/** `Vec<(u16, u16)>` kept flat, as weights and bonds are used: [uid, value, uid, value, …]. Needs a little-endian host, as all of Node's are. */
export const u16Pairs: Type<Uint16Array> = {
  encode: (out, value) => {
    out.compact(value.length / 2);
    out.raw(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  },
  decode: (input) => new Uint16Array(input.take(input.length() * 4).slice().buffer),
  shape: () => pairs.shape(),
};
