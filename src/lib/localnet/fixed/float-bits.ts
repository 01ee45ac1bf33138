const view = new DataView(new ArrayBuffer(8));

const MANTISSA_BITS = 52n;
const MANTISSA_MASK = (1n << MANTISSA_BITS) - 1n;
const EXPONENT_SPECIAL = 0x7ffn;
const EXPONENT_BIAS = 1075n;

/**
 * The value of a double times 2^fracBits, rounded to the nearest integer with ties to even. An f32 value is a double too, so it needs no
 * function of its own.
 *
 * Used only where the chain itself turns a literal such as `0.1` into fixed point; no amount ever passes through here.
 *
 * @returns the scaled integer, `Infinity` or `-Infinity`
 * @throws RangeError for NaN, where the chain would panic
 */
export function scaleF64(value: number, fracBits: number): bigint | number {
  if (Number.isNaN(value)) throw new RangeError('NaN has no fixed-point value');
  view.setFloat64(0, value);
  const raw = view.getBigUint64(0);
  const exponent = (raw >> MANTISSA_BITS) & EXPONENT_SPECIAL;
  if (exponent === EXPONENT_SPECIAL) return value;
  const stored = raw & MANTISSA_MASK;
  const magnitude = exponent === 0n ? stored : stored | (1n << MANTISSA_BITS);
  const shift = (exponent === 0n ? 1n : exponent) - EXPONENT_BIAS + BigInt(fracBits);
  const scaled = shift >= 0n ? magnitude << shift : roundShiftRight(magnitude, -shift);
  return value < 0 ? -scaled : scaled;
}

function roundShiftRight(magnitude: bigint, shift: bigint): bigint {
  const floor = magnitude >> shift;
  const removed = magnitude - (floor << shift);
  const tie = 1n << (shift - 1n);
  const up = removed > tie || (removed === tie && (floor & 1n) === 1n);
  return up ? floor + 1n : floor;
}
