/**
 * The decimal text that the chain's logs and errors show for a fixed-point number: as few fraction digits as still name the value, the
 * last one rounded half to even. Source: substrate-fixed display.rs.
 *
 * @param raw raw bits, signed
 * @param fracBits number of fraction bits, fewer than the type's width
 */
export function toDecimal(raw: bigint, fracBits: number): string {
  const magnitude = raw < 0n ? -raw : raw;
  const unit = 1n << BigInt(fracBits);
  const half = unit >> 1n;
  let integer = magnitude / unit;
  let rest = magnitude % unit;
  // Half of the last binary place, scaled along with the digits: once it covers what is left, further digits say nothing.
  let tolerance = 0n;
  const maxDigits = Math.ceil(fracBits * Math.log10(2));
  let digits = 0n;
  let count = 0;
  while (count < maxDigits) {
    rest *= 10n;
    digits = digits * 10n + rest / unit;
    rest %= unit;
    count += 1;
    tolerance = count === 1 ? 5n : (tolerance * 10n) % unit;
    if (rest === 0n || rest < tolerance || unit - rest < tolerance) break;
  }
  if (rest > half || (rest === half && (digits & 1n) === 1n)) digits += 1n;
  const scale = 10n ** BigInt(count);
  if (digits === scale) {
    digits = 0n;
    integer += 1n;
  }
  const fraction = digits.toString().padStart(count, '0').replace(/0+$/, '');
  const text = digits === 0n ? integer.toString() : `${integer}.${fraction}`;
  return raw < 0n ? `-${text}` : text;
}
