import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { buyAlpha, type TradeResult } from '../../lib/cli/trade.ts';
import { renderTrade, tradeSchema } from '../../lib/cli/trade-result.ts';
import StakeAdd from '../stake/add.ts';

export default class SwapBuy extends BaseCommand<typeof SwapBuy> {
  static override summary = "Buy a subnet's alpha with TAO from its pool (the alpha is staked with a validator).";
  static override examples = ['<%= config.bin %> <%= command.id %> --netuid 5 --amount 10'];
  static override flags = StakeAdd.flags;
  static override result = result('swap.buy/v1', tradeSchema('buy'));

  async execute(context: Context<typeof SwapBuy>): Promise<Result<typeof SwapBuy>> {
    return buyAlpha(context, context.flags);
  }

  render(trade: TradeResult<'buy'>, ui: Ui): void {
    renderTrade(trade, ui);
  }
}
