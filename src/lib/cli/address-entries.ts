import { CliError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type AddressEntry, findEntry } from '../wallet/index.ts';
import { addressBookOf } from './addresses.ts';
import type { CommandContext } from './context.ts';
import type { Need } from './needs.ts';
import { s } from './schema/schema.ts';

/** Inputs and results that the address book's commands share. */

export const addressEntrySchema = s.object({ name: s.string(), address: s.ss58(), note: s.optional(s.string()) });

export const bookEntryName = (value: string | undefined): Need<string> => ({
  flag: 'name',
  type: 'name',
  message: 'Name:',
  value,
  parse: (text) => text.trim(),
});

/** @throws CliError ADDRESS_BOOK_UNKNOWN with the nearest name */
export async function requireEntry(context: CommandContext, name: string): Promise<AddressEntry> {
  const entries = await addressBookOf(context).list();
  const found = findEntry(entries, name);
  if (found) return found;
  const suggestion = nearest(
    name,
    entries.map((entry) => entry.name),
  );
  throw new CliError('ADDRESS_BOOK_UNKNOWN', `The address book has no "${name.slice(0, 60)}".`, {
    hints: [...(suggestion ? [`Did you mean ${suggestion}?`] : []), '`btcli-ts address list` shows the names.'],
    data: { name: name.slice(0, 60), ...(suggestion ? { suggestion } : {}) },
  });
}
