import { Flags } from '@oclif/core';
import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { type BalanceRow, balancesSchema, walletBalances } from '../../lib/cli/wallet-balance.ts';

export default class WalletBalance extends ListCommand<typeof WalletBalance, BalanceRow> {
  static override summary = 'Show TAO and the value of the stake of wallets or addresses; no key is needed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> --all --sort -totalTao',
    '<%= config.bin %> <%= command.id %> 5GrwvaEF5z… exchange',
  ];
  static override strict = false;
  static override flags = {
    all: Flags.boolean({ char: 'a', summary: 'every wallet on this machine' }),
    ss58: Flags.string({
      aliases: ['ss58-address', 'coldkey'],
      helpValue: 'ADDRESS|NAME',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'an address, a name of the address book, or a wallet',
    }),
  };
  static override result = result('wallet.balance/v1', balancesSchema);

  protected readonly rowsField = 'accounts';
  protected readonly columns = [
    { key: 'name', header: 'Name' },
    { key: 'address', header: 'Address', shrink: 'middle' as const },
    ...(['free', 'reserved', 'staked', 'total'] as const).map((one) => ({
      key: `${one}Tao`,
      header: one[0]!.toUpperCase() + one.slice(1),
      align: 'right' as const,
      text: (row: BalanceRow, ui: Ui) => ui.tao(row[`${one}Tao`]),
      optional: one === 'reserved',
    })),
  ];

  async execute(context: Context<typeof WalletBalance>): Promise<Result<typeof WalletBalance>> {
    return walletBalances(context, context.flags, context.words);
  }

  protected override footer({ accounts, totalTao }: Result<typeof WalletBalance>, ui: Ui): void {
    if (accounts.length > 1) ui.line(`Together ${ui.tao(totalTao)}`);
  }
}
