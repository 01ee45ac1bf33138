import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { sellAlpha, type TradeResult } from '../../lib/cli/trade.ts';
import { renderTrade, tradeSchema } from '../../lib/cli/trade-result.ts';
import StakeRemove from '../stake/remove.ts';

export default class SwapSell extends BaseCommand<typeof SwapSell> {
  static override summary = "Sell a subnet's alpha for TAO to its pool (taking it out of the stake).";
  static override examples = ['<%= config.bin %> <%= command.id %> --netuid 5 --amount 3.5'];
  static override flags = StakeRemove.flags;
  static override result = result('swap.sell/v1', tradeSchema('sell'));

  async execute(context: Context<typeof SwapSell>): Promise<Result<typeof SwapSell>> {
    return sellAlpha(context, context.flags);
  }

  render(trade: TradeResult<'sell'>, ui: Ui): void {
    renderTrade(trade, ui);
  }
}
