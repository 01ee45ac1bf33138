import { formatUnits, UNITS_PER_WHOLE } from '../units.ts';

/** Decimals that tell any two I32F32 numbers apart. */
const PLACES = 10;

/** Fixed-point bits as a decimal with ten places, cut: what JSON results carry of 32 fraction bits. */
export function fixedDecimal(bits: bigint, fractionBits = 32n, places = PLACES): string {
  const sign = bits < 0n ? '-' : '';
  const digits = (((bits < 0n ? -bits : bits) * 10n ** BigInt(places)) >> fractionBits)
    .toString()
    .padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** A price in fixed point (U64F64, TAO for one alpha) as results carry it. */
export const fixedPriceTao = (bits: bigint): string => formatUnits((bits * UNITS_PER_WHOLE) >> 64n);

/** A u16 proportion (65535 is 1) as a decimal with six places, rounded down. */
export function proportionDecimal(value: number): string {
  const millionths = Math.floor((value * 1_000_000) / 65_535)
    .toString()
    .padStart(7, '0');
  return `${millionths.slice(0, -6)}.${millionths.slice(-6)}`;
}

/** A share for people: "12.34 %", never 0 for what is more than nothing. */
export function percent(decimal: string): string {
  const share = Number(decimal) * 100;
  if (share !== 0 && Math.abs(share) < 0.01) return '<0.01 %';
  return `${share.toFixed(2)} %`;
}
