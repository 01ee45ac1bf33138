import { merkleizeMetadata } from '@polkadot-api/merkleize-metadata';
import { type Hex, toHex } from '../scale/bytes.ts';

/** What the chain's build put into the hash beside the metadata (runtime/build.rs). */
const TOKEN = { decimals: 9, tokenSymbol: 'TAO' } as const;

/** The hash of metadata version 15 that signers bind themselves to (RFC-0078): a Merkle root over its types, 32 bytes. */
export const metadataHashOf = (metadata15: Uint8Array): Hex => toHex(merkleizeMetadata(metadata15, TOKEN).digest());
