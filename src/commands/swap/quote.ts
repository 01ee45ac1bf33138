import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { alphaFlag, netuidFlag, priceFlags, taoFlag } from '../../lib/cli/flags.ts';
import { type QuoteResult, quoteSchema, renderQuote } from '../../lib/cli/quote-result.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { describeQuote } from '../../lib/cli/trade.ts';
import { limitPrice, quoteSwap } from '../../lib/domain/stake/market.ts';
import { CliError } from '../../lib/errors.ts';
import { formatUnits, parseTao } from '../../lib/units.ts';

export default class SwapQuote extends BaseCommand<typeof SwapQuote> {
  static override summary = "What a subnet's pool gives now: alpha for TAO, or TAO for alpha, with price impact.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5 --tao 10',
    '<%= config.bin %> <%= command.id %> --netuid 5 --alpha 100 --json',
  ];
  static override flags = {
    netuid: netuidFlag(),
    tao: taoFlag({ aliases: ['amount'], summary: 'TAO to buy alpha with', exclusive: ['alpha'] }),
    alpha: alphaFlag({ summary: 'alpha to sell' }),
    tolerance: priceFlags.tolerance,
  };
  static override result = result('swap.quote/v1', quoteSchema);

  async execute(context: Context<typeof SwapQuote>): Promise<Result<typeof SwapQuote>> {
    const { flags, settings } = context;
    const client = await openChain(context);
    const reader = await client.reader();
    const subnet = await needSubnet(context, reader, flags.netuid, {
      followedBy: [{ flag: 'tao', type: 'tao', value: flags.tao ?? flags.alpha }],
    });
    const side = flags.alpha === undefined ? 'buy' : 'sell';
    const amount =
      flags.alpha ??
      (await context.need({
        flag: 'tao',
        type: 'tao',
        message: 'How much TAO?',
        value: flags.tao,
        parse: parseTao,
        format: formatUnits,
      }));
    const quote = await quoteSwap(reader, subnet, side, amount);
    if (!quote) {
      throw new CliError(
        'AMOUNT_INVALID',
        `The pool of subnet ${subnet.netuid} gives nothing for that amount: it is too small or too large.`,
        { data: { netuid: subnet.netuid } },
      );
    }
    context.meta.block = await client.numberOf(reader.at);
    const limit = limitPrice(subnet.price, side, settings.tolerance);
    const buy = side === 'buy';
    return {
      netuid: subnet.netuid,
      subnet: subnet.name,
      symbol: subnet.symbol,
      side,
      amountTao: formatUnits(buy ? quote.amountIn : quote.amountOut),
      amountAlpha: formatUnits(buy ? quote.amountOut : quote.amountIn),
      ...describeQuote(quote, limit),
      withinTolerance: buy ? quote.priceAfter <= limit : quote.priceAfter >= limit,
      ...(buy ? { feeTao: formatUnits(quote.fee) } : { feeAlpha: formatUnits(quote.fee) }),
    };
  }

  render(quote: QuoteResult, ui: Ui): void {
    renderQuote(quote, ui);
  }
}
