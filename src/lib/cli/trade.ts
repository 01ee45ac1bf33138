import type { ExtrinsicOutcome } from '../chain/block-events.ts';
import type { ChainClient } from '../chain/client.ts';
import type { Reader } from '../chain/reader.ts';
import { type Balance, readBalance } from '../domain/balance.ts';
import { MIN_STAKE, percentNumber, planAddStake, tradeRows } from '../domain/stake/add-stake.ts';
import type { Quote } from '../domain/stake/market.ts';
import { readPositions } from '../domain/stake/positions.ts';
import { planRemoveStake } from '../domain/stake/remove-stake.ts';
import type { SubnetSummary } from '../domain/subnet/subnets.ts';
import { feePaid, type Sent } from '../domain/transaction.ts';
import { CliError } from '../errors.ts';
import {
  type Alpha,
  formatUnits,
  type NetUid,
  parseAlpha,
  parseTao,
  type Rao,
  shortAlpha,
  shortTao,
  typedUnits,
} from '../units.ts';
import { COLDKEY, type WalletRef } from '../wallet/index.ts';
import { resolveHotkey } from './addresses.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';
import { shellQuote } from './equivalent.ts';
import { type ChosenHotkey, namedHotkey, needSubnet, needValidator } from './stake-inputs.ts';
import type { TradeResult } from './trade-result.ts';
import { describePlan, transact } from './transact.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

/** Buying and selling a subnet's alpha, from inputs to report. `stake add` and `swap buy` are the same purchase. */

interface TradeFlags {
  readonly netuid?: NetUid | undefined;
  readonly all?: boolean | undefined;
  readonly 'hotkey-ss58'?: string | undefined;
}

interface Trader {
  readonly client: ChainClient;
  readonly reader: Reader;
  readonly wallet: WalletRef;
  readonly coldkey: string;
}

export type { TradeResult } from './trade-result.ts';

async function openTrader(context: CommandContext): Promise<Trader> {
  const wallet = await chooseWallet(context);
  const coldkey = await addressOf(wallet, COLDKEY);
  const client = await openChain(context);
  return { client, reader: await client.reader(), wallet, coldkey };
}

/** Stakes TAO on a subnet. */
export async function buyAlpha(
  context: CommandContext,
  flags: TradeFlags & { readonly amount?: Rao | undefined },
): Promise<TradeResult<'buy'>> {
  const trader = await openTrader(context);
  const { client, reader, wallet, coldkey } = trader;
  const { settings } = context;
  const balance = await readBalance(reader, coldkey);
  // A person is not asked how much of nothing.
  if (context.interactive && flags.amount === undefined && balance.free < MIN_STAKE) {
    throw nothingToStake(balance, client, wallet);
  }
  const subnet = await needSubnet(context, reader, flags.netuid, {
    followedBy: [{ flag: 'amount', type: 'tao', value: flags.amount ?? flags.all }],
  });
  const asked = await context.need<Rao | 'all'>({
    flag: 'amount',
    type: 'tao',
    message: `How much TAO? (${shortTao(balance.free)} available; "all" for everything)`,
    value: flags.all ? 'all' : flags.amount,
    parse: (text) => (text.trim() === 'all' ? 'all' : parseTao(text)),
    check: (typed) =>
      typed === 'all' ? typed : atMost(typed, balance.free, `There are only ${shortTao(balance.free)}.`),
    format: (value) => (value === 'all' ? 'all' : typedUnits(value)),
    switchFor: (value) => (value === 'all' ? 'all' : undefined),
  });
  const hotkey = await needValidator(context, reader, wallet, subnet, namedHotkey(context, flags));
  const plan = await planAddStake(client, reader, {
    subnet,
    hotkey: hotkey.address,
    amount: asked,
    coldkey,
    tolerance: settings.tolerance,
    safe: settings.safe,
    partial: settings.partial,
    period: settings.period,
  });
  const { amount } = plan;
  const before = await stakeOf(reader, hotkey.address, coldkey, subnet.netuid);
  const sent = await transact(context, {
    client,
    plan: plan.planned,
    wallet,
    key: COLDKEY,
    reason: 'to sign the stake',
    preview: {
      title: `Stake ${shortTao(amount)} on subnet ${subnet.netuid} (${subnet.name})`,
      rows: [
        ['Validator', describeHotkey(hotkey)],
        ...tradeRows(subnet, plan.quote, plan.limit, settings.partial),
        ['Balance', shortTao(balance.free)],
      ],
      warnings: plan.warnings,
    },
  });
  const event = sent?.outcome && stakeEvent(sent.outcome, 'StakeAdded', subnet.netuid);
  return {
    ...(await commonResult(trader, subnet, hotkey, plan.quote, plan.limit, before, balance.free, sent)),
    plan: describePlan(plan.planned, sent),
    partial: event !== undefined && event.tao < amount,
    amountTao: formatUnits(amount),
    expectedAlpha: formatUnits(plan.quote?.amountOut ?? amount),
    ...(event ? { stakedTao: formatUnits(event.tao), receivedAlpha: formatUnits(event.alpha) } : {}),
    swapFeeTao: formatUnits(event?.fee ?? plan.quote?.fee ?? 0n),
  };
}

/** Takes stake back: sells alpha for TAO. */
export async function sellAlpha(
  context: CommandContext,
  flags: TradeFlags & { readonly amount?: Alpha | undefined },
): Promise<TradeResult<'sell'>> {
  const trader = await openTrader(context);
  const { client, reader, wallet, coldkey } = trader;
  const { settings } = context;
  const positions = await readPositions(reader, coldkey);
  if (context.interactive && flags.netuid === undefined && positions.length === 0) throw nothingStaked();
  const among = [...new Map(positions.map(({ subnet }) => [subnet.netuid, subnet])).values()];
  const subnet = await needSubnet(context, reader, flags.netuid, {
    among: among.length > 0 ? among : undefined,
    followedBy: [{ flag: 'amount', type: 'alpha', value: flags.amount ?? flags.all }],
  });
  const own = positions.filter((position) => position.subnet.netuid === subnet.netuid);
  const hotkey = await ownHotkey(
    context,
    wallet,
    subnet,
    own.map(({ hotkey: address, alpha }) => ({ address, alpha })),
    namedHotkey(context, flags),
  );
  const staked = own.find((position) => position.hotkey === hotkey.address)?.alpha ?? 0n;
  const asked = await context.need<Alpha | 'all'>({
    flag: 'amount',
    type: 'alpha',
    message: `How much alpha? (${shortAlpha(staked, subnet.symbol)} staked; "all" for everything)`,
    value: flags.all ? 'all' : flags.amount,
    parse: (text) => (text.trim() === 'all' ? 'all' : parseAlpha(text)),
    format: (value) => (value === 'all' ? 'all' : typedUnits(value)),
    check: (typed) =>
      typed === 'all' ? typed : atMost(typed, staked, `Only ${shortAlpha(staked, subnet.symbol)} are staked there.`),
    switchFor: (value) => (value === 'all' ? 'all' : undefined),
  });
  const plan = await planRemoveStake(client, reader, {
    subnet,
    hotkey: hotkey.address,
    amount: asked,
    coldkey,
    tolerance: settings.tolerance,
    safe: settings.safe,
    partial: settings.partial,
    period: settings.period,
  });
  const balance = await readBalance(reader, coldkey);
  const sent = await transact(context, {
    client,
    plan: plan.planned,
    wallet,
    key: COLDKEY,
    reason: 'to sign the unstaking',
    preview: {
      title: `Take ${shortAlpha(plan.amount, subnet.symbol)} back from subnet ${subnet.netuid} (${subnet.name})`,
      rows: [
        ['Validator', describeHotkey(hotkey)],
        ...tradeRows(subnet, plan.quote, plan.limit, settings.partial),
        ['Staked', shortAlpha(plan.staked, subnet.symbol)],
      ],
      warnings: plan.warnings,
    },
  });
  const event = sent?.outcome && stakeEvent(sent.outcome, 'StakeRemoved', subnet.netuid);
  return {
    ...(await commonResult(trader, subnet, hotkey, plan.quote, plan.limit, plan.staked, balance.free, sent)),
    plan: describePlan(plan.planned, sent),
    partial: event !== undefined && event.alpha + event.fee < plan.amount,
    amountAlpha: formatUnits(plan.amount),
    expectedTao: formatUnits(plan.quote?.amountOut ?? plan.amount),
    ...(event ? { soldAlpha: formatUnits(event.alpha), receivedTao: formatUnits(event.tao) } : {}),
    swapFeeAlpha: formatUnits(event?.fee ?? plan.quote?.fee ?? 0n),
  };
}

/** An amount at a prompt: more than nothing, and no more than there is. @throws CliError AMOUNT_INVALID, AMOUNT_TOO_LARGE */
function atMost(amount: bigint, most: bigint, sentence: string): void {
  if (amount <= 0n) throw new CliError('AMOUNT_INVALID', 'Give more than nothing.');
  if (amount > most) throw new CliError('AMOUNT_TOO_LARGE', sentence);
}

/** Which of the own positions on a subnet: named, the only one, or asked for. */
async function ownHotkey(
  context: CommandContext,
  wallet: WalletRef,
  subnet: SubnetSummary,
  own: readonly { readonly address: string; readonly alpha: bigint }[],
  given: string | undefined,
): Promise<ChosenHotkey> {
  if (given !== undefined) return { address: await resolveHotkey(context, wallet, given), chosen: 'given' };
  const [only, ...others] = own;
  if (only && others.length === 0) return { address: only.address, chosen: 'given' };
  if (!only) {
    throw nothingStaked(subnet.netuid);
  }
  const address = await context.need<string>({
    flag: 'hotkey-ss58',
    type: 'ss58',
    message: 'From which validator?',
    parse: String,
    choices: () =>
      own.map(({ address: value, alpha }) => ({
        value,
        short: value,
        name: `${value}  ${shortAlpha(alpha, subnet.symbol)}`,
      })),
  });
  return { address, chosen: 'asked' };
}

function nothingToStake({ free }: Balance, { network }: ChainClient, { name }: WalletRef): CliError {
  const fund = `\`btcli-ts localnet fund --wallet-name ${shellQuote(name)} --amount 100\` gives it some.`;
  return new CliError('INSUFFICIENT_BALANCE', `The wallet "${name}" holds ${shortTao(free)}: nothing can be staked.`, {
    hints: [network === 'local' ? fund : `Send TAO to it first: \`btcli-ts wallet balance\` shows its address.`],
    data: { availableTao: formatUnits(free) },
  });
}

function nothingStaked(netuid?: number): CliError {
  const where = netuid === undefined ? '' : ` on subnet ${netuid}`;
  return new CliError('INSUFFICIENT_STAKE', `Nothing of this wallet is staked${where}.`, {
    hints: [
      netuid === undefined
        ? '`btcli-ts stake add` stakes TAO on a subnet.'
        : '`btcli-ts stake list` shows what is staked where.',
    ],
    data: netuid === undefined ? {} : { netuid },
  });
}

const describeHotkey = ({ address, chosen }: ChosenHotkey): string =>
  `${address}${chosen === 'most-stake' ? ' (most stake on the subnet)' : ''}`;

async function stakeOf(reader: Reader, hotkey: string, coldkey: string, netuid: number): Promise<bigint> {
  const info = await reader.api<{ readonly stake: bigint } | undefined>(
    'StakeInfoRuntimeApi',
    'get_stake_info_for_hotkey_coldkey_netuid',
    hotkey,
    coldkey,
    netuid,
  );
  return info?.stake ?? 0n;
}

async function commonResult(
  { client, coldkey }: Trader,
  subnet: SubnetSummary,
  hotkey: ChosenHotkey,
  quote: Quote | null,
  limit: bigint | null,
  stakeBefore: bigint,
  balanceBefore: bigint,
  sent: Sent | undefined,
) {
  const outcome = sent?.outcome;
  const after = outcome && (await client.reader(outcome.blockHash));
  return {
    netuid: subnet.netuid,
    subnet: subnet.name,
    symbol: subnet.symbol,
    hotkey: hotkey.address,
    hotkeyChosen: hotkey.chosen,
    coldkey,
    quote: quote && describeQuote(quote, limit),
    status: outcome ? ('included' as const) : sent ? ('submitted' as const) : ('planned' as const),
    balanceBeforeTao: formatUnits(balanceBefore),
    stakeBeforeAlpha: formatUnits(stakeBefore),
    ...(sent ? { extrinsicHash: sent.extrinsicHash } : {}),
    ...(after && outcome
      ? {
          balanceAfterTao: formatUnits((await readBalance(after, coldkey)).free),
          stakeAfterAlpha: formatUnits(await stakeOf(after, hotkey.address, coldkey, subnet.netuid)),
          feePaidTao: formatUnits(feePaid(outcome)),
        }
      : {}),
  };
}

/** A quote as results carry it. */
export function describeQuote(quote: Quote, limit: bigint | null) {
  return {
    priceTao: formatUnits(quote.price),
    priceAfterTao: formatUnits(quote.priceAfter),
    effectivePriceTao: formatUnits(quote.effectivePrice),
    slippagePercent: percentNumber(quote.slippage),
    priceImpactPercent: percentNumber(quote.priceImpact),
    limitPriceTao: limit === null ? null : formatUnits(limit),
  };
}

/** The stake event of an extrinsic: (coldkey, hotkey, tao, alpha, netuid, fee). */
function stakeEvent(
  outcome: ExtrinsicOutcome,
  name: 'StakeAdded' | 'StakeRemoved',
  netuid: number,
): { tao: bigint; alpha: bigint; fee: bigint } | undefined {
  const event = outcome.events.find(
    (found) =>
      found.pallet === 'SubtensorModule' && found.name === name && (found.value as readonly unknown[])[4] === netuid,
  );
  if (!event) return undefined;
  const [, , tao, alpha, , fee] = event.value as readonly [string, string, bigint, bigint, number, bigint];
  return { tao, alpha, fee };
}
