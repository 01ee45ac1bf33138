import { getSs58AddressInfo } from '@polkadot-api/substrate-bindings';
import { type Hex, toHex } from '../scale/bytes.ts';

/** ss58 format of this chain. */
export const SS58_FORMAT = 42;

/** The account of an address, or undefined when it is none: any network's prefix is taken, the checksum must fit. */
export function decodeAddress(address: string): Hex | undefined {
  if (address.length > 64) return undefined;
  try {
    const info = getSs58AddressInfo(address as Parameters<typeof getSs58AddressInfo>[0]);
    return info.isValid && info.publicKey.length === 32 ? toHex(info.publicKey) : undefined;
  } catch {
    return undefined;
  }
}
