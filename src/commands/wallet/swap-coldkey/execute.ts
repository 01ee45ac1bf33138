import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { needNewColdkey, openSwapParty, sendSwapStep, swapActionSchema } from '../../../lib/cli/coldkey-swap.ts';
import { transactionFlags } from '../../../lib/cli/flags.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result } from '../../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../../lib/cli/sent.ts';
import { planExecuteSwap, readColdkeySwap } from '../../../lib/domain/wallet/coldkey-swap.ts';

export default class WalletSwapColdkeyExecute extends BaseCommand<typeof WalletSwapColdkeyExecute> {
  static override summary = 'Carry out an announced coldkey swap: TAO, stake, subnets and hotkeys move.';
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings --new-coldkey vault'];
  static override flags = {
    'new-coldkey': Flags.string({
      aliases: ['new-coldkey-ss58', 'new-wallet', 'new'],
      helpValue: 'ADDRESS|NAME',
      summary: 'the coldkey that was announced',
    }),
    ...transactionFlags,
  };
  static override result = result('wallet.swap-coldkey-execute/v1', swapActionSchema);

  async execute(context: Context<typeof WalletSwapColdkeyExecute>): Promise<Result<typeof WalletSwapColdkeyExecute>> {
    const newColdkey = await needNewColdkey(context, context.flags['new-coldkey']);
    const party = await openSwapParty(context);
    const { client, reader, coldkey } = party;
    const { period } = context.settings;
    const planned = await planExecuteSwap(client, reader, { coldkey, newColdkey, period });
    const preview = {
      title: `Move everything of coldkey ${coldkey} to ${newColdkey}`,
      rows: [],
      warnings: ['This cannot be undone: whoever holds the new coldkey then holds everything.'],
    };
    return sendSwapStep(context, party, planned, preview, newColdkey, (at) => readColdkeySwap(client, at, coldkey));
  }

  render(result: Result<typeof WalletSwapColdkeyExecute>, ui: Ui): void {
    if (renderUnfinished(result, ui)) return;
    ui.done(`Everything of ${result.coldkey} now belongs to ${result.newColdkey}.`);
  }
}
