import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { taoFlag } from '../../lib/cli/flags.ts';
import { fundAccount, fundSchema } from '../../lib/cli/localnet-fund.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../lib/cli/sent.ts';

export default class LocalnetFund extends BaseCommand<typeof LocalnetFund> {
  static override summary = 'Give an account TAO on the bundled chain: a signed transfer from //Alice.';
  static override aliases = ['localnet faucet'];
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name alice --amount 100',
    '<%= config.bin %> <%= command.id %> --ss58 5F… --amount 1000 --yes --json',
  ];
  static override flags = {
    ss58: Flags.string({
      aliases: ['coldkey-ss58', 'address', 'dest', 'to'],
      helpValue: 'ADDRESS|NAME',
      summary: "an address, or a name of the address book; without it the wallet's coldkey",
    }),
    amount: taoFlag({ char: 'a', summary: 'TAO to give' }),
  };
  static override result = result('localnet.fund/v1', fundSchema);

  async execute(context: Context<typeof LocalnetFund>): Promise<Result<typeof LocalnetFund>> {
    return fundAccount(context, context.flags);
  }

  render(sent: Result<typeof LocalnetFund>, ui: Ui): void {
    if (renderUnfinished(sent, ui)) return;
    ui.done(`Gave ${ui.tao(sent.amountTao)} to ${sent.toName ?? sent.to}`);
    ui.fields([
      ['From', `//Alice  ${sent.from}`],
      ['To', sent.to],
      ['Balance', `${ui.tao(sent.balanceBeforeTao)} → ${ui.tao(sent.balanceAfterTao ?? sent.balanceBeforeTao)}`],
      ['Fee', sent.feePaidTao === undefined ? undefined : `${ui.tao(sent.feePaidTao)}, paid by //Alice`],
    ]);
  }
}
