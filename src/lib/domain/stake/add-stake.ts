import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import {
  formatTolerance,
  formatUnits,
  type Rao,
  rao,
  shortAlpha,
  shortTao,
  type Tolerance,
  UNITS_PER_WHOLE,
} from '../../units.ts';
import { type Balance, readBalance, requireBalance } from '../balance.ts';
import type { SubnetSummary } from '../subnet/subnets.ts';
import { type CallSpec, type PlannedCall, planCall } from '../transaction.ts';
import { NOBODY } from '../wallet/hotkeys.ts';
import { limitPrice, type Quote, quoteSwap } from './market.ts';
import { requireSubtoken } from './subtoken.ts';

/** Least TAO that the chain stakes, the swap fee not included (DefaultMinStake). */
export const MIN_STAKE = rao(2_000_000n);

export interface AddStakeRequest {
  readonly subnet: SubnetSummary;
  /** ss58 of the hotkey that gets the stake. */
  readonly hotkey: string;
  /** 'all': what the account can spend, less the fee and the existential deposit. */
  readonly amount: Rao | 'all';
  /** ss58 of the coldkey. */
  readonly coldkey: string;
  readonly tolerance: Tolerance;
  /** Send with a price limit. */
  readonly safe: boolean;
  /** Fill in part when the limit is reached. */
  readonly partial: boolean;
  readonly period: number;
}

export interface AddStakePlan {
  readonly planned: PlannedCall;
  readonly amount: Rao;
  /** Null for root, where TAO is staked one to one. */
  readonly quote: Quote | null;
  /** Rao per alpha; null without protection. */
  readonly limit: bigint | null;
  readonly warnings: readonly string[];
}

/** Plans a stake: checks what can be checked before anything is sent, and encodes the call. */
export async function planAddStake(
  client: ChainClient,
  reader: Reader,
  request: AddStakeRequest,
): Promise<AddStakePlan> {
  const { subnet, safe, partial, tolerance } = request;
  const isRoot = subnet.netuid === 0;
  const limit = safe && !isRoot ? limitPrice(subnet.price, 'buy', tolerance) : null;
  const plan = (amount: Rao): Promise<PlannedCall> =>
    planCall(client, reader, addStakeCall(request, amount, limit), {
      signer: request.coldkey,
      period: request.period,
    });
  const balance = await readBalance(reader, request.coldkey);
  const amount = request.amount === 'all' ? await mostToStake(reader, balance, plan) : request.amount;
  requireAmount(amount);
  await requireSubtoken(reader, subnet);
  const quote = isRoot ? null : await quoteSwap(reader, subnet, 'buy', amount);
  if (!isRoot && !quote) throw poolRefuses(subnet, amount);
  if (quote && limit !== null && !partial && quote.priceAfter > limit)
    throw tooMuchSlippage(subnet, quote, limit, tolerance);
  const planned = await plan(amount);
  requireBalance(balance, amount, planned.fee);
  const warnings = [...priceWarnings(quote, limit), ...(await hotkeyWarnings(reader, request))];
  return { planned, amount, quote, limit, warnings };
}

/** All but the existential deposit and the fee, which is the same for any amount: its encoding has one length. */
async function mostToStake(
  reader: Reader,
  balance: Balance,
  plan: (amount: Rao) => Promise<PlannedCall>,
): Promise<Rao> {
  const deposit = reader.constant<bigint>('Balances', 'ExistentialDeposit');
  const { fee } = await plan(MIN_STAKE);
  requireBalance(balance, rao(deposit), fee);
  return rao(balance.free - balance.frozen - deposit - fee);
}

function addStakeCall({ hotkey, subnet, partial }: AddStakeRequest, amount: Rao, limit: bigint | null): CallSpec {
  const base = { hotkey, netuid: subnet.netuid, amount_staked: amount };
  return limit === null
    ? { pallet: 'SubtensorModule', name: 'add_stake', args: base }
    : {
        pallet: 'SubtensorModule',
        name: 'add_stake_limit',
        args: { ...base, limit_price: limit, allow_partial: partial },
      };
}

function requireAmount(amount: Rao): void {
  if (amount >= MIN_STAKE) return;
  throw new CliError('AMOUNT_TOO_SMALL', `${shortTao(amount)} is too little to stake.`, {
    hints: [`The chain takes at least ${shortTao(MIN_STAKE)}, plus the swap fee.`],
    data: { amountTao: formatUnits(amount), minimumTao: formatUnits(MIN_STAKE) },
  });
}

function poolRefuses(subnet: SubnetSummary, amount: Rao): CliError {
  return new CliError(
    'AMOUNT_TOO_LARGE',
    `The pool of ${subnet.name} cannot take ${shortTao(amount)}: it holds ${shortTao(subnet.taoReserve)}.`,
    {
      hints: ['Stake less.'],
      data: { netuid: subnet.netuid, amountTao: formatUnits(amount), poolTao: formatUnits(subnet.taoReserve) },
    },
  );
}

/** The error for a swap whose price would end beyond the limit. */
export function tooMuchSlippage(subnet: SubnetSummary, quote: Quote, limit: bigint, tolerance: Tolerance): CliError {
  const what = quote.side === 'buy' ? 'raise' : 'lower';
  return new CliError(
    'SLIPPAGE_EXCEEDED',
    `This would ${what} the price of ${subnet.name} by ${percent(quote.priceImpact)}, more than the ${formatTolerance(tolerance)} allowed. Nothing was sent.`,
    {
      hints: [
        'Use a smaller amount, allow more with --tolerance 2%, take what fits with --partial, or trade without protection with --unsafe.',
      ],
      data: {
        netuid: subnet.netuid,
        priceTao: formatUnits(quote.price),
        priceAfterTao: formatUnits(quote.priceAfter),
        limitPriceTao: formatUnits(limit),
        priceImpactPercent: percentNumber(quote.priceImpact),
        slippagePercent: percentNumber(quote.slippage),
        tolerance: formatTolerance(tolerance),
      },
    },
  );
}

/** What is dangerous about a price. */
export function priceWarnings(quote: Quote | null, limit: bigint | null): string[] {
  if (!quote) return [];
  return [
    ...(limit === null ? ['No price limit: the trade executes at any price.'] : []),
    ...(quote.slippage > 50_000_000n
      ? [`Slippage of ${percent(quote.slippage)}: you get that much less than at the present price.`]
      : []),
  ];
}

async function hotkeyWarnings(reader: Reader, { hotkey, subnet }: AddStakeRequest): Promise<string[]> {
  const [owner, uid] = await reader.many<[string, number | undefined]>([
    ['SubtensorModule', 'Owner', hotkey],
    ['SubtensorModule', 'Uids', subnet.netuid, hotkey],
  ]);
  if (owner === NOBODY) {
    throw new CliError('HOTKEY_UNKNOWN', `The chain knows no hotkey ${hotkey}.`, {
      hints: [`\`btcli-ts subnet show --netuid ${subnet.netuid}\` lists the validators of the subnet.`],
      data: { hotkey },
    });
  }
  return uid === undefined && subnet.netuid !== 0
    ? [`${hotkey} is not registered on subnet ${subnet.netuid}: the stake would earn nothing there.`]
    : [];
}

/** "1.23%" from parts per billion. */
const percent = (parts: bigint): string => `${percentNumber(parts)}%`;

/** Percent with at most four places. */
export function percentNumber(parts: bigint): string {
  const scaled = (parts * 100n) / 100_000n;
  return `${scaled / 10_000n}.${(scaled % 10_000n).toString().padStart(4, '0')}`.replace(/\.?0+$/, '');
}

/** The rows that a preview shows about a trade. */
export function tradeRows(
  subnet: SubnetSummary,
  quote: Quote | null,
  limit: bigint | null,
  partial: boolean,
): (readonly [string, string | undefined])[] {
  if (!quote) return [['Rate', '1 to 1 (root)']];
  const buy = quote.side === 'buy';
  const paid = buy ? shortTao(quote.amountIn) : shortAlpha(quote.amountIn, subnet.symbol);
  const got = buy ? shortAlpha(quote.amountOut, subnet.symbol, 6) : shortTao(quote.amountOut, 6);
  const worst =
    limit === null || limit === 0n
      ? undefined
      : buy
        ? shortAlpha(((quote.amountIn - quote.fee) * UNITS_PER_WHOLE) / limit, subnet.symbol, 6)
        : shortTao(((quote.amountIn - quote.fee) * limit) / UNITS_PER_WHOLE, 6);
  return [
    ['You pay', paid],
    ['You get', `about ${got}`],
    ['At worst', worst === undefined ? 'no limit' : `${worst}${partial ? ', or a part of it' : ', or nothing at all'}`],
    ['Price', `${shortTao(quote.price)} → ${shortTao(quote.priceAfter)} per ${subnet.symbol}`],
    ['Slippage', percent(quote.slippage)],
    ['Swap fee', buy ? shortTao(quote.fee) : shortAlpha(quote.fee, subnet.symbol)],
    ['Price limit', limit === null ? 'none' : `${shortTao(limit)} per ${subnet.symbol}`],
    ['In part', partial ? 'yes, up to the limit' : 'no: all or nothing'],
  ];
}
