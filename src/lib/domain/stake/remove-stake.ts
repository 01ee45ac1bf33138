import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { type Alpha, alpha, formatUnits, rao, shortAlpha, type Tolerance } from '../../units.ts';
import { readBalance, requireBalance } from '../balance.ts';
import type { SubnetSummary } from '../subnet/subnets.ts';
import { type CallSpec, type PlannedCall, planCall } from '../transaction.ts';
import { priceWarnings, tooMuchSlippage } from './add-stake.ts';
import { limitPrice, type Quote, quoteSwap } from './market.ts';
import { requireSubtoken } from './subtoken.ts';

export interface RemoveStakeRequest {
  readonly subnet: SubnetSummary;
  readonly hotkey: string;
  /** Alpha to sell (TAO on root); 'all' for the whole position. */
  readonly amount: Alpha | 'all';
  readonly coldkey: string;
  readonly tolerance: Tolerance;
  readonly safe: boolean;
  readonly partial: boolean;
  readonly period: number;
}

export interface RemoveStakePlan {
  readonly planned: PlannedCall;
  /** Alpha that is to leave. */
  readonly amount: Alpha;
  /** Alpha staked there now. */
  readonly staked: Alpha;
  readonly quote: Quote | null;
  readonly limit: bigint | null;
  readonly warnings: readonly string[];
}

interface RawStakeInfo {
  readonly stake: bigint;
  readonly locked: bigint;
}

/** Plans taking stake back: alpha is sold for TAO through the subnet's pool, on root TAO leaves one to one. */
export async function planRemoveStake(
  client: ChainClient,
  reader: Reader,
  request: RemoveStakeRequest,
): Promise<RemoveStakePlan> {
  const { subnet, hotkey, coldkey, safe, partial, tolerance } = request;
  const info = await reader.api<RawStakeInfo | undefined>(
    'StakeInfoRuntimeApi',
    'get_stake_info_for_hotkey_coldkey_netuid',
    hotkey,
    coldkey,
    subnet.netuid,
  );
  const staked = alpha(info?.stake ?? 0n);
  const amount = request.amount === 'all' ? staked : request.amount;
  requireStake(request, staked, amount);
  await requireSubtoken(reader, subnet);
  const isRoot = subnet.netuid === 0;
  const quote = isRoot ? null : await quoteSwap(reader, subnet, 'sell', amount);
  if (!isRoot && !quote) throw poolRefuses(subnet, amount);
  const limit = safe && !isRoot ? limitPrice(subnet.price, 'sell', tolerance) : null;
  if (quote && limit !== null && !partial && quote.priceAfter < limit)
    throw tooMuchSlippage(subnet, quote, limit, tolerance);
  const planned = await planCall(client, reader, removeStakeCall(request, amount, limit), {
    signer: coldkey,
    period: request.period,
  });
  requireBalance(await readBalance(reader, coldkey), rao(0n), planned.fee);
  const warnings = priceWarnings(quote, limit);
  if (info && info.locked > 0n)
    warnings.push(`${shortAlpha(info.locked, subnet.symbol)} of the stake on this subnet are locked and cannot leave.`);
  return { planned, amount, staked, quote, limit, warnings };
}

function removeStakeCall(
  { hotkey, subnet, partial, amount: asked }: RemoveStakeRequest,
  amount: Alpha,
  limit: bigint | null,
): CallSpec {
  const pallet = 'SubtensorModule';
  const base = { hotkey, netuid: subnet.netuid };
  if (limit === null) return { pallet, name: 'remove_stake', args: { ...base, amount_unstaked: amount } };
  if (asked === 'all' && !partial)
    return { pallet, name: 'remove_stake_full_limit', args: { ...base, limit_price: limit } };
  return {
    pallet,
    name: 'remove_stake_limit',
    args: { ...base, amount_unstaked: amount, limit_price: limit, allow_partial: partial },
  };
}

function requireStake({ subnet, hotkey }: RemoveStakeRequest, staked: Alpha, amount: Alpha): void {
  if (staked === 0n) {
    throw new CliError('INSUFFICIENT_STAKE', `There is no stake on subnet ${subnet.netuid} with ${hotkey}.`, {
      hints: ['`btcli-ts stake list` shows what is staked where.'],
      data: { netuid: subnet.netuid, hotkey },
    });
  }
  if (amount === 0n)
    throw new CliError('AMOUNT_INVALID', 'The amount is zero.', { hints: ['Give the alpha to take back, or --all.'] });
  if (amount > staked) {
    throw new CliError(
      'INSUFFICIENT_STAKE',
      `Only ${shortAlpha(staked, subnet.symbol)} are staked there, not ${shortAlpha(amount, subnet.symbol)}.`,
      {
        hints: ['--all takes back everything.'],
        data: { netuid: subnet.netuid, hotkey, stakedAlpha: formatUnits(staked), amountAlpha: formatUnits(amount) },
      },
    );
  }
}

function poolRefuses(subnet: SubnetSummary, amount: Alpha): CliError {
  return new CliError(
    'AMOUNT_TOO_LARGE',
    `The pool of ${subnet.name} cannot take ${shortAlpha(amount, subnet.symbol)} now.`,
    {
      hints: ['The amount is too small to give anything, or too large for the pool: change it.'],
      data: { netuid: subnet.netuid, amountAlpha: formatUnits(amount) },
    },
  );
}
