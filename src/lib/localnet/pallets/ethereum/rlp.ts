import { concatBytes } from '../../scale/bytes.ts';

/** Something that RLP can encode: bytes, or a list. */
export type Rlp = Uint8Array | readonly Rlp[];

function withHead(short: number, content: Uint8Array): Uint8Array {
  if (content.length < 56) return concatBytes(Uint8Array.of(short + content.length), content);
  const length: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256);
  return concatBytes(Uint8Array.of(short + 55 + length.length, ...length), content);
}

/** Ethereum's recursive length prefix encoding. */
export function rlp(item: Rlp): Uint8Array {
  if (item instanceof Uint8Array) {
    const single = item.length === 1 && item[0]! < 0x80;
    return single ? item : withHead(0x80, item);
  }
  return rlpList((item as readonly Rlp[]).map(rlp));
}

/** A list of items that are encoded already. */
export function rlpList(encoded: readonly Uint8Array[]): Uint8Array {
  return withHead(0xc0, concatBytes(...encoded));
}

/** An unsigned number as RLP wants it: big endian without leading zeros. */
export function rlpNumber(value: bigint | number): Uint8Array {
  const digits: number[] = [];
  for (let rest = BigInt(value); rest > 0n; rest >>= 8n) digits.unshift(Number(rest & 0xffn));
  return Uint8Array.from(digits);
}
