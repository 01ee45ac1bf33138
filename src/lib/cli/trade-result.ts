import { unitsOf } from '../units.ts';
import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';
import { planSchema } from './transact.ts';

/** The result that `stake add`, `stake remove`, `swap buy` and `swap sell` share: what was planned, and what really happened. */

const quoteSchema = s.object({
  priceTao: s.amount('TAO per alpha in the pool before'),
  priceAfterTao: s.amount('TAO per alpha in the pool afterwards'),
  effectivePriceTao: s.amount('TAO per alpha that you pay or get, fee included'),
  slippagePercent: s.decimal('how much less than at the present price comes out'),
  priceImpactPercent: s.decimal('how far the pool moves'),
  limitPriceTao: s.nullable(s.amount('the worst price that the chain accepts; null without protection')),
});

const common = {
  netuid: s.netuid(),
  subnet: s.string('name of the subnet'),
  symbol: s.string('symbol of its alpha'),
  hotkey: s.ss58(),
  hotkeyChosen: s.choice(['given', 'asked', 'most-stake'], 'how the hotkey was found'),
  coldkey: s.ss58(),
  quote: s.nullable(quoteSchema),
  plan: planSchema,
  status: s.choice(['planned', 'submitted', 'included'], 'planned: --dry-run; submitted: nobody waited'),
  partial: s.boolean('only a part was filled'),
  extrinsicHash: s.optional(s.hash()),
  balanceBeforeTao: s.amount(),
  balanceAfterTao: s.optional(s.amount()),
  stakeBeforeAlpha: s.amount('staked with this hotkey before'),
  stakeAfterAlpha: s.optional(s.amount()),
  feePaidTao: s.optional(s.amount('extrinsic fee, from the block')),
};

const buySchema = s.object({
  ...common,
  amountTao: s.amount('TAO to spend, the swap fee included'),
  expectedAlpha: s.amount('what the simulation gives'),
  stakedTao: s.optional(s.amount('TAO really spent')),
  receivedAlpha: s.optional(s.amount('alpha really received')),
  swapFeeTao: s.amount('swap fee: the planned one, then the real one'),
});

const sellSchema = s.object({
  ...common,
  amountAlpha: s.amount('alpha to sell, the swap fee included'),
  expectedTao: s.amount('what the simulation gives'),
  soldAlpha: s.optional(s.amount('alpha really sold')),
  receivedTao: s.optional(s.amount('TAO really received')),
  swapFeeAlpha: s.amount('swap fee: the planned one, then the real one'),
});

type Schemas = { buy: typeof buySchema; sell: typeof sellSchema };
export type TradeSide = keyof Schemas;
export type TradeResult<S extends TradeSide> = Infer<Schemas[S]>;

export const tradeSchema = <S extends TradeSide>(side: S): Schemas[S] => ({ buy: buySchema, sell: sellSchema })[side];

/** What a person reads after a trade. */
export function renderTrade(trade: TradeResult<'buy'> | TradeResult<'sell'>, ui: Ui): void {
  const { symbol, status, subnet, netuid } = trade;
  const buy = 'amountTao' in trade;
  if (status === 'planned') {
    const what = buy
      ? `${ui.tao(trade.amountTao)} for about ${ui.alpha(trade.expectedAlpha, symbol)}`
      : `${ui.alpha(trade.amountAlpha, symbol)} for about ${ui.tao(trade.expectedTao)}`;
    ui.line(`Dry run: ${what} on subnet ${netuid} (${subnet}). Nothing was sent.`);
    ui.fields([
      ['Call', trade.plan.call],
      ['Call data', trade.plan.callData],
    ]);
    return;
  }
  if (status === 'submitted') {
    ui.line(`Sent ${trade.extrinsicHash}; nobody waited for a block.`);
    return;
  }
  const done = buy
    ? `Staked ${ui.tao(trade.stakedTao!)} on subnet ${netuid} (${subnet}): ${ui.alpha(trade.receivedAlpha!, symbol)}`
    : `Sold ${ui.alpha(trade.soldAlpha!, symbol)} of subnet ${netuid} (${subnet}): ${ui.tao(trade.receivedTao!)}`;
  ui.done(`${done}${trade.partial ? ' (a part of what was asked for)' : ''}`);
  ui.fields([
    ['Validator', `${trade.hotkey}${trade.hotkeyChosen === 'most-stake' ? ' (most stake on the subnet)' : ''}`],
    ['Stake', `${ui.alpha(trade.stakeBeforeAlpha, symbol)} → ${ui.alpha(trade.stakeAfterAlpha!, symbol)}`],
    ['Balance', `${ui.tao(trade.balanceBeforeTao)} → ${ui.tao(trade.balanceAfterTao!)}`],
    ['Swap fee', buy ? ui.tao(trade.swapFeeTao) : ui.alpha(trade.swapFeeAlpha, symbol)],
    ['Fee', ui.tao(trade.feePaidTao!)],
    ['Price', trade.quote === null ? undefined : ui.tao(unitsOf(trade.quote.effectivePriceTao))],
  ]);
}
