import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { openSwapParty, sendSwapStep, swapActionSchema } from '../../../lib/cli/coldkey-swap.ts';
import { transactionFlags } from '../../../lib/cli/flags.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result } from '../../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../../lib/cli/sent.ts';
import { planDisputeSwap, readColdkeySwap } from '../../../lib/domain/wallet/coldkey-swap.ts';

export default class WalletSwapColdkeyDispute extends BaseCommand<typeof WalletSwapColdkeyDispute> {
  static override summary = "Stop an announced coldkey swap that is not yours, until the chain's root decides.";
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override flags = transactionFlags;
  static override result = result('wallet.swap-coldkey-dispute/v1', swapActionSchema);

  async execute(context: Context<typeof WalletSwapColdkeyDispute>): Promise<Result<typeof WalletSwapColdkeyDispute>> {
    const party = await openSwapParty(context);
    const { client, reader, coldkey } = party;
    const planned = await planDisputeSwap(client, reader, { coldkey, period: context.settings.period });
    const preview = {
      title: `Dispute the swap of coldkey ${coldkey}`,
      rows: [],
      warnings: ['The coldkey can then do nothing at all until the chain has decided.'],
    };
    return sendSwapStep(context, party, planned, preview, null, (at) => readColdkeySwap(client, at, coldkey));
  }

  render(result: Result<typeof WalletSwapColdkeyDispute>, ui: Ui): void {
    if (renderUnfinished(result, ui)) return;
    ui.done('Disputed: the swap is stopped until the chain decides.');
  }
}
