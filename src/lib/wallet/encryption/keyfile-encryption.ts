import { startsWithAscii, trimAscii } from '../bytes.ts';
import { ANSIBLE_PREFIX, decryptAnsibleVault } from './ansible-vault.ts';
import { decryptFernet, FERNET_PREFIX } from './fernet.ts';
import { decryptNacl, NACL_PREFIX } from './nacl.ts';

/** How a private key file is protected. Only `nacl` and `none` are ever written. */
export type KeyfileEncryption = 'none' | 'nacl' | 'ansible-vault' | 'fernet';

/** Told from the first bytes; costs nothing. */
export function detectEncryption(file: Uint8Array): KeyfileEncryption {
  if (startsWithAscii(file, NACL_PREFIX)) return 'nacl';
  const text = trimAscii(file.subarray(0, 64));
  if (startsWithAscii(text, ANSIBLE_PREFIX)) return 'ansible-vault';
  if (startsWithAscii(text, FERNET_PREFIX)) return 'fernet';
  return 'none';
}

/**
 * The plain bytes of an encrypted key file; the caller wipes them.
 * @param password UTF-8
 * @throws CliError PASSWORD_WRONG, KEYFILE_TRUNCATED, KEYFILE_CORRUPT
 */
export async function decryptKeyfile(
  file: Uint8Array,
  encryption: Exclude<KeyfileEncryption, 'none'>,
  password: Uint8Array,
  label: string,
): Promise<Uint8Array> {
  if (encryption === 'nacl') return decryptNacl(file, password, label);
  if (encryption === 'ansible-vault') return decryptAnsibleVault(file, password, label);
  return decryptFernet(file, password, label);
}
