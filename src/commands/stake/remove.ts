import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { alphaFlag, netuidFlag, priceFlags, transactionFlags, validatorFlag } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { sellAlpha, type TradeResult } from '../../lib/cli/trade.ts';
import { renderTrade, tradeSchema } from '../../lib/cli/trade-result.ts';

export default class StakeRemove extends BaseCommand<typeof StakeRemove> {
  static override summary = "Take stake back: sell a subnet's alpha for TAO.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5 --amount 3.5',
    '<%= config.bin %> <%= command.id %> --netuid 5 --all --yes --json',
  ];
  static override flags = {
    netuid: netuidFlag(),
    amount: alphaFlag({ char: 'a', aliases: ['amount-alpha'], summary: 'alpha to take back (TAO on root)' }),
    all: Flags.boolean({ aliases: ['unstake-all'], summary: 'take back the whole position', exclusive: ['amount'] }),
    'hotkey-ss58': validatorFlag(),
    ...priceFlags,
    ...transactionFlags,
  };
  static override result = result('stake.remove/v1', tradeSchema('sell'));

  async execute(context: Context<typeof StakeRemove>): Promise<Result<typeof StakeRemove>> {
    return sellAlpha(context, context.flags);
  }

  render(trade: TradeResult<'sell'>, ui: Ui): void {
    renderTrade(trade, ui);
  }
}
