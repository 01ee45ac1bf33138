import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { openSwapParty, sendSwapStep, swapActionSchema } from '../../../lib/cli/coldkey-swap.ts';
import { transactionFlags } from '../../../lib/cli/flags.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result } from '../../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../../lib/cli/sent.ts';
import { planClearSwap, readColdkeySwap } from '../../../lib/domain/wallet/coldkey-swap.ts';

export default class WalletSwapColdkeyClear extends BaseCommand<typeof WalletSwapColdkeyClear> {
  static override summary = 'Take an announced coldkey swap back.';
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override flags = transactionFlags;
  static override result = result('wallet.swap-coldkey-clear/v1', swapActionSchema);

  async execute(context: Context<typeof WalletSwapColdkeyClear>): Promise<Result<typeof WalletSwapColdkeyClear>> {
    const party = await openSwapParty(context);
    const { client, reader, coldkey } = party;
    const planned = await planClearSwap(client, reader, { coldkey, period: context.settings.period });
    const preview = {
      title: `Clear the announced swap of coldkey ${coldkey}`,
      rows: [],
      warnings: [],
    };
    return sendSwapStep(context, party, planned, preview, null, (at) => readColdkeySwap(client, at, coldkey));
  }

  render(result: Result<typeof WalletSwapColdkeyClear>, ui: Ui): void {
    if (renderUnfinished(result, ui)) return;
    ui.done('The announcement is gone; the coldkey is free again.');
  }
}
