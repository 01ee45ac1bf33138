import { createHash } from 'node:crypto';
import { decAnyMetadata, unifyMetadata } from '@polkadot-api/substrate-bindings';
import { readCache, writeCache } from './cache-file.ts';

export type DecodedMetadata = ReturnType<typeof decodeMetadata>;

/** What decodes; another version may give another form. */
export const DECODER = '@polkadot-api/substrate-bindings 0.20.3';

export const decodeMetadata = (bytes: Uint8Array) => unifyMetadata(decAnyMetadata(bytes));

/**
 * Metadata in decoded form, kept as JSON, which is read in a quarter of the time that decoding takes.
 *
 * Previews are made from this form while signatures cover the hash of the bytes (RFC-0078), so both must say the same: the
 * form is found by the hash of the bytes that it was decoded from, here and nowhere else, and a node has no way to
 * influence it but through those bytes. The file is the user's own, as the key files are.
 *
 * @param folder of the cache; undefined: no cache
 */
export async function loadDecodedMetadata(bytes: Uint8Array, folder: string | undefined): Promise<DecodedMetadata> {
  const name = `${createHash('sha256').update(DECODER).update(bytes).digest('hex').slice(0, 32)}.json`;
  const kept = parse(readCache(folder, name));
  if (kept) return kept;
  const decoded = decodeMetadata(bytes);
  await writeCache(folder, name, Buffer.from(JSON.stringify(decoded)));
  return decoded;
}

function parse(bytes: Uint8Array | undefined): DecodedMetadata | undefined {
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as DecodedMetadata;
  } catch {
    return undefined;
  }
}
