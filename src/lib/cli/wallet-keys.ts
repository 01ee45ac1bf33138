import { CliError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import {
  COLDKEY,
  checkName,
  hotkey,
  type KeyRef,
  listWallets,
  summarizeWallet,
  type WalletRef,
  type WalletSummary,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { walletOf } from './wallet-access.ts';

/** The key that a command is about: the coldkey, or with --use-hotkey the wallet's hotkey. */
export function keyOf(context: CommandContext): KeyRef {
  return (context.flags as Record<string, unknown>)['use-hotkey'] === true ? hotkey(context.settings.hotkey) : COLDKEY;
}

/** A wallet's name that need not exist yet: given, asked for, or the default one. */
export async function needNewWallet(context: CommandContext): Promise<WalletRef> {
  if (context.sourceOf('walletName') !== 'default' || !context.interactive) return walletOf(context);
  const name = await context.need({
    flag: 'wallet-name',
    type: 'name',
    message: 'Name of the wallet:',
    preset: context.settings.walletName,
    parse: (text) => parseKeyName(text, 'wallet'),
  });
  return { root: context.settings.walletPath, name };
}

/** A hotkey's name that need not exist yet. */
export async function needNewHotkey(context: CommandContext): Promise<KeyRef> {
  if (context.sourceOf('hotkey') !== 'default' || !context.interactive) return hotkey(context.settings.hotkey);
  return hotkey(
    await context.need({
      flag: 'hotkey',
      type: 'name',
      message: 'Name of the hotkey:',
      preset: context.settings.hotkey,
      parse: (text) => parseKeyName(text, 'hotkey'),
    }),
  );
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
  const suggestion = nearest(
    wallet.name,
    listWallets(wallet.root).map(({ name }) => name),
  );
  throw new CliError('WALLET_NOT_FOUND', `There is no wallet "${wallet.name}" in ${wallet.root}.`, {
    hints: [
      ...(suggestion ? [`Did you mean ${suggestion}?`] : []),
      '`btcli-ts wallet list` shows the wallets that exist, `wallet create` makes a new one.',
    ],
    data: { wallet: wallet.name, path: wallet.root, ...(suggestion ? { suggestion } : {}) },
  });
}
