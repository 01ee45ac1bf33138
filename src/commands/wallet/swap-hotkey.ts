import { Args, Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { netuidFlag, transactionFlags } from '../../lib/cli/flags.ts';
import { hotkeySwapSchema, swapHotkey } from '../../lib/cli/hotkey-calls.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../lib/cli/sent.ts';

export default class WalletSwapHotkey extends BaseCommand<typeof WalletSwapHotkey> {
  static override summary = "Give a hotkey's place to another hotkey; the coldkey signs.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> miner2 --wallet-name savings --hotkey miner1 --netuid 5',
    '<%= config.bin %> <%= command.id %> miner2 --wallet-name savings --hotkey miner1 --all-netuids',
  ];
  static override args = { hotkey: Args.string({ description: 'the new hotkey' }) };
  static override flags = {
    'new-hotkey': Flags.string({
      aliases: ['destination-hotkey', 'new-hotkey-ss58'],
      helpValue: 'ADDRESS|NAME',
      summary: "the new hotkey: an address, or one of the wallet's hotkeys",
    }),
    netuid: netuidFlag({ summary: 'only on this subnet' }),
    'all-netuids': Flags.boolean({ aliases: ['all'], summary: 'on every subnet', exclusive: ['netuid'] }),
    'keep-stake': Flags.boolean({ summary: 'leave the stake with the old hotkey' }),
    ...transactionFlags,
  };
  static override result = result('wallet.swap-hotkey/v1', hotkeySwapSchema);

  async execute(context: Context<typeof WalletSwapHotkey>): Promise<Result<typeof WalletSwapHotkey>> {
    return swapHotkey(context, context.flags['new-hotkey'] ?? context.args.hotkey, context.flags);
  }

  render(result: Result<typeof WalletSwapHotkey>, ui: Ui): void {
    if (renderUnfinished(result, ui)) return;
    const where = result.netuid === null ? 'everywhere' : `on subnet ${result.netuid}`;
    ui.done(`${result.newHotkey} has taken the place of ${result.hotkey} ${where}.`);
    ui.fields([
      ['Cost', ui.tao(result.costTao)],
      ['Fee', ui.tao(result.feePaidTao!)],
    ]);
  }
}
