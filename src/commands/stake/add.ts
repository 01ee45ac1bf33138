import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { netuidFlag, priceFlags, taoFlag, transactionFlags, validatorFlag } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { buyAlpha, type TradeResult } from '../../lib/cli/trade.ts';
import { renderTrade, tradeSchema } from '../../lib/cli/trade-result.ts';

export default class StakeAdd extends BaseCommand<typeof StakeAdd> {
  static override summary = "Stake TAO: buy a subnet's alpha and stake it with a validator.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5',
    '<%= config.bin %> <%= command.id %> --netuid 5 --amount 10 --tolerance 1% --yes --json',
  ];
  static override flags = {
    netuid: netuidFlag(),
    amount: taoFlag({ char: 'a', aliases: ['amount-tao'], summary: 'TAO to stake' }),
    all: Flags.boolean({
      aliases: ['all-tokens'],
      summary: 'stake all but the fee and the existential deposit',
      exclusive: ['amount'],
    }),
    'hotkey-ss58': validatorFlag(),
    ...priceFlags,
    ...transactionFlags,
  };
  static override result = result('stake.add/v1', tradeSchema('buy'));

  async execute(context: Context<typeof StakeAdd>): Promise<Result<typeof StakeAdd>> {
    return buyAlpha(context, context.flags);
  }

  render(trade: TradeResult<'buy'>, ui: Ui): void {
    renderTrade(trade, ui);
  }
}
