import { CliError } from '../errors.ts';
import { detectEncryption, type KeyfileEncryption } from './encryption/keyfile-encryption.ts';
import { exists, type FileSystem, type FileWarning, nodeFileSystem, readGuarded } from './files.ts';
import type { PublicKeyInfo } from './key.ts';
import { MAX_KEYFILE_BYTES, parsePublicKeyfile } from './keyfile.ts';
import { describeKey, type KeyRef, privateKeyPath, publicKeyPath, type WalletRef, walletDirectory } from './layout.ts';
import { summarizeWallet } from './list.ts';
import { walletNotFound } from './missing-wallet.ts';

/** Names listed in a hint. */
const MAX_NAMES = 20;

export interface PrivateFile {
  path: string;
  /** As on disk; wipe after use when `encryption` is `none`. */
  bytes: Uint8Array;
  encryption: KeyfileEncryption;
  warnings: FileWarning[];
}

/** WALLET_NOT_FOUND when the whole wallet is missing, else KEYFILE_NOT_FOUND. */
export async function missingKey(
  wallet: WalletRef,
  key: KeyRef,
  hints: string[],
  files: FileSystem,
): Promise<CliError> {
  if (!(await exists(walletDirectory(wallet), files))) return walletNotFound(wallet);
  return new CliError('KEYFILE_NOT_FOUND', `The ${describeKey(wallet, key)} is not on this machine`, {
    hints: key.kind === 'coldkey' ? hints : [...hints, ...otherHotkeys(wallet)],
    data: { wallet: wallet.name, key: key.kind, path: privateKeyPath(wallet, key) },
  });
}

/**
 * Makes sure that a key's secret is on this machine, before a person is asked for anything.
 * @param reason why it is needed: `to sign the transfer`
 * @throws CliError WALLET_NOT_FOUND, KEYFILE_NOT_FOUND
 */
export async function requirePrivateKey(
  wallet: WalletRef,
  key: KeyRef,
  reason: string | undefined,
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  if (await exists(privateKeyPath(wallet, key), files)) return;
  const why = reason === undefined ? '' : ` (needed ${reason})`;
  throw await missingKey(wallet, key, [`Use a machine that holds the ${describeKey(wallet, key)}${why}`], files);
}

/** What to name instead of a hotkey that is not there. */
function otherHotkeys(wallet: WalletRef): string[] {
  const names = summarizeWallet(wallet.root, wallet.name).hotkeys.map(({ name }) => name);
  if (names.length === 0) return [`\`btcli-ts wallet new-hotkey --wallet-name ${wallet.name}\` makes one`];
  return [`Its hotkeys are ${names.slice(0, MAX_NAMES).join(', ')}: name one with --hotkey`];
}

async function readOr(
  path: string,
  files: FileSystem,
  isSecret?: (bytes: Uint8Array) => boolean,
): Promise<{ bytes: Uint8Array; warnings: FileWarning[] } | undefined> {
  try {
    return await readGuarded(path, {
      maxBytes: MAX_KEYFILE_BYTES,
      files,
      ...(isSecret === undefined ? {} : { isSecret }),
    });
  } catch (error) {
    if (error instanceof CliError && error.code === 'FILE_NOT_FOUND') return undefined;
    throw error;
  }
}

/**
 * Reads a private key file as it is on disk, without opening its encryption; `undefined` when there is none.
 * @throws CliError FILE_SYMLINK, FILE_FOREIGN_OWNER, FILE_EXPOSED (plain and readable by others) …
 */
export async function readPrivateFile(
  wallet: WalletRef,
  key: KeyRef,
  files: FileSystem = nodeFileSystem,
): Promise<PrivateFile | undefined> {
  const path = privateKeyPath(wallet, key);
  const read = await readOr(path, files, (bytes) => detectEncryption(bytes) === 'none');
  return read === undefined ? undefined : { path, encryption: detectEncryption(read.bytes), ...read };
}

export interface PublicKeyResult {
  key: PublicKeyInfo;
  warnings: FileWarning[];
}

/**
 * The public part of a key, without any password: from its public file, or, where an old wallet has none, from the public
 * fields of an unencrypted key file.
 * @throws CliError WALLET_NOT_FOUND, KEYFILE_NOT_FOUND, and what reading and parsing throw
 */
export async function readPublicKey(
  wallet: WalletRef,
  key: KeyRef,
  files: FileSystem = nodeFileSystem,
): Promise<PublicKeyResult> {
  const path = publicKeyPath(wallet, key);
  const read = await readOr(path, files);
  if (read !== undefined) return { key: parsePublicKeyfile(read.bytes, path), warnings: read.warnings };
  const file = await readPrivateFile(wallet, key, files);
  if (file === undefined) {
    const command = key.kind === 'coldkey' ? 'regen-coldkeypub' : `regen-hotkeypub --hotkey ${key.name}`;
    const hint = `Only its address is needed here: btcli-ts wallet ${command} --wallet-name ${wallet.name} --ss58 ADDRESS keeps it`;
    throw await missingKey(wallet, key, [hint], files);
  }
  if (file.encryption !== 'none')
    throw new CliError('KEYFILE_NOT_FOUND', `The public file of the ${describeKey(wallet, key)} is missing`, {
      hints: [`Unlocking the key once restores it: btcli-ts wallet unlock --wallet-name ${wallet.name}`],
      data: { wallet: wallet.name, key: key.kind, path },
    });
  try {
    return {
      key: parsePublicKeyfile(file.bytes, file.path),
      warnings: [...file.warnings, { code: 'PUBLIC_FILE_MISSING', message: `${path} is missing`, path }],
    };
  } finally {
    file.bytes.fill(0);
  }
}
