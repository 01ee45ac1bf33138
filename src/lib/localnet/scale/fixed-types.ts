import { struct } from './compound.ts';
import { i64, i128, u128 } from './primitives.ts';
import type { Type } from './type.ts';

/** `typenum` numbers as metadata spells them: binary digits, lowest last. */
function typenum(value: number): Type<unknown> {
  if (value === 0) return digits('uint::UTerm');
  const rest = typenum(value >> 1);
  const lowest = digits(value & 1 ? 'bit::B1' : 'bit::B0');
  return digits('uint::UInt', { msb: rest, lsb: lowest }, [
    { name: 'U', type: rest },
    { name: 'B', type: lowest },
  ]);
}

const digits = (
  path: string,
  fields: Readonly<Record<string, Type<unknown>>> = {},
  params: { name: string; type: Type<unknown> }[] = [],
): Type<unknown> => struct(`substrate_typenum::${path}`, fields, { params }) as Type<unknown>;

function fixed(path: string, bits: Type<bigint>, fraction: number): Type<bigint> {
  const inner = struct(`substrate_fixed::${path}`, { bits }, { params: [{ name: 'Frac', type: typenum(fraction) }] });
  return {
    encode: (out, value) => bits.encode(out, value),
    decode: (input) => bits.decode(input),
    shape: () => inner.shape(),
  };
}

/** Fixed-point storage values: raw bits as bigint. */
export const I32F32Type = fixed('FixedI64', i64, 32);
export const I64F64Type = fixed('FixedI128', i128, 64);
export const I96F32Type = fixed('FixedI128', i128, 32);
export const U64F64Type = fixed('FixedU128', u128, 64);
export const U96F32Type = fixed('FixedU128', u128, 32);
