import { DigestItem } from '../pallets/system/types.ts';
import type { HeaderValue } from '../runtime/header.ts';
import { Header } from '../runtime/header.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { encode } from '../scale/type.ts';

// How Substrate writes its values in JSON.

export const hexOf = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;
export const prefixed = (hex: Hex): string => `0x${hex}`;
export const orNull = <T, R>(value: T | undefined, write: (value: T) => R): R | null =>
  value === undefined ? null : write(value);

export interface HeaderJson {
  readonly parentHash: string;
  readonly number: string;
  readonly stateRoot: string;
  readonly extrinsicsRoot: string;
  readonly digest: { readonly logs: readonly string[] };
}

export function headerJson({ parent_hash, number, state_root, extrinsics_root, digest }: HeaderValue): HeaderJson {
  return {
    parentHash: prefixed(parent_hash),
    number: `0x${number.toString(16)}`,
    stateRoot: prefixed(state_root),
    extrinsicsRoot: prefixed(extrinsics_root),
    digest: { logs: digest.logs.map((item) => hexOf(encode(DigestItem, item))) },
  };
}

export const headerHex = (header: HeaderValue): string => hexOf(encode(Header, header));
