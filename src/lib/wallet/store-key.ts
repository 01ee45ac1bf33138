import { randomBytes } from 'node:crypto';
import { basename, dirname, join, relative } from 'node:path';
import { CliError } from '../errors.ts';
import { withWalletLock } from './file-lock.ts';
import {
  checkDirectory,
  ensureDirectory,
  ensureRoot,
  errno,
  exists,
  type FileSystem,
  nodeFileSystem,
  pathError,
  replaceFile,
  syncDirectory,
  writeNew,
} from './files.ts';
import {
  backupDirectory,
  describeKey,
  hotkeysDirectory,
  type KeyRef,
  privateKeyPath,
  publicKeyPath,
  type WalletRef,
  walletDirectory,
} from './layout.ts';

/** The files of one key, ready to be written. Without private bytes it is a watch-only key. */
export interface KeyFiles {
  key: KeyRef;
  privateBytes?: Uint8Array;
  publicBytes: Uint8Array;
}

export interface StoreOptions {
  /** Replace existing keys; what was there moves to the wallet's `backups` folder. */
  overwrite?: boolean;
  /** For the date in the names of backups. */
  now: () => Date;
  files?: FileSystem;
}

export interface StoreResult {
  /** Paths that now hold the keys. */
  written: string[];
  /** Paths that hold what was replaced. */
  backups: string[];
}

function existsError(wallet: WalletRef, key: KeyRef, path: string): CliError {
  return new CliError('KEYFILE_EXISTS', `The ${describeKey(wallet, key)} exists already`, {
    hints: ['Choose another name, or pass --overwrite: the old key is then kept in the folder `backups`'],
    data: { wallet: wallet.name, key: key.kind, path },
  });
}

async function prepareFolders(wallet: WalletRef, entries: readonly KeyFiles[], files: FileSystem): Promise<void> {
  await ensureDirectory(walletDirectory(wallet), files);
  if (entries.some((entry) => entry.key.kind === 'hotkey')) await ensureDirectory(hotkeysDirectory(wallet), files);
}

async function writePair(wallet: WalletRef, entry: KeyFiles, files: FileSystem): Promise<string[]> {
  const privatePath = privateKeyPath(wallet, entry.key);
  const publicPath = publicKeyPath(wallet, entry.key);
  const written: string[] = [];
  try {
    // The private file first: after a crash in between, the next unlock writes the public one.
    if (entry.privateBytes !== undefined) {
      await writeNew(privatePath, entry.privateBytes, files);
      written.push(privatePath);
    }
    await writeNew(publicPath, entry.publicBytes, files);
    written.push(publicPath);
    return written;
  } catch (error) {
    await takeBack(written, files);
    if (error instanceof CliError && error.code === 'FILE_EXISTS')
      throw existsError(wallet, entry.key, written.length === 0 ? privatePath : publicPath);
    throw error;
  }
}

/** Removes files that this very call created and that nobody has been told of yet. */
async function takeBack(written: readonly string[], files: FileSystem): Promise<void> {
  for (const path of [...written].reverse()) await files.unlink(path).catch(() => {});
}

/** A whole new wallet is built under a hidden name and appears with one rename. */
async function storeNewWallet(wallet: WalletRef, entries: readonly KeyFiles[], files: FileSystem): Promise<boolean> {
  const staging: WalletRef = { root: wallet.root, name: `new-${randomBytes(8).toString('hex')}` };
  const hidden = join(wallet.root, `.${staging.name}`);
  const inHidden = (path: string) => join(hidden, relative(walletDirectory(staging), path));
  try {
    await ensureDirectory(hidden, files);
    if (entries.some((entry) => entry.key.kind === 'hotkey')) await ensureDirectory(join(hidden, 'hotkeys'), files);
    for (const { key, privateBytes, publicBytes } of entries) {
      if (privateBytes !== undefined) await writeNew(inHidden(privateKeyPath(staging, key)), privateBytes, files);
      await writeNew(inHidden(publicKeyPath(staging, key)), publicBytes, files);
    }
    // Renaming a folder fails when a wallet with content is there already: nothing is ever merged or replaced.
    await files.rename(hidden, walletDirectory(wallet));
    await syncDirectory(wallet.root, files);
    return true;
  } catch (error) {
    await files.removeTree(hidden).catch(() => {});
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errno(error) ?? '')) return false;
    throw pathError(error, walletDirectory(wallet));
  }
}

function stamp(now: Date): string {
  return now.toISOString().replaceAll(':', '-').replace('.', '-');
}

/** Links an existing file into `backups` under a dated name that is still free. */
async function keepBackup(wallet: WalletRef, path: string, now: Date, files: FileSystem): Promise<string> {
  const folder = backupDirectory(wallet);
  await ensureDirectory(folder, files);
  const parent = basename(dirname(path)) === 'hotkeys' && dirname(path) === hotkeysDirectory(wallet) ? 'hotkeys.' : '';
  for (let copy = 0; copy < 100; copy++) {
    const target = join(folder, `${parent}${basename(path)}.${stamp(now)}${copy === 0 ? '' : `-${copy}`}`);
    try {
      await files.link(path, target);
      await syncDirectory(folder, files);
      return target;
    } catch (error) {
      if (errno(error) !== 'EEXIST') throw pathError(error, target);
    }
  }
  throw new CliError('FILE_EXISTS', `${folder} already holds a hundred backups of this moment`);
}

/** Puts a backed-up file back without needing space on the disk. */
async function restore(backup: string, path: string, files: FileSystem): Promise<void> {
  const temporary = `${backup}.restore`;
  await files.link(backup, temporary);
  await files.rename(temporary, path);
}

/**
 * Replaces a key so that no crash leaves a public file that names another key than the private one: the public file goes
 * first and comes last. When a write fails, the old key is put back.
 */
async function replacePair(wallet: WalletRef, entry: KeyFiles, now: Date, files: FileSystem): Promise<StoreResult> {
  const privatePath = privateKeyPath(wallet, entry.key);
  const publicPath = publicKeyPath(wallet, entry.key);
  const backups = new Map<string, string>();
  for (const path of entry.privateBytes === undefined ? [publicPath] : [privatePath, publicPath])
    if (await exists(path, files)) backups.set(path, await keepBackup(wallet, path, now, files));
  let created = false;
  try {
    if (entry.privateBytes === undefined) await replaceFile(publicPath, entry.publicBytes, files);
    else {
      if (backups.has(publicPath)) await files.unlink(publicPath);
      if (backups.has(privatePath)) await replaceFile(privatePath, entry.privateBytes, files);
      else {
        await writeNew(privatePath, entry.privateBytes, files);
        created = true;
      }
      await writeNew(publicPath, entry.publicBytes, files);
    }
  } catch (error) {
    if (created) await files.unlink(privatePath).catch(() => {});
    for (const [path, backup] of backups) await restore(backup, path, files).catch(() => {});
    throw pathError(error, privatePath);
  }
  const written = entry.privateBytes === undefined ? [publicPath] : [privatePath, publicPath];
  return { written, backups: [...backups.values()] };
}

async function storeInExisting(
  wallet: WalletRef,
  entries: readonly KeyFiles[],
  options: StoreOptions,
): Promise<StoreResult> {
  const files = options.files ?? nodeFileSystem;
  await checkDirectory(walletDirectory(wallet), files);
  const occupied = new Set<KeyFiles>();
  for (const entry of entries) {
    for (const path of [privateKeyPath(wallet, entry.key), publicKeyPath(wallet, entry.key)]) {
      if (!(await exists(path, files))) continue;
      if (options.overwrite !== true) throw existsError(wallet, entry.key, path);
      occupied.add(entry);
    }
  }
  await prepareFolders(wallet, entries, files);
  const added: string[] = [];
  const result: StoreResult = { written: [], backups: [] };
  try {
    for (const entry of entries) if (!occupied.has(entry)) added.push(...(await writePair(wallet, entry, files)));
    for (const entry of occupied) {
      const { written, backups } = await replacePair(wallet, entry, options.now(), files);
      result.written.push(...written);
      result.backups.push(...backups);
    }
  } catch (error) {
    if (result.written.length === 0) await takeBack(added, files);
    throw error;
  }
  result.written.push(...added);
  return result;
}

/**
 * Writes keys of one wallet. A wallet that does not exist appears complete or not at all; keys of an existing wallet are added
 * one by one, private file first. Nothing is ever written over without `overwrite`, and then the old files are kept.
 * @throws CliError KEYFILE_EXISTS, NAME_INVALID, FILE_*
 */
export async function storeKeys(
  wallet: WalletRef,
  entries: readonly KeyFiles[],
  options: StoreOptions,
): Promise<StoreResult> {
  const files = options.files ?? nodeFileSystem;
  const directory = walletDirectory(wallet);
  for (const { key } of entries) privateKeyPath(wallet, key);
  await ensureRoot(wallet.root, files);
  if (!(await exists(directory, files)) && (await storeNewWallet(wallet, entries, files)))
    return {
      written: entries.flatMap(({ key, privateBytes }) => [
        ...(privateBytes === undefined ? [] : [privateKeyPath(wallet, key)]),
        publicKeyPath(wallet, key),
      ]),
      backups: [],
    };
  return options.overwrite === true
    ? withWalletLock(wallet, () => storeInExisting(wallet, entries, options), files)
    : storeInExisting(wallet, entries, options);
}

/** Fails early, before passwords are asked for or phrases made, when a key of that name is there. */
export async function ensureFree(
  wallet: WalletRef,
  keys: readonly KeyRef[],
  files: FileSystem = nodeFileSystem,
): Promise<void> {
  for (const key of keys) {
    for (const path of [privateKeyPath(wallet, key), publicKeyPath(wallet, key)])
      if (await exists(path, files)) throw existsError(wallet, key, path);
  }
}
