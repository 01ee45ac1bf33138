import { Args, Flags } from '@oclif/core';
import { addressEntrySchema, bookEntryName } from '../../lib/cli/address-entries.ts';
import { addressBookOf, resolveAddress } from '../../lib/cli/addresses.ts';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

export default class AddressAdd extends BaseCommand<typeof AddressAdd> {
  static override summary = 'Keep an address under a name, which is then accepted wherever an address is.';
  static override examples = ['<%= config.bin %> <%= command.id %> exchange 5GrwvaEF5z… --note "deposit account"'];
  static override args = {
    name: Args.string({ description: 'the name' }),
    address: Args.string({ description: 'the address' }),
  };
  static override flags = {
    name: Flags.string({ helpValue: 'NAME', summary: 'the name' }),
    ss58: Flags.string({ aliases: ['address'], helpValue: 'ADDRESS', summary: 'the address' }),
    note: Flags.string({ helpValue: 'TEXT', summary: 'a note' }),
  };
  static override result = result(
    'address.add/v1',
    s.object({ entry: addressEntrySchema, written: s.boolean('false under --dry-run') }),
  );

  async execute(context: Context<typeof AddressAdd>): Promise<Result<typeof AddressAdd>> {
    const { args, flags, dryRun } = context;
    const { name, given } = await context.needs({
      name: bookEntryName(flags.name ?? args.name),
      given: {
        flag: 'ss58',
        type: 'ss58',
        message: 'Address:',
        value: flags.ss58 ?? args.address,
        parse: String,
        check: (text: string) => resolveAddress(context, text),
      },
    });
    const { address } = await resolveAddress(context, given);
    const entry = { name, address, ...(flags.note === undefined ? {} : { note: flags.note }) };
    if (!dryRun) await addressBookOf(context).add(entry);
    return { entry, written: !dryRun };
  }

  render({ entry, written }: Result<typeof AddressAdd>, ui: Ui): void {
    if (written) ui.done(`${entry.name} is ${entry.address}`);
    else ui.line(`Dry run: ${entry.name} would be ${entry.address}.`);
  }
}
