import type { Ext } from '../frame/ext.ts';
import { swapAlphaForTao, swapTaoForAlpha } from '../pallets/subtensor/staking/stake-utils.ts';
import {
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetTAO,
  SubnetTaoFlow,
  SubnetVolume,
  TotalStake,
} from '../pallets/subtensor/storage.ts';
import { SwapBalancer } from '../pallets/swap/spec.ts';
import { adjustProtocolLiquidity, currentAlphaPrice, type SwapResult, simSwap } from '../pallets/swap/swap.ts';
import { type Comparison, compareRow, type VectorFormat, type VectorRow } from './format.ts';
import {
  bigOf,
  booleanOf,
  hasOnlyKeys,
  type JsonObject,
  listOf,
  numberOf,
  objectOf,
  textOf,
  VectorFormatError,
} from './json.ts';
import { NETUID, poolInMemory, resultOrError } from './pool-in-memory.ts';

const swapped = ({ amountPaidIn, amountPaidOut, feePaid, feeToBlockAuthor }: SwapResult) => ({
  paid_in: amountPaidIn,
  paid_out: amountPaidOut,
  fee_paid: feePaid,
  fee_to_block_author: feeToBlockAuthor,
});

function inject(x: Ext, args: JsonObject): { readonly tao: bigint; readonly alpha: bigint } {
  const added = adjustProtocolLiquidity(x, NETUID, bigOf(args.tao_delta), bigOf(args.alpha_delta));
  SubnetTAO.mutate(x, NETUID, (total) => total + added.tao);
  SubnetAlphaIn.mutate(x, NETUID, (total) => total + added.alpha);
  return added;
}

const operations: { readonly [op: string]: (x: Ext, args: JsonObject) => JsonObject } = {
  buy: (x, args) =>
    swapped(swapTaoForAlpha(x, NETUID, bigOf(args.tao), bigOf(args.limit_price_rao), booleanOf(args.drop_fees))),
  sell: (x, args) =>
    swapped(swapAlphaForTao(x, NETUID, bigOf(args.alpha), bigOf(args.limit_price_rao), booleanOf(args.drop_fees))),
  sim_buy: (x, args) => swapped(simSwap(x, NETUID, 'buy', bigOf(args.tao))),
  sim_sell: (x, args) => swapped(simSwap(x, NETUID, 'sell', bigOf(args.alpha))),
  inject: (x, args) => ({ ...inject(x, args) }),
};

const stateOf = (x: Ext): JsonObject => ({
  alpha_in: SubnetAlphaIn.get(x, NETUID),
  alpha_out: SubnetAlphaOut.get(x, NETUID),
  price_bits: currentAlphaPrice(x, NETUID),
  quote_weight: SwapBalancer.get(x, NETUID).quote,
  tao: SubnetTAO.get(x, NETUID),
  tao_flow: SubnetTaoFlow.get(x, NETUID),
  total_stake: TotalStake.get(x),
  volume: SubnetVolume.get(x, NETUID),
});

const compareAll = (ours: JsonObject, theirs: JsonObject): Comparison[] =>
  Object.keys(theirs).map((name) => [name, ours[name], theirs[name]]);

/** The error's name in what the chain's debug format prints of it. */
function errorName(printed: string): string {
  const name = /Some\("(\w+)"\)/.exec(printed)?.[1];
  if (name === undefined) throw new VectorFormatError(`no error name in ${printed}`);
  return name;
}

function compareResult(ours: JsonObject, theirs: JsonObject): Comparison[] {
  if ('err' in theirs) return [['error', ours.error, errorName(textOf(theirs.err))]];
  return 'error' in ours ? [['error', ours.error, null]] : compareAll(ours, theirs);
}

function* checkPool(label: string, pool: JsonObject): Generator<VectorRow> {
  const start = objectOf(pool.start, 'start');
  const x = poolInMemory({
    tao: bigOf(start.tao),
    alpha: bigOf(start.alpha_in),
    quoteWeight: bigOf(start.quote_weight),
    feeRate: numberOf(pool.fee_rate),
    initialized: booleanOf(pool.pal_swap_initialized),
  });
  SubnetAlphaOut.insert(x, NETUID, bigOf(start.alpha_out));
  TotalStake.put(x, bigOf(start.total_stake));
  for (const [i, raw] of listOf(pool.steps, 'steps').entries()) {
    const step = objectOf(raw, 'step');
    const operation = operations[textOf(step.op)];
    if (!operation) throw new VectorFormatError(`unknown pool operation ${textOf(step.op)}`);
    const ours = resultOrError(() => operation(x, objectOf(step.args, 'args'))) as JsonObject;
    yield compareRow(`${label}.steps[${i}] ${textOf(step.op)}`, [
      ...compareResult(ours, objectOf(step.result, 'result')),
      ...compareAll(stateOf(x), objectOf(step.state, 'state')),
    ]);
  }
}

/** Swaps and injections one after the other through the same pool, with its whole state after each. */
export const swapChainsFormat: VectorFormat = {
  name: 'swap chains',
  recognises: (json) => hasOnlyKeys(json, ['pools']),
  *check(json) {
    for (const [i, pool] of listOf(objectOf(json).pools, 'pools').entries())
      yield* checkPool(`pools[${i}]`, objectOf(pool));
  },
};
