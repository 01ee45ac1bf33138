import { CliError } from '../errors.ts';
import { copyOf, wipe } from './bytes.ts';
import { decryptKeyfile } from './encryption/keyfile-encryption.ts';
import { type FileSystem, nodeFileSystem } from './files.ts';
import type { PublicKeyInfo } from './key.ts';
import { describeKey, type KeyRef, type WalletRef } from './layout.ts';
import type { PasswordOrigin, PasswordProvider } from './password.ts';
import { type PrivateFile, readPublicKey } from './read-key.ts';

export interface UnlockRequest {
  wallet: WalletRef;
  key: KeyRef;
  /** Where the password of an encrypted key comes from. */
  password: PasswordProvider;
  /** Why the key is needed, for prompts and errors: `to sign the transfer`. */
  reason?: string;
  files?: FileSystem;
}

const PROMPT_ATTEMPTS = 3;

export interface PlainKeyfile {
  /** Decrypted bytes, a copy of their own; the caller wipes them. */
  plain: Uint8Array;
  origin?: PasswordOrigin;
}

/**
 * Opens a key file, asking for passwords until one does; only a person is asked again. One argon2 per try.
 * @throws CliError PASSWORD_WRONG (names where the password came from), INPUT_REQUIRED, KEYFILE_TRUNCATED, KEYFILE_CORRUPT
 */
export async function openKeyfile(
  request: UnlockRequest,
  file: PrivateFile,
  stated: PublicKeyInfo | undefined,
): Promise<PlainKeyfile> {
  if (file.encryption === 'none') return { plain: copyOf(file.bytes) };
  for (let attempt = 1; ; attempt++) {
    const answer = await request.password({
      keyPath: file.path,
      description: describeKey(request.wallet, request.key),
      attempt,
      ...(stated === undefined ? {} : { publicKey: stated.publicKey, address: stated.address }),
      ...(request.reason === undefined ? {} : { reason: request.reason }),
    });
    try {
      return {
        plain: await decryptKeyfile(file.bytes, file.encryption, answer.password, file.path),
        origin: answer.origin,
      };
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'PASSWORD_WRONG') throw error;
      if (answer.origin === 'prompt' && attempt < PROMPT_ATTEMPTS) continue;
      const from = {
        file: 'the password file',
        environment: 'the environment',
        keychain: 'the keychain',
        prompt: 'the prompt',
      };
      throw new CliError('PASSWORD_WRONG', `The password from ${from[answer.origin]} does not open ${file.path}`, {
        hints: answer.origin === 'keychain' ? ['Save the right one with `wallet keychain save`'] : [],
        data: {
          file: file.path,
          origin: answer.origin,
          ...(answer.detail === undefined ? {} : { detail: answer.detail }),
        },
        cause: error,
      });
    } finally {
      wipe(answer.password);
    }
  }
}

/** The public key that is known without a password; `undefined` when only unlocking can tell. */
export async function statedKey(
  request: Pick<UnlockRequest, 'wallet' | 'key' | 'files'>,
): Promise<PublicKeyInfo | undefined> {
  try {
    return (await readPublicKey(request.wallet, request.key, request.files ?? nodeFileSystem)).key;
  } catch (error) {
    if (error instanceof CliError && error.code === 'KEYFILE_NOT_FOUND') return undefined;
    throw error;
  }
}
