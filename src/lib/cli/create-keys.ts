import { existsSync, lstatSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { CliError } from '../errors.ts';
import {
  type CreatedKey,
  createKeys,
  createPublicKey,
  describeKey,
  ensureFree,
  type KeyRef,
  type KeyScheme,
  type KeySource,
  keyName,
  type PublicKeyInfo,
  privateKeyPath,
  publicKeyPath,
  type WalletRef,
  walletDirectory,
  writeMnemonicFile,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import type { CreatedKeyResult, KeyCreated } from './created-keys.ts';
import { shellQuote } from './equivalent.ts';
import { newKeyPassword } from './passwords.ts';

/** One key to be written. */
export interface WantedKey {
  readonly key: KeyRef;
  readonly source: KeySource;
  readonly scheme: KeyScheme;
  readonly encrypt: boolean;
  /** Where the phrase of a new key goes instead of the screen. */
  readonly phraseFile?: string | undefined;
}

export interface CreateRequest {
  readonly wallet: WalletRef;
  readonly keys: readonly WantedKey[];
  readonly overwrite: boolean;
}

interface Written {
  readonly written: boolean;
  readonly backups: string[];
  readonly keys: CreatedKeyResult[];
}

/**
 * Makes keys, writes them, and hands the phrases of new ones over: on the alternate screen, into a file, or, where nobody
 * can look, left inside the key file with a warning. Everything that can fail is checked before a key is made.
 */
export async function createAndHandOver(context: CommandContext, request: CreateRequest): Promise<Written> {
  const { wallet, keys, overwrite } = request;
  await requireFree(
    context,
    wallet,
    keys.map(({ key }) => key),
    overwrite,
  );
  for (const { phraseFile } of keys) requireNewFile(phraseFile);
  if (context.dryRun) return planned(request);
  const password = await passwordFor(context, request);
  if (password) context.progress.say('Encrypting');
  const unwarn = context.onInterrupt(() => `Keys of the wallet "${wallet.name}" may have been written.`);
  const made = await createKeys(
    wallet,
    keys.map(({ key, source, scheme, encrypt }) => ({
      key,
      source,
      scheme,
      ...(encrypt && password ? { password } : {}),
    })),
    { overwrite, now: () => new Date() },
  ).finally(() => password?.fill(0));
  unwarn();
  context.progress.stop();
  const undo = context.onInterrupt(
    () =>
      `The keys are written; their recovery phrases are in ${made.written[0]}: \`${exportCommand(wallet, keys[0]!.key)}\` writes it to a file.`,
  );
  const results: CreatedKeyResult[] = [];
  for (const [index, created] of made.keys.entries()) {
    const wanted = keys[index]!;
    const phrase = await handOver(context, wallet, created, wanted.phraseFile).finally(() => created.mnemonic?.fill(0));
    results.push({
      ...describeCreated(wallet, created, created.encrypted ? 'encrypted' : 'none'),
      phrase,
      ...(phrase === 'file' ? { phraseFile: resolve(wanted.phraseFile!) } : {}),
    });
  }
  undo();
  return { written: true, backups: made.backups, keys: results };
}

/** Writes only the public part of a key: a watch-only wallet. */
export async function createWatchOnly(
  context: CommandContext,
  wallet: WalletRef,
  key: KeyRef,
  info: PublicKeyInfo,
  overwrite: boolean,
): Promise<KeyCreated> {
  await requireFree(context, wallet, [key], overwrite);
  const made = context.dryRun
    ? { backups: [], keys: [{ key, ...info }] }
    : await createPublicKey(wallet, key, info, { overwrite, now: () => new Date() });
  return {
    wallet: wallet.name,
    path: walletDirectory(wallet),
    written: !context.dryRun,
    backups: made.backups,
    key: { ...describeCreated(wallet, made.keys[0]!, 'watch-only'), file: null, phrase: 'none' },
  };
}

/** Refuses existing keys; with --overwrite a person must agree, word by word. */
async function requireFree(
  context: CommandContext,
  wallet: WalletRef,
  keys: readonly KeyRef[],
  overwrite: boolean,
): Promise<void> {
  if (!overwrite) return ensureFree(wallet, keys);
  const taken = keys.filter((key) =>
    [privateKeyPath(wallet, key), publicKeyPath(wallet, key)].some((path) => existsSync(path)),
  );
  if (taken.length === 0 || context.dryRun) return;
  const what = taken.map((key) => describeKey(wallet, key)).join(' and the ');
  await context.confirm(`This replaces the ${what}; the old files are kept in ${walletDirectory(wallet)}/backups.`, {
    typed: wallet.name,
  });
}

/** A phrase is never written over anything, which must be known before the key is made. */
export function requireNewFile(file: string | undefined): void {
  if (file === undefined) return;
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) {
    throw new CliError('FILE_EXISTS', `${file} exists already.`, {
      hints: ['Choose another file: nothing is written over.'],
      data: { path: file },
    });
  }
  if (!existsSync(dirname(resolve(file)))) {
    throw new CliError('FILE_NOT_FOUND', `The folder of ${file} does not exist.`, { data: { path: file } });
  }
}

async function passwordFor(context: CommandContext, { wallet, keys }: CreateRequest): Promise<Uint8Array | undefined> {
  if (keys.some(({ key, encrypt }) => key.kind === 'coldkey' && !encrypt)) {
    context.warn('The coldkey is written unencrypted (--no-password): whoever reads its file has everything it holds.');
  }
  const first = keys.find(({ encrypt }) => encrypt);
  return first && newKeyPassword(context, wallet, first.key);
}

async function handOver(
  context: CommandContext,
  wallet: WalletRef,
  { key, mnemonic }: CreatedKey,
  phraseFile: string | undefined,
): Promise<CreatedKeyResult['phrase']> {
  if (mnemonic === undefined) return 'none';
  const what = describeKey(wallet, key);
  if (phraseFile !== undefined) {
    await writeMnemonicFile(resolve(phraseFile), mnemonic);
    return 'file';
  }
  if (await context.showPhrase(mnemonic, `Recovery phrase of the ${what}`)) return 'shown';
  context.warn(
    `The recovery phrase of the ${what} was not shown: it is only inside ${privateKeyPath(wallet, key)}. Back that file up, or write the phrase down from \`${exportCommand(wallet, key)}\`.`,
  );
  return 'key-file';
}

/** The command that writes the phrase of a key to a file. */
function exportCommand(wallet: WalletRef, key: KeyRef): string {
  const useHotkey = key.kind === 'hotkey' ? ` --hotkey ${shellQuote(key.name)} --use-hotkey` : '';
  return `btcli-ts wallet export --wallet-name ${shellQuote(wallet.name)}${useHotkey} --mnemonic-file FILE`;
}

function planned({ wallet, keys }: CreateRequest): Written {
  return {
    written: false,
    backups: [],
    keys: keys.map(({ key, source, scheme, encrypt, phraseFile }) => ({
      kind: key.kind,
      name: keyName(key),
      keyType: scheme,
      protection: encrypt ? 'encrypted' : 'none',
      file: privateKeyPath(wallet, key),
      publicFile: publicKeyPath(wallet, key),
      phrase: source.kind !== 'new' ? 'none' : phraseFile === undefined ? 'key-file' : 'file',
    })),
  };
}

function describeCreated(
  wallet: WalletRef,
  { key, address, publicKey, scheme }: { readonly key: KeyRef } & PublicKeyInfo,
  protection: CreatedKeyResult['protection'],
): Omit<CreatedKeyResult, 'phrase'> {
  return {
    kind: key.kind,
    name: keyName(key),
    address,
    publicKey: `0x${Buffer.from(publicKey).toString('hex')}`,
    keyType: scheme,
    protection,
    file: privateKeyPath(wallet, key),
    publicFile: publicKeyPath(wallet, key),
  };
}

/** The result of a command that writes one key. */
export async function createOneKey(
  context: CommandContext,
  wallet: WalletRef,
  wanted: WantedKey,
  overwrite: boolean,
): Promise<KeyCreated> {
  const { keys, ...rest } = await createAndHandOver(context, { wallet, keys: [wanted], overwrite });
  return { wallet: wallet.name, path: walletDirectory(wallet), ...rest, key: keys[0]! };
}
