/** Overwrites secret buffers with zeros. Undefined entries are skipped, so that `finally` blocks stay short. */
export function wipe(...buffers: (Uint8Array | undefined)[]): void {
  for (const buffer of buffers) buffer?.fill(0);
}

/** Lower-case hex without prefix. Only for public bytes: the string that it returns cannot be wiped. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** Reads hex with or without `0x`; `undefined` when the text is not hex or not `length` bytes. */
export function fromHex(text: string, length?: number): Uint8Array | undefined {
  const digits = text.startsWith('0x') || text.startsWith('0X') ? text.slice(2) : text;
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  if (length !== undefined && digits.length !== length * 2) return undefined;
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

/**
 * Memory for secrets. V8 keeps typed arrays of up to 64 bytes inside its heap and copies them when it collects garbage, which
 * leaves old copies that nobody can wipe; memory behind an `ArrayBuffer` of its own stays where it is.
 */
export function allocate(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}

function nibble(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

/** Like {@link fromHex}, from ASCII bytes: a secret is decoded without ever becoming a string. */
export function hexBytesToBytes(ascii: Uint8Array): Uint8Array | undefined {
  const start = ascii.length >= 2 && ascii[0] === 48 && ((ascii[1] as number) | 32) === 120 ? 2 : 0;
  const digits = ascii.length - start;
  if (digits % 2 !== 0) return undefined;
  const out = allocate(digits / 2);
  for (let i = 0; i < out.length; i++) {
    const high = nibble(ascii[start + 2 * i] as number);
    const low = nibble(ascii[start + 2 * i + 1] as number);
    if (high < 0 || low < 0) {
      wipe(out);
      return undefined;
    }
    out[i] = (high << 4) | low;
  }
  return out;
}

const HEX_DIGITS = new Uint8Array([48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 97, 98, 99, 100, 101, 102]);

/** `0x` and lower-case hex as ASCII bytes: the counterpart of {@link hexBytesToBytes} for secrets. */
export function bytesToHexBytes(bytes: Uint8Array): Uint8Array {
  const out = allocate(2 + bytes.length * 2);
  out[0] = 48;
  out[1] = 120;
  bytes.forEach((byte, i) => {
    out[2 + 2 * i] = HEX_DIGITS[byte >> 4] as number;
    out[3 + 2 * i] = HEX_DIGITS[byte & 15] as number;
  });
  return out;
}

/**
 * A copy that shares no memory. Not `slice`: on a Node `Buffer` that is a view, and wiping one would wipe the other.
 */
export function copyOf(bytes: Uint8Array, start = 0, end = bytes.length): Uint8Array {
  const out = allocate(end - start);
  out.set(bytes.subarray(start, end));
  return out;
}

/** Joins buffers; with `wipeInputs` the parts are zeroed afterwards. */
export function concat(parts: readonly Uint8Array[], wipeInputs = false): Uint8Array {
  const out = allocate(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  if (wipeInputs) wipe(...parts);
  return out;
}

/** Equality of public bytes (not constant time). */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** True when the buffer begins with the ASCII text `prefix`. */
export function startsWithAscii(bytes: Uint8Array, prefix: string): boolean {
  if (bytes.length < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[i] !== prefix.charCodeAt(i)) return false;
  return true;
}

/** Drops ASCII white space at both ends (a view, no copy). */
export function trimAscii(bytes: Uint8Array): Uint8Array {
  const blank = (code: number | undefined) => code === 32 || (code !== undefined && code >= 9 && code <= 13);
  let start = 0;
  let end = bytes.length;
  while (start < end && blank(bytes[start])) start++;
  while (end > start && blank(bytes[end - 1])) end--;
  return bytes.subarray(start, end);
}
