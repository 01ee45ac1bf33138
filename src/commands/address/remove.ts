import { Args, Flags } from '@oclif/core';
import { addressEntrySchema, bookEntryName, requireEntry } from '../../lib/cli/address-entries.ts';
import { addressBookOf } from '../../lib/cli/addresses.ts';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

export default class AddressRemove extends BaseCommand<typeof AddressRemove> {
  static override summary = 'Remove a name from the address book.';
  static override examples = ['<%= config.bin %> <%= command.id %> exchange --yes'];
  static override args = { name: Args.string({ description: 'the entry' }) };
  static override flags = { name: Flags.string({ helpValue: 'NAME', summary: 'the entry' }) };
  static override result = result(
    'address.remove/v1',
    s.object({ entry: addressEntrySchema, written: s.boolean('false under --dry-run') }),
  );

  async execute(context: Context<typeof AddressRemove>): Promise<Result<typeof AddressRemove>> {
    const name = await context.need(bookEntryName(context.flags.name ?? context.args.name));
    const entry = await requireEntry(context, name);
    if (context.dryRun) return { entry, written: false };
    await context.confirm(`Remove ${entry.name} (${entry.address}) from the address book?`);
    return { entry: await addressBookOf(context).remove(name), written: true };
  }

  render({ entry, written }: Result<typeof AddressRemove>, ui: Ui): void {
    if (written) ui.done(`${entry.name} (${entry.address}) is no longer in the address book.`);
    else ui.line(`Dry run: ${entry.name} (${entry.address}) would be removed.`);
  }
}
