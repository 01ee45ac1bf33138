import { CliError } from '../errors.ts';
import { equalBytes, wipe } from './bytes.ts';
import { decryptKeyfile } from './encryption/keyfile-encryption.ts';
import { exists, type FileSystem, type FileWarning, nodeFileSystem, writeNew } from './files.ts';
import { type KeyPair, type PublicKeyInfo, wipeKeyPair } from './key.ts';
import { parsePrivateKeyfile, serializePublicKeyfile } from './keyfile.ts';
import { describeKey, type KeyRef, publicKeyPath, type WalletRef } from './layout.ts';
import type { PasswordOrigin, PasswordProvider } from './password.ts';
import { missingKey, type PrivateFile, readPrivateFile, readPublicKey } from './read-key.ts';
import { type Signer, softwareSigner } from './signer.ts';

export interface UnlockRequest {
  wallet: WalletRef;
  key: KeyRef;
  /** Where the password of an encrypted key comes from. */
  password: PasswordProvider;
  /** Why the key is needed, for prompts and errors: `to sign the transfer`. */
  reason?: string;
  files?: FileSystem;
}

export interface Unlocked<T> {
  value: T;
  /** How the password was found; `undefined` for a key that is not encrypted. */
  origin?: PasswordOrigin;
  warnings: FileWarning[];
}

const PROMPT_ATTEMPTS = 3;

interface PlainKeyfile {
  plain: Uint8Array;
  origin?: PasswordOrigin;
}

/** Asks for passwords until one opens the file; only a person may be asked again. One argon2 per try. */
async function openFile(
  request: UnlockRequest,
  file: PrivateFile,
  stated: PublicKeyInfo | undefined,
): Promise<PlainKeyfile> {
  if (file.encryption === 'none') return { plain: file.bytes };
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

async function statedKey(request: UnlockRequest, files: FileSystem): Promise<PublicKeyInfo | undefined> {
  try {
    return (await readPublicKey(request.wallet, request.key, files)).key;
  } catch (error) {
    if (error instanceof CliError && error.code === 'KEYFILE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** A crash between the two files of a key leaves the private one; opening the key completes the pair. */
async function restorePublicFile(request: UnlockRequest, pair: KeyPair, files: FileSystem): Promise<FileWarning[]> {
  const path = publicKeyPath(request.wallet, request.key);
  try {
    await writeNew(path, serializePublicKeyfile(pair), files);
    return [{ code: 'PUBLIC_FILE_RESTORED', message: `${path} was missing and has been written again`, path }];
  } catch (error) {
    if (error instanceof CliError && error.code === 'FILE_EXISTS') return [];
    return [{ code: 'PUBLIC_FILE_MISSING', message: `${path} is missing and cannot be written`, path }];
  }
}

/**
 * Opens a key with all that its file holds (phrase, seed); the caller must `wipeKeyPair` it. Signing needs
 * {@link unlockSigner} instead.
 * @throws CliError WALLET_NOT_FOUND, KEYFILE_NOT_FOUND, KEYFILE_*, FILE_*, PASSWORD_WRONG, INPUT_REQUIRED
 */
export async function unlockKeyPair(request: UnlockRequest): Promise<Unlocked<KeyPair>> {
  const files = request.files ?? nodeFileSystem;
  const why = request.reason === undefined ? '' : ` (needed ${request.reason})`;
  const file = await readPrivateFile(request.wallet, request.key, files);
  if (file === undefined) {
    const hint = `Use a machine that holds the ${describeKey(request.wallet, request.key)}${why}`;
    throw await missingKey(request.wallet, request.key, [hint], files);
  }
  let plain: Uint8Array | undefined;
  try {
    const stated = await statedKey(request, files);
    const opened = await openFile(request, file, stated);
    plain = opened.plain;
    const pair = await parsePrivateKeyfile(plain, file.path);
    if (stated !== undefined && !equalBytes(stated.publicKey, pair.publicKey)) {
      wipeKeyPair(pair);
      throw new CliError('KEYFILE_INCONSISTENT', `${file.path} and its public file are two different keys`, {
        hints: [`The private file is ${pair.address}, the public file says ${stated.address}`],
        data: { file: file.path, statedAddress: stated.address, derivedAddress: pair.address },
      });
    }
    const restored = (await exists(publicKeyPath(request.wallet, request.key), files))
      ? []
      : await restorePublicFile(request, pair, files);
    return {
      value: pair,
      warnings: [...file.warnings, ...restored],
      ...(opened.origin === undefined ? {} : { origin: opened.origin }),
    };
  } finally {
    wipe(plain, file.encryption === 'none' ? file.bytes : undefined);
  }
}

/** Opens a key for signing; the phrase and the seed of its file are forgotten at once. */
export async function unlockSigner(request: UnlockRequest): Promise<Unlocked<Signer>> {
  const { value, ...rest } = await unlockKeyPair(request);
  return { value: softwareSigner(value), ...rest };
}
