import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { taoFlag, transactionFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../lib/cli/sent.ts';
import { transferSchema, transferTao } from '../../lib/cli/wallet-transfer.ts';

export default class WalletTransfer extends BaseCommand<typeof WalletTransfer> {
  static override summary = "Send TAO from the wallet's coldkey.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --dest exchange --amount 10',
    '<%= config.bin %> <%= command.id %> --dest 5GrwvaEF5z… --all --dry-run',
  ];
  static override flags = {
    dest: Flags.string({
      char: 'd',
      aliases: ['destination', 'to'],
      helpValue: 'ADDRESS|NAME',
      summary: 'an address, a name of the address book, or a wallet',
    }),
    amount: taoFlag({ char: 'a', aliases: ['amount-tao'], summary: 'TAO to send' }),
    all: Flags.boolean({ summary: 'send all but the fee and the existential deposit', exclusive: ['amount'] }),
    'allow-death': Flags.boolean({
      summary: 'let the balance fall below the existential deposit, which ends the account',
    }),
    ...transactionFlags,
  };
  static override result = result('wallet.transfer/v1', transferSchema);

  async execute(context: Context<typeof WalletTransfer>): Promise<Result<typeof WalletTransfer>> {
    return transferTao(context, context.flags);
  }

  render(sent: Result<typeof WalletTransfer>, ui: Ui): void {
    if (renderUnfinished(sent, ui)) return;
    ui.done(`Sent ${ui.tao(sent.amountTao)} to ${sent.toName ?? sent.to}`);
    ui.fields([
      ['From', sent.from],
      ['To', sent.to],
      ['Balance', `${ui.tao(sent.balanceBeforeTao)} → ${ui.tao(sent.balanceAfterTao!)}`],
      ['Destination', `${ui.tao(sent.destinationBeforeTao)} → ${ui.tao(sent.destinationAfterTao!)}`],
      ['Fee', ui.tao(sent.feePaidTao!)],
    ]);
  }
}
