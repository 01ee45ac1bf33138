import { Flags } from '@oclif/core';
import { coldkeyOf, resolveAddress } from '../../../lib/cli/addresses.ts';
import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { openChain } from '../../../lib/cli/chain.ts';
import { describePending, pendingSwapSchema } from '../../../lib/cli/coldkey-swap.ts';
import { blocksOf } from '../../../lib/cli/duration.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result, s } from '../../../lib/cli/schema/schema.ts';
import { readColdkeySwap, readSwapTerms } from '../../../lib/domain/wallet/coldkey-swap.ts';
import { formatUnits } from '../../../lib/units.ts';

export default class WalletSwapColdkeyStatus extends BaseCommand<typeof WalletSwapColdkeyStatus> {
  static override summary = 'Show whether a coldkey swap is announced, and when it can be done; no key is needed.';
  static override aliases = ['wallet swap-check'];
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override flags = {
    ss58: Flags.string({
      aliases: ['ss58-address', 'coldkey', 'address'],
      helpValue: 'ADDRESS|NAME',
      summary: 'another coldkey',
    }),
    'new-coldkey': Flags.string({ helpValue: 'ADDRESS|NAME', summary: 'compare with the announced one' }),
  };
  static override result = result(
    'wallet.swap-coldkey-status/v1',
    s.object({
      coldkey: s.ss58(),
      pending: s.nullable(pendingSwapSchema),
      costTao: s.amount('of a first announcement'),
      delayBlocks: s.integer('between announcement and swap'),
    }),
  );

  async execute(context: Context<typeof WalletSwapColdkeyStatus>): Promise<Result<typeof WalletSwapColdkeyStatus>> {
    const { ss58, 'new-coldkey': given } = context.flags;
    const coldkey = await coldkeyOf(context, ss58);
    const newColdkey = given === undefined ? undefined : (await resolveAddress(context, given)).address;
    const client = await openChain(context);
    const reader = await client.reader();
    const [pending, terms] = await Promise.all([readColdkeySwap(client, reader, coldkey), readSwapTerms(reader)]);
    context.meta.block = await client.numberOf(reader.at);
    const described = await describePending(pending, newColdkey);
    return { coldkey, pending: described, costTao: formatUnits(terms.cost), delayBlocks: terms.delay };
  }

  render({ coldkey, pending, costTao, delayBlocks }: Result<typeof WalletSwapColdkeyStatus>, ui: Ui): void {
    if (!pending) {
      ui.line(`No swap of ${coldkey} is announced. One costs ${ui.tao(costTao)} and takes ${blocksOf(delayBlocks)}.`);
      return;
    }
    ui.line(ui.colors.yellow(`A swap of ${coldkey} is announced.`));
    ui.fields([
      ['New coldkey (hash)', pending.newColdkeyHash],
      ['Is it yours', pending.matchesNewColdkey === undefined ? undefined : pending.matchesNewColdkey ? 'yes' : 'NO'],
      ['Possible from', `block ${pending.executableAtBlock} (${blocksOf(pending.blocksLeft)} to go)`],
      ['Clearable from', `block ${pending.clearableAtBlock}`],
      ['Disputed', pending.disputedAtBlock === null ? undefined : `in block ${pending.disputedAtBlock}`],
    ]);
    ui.line('If you did not announce it: btcli-ts wallet swap-coldkey dispute');
  }
}
