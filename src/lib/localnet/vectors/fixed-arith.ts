import type { FixedPoint } from '../fixed/fixed-point.ts';
import { checkedFloor } from '../fixed/safe-math.ts';
import { fixedTypeByName, isFixedTypeName } from './fixed-types.ts';
import { type Comparison, compareRow, type VectorFormat, type VectorRow } from './format.ts';
import { bigOf, isObject, type JsonObject, listOf, numberOf, objectOf, textOf, VectorFormatError } from './json.ts';

type Binary = (type: FixedPoint, a: bigint, b: bigint) => bigint | null;
type Unary = (type: FixedPoint, a: bigint) => bigint | string | null;

const binaryOps: { readonly [column: string]: Binary } = {
  saturating_add: (t, a, b) => t.saturatingAdd(a, b),
  saturating_sub: (t, a, b) => t.saturatingSub(a, b),
  saturating_mul: (t, a, b) => t.saturatingMul(a, b),
  checked_mul: (t, a, b) => t.checkedMul(a, b),
  checked_div: (t, a, b) => t.checkedDiv(a, b),
  safe_div: (t, a, b) => t.safeDiv(a, b),
  saturating_div: (t, a, b) => (b === 0n ? null : t.saturatingDiv(a, b)),
  wrapping_add: (t, a, b) => t.wrappingAdd(a, b),
  wrapping_sub: (t, a, b) => t.wrappingSub(a, b),
  abs_diff: (t, a, b) => t.absDiff(a, b),
  checked_rem: (t, a, b) => t.checkedRem(a, b),
};

const unaryOps: { readonly [column: string]: Unary } = {
  to_u8_sat: (t, a) => t.saturatingToU8(a),
  to_u16_sat: (t, a) => t.saturatingToU16(a),
  to_u32_sat: (t, a) => t.saturatingToU32(a),
  to_u64_sat: (t, a) => t.saturatingToU64(a),
  to_i64_sat: (t, a) => t.saturatingToI64(a),
  to_u128_sat: (t, a) => t.saturatingToU128(a),
  int: (t, a) => t.floor(a),
  frac: (t, a) => t.frac(a),
  fixed_checked_floor: (t, a) => t.floor(a),
  safemath_checked_floor: checkedFloor,
  checked_ceil: (t, a) => t.checkedCeil(a),
  checked_round: (t, a) => t.checkedRound(a),
  display: (t, a) => t.format(a),
};

const CONVERSION = 'sat_to_';

function unaryOp(column: string): Unary {
  if (column.startsWith(CONVERSION)) {
    const target = fixedTypeByName(column.slice(CONVERSION.length));
    return (type, a) => target.saturatingFrom(type, a);
  }
  return known(unaryOps, column);
}

function known<T>(ops: { readonly [column: string]: T }, column: string): T {
  const op = Object.hasOwn(ops, column) ? ops[column] : undefined;
  if (op === undefined) throw new VectorFormatError(`unknown column ${column}`);
  return op;
}

function columnsOf(section: JsonObject, name: string): string[] {
  return listOf(section[name], name).map((column) => textOf(column, name));
}

function* checkType(name: string, section: JsonObject): Generator<VectorRow> {
  const type = fixedTypeByName(name);
  const shape = [section.signed, numberOf(section.int_bits_incl_sign), numberOf(section.frac_bits)];
  if (shape.join() !== [type.signed, type.intBits, type.fracBits].join()) {
    throw new VectorFormatError(`${name} is described as another type`);
  }

  const binary = columnsOf(section, 'binary_columns').slice(2);
  const binaryFns = binary.map((column) => known(binaryOps, column));
  for (const [i, raw] of listOf(section.binary, 'binary').entries()) {
    const row = listOf(raw);
    const [a, b] = [bigOf(row[0]), bigOf(row[1])];
    const results = binary.map((column, c): Comparison => [column, binaryFns[c]!(type, a, b), row[c + 2]]);
    yield compareRow(`${name}.binary[${i}]`, results);
  }

  const unary = columnsOf(section, 'unary_columns').slice(1);
  const unaryFns = unary.map(unaryOp);
  for (const [i, raw] of listOf(section.unary, 'unary').entries()) {
    const row = listOf(raw);
    const a = bigOf(row[0]);
    const results = unary.map((column, c): Comparison => [column, unaryFns[c]!(type, a), row[c + 1]]);
    yield compareRow(`${name}.unary[${i}]`, results);
  }
}

/** Arithmetic of fixed-point types: one section per type. */
export const fixedArithFormat: VectorFormat = {
  name: 'fixed-point arithmetic',
  recognises: (json) =>
    isObject(json) &&
    Object.keys(json).length > 0 &&
    Object.entries(json).every(([key, section]) => isFixedTypeName(key) && isObject(section) && 'binary' in section),
  *check(json) {
    for (const [name, section] of Object.entries(objectOf(json))) yield* checkType(name, objectOf(section, name));
  },
};
