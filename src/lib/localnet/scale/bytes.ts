/** Lower-case hex without 0x: how the engine writes storage keys, account ids and hashes. Sorts as bytes do. */
export type Hex = string;

/** Room to copy hashes and keys into: a short array gets memory of its own outside the heap when `buffer` is asked for. */
const scratch = Buffer.alloc(128);

export function toHex(bytes: Uint8Array): Hex {
  const { length } = bytes;
  if (length <= scratch.length) {
    scratch.set(bytes);
    return scratch.toString('hex', 0, length);
  }
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** @throws RangeError when `hex` has an odd length or a character that is not a hex digit. */
export function fromHex(hex: string): Uint8Array {
  const digits = hex.startsWith('0x') ? hex.slice(2) : hex;
  const bytes = Buffer.from(digits, 'hex');
  if (bytes.length * 2 !== digits.length) throw new RangeError(`not a hex string: ${hex.slice(0, 80)}`);
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: false });

export const utf8 = {
  encode: (text: string): Uint8Array => encoder.encode(text),
  decode: (bytes: Uint8Array): string => decoder.decode(bytes),
};
