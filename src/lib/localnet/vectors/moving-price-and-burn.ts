import { movingPriceOf, nextMovingPrice } from '../pallets/subtensor/staking/moving-price.ts';
import { decayBurn, decayFactorQ32 } from '../pallets/subtensor/subnets/burn.ts';
import { compareRow, type VectorFormat, type VectorRow } from './format.ts';
import { bigOf, hasKeys, type JsonObject, listOf, numberOf, objectOf, rowsOf } from './json.ts';

/** Any block after the first will do: a series counts blocks from the call that starts the subnet. */
const START_CALL_BLOCK = 1000n;

function* checkMovingPrice(table: JsonObject): Generator<VectorRow> {
  const halvingBlocks = bigOf(table.halving_blocks, 'halving_blocks');
  const movingAlpha = bigOf(table.moving_alpha_bits, 'moving_alpha_bits');
  for (const [bits, points] of Object.entries(objectOf(table.price_bits_u64f64_to_rows))) {
    const price = bigOf(bits);
    let stored = 0n;
    let age = 0n;
    for (const [i, raw] of listOf(points, bits).entries()) {
      const [at, recorded] = listOf(raw);
      for (; age < bigOf(at); ) {
        age += 1n;
        stored = nextMovingPrice({
          currentBlock: START_CALL_BLOCK + age,
          firstEmissionBlock: START_CALL_BLOCK + 1n,
          halvingBlocks,
          movingAlpha,
          movingPrice: movingPriceOf(stored),
          price,
        });
      }
      yield compareRow(`ema.${bits}[${i}]`, [['moving_price', stored, recorded]]);
    }
  }
}

const UNBOUNDED = { minBurn: 0n, maxBurn: (1n << 64n) - 1n };

function* checkBurnSeries(name: string, table: unknown): Generator<VectorRow> {
  const [, start, halfLife] = /^burn_decay_from_(\d+e?\d*)_half_life_(\d+)$/.exec(name)!;
  let burn = BigInt(Number(start));
  let block = 0n;
  let i = 0;
  for (const [at, recorded] of rowsOf(table, name)) {
    for (; block < bigOf(at); block++) burn = decayBurn(burn, UNBOUNDED, numberOf(halfLife), START_CALL_BLOCK + block);
    yield compareRow(`${name}[${i++}]`, [['burn', burn, recorded]]);
  }
}

const BURN_SERIES = /^burn_decay_from_\d+e?\d*_half_life_\d+$/;

/** Series of the moving price at a constant price, and of the registration price without registrations. */
export const movingPriceAndBurnFormat: VectorFormat = {
  name: 'moving price and burn series',
  recognises: (json) => hasKeys(json, ['ema', 'burn_decay_factor_q32']),
  *check(json) {
    const file = objectOf(json);
    yield* checkMovingPrice(objectOf(file.ema, 'ema'));
    for (const [halfLife, factor] of Object.entries(objectOf(file.burn_decay_factor_q32))) {
      yield compareRow(`burn_decay_factor_q32.${halfLife}`, [['factor', decayFactorQ32(numberOf(halfLife)), factor]]);
    }
    for (const [name, table] of Object.entries(file)) {
      if (BURN_SERIES.test(name)) yield* checkBurnSeries(name, table);
    }
  },
};
