import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CliError } from '../../errors.ts';
import { copyOf, trimAscii, wipe } from '../bytes.ts';
import { looksLikeKeyfile, truncatedFile, wrongPassword } from './outcome.ts';

/** First letters of a file in this format: base64 of version 0x80 and a time before the year 2106. */
export const FERNET_PREFIX = 'gAAAAA';

const SALT = 'Iguesscyborgslikemyselfhaveatendencytobeparanoidaboutourorigins';
const ROUNDS = 10_000_000;
const HEAD_BYTES = 1 + 8 + 16;
const MAC_BYTES = 32;
const BLOCK = 16;

const derive = promisify(pbkdf2);

function decipherBlocks(key: Uint8Array, iv: Uint8Array, cipherText: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return decipher.update(cipherText.subarray(0, cipherText.length - (cipherText.length % BLOCK)));
}

/**
 * Opens a legacy key file (Fernet token). Nothing is written in this format any more; its derivation takes seconds by intent.
 * @throws CliError KEYFILE_TRUNCATED, KEYFILE_CORRUPT, PASSWORD_WRONG
 */
export async function decryptFernet(file: Uint8Array, password: Uint8Array, label: string): Promise<Uint8Array> {
  const letters = Buffer.from(trimAscii(file)).toString('latin1');
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(letters))
    throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: not a Fernet token`, { data: { file: label } });
  const token = Buffer.from(letters, 'base64url');
  if (token.length < HEAD_BYTES + BLOCK + MAC_BYTES) throw truncatedFile(label, file.length);
  const signed = token.subarray(0, token.length - MAC_BYTES);
  const key = await derive(password, SALT, ROUNDS, 32, 'sha256');
  let plain: Uint8Array | undefined;
  try {
    const iv = token.subarray(9, HEAD_BYTES);
    const mac = createHmac('sha256', key.subarray(0, 16)).update(signed).digest();
    const genuine = timingSafeEqual(mac, token.subarray(token.length - MAC_BYTES));
    if (!genuine) {
      // A changed or cut file still begins with readable blocks under the right key.
      plain = decipherBlocks(
        key.subarray(16),
        iv,
        token.subarray(HEAD_BYTES, Math.max(HEAD_BYTES + BLOCK, signed.length)),
      );
      if (!looksLikeKeyfile(plain.subarray(0, 4 * BLOCK))) throw wrongPassword(label);
      if ((token.length - HEAD_BYTES - MAC_BYTES) % BLOCK !== 0 || letters.length % 4 !== 0)
        throw truncatedFile(label, file.length);
      throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: the password is right, the content was changed`, {
        data: { file: label },
      });
    }
    plain = decipherBlocks(key.subarray(16), iv, signed.subarray(HEAD_BYTES));
    const padding = plain[plain.length - 1] as number;
    if (padding < 1 || padding > BLOCK)
      throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: its padding is wrong`, { data: { file: label } });
    return copyOf(plain, 0, plain.length - padding);
  } finally {
    wipe(key, plain);
  }
}
