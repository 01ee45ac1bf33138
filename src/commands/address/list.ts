import { addressEntrySchema } from '../../lib/cli/address-entries.ts';
import { addressBookOf } from '../../lib/cli/addresses.ts';
import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { type Infer, result, s } from '../../lib/cli/schema/schema.ts';

type Entry = Infer<typeof addressEntrySchema>;

export default class AddressList extends ListCommand<typeof AddressList, Entry> {
  static override summary = 'List the address book.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --csv'];
  static override result = result(
    'address.list/v1',
    s.object({ file: s.string(), addresses: s.array(addressEntrySchema) }),
  );

  protected readonly rowsField = 'addresses';
  protected readonly columns = [
    { key: 'name', header: 'Name' },
    { key: 'address', header: 'Address' },
    { key: 'note', header: 'Note', shrink: 'end' as const },
  ];
  protected override readonly empty = 'The address book is empty: `btcli-ts address add NAME ADDRESS`.';

  async execute(context: Context<typeof AddressList>): Promise<Result<typeof AddressList>> {
    const book = addressBookOf(context);
    return { file: book.path, addresses: await book.list() };
  }
}
