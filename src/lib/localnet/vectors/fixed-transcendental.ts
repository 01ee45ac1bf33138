import { I32F32, I64F64, I96F32, U64F64 } from '../fixed/fixed.ts';
import type { FixedPoint } from '../fixed/fixed-point.ts';
import { checkedLn, checkedPow, checkedSqrt } from '../fixed/safe-math.ts';
import { exp, expSafe, ln, log2, safeLn } from '../fixed/transcendental.ts';
import { fixedTypeByName } from './fixed-types.ts';
import { type Comparison, compareRow, type VectorFormat, type VectorRow } from './format.ts';
import { bigOf, hasOnlyKeys, type JsonObject, listOf, objectOf, rowsOf, textOf } from './json.ts';

const SQRT_EPSILON = I32F32.saturatingFromF64(0.0001);

const view = new DataView(new ArrayBuffer(8));

function doubleOfBits(hex: bigint): number {
  view.setBigUint64(0, hex);
  return view.getFloat64(0);
}

function singleOfBits(hex: bigint): number {
  view.setUint32(0, Number(hex));
  return view.getFloat32(0);
}

/** Rows whose first column is the argument and whose others are results, in the order of the given functions. */
function* checkUnary(
  section: string,
  table: unknown,
  functions: readonly (readonly [name: string, fn: (a: bigint) => bigint | null])[],
): Generator<VectorRow> {
  let i = 0;
  for (const row of rowsOf(table, section)) {
    const a = bigOf(row[0]);
    yield compareRow(
      `${section}[${i++}]`,
      functions.map(([name, fn], c): Comparison => [name, fn(a), row[c + 1]]),
    );
  }
}

function typeColumns(table: JsonObject, from: number, to?: number): FixedPoint[] {
  return listOf(table.columns, 'columns')
    .slice(from, to)
    .map((column) => fixedTypeByName(textOf(column)));
}

function* checkFromFloat(section: string, table: JsonObject): Generator<VectorRow> {
  const types = typeColumns(table, 2, 7);
  let i = 0;
  for (const row of rowsOf(table, section)) {
    const double = doubleOfBits(bigOf(row[0]));
    const single = singleOfBits(bigOf(row[7]));
    yield compareRow(`${section}[${i++}]`, [
      ...types.map((type, c): Comparison => [type.name, type.saturatingFromF64(double), row[c + 2]]),
      ['I32F32_from_f32', I32F32.saturatingFromF64(single), row[8]],
    ]);
  }
}

const sections: { readonly [section: string]: (table: JsonObject, name: string) => Iterable<VectorRow> } = {
  *I32F32_iter_sum_release(table, name) {
    let i = 0;
    for (const row of rowsOf(table, name)) {
      const list = listOf(row[0]).map((item) => bigOf(item));
      yield compareRow(`${name}[${i++}]`, [['sum', I32F32.sum(list), row[1]]]);
    }
  },
  I32F32_transcendental: (table, name) =>
    checkUnary(name, table, [
      ['exp', (a) => exp(I32F32, a)],
      ['ln', (a) => ln(I32F32, a)],
      ['log2', (a) => log2(I32F32, a)],
      ['checked_ln', (a) => checkedLn(I32F32, a)],
      ['checked_sqrt', (a) => checkedSqrt(I32F32, a, SQRT_EPSILON)],
      ['exp_safe', expSafe],
      ['safe_ln', safeLn],
    ]),
  I64F64_transcendental: (table, name) =>
    checkUnary(name, table, [
      ['exp', (a) => exp(I64F64, a)],
      ['ln', (a) => ln(I64F64, a)],
      ['log2', (a) => log2(I64F64, a)],
    ]),
  I96F32_log2: (table, name) => checkUnary(name, table, [['log2', (a) => log2(I96F32, a)]]),
  U64F64_safemath(table, name) {
    const epsilon = bigOf(table.eps_bits, 'eps_bits');
    return checkUnary(name, table, [
      ['checked_sqrt', (a) => checkedSqrt(U64F64, a, epsilon)],
      ['pow2', (a) => checkedPow(U64F64, a, 2)],
      ['pow3', (a) => checkedPow(U64F64, a, 3)],
      ['pow10', (a) => checkedPow(U64F64, a, 10)],
      ['pow_neg1', (a) => checkedPow(U64F64, a, -1)],
      ['checked_ln', (a) => checkedLn(U64F64, a)],
    ]);
  },
  saturating_from_f64: (table, name) => checkFromFloat(name, table),
  saturating_from_u64: (table, name) =>
    checkUnary(
      name,
      table,
      typeColumns(table, 1).map((type) => [type.name, (a: bigint) => type.saturatingFromNum(a)] as const),
    ),
};

/** Exponentials, logarithms, roots, powers, sums and conversions of floats. */
export const fixedTranscendentalFormat: VectorFormat = {
  name: 'fixed-point functions',
  recognises: (json) => hasOnlyKeys(json, Object.keys(sections)),
  *check(json) {
    for (const [name, table] of Object.entries(objectOf(json))) yield* sections[name]!(objectOf(table, name), name);
  },
};
