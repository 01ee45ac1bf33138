import { powRatioScaled } from '../fixed/big-math.ts';
import { updateWeightsForAddedLiquidity } from '../pallets/swap/balancer.ts';
import { currentAlphaPrice, MAX_PRICE, MIN_PRICE, type SwapResult, swap } from '../pallets/swap/swap.ts';
import { type Comparison, compareRow, type VectorFormat, type VectorRow } from './format.ts';
import { bigOf, booleanOf, hasKeys, type JsonObject, listOf, numberOf, objectOf, textOf } from './json.ts';
import { NETUID, poolInMemory, resultOrError } from './pool-in-memory.ts';

function power(row: JsonObject): Comparison[] {
  const { base_num, base_den, exp_num, exp_den, precision, scale, result } = row;
  const ours = powRatioScaled(
    bigOf(base_num),
    bigOf(base_den),
    bigOf(exp_num),
    bigOf(exp_den),
    numberOf(precision),
    bigOf(scale),
  );
  return [['power', ours, result]];
}

function weightUpdate(row: JsonObject): Comparison[] {
  const before = bigOf(row.quote_before);
  const after = updateWeightsForAddedLiquidity(
    before,
    bigOf(row.tao_reserve),
    bigOf(row.alpha_reserve),
    bigOf(row.tao_delta),
    bigOf(row.alpha_delta),
  );
  return [
    ['accepted', after !== null, row.accepted],
    ['quote_after', after ?? before, row.quote_after],
  ];
}

function oneSwap(row: JsonObject): Comparison[] {
  const side = textOf(row.side).startsWith('buy') ? 'buy' : 'sell';
  const x = poolInMemory({
    tao: bigOf(row.tao_reserve),
    alpha: bigOf(row.alpha_reserve),
    quoteWeight: bigOf(row.quote_weight_perquintill),
    feeRate: numberOf(row.fee_rate_u16),
    initialized: true,
  });
  const price = currentAlphaPrice(x, NETUID);
  const noLimit = side === 'buy' ? MAX_PRICE : MIN_PRICE;
  const limit = row.limit_price_rao === null ? noLimit : bigOf(row.limit_price_rao);
  const amount = bigOf(row.amount);
  const result = resultOrError(() => swap(x, NETUID, side, amount, limit, booleanOf(row.drop_fees), false));
  return [
    ['price', price, row.price_before_bits_u64f64],
    ['price_rao', (price * 1_000_000_000n) >> 64n, row.price_rao],
    ...('error' in result ? [['error', result.error, row.result] as const] : compareSwap(result, amount, row.result)),
  ];
}

function compareSwap(ours: SwapResult, amount: bigint, theirs: unknown): Comparison[] {
  const recorded = objectOf(theirs, 'result');
  return [
    ['delta_in', ours.amountPaidIn, recorded.delta_in],
    ['delta_out', ours.amountPaidOut, recorded.delta_out],
    ['fee', ours.feePaid, recorded.fee],
    ['partial', ours.amountPaidIn + ours.feePaid < amount, recorded.partial],
  ];
}

function* rows(list: unknown, name: string, compare: (row: JsonObject) => Comparison[]): Generator<VectorRow> {
  for (const [i, row] of listOf(list, name).entries()) yield compareRow(`${name}[${i}]`, compare(objectOf(row)));
}

/** Single swaps, derived by hand from the rules. */
export const swapDerivedFormat: VectorFormat = {
  name: 'single swaps',
  recognises: (json) => hasKeys(json, ['note', 'pow_ratio_scaled', 'swaps', 'weight_updates']),
  *check(json) {
    const file = objectOf(json);
    yield* rows(file.pow_ratio_scaled, 'pow_ratio_scaled', power);
    yield* rows(file.swaps, 'swaps', oneSwap);
    yield* rows(file.weight_updates, 'weight_updates', weightUpdate);
  },
};
