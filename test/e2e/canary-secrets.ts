import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeyPair } from '../../src/lib/wallet/index.ts';

/** Secrets that nobody else has, and a search that finds them in every form in which they could leave. */

export interface Canary {
  readonly phrase: string;
  readonly seed: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly password: string;
  readonly address: string;
  /** Names of the secrets in a text or in bytes. */
  find(content: string | Buffer): string[];
}

/** A fresh key, so that its words and digits can come from nowhere but the key. */
export async function hatchCanary(): Promise<Canary> {
  const pair = await makeKeyPair({ kind: 'new', words: 12 });
  const phrase = Buffer.from(pair.mnemonic!).toString('utf8');
  const seed = Uint8Array.from(pair.seed!);
  const privateKey = Uint8Array.from(pair.privateKey);
  const password = `Canary-${Buffer.from(seed.subarray(0, 6)).toString('base64url')} "quoted" é`;
  const forms: [string, RegExp][] = [
    ['phrase', phrasePattern(phrase)],
    ...bytesForms('phrase', Buffer.from(phrase)),
    ...bytesForms('seed', seed),
    ...bytesForms('private key', privateKey),
    ...bytesForms('password', Buffer.from(password)),
    ['password', literal(password)],
    ['password', literal(JSON.stringify(password).slice(1, -1))],
    ['password', literal(encodeURIComponent(password))],
  ];
  const raw: [string, Buffer][] = [
    ['seed', Buffer.from(seed)],
    ['private key', Buffer.from(privateKey.subarray(0, 32))],
    ['password', Buffer.from(password)],
    ['phrase', Buffer.from(phrase, 'utf16le')],
  ];
  return {
    phrase,
    seed,
    privateKey,
    password,
    address: pair.address,
    find(content) {
      const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
      const text = bytes.toString('utf8');
      const found = new Set(forms.filter(([, form]) => form.test(text)).map(([name]) => name));
      for (const [name, form] of raw) if (bytes.includes(form)) found.add(name);
      return [...found];
    },
  };
}

/** Four words in a row with anything short between them: in a table, in JSON, with colours or numbers. */
function phrasePattern(phrase: string): RegExp {
  const words = phrase.split(' ');
  const rows = words.slice(0, -3).map((_, start) => words.slice(start, start + 4).join('[^a-z]{1,24}(?:\\[\\d+m)?'));
  return new RegExp(rows.join('|'), 'i');
}

/** Hex, base64 and lists of numbers, of the first half as well, since a secret that is cut is one too. */
function bytesForms(name: string, bytes: Uint8Array): [string, RegExp][] {
  const half = Buffer.from(bytes.subarray(0, Math.min(16, bytes.length)));
  return [
    [name, new RegExp(half.toString('hex'), 'i')],
    [name, literal(half.toString('base64').replace(/..?=*$/, ''))],
    [name, new RegExp([...half.subarray(0, 8)].join(',\\s*'))],
  ];
}

function literal(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
}

/** Secrets in the files below a folder, but for those that are meant to hold them. */
export function searchFiles(canary: Canary, folder: string, isAllowed: (path: string) => boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isAllowed(path))
    .flatMap((path) => {
      const name = canary.find(path).map((secret) => `${secret} in the name of a file`);
      const content = statSync(path).size > 256 << 20 ? ['too large to search'] : canary.find(readFileSync(path));
      return [...name, ...content.map((secret) => `${secret} in ${path}`)];
    });
}
