import { resolve } from 'node:path';
import { CliError } from '../errors.ts';
import {
  describeKey,
  exportPolkadotJson,
  type KeyRef,
  keyName,
  requirePrivateKey,
  unlockKeyPair,
  type WalletRef,
  wipeKeyPair,
  writeMnemonicFile,
  writePolkadotJson,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { requireNewFile } from './create-keys.ts';
import { existingPassword, newPassword } from './passwords.ts';
import { typedPath } from './typed-path.ts';
import { addressOf } from './wallet-access.ts';

/** A Polkadot-JS backup under a password of its own. */
export async function exportBackup(context: CommandContext, wallet: WalletRef, key: KeyRef, given: string | undefined) {
  const preset = `${wallet.name}-${keyName(key)}.json`;
  const file = resolve(
    await context.need<string>({
      flag: 'file',
      type: 'file',
      message: 'Write the backup to:',
      value: given,
      preset,
      parse: (text) => typedPath(text, context.env),
      check: requireNewFile,
    }),
  );
  requireNewFile(file);
  const address = await addressOf(wallet, key);
  const result = { wallet: wallet.name, key: keyName(key), address, format: 'polkadot-js' as const, file };
  await requirePrivateKey(wallet, key, 'to export it');
  if (context.dryRun) return { ...result, written: false };
  const exportPassword = await newPassword(context, 'export-password-file', 'Password of the backup:');
  try {
    const json = await exportPolkadotJson({
      wallet,
      key,
      password: existingPassword(context),
      reason: 'to export it',
      exportPassword,
      name: wallet.name,
      now: () => new Date(),
    });
    await writePolkadotJson(file, json);
  } finally {
    exportPassword.fill(0);
  }
  return { ...result, written: true };
}

/** The recovery phrase in a file, 0600. @throws CliError VALIDATION when the key has none */
export async function exportPhrase(context: CommandContext, wallet: WalletRef, key: KeyRef, given: string) {
  const file = resolve(given);
  requireNewFile(file);
  const address = await addressOf(wallet, key);
  const result = { wallet: wallet.name, key: keyName(key), address, format: 'mnemonic' as const, file };
  await requirePrivateKey(wallet, key, 'to read its recovery phrase');
  if (context.dryRun) return { ...result, written: false };
  await context.confirm(`The recovery phrase of the ${describeKey(wallet, key)} will lie in ${file}, unencrypted.`);
  const { value: pair } = await unlockKeyPair({
    wallet,
    key,
    password: existingPassword(context),
    reason: 'to read its recovery phrase',
  });
  try {
    if (pair.mnemonic === undefined) {
      throw new CliError('VALIDATION', `The file of the ${describeKey(wallet, key)} holds no recovery phrase.`, {
        hints: ['The key was made from a seed, a private key or a URI. Without --mnemonic-file a backup is written.'],
      });
    }
    await writeMnemonicFile(file, pair.mnemonic);
  } finally {
    wipeKeyPair(pair);
  }
  return { ...result, written: true };
}
