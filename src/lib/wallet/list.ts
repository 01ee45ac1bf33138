import { closeSync, constants, type Dirent, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { detectEncryption, type KeyfileEncryption } from './encryption/keyfile-encryption.ts';
import { errno, pathError } from './files.ts';
import type { KeyScheme } from './key.ts';
import { parsePublicKeyfile } from './keyfile.ts';
import { isName, isPublicFileName } from './layout.ts';

/** How the private part of a key is kept: encrypted in some way, `none` = unencrypted, `absent` = watch-only here. */
export type KeyProtection = KeyfileEncryption | 'absent';

export interface KeySummary {
  /** Hotkey name; `coldkey` for the coldkey. */
  name: string;
  /** Unknown when the public file is missing or unreadable. */
  address?: string;
  scheme?: KeyScheme;
  protection: KeyProtection;
  /** Error code of what is wrong with the public file. */
  problem?: string;
}

export interface WalletSummary {
  name: string;
  path: string;
  coldkey?: KeySummary;
  hotkeys: KeySummary[];
  /** Why the folder could not be read. */
  problem?: string;
}

const PREFIX_BYTES = 32;
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Only the first bytes, which tell the format; never a secret of an encrypted or plain file. */
function protectionOf(path: string): KeyProtection {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, FLAGS);
    const bytes = new Uint8Array(PREFIX_BYTES);
    const length = readSync(descriptor, bytes, 0, PREFIX_BYTES, 0);
    return detectEncryption(bytes.subarray(0, length));
  } catch {
    return 'absent';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function summarize(
  name: string,
  folder: string,
  files: [secret: string, open: string],
  names: Set<string>,
): KeySummary {
  const [secret, open] = files;
  const protection = names.has(secret) ? protectionOf(join(folder, secret)) : 'absent';
  if (!names.has(open)) return { name, protection, problem: 'PUBLIC_FILE_MISSING' };
  const publicPath = join(folder, open);
  try {
    const descriptor = openSync(publicPath, FLAGS);
    try {
      const { address, scheme } = parsePublicKeyfile(readFileSync(descriptor), publicPath);
      return { name, protection, address, scheme };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { name, protection, problem: pathError(error, publicPath).code };
  }
}

function entriesOf(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (errno(error) === 'ENOENT') return [];
    throw pathError(error, path);
  }
}

function namesOf(path: string): Set<string> {
  return new Set(entriesOf(path).flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])));
}

let order: Intl.Collator | undefined;
const byName = (a: { name: string }, b: { name: string }): number => {
  // Made on first use: it loads Unicode tables.
  order ??= new Intl.Collator('en', { numeric: true });
  return order.compare(a.name, b.name);
};

/** The keys of one wallet folder, from its public files. */
export function summarizeWallet(root: string, name: string): WalletSummary {
  const path = join(root, name);
  const top = namesOf(path);
  const folder = join(path, 'hotkeys');
  const inHotkeys = namesOf(folder);
  const hotkeyNames = new Set<string>();
  for (const file of inHotkeys) {
    const hotkey = isPublicFileName(file) ? file.slice(0, -'pub.txt'.length) : file;
    if (isName(hotkey, 'hotkey')) hotkeyNames.add(hotkey);
  }
  const hotkeys = [...hotkeyNames]
    .map((hotkey) => summarize(hotkey, folder, [hotkey, `${hotkey}pub.txt`], inHotkeys))
    .sort(byName);
  const hasColdkey = top.has('coldkey') || top.has('coldkeypub.txt');
  return {
    name,
    path,
    hotkeys,
    ...(hasColdkey ? { coldkey: summarize('coldkey', path, ['coldkey', 'coldkeypub.txt'], top) } : {}),
  };
}

/**
 * All wallets under a path, by name, from public files alone. Folders without any key are left out; an unreadable wallet is
 * listed with its problem, so that one bad file never hides the others.
 * @throws CliError when the path itself cannot be read; a path that does not exist has no wallets
 */
export function listWallets(root: string): WalletSummary[] {
  const wallets: WalletSummary[] = [];
  for (const entry of entriesOf(root)) {
    if (!isName(entry.name, 'wallet')) continue;
    if (entry.isSymbolicLink()) {
      wallets.push({ name: entry.name, path: join(root, entry.name), hotkeys: [], problem: 'FILE_SYMLINK' });
      continue;
    }
    if (!entry.isDirectory()) continue;
    try {
      const wallet = summarizeWallet(root, entry.name);
      if (wallet.coldkey !== undefined || wallet.hotkeys.length > 0) wallets.push(wallet);
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      wallets.push({ name: entry.name, path: join(root, entry.name), hotkeys: [], problem: error.code });
    }
  }
  return wallets.sort(byName);
}
