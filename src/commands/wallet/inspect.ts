import { Args, Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { renderIdentity } from '../../lib/cli/identity-result.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { inspectColdkey, inspectionSchema, type StakeRow } from '../../lib/cli/wallet-inspect.ts';

const right = 'right' as const;
const COLUMNS = [
  { key: 'netuid', header: 'Subnet', align: right },
  { key: 'subnet', header: 'Name', shrink: 'end' as const },
  { key: 'hotkey', header: 'Hotkey', shrink: 'middle' as const },
  {
    key: 'stakeAlpha',
    header: 'Stake',
    align: right,
    text: (row: StakeRow, ui: Ui) => ui.alpha(row.stakeAlpha, row.symbol, 4),
  },
  { key: 'valueTao', header: 'Value', align: right, text: (row: StakeRow, ui: Ui) => ui.tao(row.valueTao, 4) },
];

export default class WalletInspect extends BaseCommand<typeof WalletInspect> {
  static override summary =
    'Show all that the chain knows of a coldkey: balance, stakes, hotkeys, identity; no key is needed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> 5GrwvaEF5z…',
  ];
  static override args = { coldkey: Args.string({ description: 'an address, or a name' }) };
  static override flags = {
    ss58: Flags.string({ aliases: ['ss58-address', 'coldkey'], helpValue: 'ADDRESS|NAME', summary: 'another coldkey' }),
  };
  static override result = result('wallet.inspect/v1', inspectionSchema);

  async execute(context: Context<typeof WalletInspect>): Promise<Result<typeof WalletInspect>> {
    return inspectColdkey(context, context.flags.ss58 ?? context.args.coldkey);
  }

  render(found: Result<typeof WalletInspect>, ui: Ui): void {
    const { name, coldkey, identity, stakes, hotkeys } = found;
    ui.heading(name === null ? coldkey : `${name}  ${coldkey}`);
    ui.fields([
      ['Free', ui.tao(found.freeTao)],
      ['Reserved', /[1-9]/.test(found.reservedTao) ? ui.tao(found.reservedTao) : undefined],
      ['Frozen', /[1-9]/.test(found.frozenTao) ? ui.tao(found.frozenTao) : undefined],
      ['Staked', ui.tao(found.stakedTao)],
      ['Total', ui.tao(found.totalTao)],
      ['Hotkeys', hotkeys.length === 0 ? undefined : hotkeys.join(' ')],
    ]);
    if (identity) renderIdentity(identity, ui);
    if (stakes.length > 0) {
      ui.line();
      ui.table(COLUMNS, stakes);
    }
  }
}
