import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Parsed content of a JSON file, plain or gzip (told apart by its first bytes). @throws where it cannot be read or parsed */
export function readVectorFile(path: string): unknown {
  const raw = readFileSync(path);
  const content = raw[0] === GZIP_MAGIC[0] && raw[1] === GZIP_MAGIC[1] ? gunzipSync(raw) : raw;
  return JSON.parse(content.toString('utf8'));
}
