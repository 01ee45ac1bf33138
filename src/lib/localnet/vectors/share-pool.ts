import {
  SAFE_FLOAT_ZERO,
  type SafeFloat,
  safeFloat,
  safeFloatAdd,
  safeFloatDiv,
  safeFloatFromU64F64,
  safeFloatGt,
  safeFloatMulDiv,
  safeFloatSub,
  safeFloatToU64,
} from '../fixed/safe-float.ts';
import { SharePool, type SharePoolState } from '../pallets/subtensor/staking/share-pool.ts';
import { compareRow, type VectorFormat, type VectorRow } from './format.ts';
import {
  bigOf,
  hasOnlyKeys,
  type JsonObject,
  listOf,
  numberOf,
  objectOf,
  rowsOf,
  textOf,
  VectorFormatError,
} from './json.ts';

function floatOf(value: unknown): SafeFloat {
  const [mantissa, exponent] = listOf(value, 'float');
  return { mantissa: bigOf(mantissa), exponent: bigOf(exponent) };
}

function pair(float: SafeFloat | null): [bigint, bigint] | null {
  return float === null ? null : [float.mantissa, float.exponent];
}

/** A pool in memory. */
class MemoryState implements SharePoolState<number> {
  #sharedValue = 0n;
  #denominator = SAFE_FLOAT_ZERO;
  readonly #shares = new Map<number, SafeFloat>();

  getSharedValue = (): bigint => this.#sharedValue;
  setSharedValue = (value: bigint): void => {
    this.#sharedValue = value;
  };
  getShare = (key: number): SafeFloat => this.#shares.get(key) ?? SAFE_FLOAT_ZERO;
  tryGetShare = (key: number): SafeFloat | null => this.#shares.get(key) ?? null;
  setShare = (key: number, share: SafeFloat): void => {
    this.#shares.set(key, share);
  };
  getDenominator = (): SafeFloat => this.#denominator;
  setDenominator = (denominator: SafeFloat): void => {
    this.#denominator = denominator;
  };
}

function* checkChain(label: string, chain: JsonObject): Generator<VectorRow> {
  const state = new MemoryState();
  const pool = new SharePool(state);
  const keys = Array.from({ length: numberOf(chain.keys, 'keys') }, (_, key) => key);
  for (const [i, raw] of listOf(chain.steps, 'steps').entries()) {
    const step = listOf(raw, 'step');
    const operation = textOf(step[0]);
    const update = bigOf(step[2]);
    const changes = pool.simUpdateValueForOne(update);
    if (operation === 'one') pool.updateValueForOne(numberOf(step[1]), update);
    else if (operation === 'all') pool.updateValueForAll(update);
    else throw new VectorFormatError(`unknown share pool operation ${operation}`);
    yield compareRow(`${label}.steps[${i}]`, [
      ['sim_update_value_for_one', changes, step[3]],
      ['shared_value', state.getSharedValue(), step[4]],
      ['denominator', pair(state.getDenominator()), step[5]],
      ['shares', keys.map((key) => pair(state.tryGetShare(key))), step[6]],
      ['values', keys.map((key) => pool.getValue(key)), step[7]],
    ]);
  }
}

const sections: { readonly [section: string]: (table: JsonObject, name: string) => Iterable<VectorRow> } = {
  *chains(table, name) {
    for (const [i, chain] of listOf(table.chains, name).entries()) yield* checkChain(`${name}[${i}]`, objectOf(chain));
  },
  *safe_float_new(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      yield compareRow(`${name}[${i++}]`, [['float', pair(safeFloat(bigOf(row[0]), bigOf(row[1]))), row[2]]]);
    }
  },
  *safe_float_from_U64F64(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      const float = safeFloatFromU64F64(bigOf(row[0]));
      yield compareRow(`${name}[${i++}]`, [
        ['float', pair(float), row[1]],
        ['u64', safeFloatToU64(float), row[2]],
      ]);
    }
  },
  *safe_float_ops(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      const [a, b, c] = [floatOf(row[0]), floatOf(row[1]), floatOf(row[2])];
      yield compareRow(`${name}[${i++}]`, [
        ['add', pair(safeFloatAdd(a, b)), row[3]],
        ['sub', pair(safeFloatSub(a, b)), row[4]],
        ['div', pair(safeFloatDiv(a, b)), row[5]],
        ['mul_div', pair(safeFloatMulDiv(a, b, c)), row[6]],
        ['gt', safeFloatGt(a, b), row[7]],
        ['u64', safeFloatToU64(a), row[8]],
      ]);
    }
  },
};

/** Decimal floats of stake shares, and chains of updates of a pool. */
export const sharePoolFormat: VectorFormat = {
  name: 'share pool',
  recognises: (json) => hasOnlyKeys(json, Object.keys(sections)),
  *check(json) {
    for (const [name, table] of Object.entries(objectOf(json))) yield* sections[name]!(objectOf(table, name), name);
  },
};
