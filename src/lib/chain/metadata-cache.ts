import { metadata as metadataCodec } from '@polkadot-api/substrate-bindings';
import { dropCache, readCache, writeCache } from './cache-file.ts';
import type { Connection } from './connection.ts';

/** Identifies a runtime: metadata is the same wherever both are. */
export interface RuntimeId {
  /** 0x-hash of block 0. */
  readonly genesisHash: string;
  readonly specVersion: number;
}

const MAGIC = [0x6d, 0x65, 0x74, 0x61];

/** Metadata v15 without doc strings, from the cache or the node. */
export async function loadMetadata(
  connection: Connection,
  id: RuntimeId,
  folder: string | undefined,
  at: string,
): Promise<Uint8Array> {
  const name = fileName(id);
  const cached = readCache(folder, name);
  if (cached && MAGIC.every((byte, i) => cached[i] === byte)) return cached;
  const bytes = withoutDocs(await fetchMetadata(connection, at));
  await writeCache(folder, name, bytes);
  return bytes;
}

/** Forgets what is cached for a runtime: it has proved not to be the chain's. */
export const forgetMetadata = (id: RuntimeId, folder: string | undefined): Promise<void> =>
  dropCache(folder, fileName(id));

const fileName = ({ genesisHash, specVersion }: RuntimeId): string => `${genesisHash.slice(2)}-${specVersion}.scale`;

async function fetchMetadata(connection: Connection, at: string): Promise<Uint8Array> {
  const hex = await connection
    .request<string>('state_call', ['Metadata_metadata_at_version', '0x0f000000', at])
    .catch(() => undefined);
  const answer = hex === undefined ? undefined : Buffer.from(hex.slice(2), 'hex');
  // Option<OpaqueMetadata>: tag 1, then a compact length before the blob itself.
  if (answer?.[0] === 1) return new Uint8Array(answer.subarray(answer.indexOf(Buffer.from(MAGIC))));
  return new Uint8Array(Buffer.from((await connection.request<string>('state_getMetadata', [at])).slice(2), 'hex'));
}

/** The same metadata with every doc string emptied. */
function withoutDocs(bytes: Uint8Array): Uint8Array {
  const decoded = metadataCodec.dec(bytes);
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'docs' ? [] : strip(inner)]));
  };
  return metadataCodec.enc(strip(decoded) as typeof decoded);
}
