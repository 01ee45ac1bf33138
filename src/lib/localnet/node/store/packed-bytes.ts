/**
 * Bytes as a string of one character a byte. A state has hundreds of thousands of values of a few bytes each: as byte
 * arrays each of them would take 200 bytes more than it holds, as strings 16.
 */

const SHORT = 32;

export function pack(bytes: Uint8Array): string {
  if (bytes.length > SHORT) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}

export function unpack(packed: string): Uint8Array {
  const bytes = new Uint8Array(packed.length);
  if (packed.length > SHORT) Buffer.from(bytes.buffer).write(packed, 'latin1');
  else for (let at = 0; at < packed.length; at++) bytes[at] = packed.charCodeAt(at);
  return bytes;
}
