import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';

/** What `swap quote` answers. */
export const quoteSchema = s.object({
  netuid: s.netuid(),
  subnet: s.string(),
  symbol: s.string(),
  side: s.choice(['buy', 'sell']),
  amountTao: s.amount('TAO paid (buy) or received (sell)'),
  amountAlpha: s.amount('alpha received (buy) or paid (sell)'),
  priceTao: s.amount(),
  priceAfterTao: s.amount(),
  effectivePriceTao: s.amount('fee included'),
  slippagePercent: s.decimal(),
  priceImpactPercent: s.decimal(),
  limitPriceTao: s.nullable(s.amount('the limit that the tolerance gives')),
  withinTolerance: s.boolean('whether the chain would fill all of it at that limit'),
  feeTao: s.optional(s.amount()),
  feeAlpha: s.optional(s.amount()),
});
export type QuoteResult = Infer<typeof quoteSchema>;

export function renderQuote(quote: QuoteResult, ui: Ui): void {
  const { symbol, side, netuid, subnet } = quote;
  ui.heading(`${side === 'buy' ? 'Buy' : 'Sell'} on subnet ${netuid} (${subnet})`);
  const tao = ui.tao(quote.amountTao);
  const alpha = ui.alpha(quote.amountAlpha, symbol);
  ui.fields([
    ['You pay', side === 'buy' ? tao : alpha],
    ['You get', side === 'buy' ? alpha : tao],
    ['Price', `${ui.tao(quote.priceTao)} → ${ui.tao(quote.priceAfterTao)} per ${symbol}`],
    ['You trade at', `${ui.tao(quote.effectivePriceTao)} per ${symbol}, fee included`],
    ['Slippage', `${quote.slippagePercent}%`],
    ['Price impact', `${quote.priceImpactPercent}%${quote.withinTolerance ? '' : ' (beyond your tolerance)'}`],
    ['Swap fee', quote.feeTao ? ui.tao(quote.feeTao) : ui.alpha(quote.feeAlpha ?? '0.000000000', symbol)],
  ]);
}
