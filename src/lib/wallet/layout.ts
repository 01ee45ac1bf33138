import { join } from 'node:path';
import { CliError } from '../errors.ts';

const MAX_NAME_BYTES = 128;
const PUBLIC_SUFFIX = 'pub.txt';

/** A wallet on disk: `<root>/<name>/`. */
export interface WalletRef {
  /** Absolute path of the folder that holds wallets. */
  root: string;
  name: string;
}

/** One of the keys of a wallet. */
export type KeyRef = { kind: 'coldkey' } | { kind: 'hotkey'; name: string };

export const COLDKEY: KeyRef = { kind: 'coldkey' };

export function hotkey(name: string): KeyRef {
  return { kind: 'hotkey', name };
}

/**
 * Refuses names that are not one plain path segment.
 * @throws CliError NAME_INVALID
 */
export function checkName(name: string, what: 'wallet' | 'hotkey'): void {
  let problem: string | undefined;
  if (name.length === 0) problem = 'it is empty';
  else if (/[/\\]/.test(name)) problem = 'it contains a path separator';
  else if (name.startsWith('.')) problem = 'it starts with a dot';
  else if ([...name].some((letter) => letter.charCodeAt(0) < 32 || letter.charCodeAt(0) === 127))
    problem = 'it contains a control character';
  else if (name !== name.trim()) problem = 'it starts or ends with a blank';
  else if (Buffer.byteLength(name) > MAX_NAME_BYTES) problem = `it is longer than ${MAX_NAME_BYTES} bytes`;
  else if (what === 'hotkey' && name.endsWith(PUBLIC_SUFFIX))
    problem = `it ends in ${PUBLIC_SUFFIX}, like the public files`;
  if (problem !== undefined)
    throw new CliError('NAME_INVALID', `This cannot be the name of a ${what}: ${problem}`, { data: { what, name } });
}

/** True when {@link checkName} would accept the name. */
export function isName(name: string, what: 'wallet' | 'hotkey'): boolean {
  try {
    checkName(name, what);
    return true;
  } catch {
    return false;
  }
}

export function walletDirectory(wallet: WalletRef): string {
  checkName(wallet.name, 'wallet');
  return join(wallet.root, wallet.name);
}

export function hotkeysDirectory(wallet: WalletRef): string {
  return join(walletDirectory(wallet), 'hotkeys');
}

/** Where replaced keys are kept. */
export function backupDirectory(wallet: WalletRef): string {
  return join(walletDirectory(wallet), 'backups');
}

/** Path of the private file of a key. */
export function privateKeyPath(wallet: WalletRef, key: KeyRef): string {
  if (key.kind === 'coldkey') return join(walletDirectory(wallet), 'coldkey');
  checkName(key.name, 'hotkey');
  return join(hotkeysDirectory(wallet), key.name);
}

/** Path of the public file of a key. */
export function publicKeyPath(wallet: WalletRef, key: KeyRef): string {
  return key.kind === 'coldkey'
    ? join(walletDirectory(wallet), 'coldkeypub.txt')
    : `${privateKeyPath(wallet, key)}${PUBLIC_SUFFIX}`;
}

/** How results name a key of a wallet: the hotkey's name, or `coldkey`. */
export const keyName = (key: KeyRef): string => (key.kind === 'coldkey' ? 'coldkey' : key.name);

/** How messages name a key: `coldkey of wallet "W"`. */
export function describeKey(wallet: WalletRef, key: KeyRef): string {
  return key.kind === 'coldkey'
    ? `coldkey of wallet "${wallet.name}"`
    : `hotkey "${key.name}" of wallet "${wallet.name}"`;
}

/** True for a file name of the hotkeys folder that is a hotkey's public file. */
export function isPublicFileName(name: string): boolean {
  return name.endsWith(PUBLIC_SUFFIX);
}
