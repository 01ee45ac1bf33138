import { CliError } from '../errors.ts';
import { copyOf, wipe } from './bytes.ts';
import type { KeyfileEncryption } from './encryption/keyfile-encryption.ts';
import { encryptNacl } from './encryption/nacl.ts';
import { withWalletLock } from './file-lock.ts';
import { type FileSystem, nodeFileSystem, replaceFile } from './files.ts';
import { wipeKeyPair } from './key.ts';
import { parsePrivateKeyfile } from './keyfile.ts';
import { describeKey, type KeyRef, type WalletRef } from './layout.ts';
import { openKeyfile, statedKey } from './open-keyfile.ts';
import type { PasswordProvider } from './password.ts';
import { checkPasswordStrength } from './password-strength.ts';
import { missingKey, type PrivateFile, readPrivateFile } from './read-key.ts';

export interface ReencryptResult {
  path: string;
  address: string;
  before: KeyfileEncryption;
  after: 'none' | 'nacl';
}

interface KeyChange {
  wallet: WalletRef;
  key: KeyRef;
  files?: FileSystem;
}

async function privateFile({ wallet, key, files = nodeFileSystem }: KeyChange): Promise<PrivateFile> {
  const file = await readPrivateFile(wallet, key, files);
  if (file === undefined) throw await missingKey(wallet, key, [], files);
  return file;
}

const NO_PASSWORD: PasswordProvider = async () => {
  throw new CliError('BUG', 'An encrypted key was to be opened without a password');
};

/** The plain content of a key file that holds a usable private key; what cannot be read is never rewritten. */
async function openPlain(
  change: KeyChange,
  file: PrivateFile,
  password: PasswordProvider,
): Promise<{ plain: Uint8Array; address: string }> {
  const { plain } = await openKeyfile({ ...change, password }, file, await statedKey(change));
  try {
    const pair = await parsePrivateKeyfile(plain, file.path);
    wipeKeyPair(pair);
    return { plain, address: pair.address };
  } catch (error) {
    wipe(plain);
    throw error;
  }
}

/** Swaps the file's content in one step; the key itself stays, so no copy under the old protection is kept. */
async function replaceContent(
  change: KeyChange,
  password: PasswordProvider,
  protect: (plain: Uint8Array) => Promise<Uint8Array>,
  after: 'none' | 'nacl',
  check: (file: PrivateFile) => void,
): Promise<ReencryptResult> {
  const files = change.files ?? nodeFileSystem;
  check(await privateFile(change));
  return withWalletLock(
    change.wallet,
    async () => {
      const file = await privateFile(change);
      check(file);
      let plain: Uint8Array | undefined;
      let content: Uint8Array | undefined;
      try {
        const opened = await openPlain(change, file, password);
        plain = opened.plain;
        content = await protect(plain);
        await replaceFile(file.path, content, files);
        return { path: file.path, address: opened.address, before: file.encryption, after };
      } finally {
        wipe(plain, content, file.bytes);
      }
    },
    files,
  );
}

const toNacl = (password: Uint8Array) => async (plain: Uint8Array) =>
  (await encryptNacl([plain], password))[0] as Uint8Array;

function requireEncrypted(change: KeyChange): (file: PrivateFile) => void {
  return (file) => {
    if (file.encryption === 'none')
      throw new CliError('KEYFILE_NOT_ENCRYPTED', `The ${describeKey(change.wallet, change.key)} is not encrypted`, {
        hints: ['`wallet change-password` gives it a password'],
        data: { file: file.path },
      });
  };
}

/**
 * Gives an unencrypted key a password. One argon2.
 * @throws CliError KEYFILE_ALREADY_ENCRYPTED, PASSWORD_WEAK, FILE_LOCKED, KEYFILE_*
 */
export async function encryptKey(change: KeyChange & { newPassword: Uint8Array }): Promise<ReencryptResult> {
  checkPasswordStrength(change.newPassword);
  return replaceContent(change, NO_PASSWORD, toNacl(change.newPassword), 'nacl', (file) => {
    if (file.encryption !== 'none')
      throw new CliError(
        'KEYFILE_ALREADY_ENCRYPTED',
        `The ${describeKey(change.wallet, change.key)} is encrypted already`,
        {
          hints: ['`wallet change-password` sets another password'],
          data: { file: file.path, encryption: file.encryption },
        },
      );
  });
}

/**
 * Removes the password of a key. One argon2.
 * @throws CliError KEYFILE_NOT_ENCRYPTED, PASSWORD_WRONG, FILE_LOCKED, KEYFILE_*
 */
export async function decryptKey(change: KeyChange & { password: PasswordProvider }): Promise<ReencryptResult> {
  return replaceContent(change, change.password, async (plain) => copyOf(plain), 'none', requireEncrypted(change));
}

/**
 * Sets another password. Legacy encryption (Ansible Vault, Fernet) becomes NaCl on the way.
 * @throws CliError KEYFILE_NOT_ENCRYPTED, PASSWORD_WRONG, PASSWORD_WEAK, FILE_LOCKED, KEYFILE_*
 */
export async function changePassword(
  change: KeyChange & { password: PasswordProvider; newPassword: Uint8Array },
): Promise<ReencryptResult> {
  checkPasswordStrength(change.newPassword);
  return replaceContent(change, change.password, toNacl(change.newPassword), 'nacl', requireEncrypted(change));
}
