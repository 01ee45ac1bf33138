import { createDecipheriv, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { CliError } from '../../errors.ts';
import { copyOf, hexBytesToBytes, wipe } from '../bytes.ts';
import { looksLikeKeyfile, truncatedFile, wrongPassword } from './outcome.ts';

/** First bytes of a file in this format. */
export const ANSIBLE_PREFIX = '$ANSIBLE_VAULT';

const ROUNDS = 10_000;
const BLOCK = 16;
const NEWLINE = 10;

function withoutNewlines(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte) => byte !== NEWLINE && byte !== 13);
}

interface Envelope {
  salt: Uint8Array;
  mac: Uint8Array;
  cipherText: Uint8Array;
}

const isHexOrNewline = (byte: number) =>
  byte === NEWLINE || byte === 13 || (byte >= 48 && byte <= 57) || ((byte | 32) >= 97 && (byte | 32) <= 102);

/** `undefined` when the layers of hex do not hold three parts. */
function open(body: Uint8Array): Envelope | undefined {
  const inner = hexBytesToBytes(withoutNewlines(body));
  if (inner === undefined) return undefined;
  const first = inner.indexOf(NEWLINE);
  const second = inner.indexOf(NEWLINE, first + 1);
  if (first < 0 || second < 0) return undefined;
  const salt = hexBytesToBytes(inner.subarray(0, first));
  const mac = hexBytesToBytes(inner.subarray(first + 1, second));
  const cipherText = hexBytesToBytes(inner.subarray(second + 1));
  if (salt === undefined || mac?.length !== 32 || cipherText === undefined || cipherText.length === 0) return undefined;
  return { salt, mac, cipherText };
}

const derive = promisify(pbkdf2);

/**
 * Opens a legacy key file (Ansible Vault 1.1, AES256). Nothing is written in this format any more.
 * @throws CliError KEYFILE_TRUNCATED, KEYFILE_CORRUPT, KEYFILE_UNKNOWN_FORMAT, PASSWORD_WRONG
 */
export async function decryptAnsibleVault(file: Uint8Array, password: Uint8Array, label: string): Promise<Uint8Array> {
  const end = file.indexOf(NEWLINE);
  if (end < 0) throw truncatedFile(label, file.length);
  const header = Buffer.from(file.subarray(0, end)).toString('latin1').trim();
  if (!/^\$ANSIBLE_VAULT;1\.[12];AES256(;.*)?$/.test(header))
    throw new CliError('KEYFILE_UNKNOWN_FORMAT', `${label} is an Ansible Vault of an unknown version`, {
      data: { file: label },
    });
  if (!file.subarray(end + 1).every(isHexOrNewline))
    throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: not the hex of an Ansible Vault`, {
      data: { file: label },
    });
  const envelope = open(file.subarray(end + 1));
  if (envelope === undefined) throw truncatedFile(label, file.length);
  const keys = await derive(password, envelope.salt, ROUNDS, 80, 'sha256');
  let padded: Uint8Array | undefined;
  try {
    const mac = createHmac('sha256', keys.subarray(32, 64)).update(envelope.cipherText).digest();
    const genuine = timingSafeEqual(mac, envelope.mac);
    const decipher = createDecipheriv('aes-256-ctr', keys.subarray(0, 32), keys.subarray(64, 80));
    padded = decipher.update(envelope.cipherText);
    if (!genuine) {
      if (!looksLikeKeyfile(padded)) throw wrongPassword(label);
      if (envelope.cipherText.length % BLOCK !== 0 || (padded[padded.length - 1] as number) > BLOCK)
        throw truncatedFile(label, file.length);
      throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: the password is right, the content was changed`, {
        data: { file: label },
      });
    }
    const padding = padded[padded.length - 1] as number;
    if (padding < 1 || padding > BLOCK || padding > padded.length)
      throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: its padding is wrong`, { data: { file: label } });
    return copyOf(padded, 0, padded.length - padding);
  } finally {
    wipe(keys, padded);
  }
}
