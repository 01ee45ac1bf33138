import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { needNewColdkey, openSwapParty, sendSwapStep, swapActionSchema } from '../../../lib/cli/coldkey-swap.ts';
import { blocksOf } from '../../../lib/cli/duration.ts';
import { transactionFlags } from '../../../lib/cli/flags.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result } from '../../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../../lib/cli/sent.ts';
import { planAnnounceSwap, readColdkeySwap } from '../../../lib/domain/wallet/coldkey-swap.ts';
import { shortTao } from '../../../lib/units.ts';

export default class WalletSwapColdkeyAnnounce extends BaseCommand<typeof WalletSwapColdkeyAnnounce> {
  static override summary = 'Announce that everything of a coldkey will move to a new one.';
  static override description =
    'Between announcement and swap the old coldkey can do nothing else. Keep the new key safe before you announce it.';
  static override aliases = ['wallet announce-coldkey-swap'];
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings --new-coldkey vault'];
  static override flags = {
    'new-coldkey': Flags.string({
      aliases: ['new-coldkey-ss58', 'new-wallet', 'new'],
      helpValue: 'ADDRESS|NAME',
      summary: 'the unused coldkey that gets everything',
    }),
    ...transactionFlags,
  };
  static override result = result('wallet.swap-coldkey-announce/v1', swapActionSchema);

  async execute(context: Context<typeof WalletSwapColdkeyAnnounce>): Promise<Result<typeof WalletSwapColdkeyAnnounce>> {
    const newColdkey = await needNewColdkey(context, context.flags['new-coldkey']);
    const party = await openSwapParty(context);
    const { client, reader, coldkey } = party;
    const { period } = context.settings;
    const { planned, terms, again } = await planAnnounceSwap(client, reader, { coldkey, newColdkey, period });
    const preview = {
      title: `Announce the swap of coldkey ${coldkey} to ${newColdkey}`,
      rows: [
        ['Cost', again ? 'none: announced before' : shortTao(terms.cost)],
        ['Waiting', blocksOf(terms.delay)],
      ] as const,
      warnings: ['Until the swap is done or cleared, the chain refuses every other call of this coldkey.'],
    };
    return sendSwapStep(context, party, planned, preview, newColdkey, (at) => readColdkeySwap(client, at, coldkey));
  }

  render(result: Result<typeof WalletSwapColdkeyAnnounce>, ui: Ui): void {
    if (renderUnfinished(result, ui)) return;
    ui.done(`Announced: the swap can be carried out from block ${result.pending?.executableAtBlock}.`);
    ui.line('btcli-ts wallet swap-coldkey execute does it then; swap-coldkey dispute stops it.');
  }
}
