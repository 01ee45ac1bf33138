import { struct } from './compound.ts';
import { i64, i128, u128 } from './primitives.ts';
import { makeType, type Type } from './type.ts';

/** `typenum` numbers as metadata spells them: binary digits, lowest last. */
function typenum(value: number): Type<unknown> {
  const never = (): never => {
    throw new Error('typenum types have no values');
  };
  const named = (name: string, params: { name: string; type: Type<unknown> }[] = []): Type<unknown> =>
    makeType<unknown>(never, never, {
      path: ['substrate_typenum', name.startsWith('B') ? 'bit' : 'uint', name],
      params,
      definition: { kind: 'composite', fields: [] },
    });
  if (value === 0) return named('UTerm');
  return named('UInt', [
    { name: 'U', type: typenum(value >> 1) },
    { name: 'B', type: named(value & 1 ? 'B1' : 'B0') },
  ]);
}

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
