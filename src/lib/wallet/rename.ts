import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { withWalletLock } from './file-lock.ts';
import { checkDirectory, errno, exists, type FileSystem, nodeFileSystem, pathError, syncDirectory } from './files.ts';
import {
  COLDKEY,
  checkName,
  hotkey,
  hotkeysDirectory,
  privateKeyPath,
  publicKeyPath,
  type WalletRef,
  walletDirectory,
} from './layout.ts';
import { missingKey } from './read-key.ts';

export interface RenameResult {
  from: string;
  to: string;
}

/**
 * Renames a wallet: one step on the disk. Keychain entries and `BT_PW_…` variables are bound to paths and must follow.
 * @throws CliError WALLET_NOT_FOUND, WALLET_EXISTS, NAME_INVALID, FILE_LOCKED
 */
export async function renameWallet(
  wallet: WalletRef,
  newName: string,
  files: FileSystem = nodeFileSystem,
): Promise<RenameResult> {
  checkName(newName, 'wallet');
  const from = walletDirectory(wallet);
  const to = walletDirectory({ ...wallet, name: newName });
  const taken = () =>
    new CliError('WALLET_EXISTS', `There is a wallet "${newName}" already`, { data: { wallet: newName, path: to } });
  if (!(await exists(from, files))) throw await missingKey(wallet, COLDKEY, [], files);
  await checkDirectory(from, files);
  return withWalletLock(
    wallet,
    async () => {
      if (await exists(to, files)) throw taken();
      try {
        await files.rename(from, to);
      } catch (error) {
        if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errno(error) ?? '')) throw taken();
        throw pathError(error, to);
      }
      await files.unlink(join(to, '.lock')).catch(() => {});
      await syncDirectory(wallet.root, files);
      return { from, to };
    },
    files,
  );
}

/**
 * Renames a hotkey. Both files get their new names before the old ones go, so that a crash in between leaves the key under two
 * names, never under none.
 * @throws CliError KEYFILE_NOT_FOUND, KEYFILE_EXISTS, NAME_INVALID, FILE_LOCKED
 */
export async function renameHotkey(
  wallet: WalletRef,
  name: string,
  newName: string,
  files: FileSystem = nodeFileSystem,
): Promise<RenameResult> {
  const [oldKey, newKey] = [hotkey(name), hotkey(newName)];
  const paths = [
    { from: privateKeyPath(wallet, oldKey), to: privateKeyPath(wallet, newKey) },
    { from: publicKeyPath(wallet, oldKey), to: publicKeyPath(wallet, newKey) },
  ] as const;
  return withExistingWallet(wallet, files, async () => {
    const present: { from: string; to: string }[] = [];
    for (const path of paths) {
      if (await exists(path.to, files)) throw keyExists(newName, path.to);
      if (await exists(path.from, files)) present.push(path);
    }
    if (present.length === 0) throw await missingKey(wallet, oldKey, [], files);
    const linked: string[] = [];
    try {
      for (const { from, to } of present) {
        await files.link(from, to);
        linked.push(to);
      }
    } catch (error) {
      for (const path of linked) await files.unlink(path).catch(() => {});
      if (errno(error) === 'EEXIST') throw keyExists(newName, paths[0].to);
      throw pathError(error, paths[0].to);
    }
    await syncDirectory(hotkeysDirectory(wallet), files);
    for (const { from } of [...present].reverse()) await files.unlink(from);
    await syncDirectory(hotkeysDirectory(wallet), files);
    return { from: paths[0].from, to: paths[0].to };
  });
}

function keyExists(name: string, path: string): CliError {
  return new CliError('KEYFILE_EXISTS', `There is a hotkey "${name}" already`, { data: { path } });
}

async function withExistingWallet<T>(wallet: WalletRef, files: FileSystem, work: () => Promise<T>): Promise<T> {
  if (!(await exists(walletDirectory(wallet), files))) throw await missingKey(wallet, COLDKEY, [], files);
  return withWalletLock(wallet, work, files);
}
