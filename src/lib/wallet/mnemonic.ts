import { createHash, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { CliError } from '../errors.ts';
import { allocate, concat, copyOf, utf8, wipe } from './bytes.ts';

export const MNEMONIC_LENGTHS = [12, 15, 18, 21, 24] as const;
export type MnemonicLength = (typeof MNEMONIC_LENGTHS)[number];

const SEED_ROUNDS = 2048;
const SPACE = 32;

let positions: Map<string, number> | undefined;

async function words(): Promise<readonly string[]> {
  return (await import('@scure/bip39/wordlists/english.js')).wordlist;
}

async function wordPositions(): Promise<Map<string, number>> {
  positions ??= new Map((await words()).map((word, position) => [word, position]));
  return positions;
}

/** Lower case, single blanks, no blanks around: how a phrase is stored and compared. Returns a new buffer. */
export function normalizeMnemonic(phrase: Uint8Array): Uint8Array {
  const out = allocate(phrase.length);
  let length = 0;
  let gap = false;
  for (const byte of phrase) {
    if (byte === SPACE || (byte >= 9 && byte <= 13)) {
      gap = length > 0;
      continue;
    }
    if (gap) out[length++] = SPACE;
    gap = false;
    out[length++] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
  }
  const exact = copyOf(out, 0, length);
  wipe(out);
  return exact;
}

function splitWords(phrase: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let start = 0;
  for (let i = 0; i <= phrase.length; i++) {
    if (i === phrase.length || phrase[i] === SPACE) {
      if (i > start) parts.push(phrase.subarray(start, i));
      start = i + 1;
    }
  }
  return parts;
}

/** Number of words in a normalised phrase. */
export function countWords(phrase: Uint8Array): number {
  return splitWords(phrase).length;
}

/**
 * Entropy (16…32 bytes) of a BIP39 phrase.
 * @param phrase normalised UTF-8
 * @throws CliError MNEMONIC_INVALID; `data.reason` is `word-count`, `unknown-word` (with `data.position`, from 1) or
 *   `checksum`. The words themselves never enter the error.
 */
export async function mnemonicToEntropy(phrase: Uint8Array): Promise<Uint8Array> {
  const parts = splitWords(phrase);
  if (!MNEMONIC_LENGTHS.some((length) => length === parts.length))
    throw new CliError('MNEMONIC_INVALID', `A mnemonic has 12, 15, 18, 21 or 24 words, this one has ${parts.length}`, {
      data: { reason: 'word-count', words: parts.length },
    });
  const table = await wordPositions();
  const checksumBits = parts.length / 3;
  const entropy = allocate((parts.length * 11 - checksumBits) / 8);
  let written = 0;
  let pending = 0;
  let bits = 0;
  for (const [index, part] of parts.entries()) {
    const position = table.get(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1'));
    if (position === undefined) {
      wipe(entropy);
      throw new CliError('MNEMONIC_INVALID', `Word ${index + 1} of the mnemonic is not in the English BIP39 list`, {
        data: { reason: 'unknown-word', position: index + 1 },
      });
    }
    pending = (pending << 11) | position;
    for (bits += 11; bits >= 8 && written < entropy.length; bits -= 8)
      entropy[written++] = (pending >> (bits - 8)) & 255;
    pending &= (1 << bits) - 1;
  }
  const digest = createHash('sha256').update(entropy).digest();
  const expected = (digest[0] as number) >> (8 - checksumBits);
  wipe(digest);
  if (pending !== expected) {
    wipe(entropy);
    throw new CliError('MNEMONIC_INVALID', 'The mnemonic has a wrong checksum: a word is wrong or in the wrong place', {
      data: { reason: 'checksum' },
    });
  }
  return entropy;
}

/** The phrase (UTF-8) of 16, 20, 24, 28 or 32 bytes of entropy. */
export async function entropyToMnemonic(entropy: Uint8Array): Promise<Uint8Array> {
  if (entropy.length % 4 !== 0 || entropy.length < 16 || entropy.length > 32)
    throw new CliError('MNEMONIC_INVALID', 'Entropy has 16, 20, 24, 28 or 32 bytes');
  const list = await words();
  const digest = createHash('sha256').update(entropy).digest();
  const stream = concat([entropy, digest.subarray(0, 1)]);
  wipe(digest);
  const parts: Uint8Array[] = [];
  for (let bit = 0; bit + 11 <= entropy.length * 8 + entropy.length / 4; bit += 11) {
    let position = 0;
    for (let i = bit; i < bit + 11; i++)
      position = (position << 1) | (((stream[i >> 3] as number) >> (7 - (i & 7))) & 1);
    if (parts.length > 0) parts.push(Uint8Array.of(SPACE));
    parts.push(utf8(list[position] as string));
  }
  wipe(stream);
  return concat(parts, true);
}

/** A new phrase from the operating system's randomness. */
export async function generateMnemonic(length: MnemonicLength = 12): Promise<Uint8Array> {
  if (!MNEMONIC_LENGTHS.includes(length))
    throw new CliError('MNEMONIC_INVALID', 'A mnemonic has 12, 15, 18, 21 or 24 words', {
      data: { reason: 'word-count' },
    });
  const entropy = randomBytes((length / 3) * 4);
  try {
    return await entropyToMnemonic(entropy);
  } finally {
    wipe(entropy);
  }
}

const derive = promisify(pbkdf2);

/**
 * Substrate's mini secret of a phrase: PBKDF2 over the entropy, not over the words as in BIP39.
 * @param password UTF-8, what follows `///` in a secret URI
 */
export async function mnemonicToSeed(phrase: Uint8Array, password: Uint8Array = new Uint8Array()): Promise<Uint8Array> {
  const entropy = await mnemonicToEntropy(phrase);
  const salt = concat([utf8('mnemonic'), password]);
  const full = await derive(entropy, salt, SEED_ROUNDS, 64, 'sha512');
  const seed = copyOf(full, 0, 32);
  wipe(entropy, salt, full);
  return seed;
}
