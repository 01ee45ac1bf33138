import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const GZIP_MAGIC = [0x1f, 0x8b] as const;

/** Text in quotes, or an integer that a JSON number may not hold exactly. */
const TEXT_OR_LARGE_INTEGER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;
const LARGE_INTEGER = /[:,[]\s*-?\d{16,}\s*[,}\]]/;

/** Parsed JSON whose large integers are decimal strings, as the vectors write most of them. */
export function parseExactly(text: string): unknown {
  if (!LARGE_INTEGER.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(TEXT_OR_LARGE_INTEGER, (match) => (match.startsWith('"') ? match : `"${match}"`)));
}

/** Parsed content of a JSON file, plain or gzip (told apart by its first bytes). @throws where it cannot be read or parsed */
export function readVectorFile(path: string): unknown {
  const raw = readFileSync(path);
  const content = raw[0] === GZIP_MAGIC[0] && raw[1] === GZIP_MAGIC[1] ? gunzipSync(raw) : raw;
  return parseExactly(content.toString('utf8'));
}
