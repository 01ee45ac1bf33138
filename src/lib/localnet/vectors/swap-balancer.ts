import { powRatioScaled } from '../fixed/big-math.ts';
import { minOf } from '../fixed/integer.ts';
import { PERQUINTILL_ONE, perquintillFromRational } from '../fixed/perquintill.ts';
import {
  calculateBaseDeltaIn,
  calculatePrice,
  calculateQuoteDeltaIn,
  expBaseQuote,
  expQuoteBase,
  getBaseNeededForQuote,
  updateWeightsForAddedLiquidity,
} from '../pallets/swap/balancer.ts';
import { type Comparison, compareRow, type VectorFormat } from './format.ts';
import { bigOf, hasOnlyKeys, numberOf, objectOf, rowsOf } from './json.ts';

type Row = readonly unknown[];

const sections: { readonly [section: string]: (row: Row) => Comparison[] } = {
  exp_and_price(row) {
    const [weight, x, y, dx, dy] = row.slice(0, 5).map((value) => bigOf(value)) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    return [
      ['calculate_price', calculatePrice(weight, x, y), row[5]],
      ['exp_base_quote', expBaseQuote(weight, x, dx), row[6]],
      ['exp_quote_base', expQuoteBase(weight, y, dy), row[7]],
      ['get_base_needed_for_quote', getBaseNeededForQuote(weight, y, x, minOf(dy, y / 2n)), row[8]],
    ];
  },
  limit_price_deltas(row) {
    const [weight, current, up, down, reserve] = row.slice(0, 5).map((value) => bigOf(value)) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    return [
      ['quote_delta_in up', calculateQuoteDeltaIn(weight, current, up, reserve), row[5]],
      ['base_delta_in down', calculateBaseDeltaIn(weight, current, down, reserve), row[6]],
      ['quote_delta_in down', calculateQuoteDeltaIn(weight, current, down, reserve), row[7]],
      ['base_delta_in up', calculateBaseDeltaIn(weight, current, up, reserve), row[8]],
    ];
  },
  perquintill_from_rational: (row) => [['parts', perquintillFromRational(bigOf(row[0]), bigOf(row[1])), row[2]]],
  pow_ratio_scaled(row) {
    const [baseNum, baseDen, expNum, expDen] = row.slice(0, 4).map((value) => bigOf(value)) as [
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    return [['power', powRatioScaled(baseNum, baseDen, expNum, expDen, numberOf(row[4]), PERQUINTILL_ONE), row[5]]];
  },
  update_weights_for_added_liquidity(row) {
    const [weight, tao, alpha, taoDelta, alphaDelta] = row.slice(0, 5).map((value) => bigOf(value)) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ];
    const updated = updateWeightsForAddedLiquidity(weight, tao, alpha, taoDelta, alphaDelta);
    return [
      ['ok', updated !== null, row[5]],
      ['quote_weight', updated ?? weight, row[6]],
    ];
  },
};

/** Pure functions of the weighted pool. */
export const swapBalancerFormat: VectorFormat = {
  name: 'swap balancer',
  recognises: (json) => hasOnlyKeys(json, Object.keys(sections)),
  *check(json) {
    for (const [name, table] of Object.entries(objectOf(json))) {
      let i = 0;
      for (const row of rowsOf(table, name)) yield compareRow(`${name}[${i++}]`, sections[name]!(row));
    }
  },
};
