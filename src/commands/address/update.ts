import { Args, Flags } from '@oclif/core';
import { addressEntrySchema, bookEntryName, requireEntry } from '../../lib/cli/address-entries.ts';
import { addressBookOf, resolveAddress } from '../../lib/cli/addresses.ts';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { CliError } from '../../lib/errors.ts';

export default class AddressUpdate extends BaseCommand<typeof AddressUpdate> {
  static override summary = 'Change an entry of the address book: its address, name or note.';
  static override examples = ['<%= config.bin %> <%= command.id %> exchange --ss58 5GrwvaEF5z…'];
  static override args = { name: Args.string({ description: 'the entry' }) };
  static override flags = {
    name: Flags.string({ helpValue: 'NAME', summary: 'the entry' }),
    'new-name': Flags.string({ helpValue: 'NAME', summary: 'its new name' }),
    ss58: Flags.string({ aliases: ['address'], helpValue: 'ADDRESS', summary: 'its new address' }),
    note: Flags.string({ helpValue: 'TEXT', summary: 'its new note' }),
  };
  static override result = result(
    'address.update/v1',
    s.object({
      before: addressEntrySchema,
      entry: addressEntrySchema,
      written: s.boolean('false under --dry-run'),
    }),
  );

  async execute(context: Context<typeof AddressUpdate>): Promise<Result<typeof AddressUpdate>> {
    const { args, flags, dryRun } = context;
    const name = await context.need(bookEntryName(flags.name ?? args.name));
    const change = {
      ...(flags['new-name'] === undefined ? {} : { name: flags['new-name'] }),
      ...(flags.ss58 === undefined ? {} : { address: (await resolveAddress(context, flags.ss58)).address }),
      ...(flags.note === undefined ? {} : { note: flags.note }),
    };
    if (Object.keys(change).length === 0) {
      throw new CliError('INPUT_REQUIRED', 'Missing: what to change.', {
        hints: ['Give --ss58, --new-name or --note.'],
        data: { needs: ['--ss58', '--new-name', '--note'].map((flag) => ({ flag, type: 'text' })) },
      });
    }
    const before = await requireEntry(context, name);
    if (dryRun) return { before, entry: { ...before, ...change }, written: false };
    if (flags.ss58 !== undefined) await context.confirm(`${before.name} is ${before.address} now. Change it?`);
    return { before, entry: await addressBookOf(context).update(name, change), written: true };
  }

  render({ entry, written }: Result<typeof AddressUpdate>, ui: Ui): void {
    if (written) ui.done(`${entry.name} is ${entry.address}`);
    else ui.line(`Dry run: ${entry.name} would be ${entry.address}.`);
  }
}
