import { Flags } from '@oclif/core';
import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { type NeuronRow, overviewSchema, walletOverview } from '../../lib/cli/wallet-overview.ts';

export default class WalletOverview extends ListCommand<typeof WalletOverview, NeuronRow> {
  static override summary = "Show where the wallet's hotkeys are registered and what they earn; no key is needed.";
  static override aliases = ['wallet registrations'];
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> --all --sort -emissionAlpha',
  ];
  static override flags = {
    all: Flags.boolean({ char: 'a', summary: 'every wallet on this machine' }),
    netuid: netuidFlag({ summary: 'only this subnet' }),
    'include-hotkeys': Flags.string({
      helpValue: 'A,B',
      summary: 'only these hotkeys, by name (of the wallet or the address book) or address',
    }),
    'exclude-hotkeys': Flags.string({ helpValue: 'A,B', summary: 'all but these hotkeys' }),
  };
  static override result = result('wallet.overview/v1', overviewSchema);

  protected readonly rowsField = 'neurons';
  protected readonly columns = [
    { key: 'wallet', header: 'Wallet' },
    { key: 'hotkeyName', header: 'Hotkey' },
    { key: 'hotkey', header: 'Address', shrink: 'middle' as const },
    { key: 'netuid', header: 'Subnet', align: 'right' as const },
    { key: 'uid', header: 'UID', align: 'right' as const },
    {
      key: 'stakeAlpha',
      header: 'Stake',
      align: 'right' as const,
      text: (row: NeuronRow, ui: Ui) => ui.alpha(row.stakeAlpha, row.symbol, 4),
    },
    { key: 'consensus', header: 'Consensus', align: 'right' as const, optional: true },
    { key: 'incentive', header: 'Incentive', align: 'right' as const },
    { key: 'dividends', header: 'Dividends', align: 'right' as const },
    {
      key: 'emissionAlpha',
      header: 'Emission',
      align: 'right' as const,
      text: (row: NeuronRow, ui: Ui) => ui.alpha(row.emissionAlpha, row.symbol, 4),
    },
    {
      key: 'validatorPermit',
      header: 'Permit',
      spare: 2,
      text: (row: NeuronRow) => (row.validatorPermit ? 'yes' : 'no'),
    },
    { key: 'active', header: 'Active', text: (row: NeuronRow) => (row.active ? 'yes' : 'no'), optional: true },
    { key: 'blocksSinceUpdate', header: 'Updated', align: 'right' as const, spare: 3 },
  ];
  protected override readonly empty = 'None of these hotkeys is registered on a subnet.';

  async execute(context: Context<typeof WalletOverview>): Promise<Result<typeof WalletOverview>> {
    return walletOverview(context, context.flags);
  }

  protected override footer({ accounts }: Result<typeof WalletOverview>, ui: Ui): void {
    for (const { wallet, freeTao, stakedTao } of accounts) {
      ui.line(`${wallet}: ${ui.tao(freeTao)} free, ${ui.tao(stakedTao)} staked`);
    }
  }
}
