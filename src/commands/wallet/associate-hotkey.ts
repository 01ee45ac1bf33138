import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { transactionFlags } from '../../lib/cli/flags.ts';
import { associateHotkey, associationSchema } from '../../lib/cli/hotkey-calls.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../lib/cli/sent.ts';

export default class WalletAssociateHotkey extends BaseCommand<typeof WalletAssociateHotkey> {
  static override summary = 'Tell the chain that a hotkey belongs to the coldkey, which signs.';
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings --hotkey miner1'];
  static override flags = {
    'hotkey-ss58': Flags.string({
      aliases: ['hotkey-ss58-address', 'wallet-hotkey-ss58'],
      helpValue: 'ADDRESS|NAME',
      summary: "the hotkey; the wallet's own unless given",
    }),
    ...transactionFlags,
  };
  static override result = result('wallet.associate-hotkey/v1', associationSchema);

  async execute(context: Context<typeof WalletAssociateHotkey>): Promise<Result<typeof WalletAssociateHotkey>> {
    return associateHotkey(context, context.flags['hotkey-ss58']);
  }

  render(result: Result<typeof WalletAssociateHotkey>, ui: Ui): void {
    if (renderUnfinished(result, ui)) return;
    ui.done(`${result.hotkey} belongs to ${result.coldkey}.`);
  }
}
