import { createHash } from 'node:crypto';
import { readCache, writeCache } from './cache-file.ts';

/** What RFC-0078 hashes besides the metadata: how amounts and addresses are shown. */
export interface TokenFacts {
  readonly specName: string;
  readonly specVersion: number;
  readonly decimals: number;
  readonly tokenSymbol: string;
  readonly base58Prefix: number;
}

const LENGTH = 32;

/**
 * The merkleized metadata hash (RFC-0078) of the metadata that previews are decoded with. A signature that covers it is
 * worth nothing on a chain whose metadata differs, so that a node which lies about metadata cannot have anything signed.
 *
 * @param metadata v15 bytes; doc strings do not count
 * @param folder where the result is kept, by the hash of what it was made from
 */
export async function metadataHash(
  metadata: Uint8Array,
  token: TokenFacts,
  folder: string | undefined,
): Promise<string> {
  const made = createHash('sha256').update(JSON.stringify(token)).update(metadata).digest('hex');
  const name = `${made.slice(0, 32)}.rfc78`;
  const kept = readCache(folder, name);
  if (kept?.length === LENGTH) return `0x${Buffer.from(kept).toString('hex')}`;
  const { merkleizeMetadata } = await import('@polkadot-api/merkleize-metadata');
  const digest = merkleizeMetadata(metadata, token).digest();
  await writeCache(folder, name, digest);
  return `0x${Buffer.from(digest).toString('hex')}`;
}
