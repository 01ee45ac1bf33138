import {
  COLDKEY,
  hotkey,
  type KeyRef,
  listWallets,
  readPublicKey,
  type Signer,
  summarizeWallet,
  unlockSigner,
  type WalletRef,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { existingPassword } from './passwords.ts';
import type { Choice } from './prompts.ts';

/** The wallet that the settings name. */
export function walletOf({ settings }: CommandContext): WalletRef {
  return { root: settings.walletPath, name: settings.walletName };
}

/**
 * The wallet to use: the one that was named by option, environment or config; else asked for where several are on disk;
 * without a terminal the default one.
 */
export async function chooseWallet(context: CommandContext): Promise<WalletRef> {
  if (context.sourceOf('walletName') !== 'default' || !context.interactive) return walletOf(context);
  const wallets = listWallets(context.settings.walletPath);
  if (wallets.length < 2) {
    if (!wallets[0]) return walletOf(context);
    context.implied.set('wallet-name', wallets[0].name);
    return { root: context.settings.walletPath, name: wallets[0].name };
  }
  const name = await context.need<string>({
    flag: 'wallet-name',
    type: 'name',
    message: 'Which wallet?',
    parse: String,
    choices: (): Choice<string>[] =>
      wallets.map(({ name, coldkey }) => ({ value: name, short: name, name: `${name}  ${coldkey?.address ?? ''}` })),
  });
  return { root: context.settings.walletPath, name };
}

/** One of the wallet's hotkeys, found as `chooseWallet` finds the wallet. */
export async function chooseHotkey(context: CommandContext, wallet: WalletRef): Promise<KeyRef> {
  return hotkey(await chooseHotkeyName(context, wallet));
}

export async function chooseHotkeyName(context: CommandContext, wallet: WalletRef): Promise<string> {
  const { settings } = context;
  if (context.sourceOf('hotkey') !== 'default' || !context.interactive) return settings.hotkey;
  const { hotkeys } = summarizeWallet(wallet.root, wallet.name);
  const [only, ...others] = hotkeys;
  if (!only) return settings.hotkey;
  if (others.length === 0) {
    context.implied.set('hotkey', only.name);
    return only.name;
  }
  return context.need<string>({
    flag: 'hotkey',
    type: 'name',
    message: 'Which hotkey?',
    parse: String,
    choices: (): Choice<string>[] =>
      hotkeys.map(({ name, address }) => ({ value: name, short: name, name: `${name}  ${address ?? ''}` })),
  });
}

/** The key that a command is about: the coldkey, or with --use-hotkey one of the wallet's hotkeys. */
export async function chooseKey(context: CommandContext, wallet: WalletRef): Promise<KeyRef> {
  const useHotkey = (context.flags as Record<string, unknown>)['use-hotkey'] === true;
  return useHotkey ? chooseHotkey(context, wallet) : COLDKEY;
}

/** ss58 address of a key from its public file. @throws CliError WALLET_NOT_FOUND, KEYFILE_NOT_FOUND … */
export async function addressOf(wallet: WalletRef, key: KeyRef = COLDKEY): Promise<string> {
  return (await readPublicKey(wallet, key)).key.address;
}

/** Unlocks a key for signing; it is forgotten when the command ends. Password sources in the order of the contract. */
export async function openSigner(
  context: CommandContext,
  wallet: WalletRef,
  key: KeyRef,
  reason: string,
): Promise<Signer> {
  const password = existingPassword(context);
  const { value: signer, warnings } = await unlockSigner({ wallet, key, password, reason });
  context.secretsDone();
  for (const warning of warnings) context.warn(warning.message);
  context.defer(() => signer.dispose());
  return signer;
}
