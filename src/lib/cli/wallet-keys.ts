import {
  COLDKEY,
  checkName,
  ensureFree,
  hotkey,
  type KeyRef,
  summarizeWallet,
  type WalletRef,
  type WalletSummary,
  walletNotFound,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { walletOf } from './wallet-access.ts';

/** The key that a command makes: the coldkey, or with --use-hotkey the hotkey that the settings name. */
export function newKeyOf(context: CommandContext): KeyRef {
  return (context.flags as Record<string, unknown>)['use-hotkey'] === true ? hotkey(context.settings.hotkey) : COLDKEY;
}

/**
 * A wallet's name that need not exist yet: given, asked for, or the default one. A name whose `key` exists is refused at
 * the prompt, before anything more is asked.
 */
export async function needNewWallet(context: CommandContext, key: KeyRef = COLDKEY): Promise<WalletRef> {
  if (context.sourceOf('walletName') !== 'default' || !context.interactive) return walletOf(context);
  const { walletPath: root, walletName } = context.settings;
  const check = (name: string): Promise<void> => requireFreeAtPrompt(context, { root, name }, key);
  const isFree = await check(walletName).then(
    () => true,
    () => false,
  );
  const name = await context.need({
    flag: 'wallet-name',
    type: 'name',
    message: 'Name of the wallet:',
    ...(isFree ? { preset: walletName } : {}),
    parse: (text) => parseKeyName(text, 'wallet'),
    check,
  });
  return { root, name };
}

/** A hotkey's name that need not exist yet in the wallet. */
export async function needNewHotkey(context: CommandContext, wallet: WalletRef): Promise<KeyRef> {
  const { hotkey: preset } = context.settings;
  if (context.sourceOf('hotkey') !== 'default' || !context.interactive) return hotkey(preset);
  const check = (name: string): Promise<void> => requireFreeAtPrompt(context, wallet, hotkey(name));
  const isFree = await check(preset).then(
    () => true,
    () => false,
  );
  return hotkey(
    await context.need({
      flag: 'hotkey',
      type: 'name',
      message: 'Name of the hotkey:',
      ...(isFree ? { preset } : {}),
      parse: (text) => parseKeyName(text, 'hotkey'),
      check,
    }),
  );
}

/** @throws CliError KEYFILE_EXISTS, unless it is to be replaced */
async function requireFreeAtPrompt(context: CommandContext, wallet: WalletRef, key: KeyRef): Promise<void> {
  if ((context.flags as Record<string, unknown>).overwrite !== true) await ensureFree(wallet, [key]);
}

/** @throws CliError NAME_INVALID */
export function parseKeyName(text: string, what: 'wallet' | 'hotkey'): string {
  const name = text.trim();
  checkName(name, what);
  return name;
}

/** A wallet's keys by their public files. @throws CliError WALLET_NOT_FOUND with the nearest name */
export function requireWallet(wallet: WalletRef): WalletSummary {
  const found = summarizeWallet(wallet.root, wallet.name);
  if (found.coldkey !== undefined || found.hotkeys.length > 0) return found;
  throw walletNotFound(wallet);
}
