import { Flags } from '@oclif/core';
import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { describeWallet, protectionText, type WalletRow, walletSchema } from '../../lib/cli/wallet-summary.ts';
import { listWallets } from '../../lib/wallet/index.ts';

export default class WalletList extends ListCommand<typeof WalletList, WalletRow> {
  static override summary = 'List the wallets on this machine with their addresses.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --csv --columns name,coldkey',
  ];
  static override flags = { 'coldkeys-only': Flags.boolean({ summary: 'leave hotkeys out' }) };
  static override result = result('wallet.list/v1', s.object({ path: s.string(), wallets: s.array(walletSchema) }));

  protected readonly rowsField = 'wallets';
  protected readonly columns = [
    { key: 'name', header: 'Wallet' },
    { key: 'coldkey', header: 'Coldkey', value: (row: WalletRow) => row.coldkey?.address },
    { key: 'protection', header: 'Protection', value: (row: WalletRow) => row.coldkey?.protection },
    { key: 'hotkeys', header: 'Hotkeys', value: ({ hotkeys }: WalletRow) => hotkeys.map(({ name }) => name).join(' ') },
    { key: 'problem', header: 'Problem', optional: true },
  ];
  protected override readonly empty = 'No wallet yet: `btcli-ts wallet create` makes one.';

  async execute({ settings, flags }: Context<typeof WalletList>): Promise<Result<typeof WalletList>> {
    const { walletPath } = settings;
    const shown = listWallets(walletPath).map((one) => (flags['coldkeys-only'] ? { ...one, hotkeys: [] } : one));
    return { path: walletPath, wallets: shown.map((wallet) => describeWallet(wallet, walletPath)) };
  }

  /** A tree, unless columns were chosen. */
  override render(result: Result<typeof WalletList>, ui: Ui, context: Context<typeof WalletList>): void {
    if ((context.flags as { columns?: string }).columns !== undefined || result.wallets.length === 0) {
      super.render(result, ui, context);
      return;
    }
    for (const { name, coldkey, hotkeys, problem } of result.wallets) {
      ui.line(`${ui.colors.bold(name)}${problem === undefined ? '' : `  ${ui.colors.red(problem)}`}`);
      const keys = [...(coldkey ? [coldkey] : []), ...hotkeys];
      const width = Math.max(...keys.map((key) => key.name.length), 0);
      for (const key of keys) {
        ui.line(`  ${key.name.padEnd(width)}  ${key.address ?? '–'.padEnd(48)}  ${protectionText(key, ui)}`);
      }
    }
  }
}
