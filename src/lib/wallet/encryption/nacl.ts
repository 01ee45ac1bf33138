import { randomBytes } from 'node:crypto';
import { CliError } from '../../errors.ts';
import { concat, equalBytes, utf8, wipe } from '../bytes.ts';
import { looksLikeKeyfile, truncatedFile, wrongPassword } from './outcome.ts';

/** First bytes of a file in this format: `$NACL`, 24 bytes of nonce, then a libsodium secretbox. */
export const NACL_PREFIX = '$NACL';

const NONCE_BYTES = 24;
const MAC_BYTES = 16;
/** `{}`: no key file is shorter. */
const MIN_PLAIN_BYTES = 2;
const SALT = Uint8Array.from([
  0x13, 0x71, 0x83, 0xdf, 0xf1, 0x5a, 0x09, 0xbc, 0x9c, 0x90, 0xb5, 0x51, 0x87, 0x39, 0xe9, 0xb1,
]);

/**
 * Argon2i 1.3 as libsodium's `argon2i13` at its "sensitive" limits: 8 passes over 512 MiB, one lane. It takes seconds by intent
 * and runs off the main thread.
 */
async function deriveKey(password: Uint8Array): Promise<Uint8Array> {
  const { hashRaw } = await import('@node-rs/argon2');
  return hashRaw(password, {
    algorithm: 1, // Argon2i
    version: 1, // 1.3
    memoryCost: 512 * 1024,
    timeCost: 8,
    parallelism: 1,
    outputLen: 32,
    salt: SALT,
  });
}

/**
 * Encrypts key files under one password. Costs one argon2 (the salt is fixed by the format, so files that share a password
 * share the key); every result is opened again before it is handed out.
 * @param plains stay the caller's to wipe
 * @param password UTF-8
 */
export async function encryptNacl(plains: readonly Uint8Array[], password: Uint8Array): Promise<Uint8Array[]> {
  const { xsalsa20poly1305 } = await import('@noble/ciphers/salsa.js');
  const key = await deriveKey(password);
  try {
    return plains.map((plain) => {
      const nonce = randomBytes(NONCE_BYTES);
      const box = xsalsa20poly1305(key, nonce).encrypt(plain);
      const check = xsalsa20poly1305(key, nonce).decrypt(box);
      const same = equalBytes(check, plain);
      wipe(check);
      if (!same) throw new CliError('BUG', 'An encrypted key file does not open again');
      return concat([utf8(NACL_PREFIX), nonce, box]);
    });
  } finally {
    wipe(key);
  }
}

/**
 * Opens a `$NACL` file. Costs one argon2.
 * @throws CliError KEYFILE_TRUNCATED, KEYFILE_CORRUPT, PASSWORD_WRONG
 */
export async function decryptNacl(file: Uint8Array, password: Uint8Array, label: string): Promise<Uint8Array> {
  const head = NACL_PREFIX.length + NONCE_BYTES;
  if (file.length < head + MAC_BYTES + MIN_PLAIN_BYTES) throw truncatedFile(label, file.length);
  const nonce = file.subarray(NACL_PREFIX.length, head);
  const box = file.subarray(head);
  const { xsalsa20poly1305, xsalsa20 } = await import('@noble/ciphers/salsa.js');
  const key = await deriveKey(password);
  try {
    try {
      return xsalsa20poly1305(key, nonce).decrypt(box);
    } catch (cause) {
      // The authenticator failed. With the right key the cipher text still turns into text; it is looked at, never used.
      const body = concat([new Uint8Array(32), box.subarray(MAC_BYTES)]);
      const unauthenticated = xsalsa20(key, nonce, body).subarray(32);
      const rightPassword = looksLikeKeyfile(unauthenticated);
      const complete = unauthenticated[unauthenticated.length - 1] === 125;
      wipe(unauthenticated);
      if (!rightPassword) throw wrongPassword(label, cause);
      if (!complete) throw truncatedFile(label, file.length);
      throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: the password is right, the content was changed`, {
        data: { file: label },
        cause,
      });
    }
  } finally {
    wipe(key);
  }
}
