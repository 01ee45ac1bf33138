import { expDecay } from '../pallets/subtensor/staking/exp-decay.ts';
import { bumpBurn, decayBurn, decayFactorQ32, mulByQ32 } from '../pallets/subtensor/subnets/burn.ts';
import { lockReductionInterval, networkLockCost } from '../pallets/subtensor/subnets/lock-cost.ts';
import { type Comparison, compareRow, type VectorFormat, type VectorRow } from './format.ts';
import { bigOf, hasOnlyKeys, type JsonObject, listOf, numberOf, objectOf, rowsOf } from './json.ts';

/** The recorded rows were made before the first halving. */
const BLOCK_EMISSION = 1_000_000_000n;

/** What the recorded trajectory was run with: cost of the last subnet, and blocks in which it falls by as much. */
const TRAJECTORY_LAST_LOCK = 1_000_000_000_000n;
const TRAJECTORY_LOCK_INTERVAL = 100_800n;

/** The file does not say when the last subnet was registered; the first recorded cost does. */
function lastLockBlockOf(firstBlock: bigint, firstCost: bigint): bigint {
  const perBlock = TRAJECTORY_LAST_LOCK / TRAJECTORY_LOCK_INTERVAL;
  return firstBlock - (2n * TRAJECTORY_LAST_LOCK - firstCost) / perBlock;
}

function* checkTrajectory(table: JsonObject, name: string): Generator<VectorRow> {
  const bounds = { minBurn: bigOf(table.min_burn, 'min_burn'), maxBurn: bigOf(table.max_burn, 'max_burn') };
  const halfLife = numberOf(table.half_life, 'half_life');
  const increaseMult = bigOf(table.increase_mult_bits, 'increase_mult_bits');
  let lastLockBlock: bigint | undefined;
  let carried: bigint | undefined;
  // What a registration costs beyond the price is the fee of its extrinsic: the same for all.
  let fee: bigint | undefined;
  let i = 0;
  for (const row of rowsOf(table, name)) {
    const block = bigOf(row[0]);
    lastLockBlock ??= lastLockBlockOf(block, bigOf(row[4]));
    const results: Comparison[] = [];
    if (carried !== undefined) results.push(['burn_end_of_prev_block', carried, row[1]]);
    let burn = decayBurn(bigOf(row[1]), bounds, halfLife, block);
    const registrations = listOf(row[5], 'registrations').map((item) => listOf(item));
    results.push(['registrations_this_block', registrations.filter((item) => item[0] === 'ok').length, row[2]]);
    for (const [result, before, after] of registrations) {
      if (result !== 'ok') continue;
      fee ??= bigOf(before) - bigOf(after) - burn;
      results.push(['balance_after', bigOf(before) - burn - fee, after]);
      burn = bumpBurn(burn, bounds, increaseMult);
    }
    carried = burn;
    const lockCost = networkLockCost({
      lastLock: TRAJECTORY_LAST_LOCK,
      minLock: TRAJECTORY_LAST_LOCK,
      lastLockBlock,
      currentBlock: block,
      lockReductionInterval: TRAJECTORY_LOCK_INTERVAL,
    });
    results.push(['burn_end_of_block', burn, row[3]], ['network_lock_cost', lockCost, row[4]]);
    yield compareRow(`${name}[${i++}]`, results);
  }
}

const sections: { readonly [section: string]: (table: JsonObject, name: string) => Iterable<VectorRow> } = {
  trajectory: checkTrajectory,
  *decay_factor_q32(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      const factor = decayFactorQ32(numberOf(row[0]));
      const products = listOf(row[2], 'products').map((item) => listOf(item));
      yield compareRow(`${name}[${i++}]`, [
        ['factor_q32', factor, row[1]],
        ...products.map(([value, product]): Comparison => ['mul_by_q32', mulByQ32(bigOf(value), factor), product]),
      ]);
    }
  },
  *exp_decay(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      yield compareRow(`${name}[${i++}]`, [['decay', expDecay(bigOf(row[0]), bigOf(row[1])), row[2]]]);
    }
  },
  *network_lock_cost(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      const interval = lockReductionInterval(bigOf(row[4]), BLOCK_EMISSION);
      const cost = networkLockCost({
        lastLock: bigOf(row[0]),
        minLock: bigOf(row[1]),
        lastLockBlock: bigOf(row[2]),
        currentBlock: bigOf(row[3]),
        lockReductionInterval: interval,
      });
      yield compareRow(`${name}[${i++}]`, [
        ['lock_reduction_interval', interval, row[5]],
        ['cost', cost, row[6]],
      ]);
    }
  },
};

/** Price of a registration, cost of a subnet, and the decay of locks. */
export const burnAndLockFormat: VectorFormat = {
  name: 'burn and lock',
  recognises: (json) => hasOnlyKeys(json, Object.keys(sections)),
  *check(json) {
    for (const [name, table] of Object.entries(objectOf(json))) yield* sections[name]!(objectOf(table, name), name);
  },
};
