import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { AddressBook, COLDKEY, findEntry, hotkey, isAddress, ss58Decode, type WalletRef } from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { addressOf, chooseHotkey, chooseWallet } from './wallet-access.ts';

/** Addresses as people give them: ss58, a name of the address book, a wallet's name, or one of its hotkeys. */

export interface ResolvedAddress {
  readonly address: string;
  /** How it was named, when it was not given as an address. */
  readonly name?: string;
  readonly from: 'address' | 'address-book' | 'wallet';
}

/** The user's address book. */
export const addressBookOf = ({ paths }: CommandContext): AddressBook =>
  new AddressBook(join(paths.data, 'address-book.json'));

/**
 * The address that a text means: an address, a name of the address book, the coldkey of a wallet (`savings`) or a hotkey
 * (`savings/miner1`). A name that means two addresses is refused, never guessed.
 * @throws CliError ADDRESS_INVALID, ADDRESS_BOOK_UNKNOWN, VALIDATION
 */
export async function resolveAddress(context: CommandContext, given: string): Promise<ResolvedAddress> {
  const text = given.trim();
  if (isAddress(text)) return { address: text, from: 'address' };
  const booked = findEntry(await addressBookOf(context).list(), text);
  const owned = await fromWallets(context, text);
  if (booked && owned && booked.address !== owned) {
    throw new CliError('VALIDATION', `"${text}" is both a name of the address book and a wallet.`, {
      hints: ['Give the address itself.'],
      data: { addressBook: booked.address, wallet: owned },
    });
  }
  if (booked) return { address: booked.address, name: booked.name, from: 'address-book' };
  if (owned) return { address: owned, name: text, from: 'wallet' };
  // Text that looks like an address gets the reason for which it is none.
  if (/^[1-9A-HJ-NP-Za-km-z]{40,}$/.test(text)) ss58Decode(text);
  throw new CliError(
    'ADDRESS_BOOK_UNKNOWN',
    `"${text.slice(0, 60)}" is neither an address, nor a name of the address book, nor a wallet.`,
    {
      hints: ['`btcli-ts address list` and `btcli-ts wallet list` show the names.'],
      data: { value: text.slice(0, 60) },
    },
  );
}

/**
 * A hotkey: an address, a hotkey of the wallet by name, or a name that `resolveAddress` knows.
 * @throws CliError HOTKEY_UNKNOWN, ADDRESS_INVALID
 */
export async function resolveHotkey(context: CommandContext, wallet: WalletRef, given: string): Promise<string> {
  const text = given.trim();
  if (isAddress(text)) return text;
  const own = await orUndefined(() => addressOf(wallet, hotkey(text)));
  if (own !== undefined) return own;
  try {
    return (await resolveAddress(context, text)).address;
  } catch (cause) {
    if (!(cause instanceof CliError) || cause.code !== 'ADDRESS_BOOK_UNKNOWN') throw cause;
    throw new CliError(
      'HOTKEY_UNKNOWN',
      `"${text.slice(0, 60)}" is neither an address, nor a hotkey of wallet "${wallet.name}", nor a name of the address book.`,
      {
        hints: [
          'Only its address is needed here: give that in place of a name where the hotkey is on another machine.',
          '`btcli-ts wallet list` shows the hotkeys on this machine; `btcli-ts subnet show` the validators of a subnet.',
        ],
        data: { value: text.slice(0, 60), wallet: wallet.name },
        cause,
      },
    );
  }
}

/**
 * The address of the hotkey that --hotkey, the environment or the settings name (bittensor 11 takes an address there), or
 * of the wallet's own.
 * @throws CliError KEYFILE_NOT_FOUND, HOTKEY_UNKNOWN, ADDRESS_INVALID
 */
export async function hotkeyAddress(context: CommandContext, wallet: WalletRef): Promise<string> {
  if (context.sourceOf('hotkey') !== 'default') return resolveHotkey(context, wallet, context.settings.hotkey);
  return addressOf(wallet, await chooseHotkey(context, wallet));
}

/** A coldkey's address: that of the account given, or of the chosen wallet. */
export async function coldkeyOf(context: CommandContext, given: string | undefined): Promise<string> {
  if (given !== undefined) return (await resolveAddress(context, given)).address;
  return addressOf(await chooseWallet(context), COLDKEY);
}

async function fromWallets({ settings }: CommandContext, text: string): Promise<string | undefined> {
  const [name = '', key, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const wallet = { root: settings.walletPath, name };
  return orUndefined(() => addressOf(wallet, key === undefined ? COLDKEY : hotkey(key)));
}

/** What is not there, or cannot be a name, is no address; a damaged file is said. */
async function orUndefined(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CliError && ['WALLET_NOT_FOUND', 'KEYFILE_NOT_FOUND', 'NAME_INVALID'].includes(error.code)) {
      return undefined;
    }
    throw error;
  }
}
