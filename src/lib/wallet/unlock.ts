import { CliError } from '../errors.ts';
import { equalBytes, wipe } from './bytes.ts';
import { exists, type FileSystem, type FileWarning, nodeFileSystem, writeNew } from './files.ts';
import { type KeyPair, wipeKeyPair } from './key.ts';
import { parsePrivateKeyfile, serializePublicKeyfile } from './keyfile.ts';
import { publicKeyPath } from './layout.ts';
import { openKeyfile, statedKey, type UnlockRequest } from './open-keyfile.ts';
import type { PasswordOrigin } from './password.ts';
import { missingKey, readPrivateFile, requirePrivateKey } from './read-key.ts';
import { type Signer, softwareSigner } from './signer.ts';

export interface Unlocked<T> {
  value: T;
  /** How the password was found; `undefined` for a key that is not encrypted. */
  origin?: PasswordOrigin;
  warnings: FileWarning[];
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
  await requirePrivateKey(request.wallet, request.key, request.reason, files);
  const file = await readPrivateFile(request.wallet, request.key, files);
  if (file === undefined) throw await missingKey(request.wallet, request.key, ['It has just gone.'], files);
  let plain: Uint8Array | undefined;
  try {
    const stated = await statedKey(request);
    const opened = await openKeyfile(request, file, stated);
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
    wipe(plain, file.bytes);
  }
}

/** Opens a key for signing; the phrase and the seed of its file are forgotten at once. */
export async function unlockSigner(request: UnlockRequest): Promise<Unlocked<Signer>> {
  const { value, ...rest } = await unlockKeyPair(request);
  return { value: softwareSigner(value), ...rest };
}
