import { CliError } from './errors.ts';

declare const unit: unique symbol;

/** An amount of TAO in rao, 10⁻⁹ TAO, as the chain's `TaoBalance` (u64). */
export type Rao = bigint & { readonly [unit]: 'rao' };

/** An amount of a subnet's alpha in its smallest unit, 10⁻⁹ alpha, as the chain's `AlphaBalance` (u64). */
export type Alpha = bigint & { readonly [unit]: 'alpha' };

/** A subnet's number, as the chain's `NetUid` (u16). */
export type NetUid = number & { readonly [unit]: 'netuid' };

/** A share of a whole in parts per billion: 5_000_000n is 0.5 %. */
export type Tolerance = bigint & { readonly [unit]: 'tolerance' };

const DECIMALS = 9;
/** Rao of a TAO, smallest units of a whole alpha, and parts of a whole that a `Tolerance` counts. */
export const UNITS_PER_WHOLE = 1_000_000_000n;
export const U64_MAX = 18_446_744_073_709_551_615n;

/** Reads rao that come from the chain or from arithmetic; anything outside u64 is a mistake of ours. */
export function rao(value: bigint): Rao {
  return assertU64(value) as Rao;
}

/** Reads alpha units that come from the chain or from arithmetic; anything outside u64 is a mistake of ours. */
export function alpha(value: bigint): Alpha {
  return assertU64(value) as Alpha;
}

/** Reads a decimal amount of TAO ("10", "0.000000001") as a person or a script wrote it. */
export function parseTao(text: string): Rao {
  return parseUnits(text, 'TAO') as Rao;
}

/** Reads a decimal amount of alpha as a person or a script wrote it. */
export function parseAlpha(text: string): Alpha {
  return parseUnits(text, 'alpha') as Alpha;
}

/** Reads a subnet's number, 0 to 65535. */
export function parseNetuid(text: string): NetUid {
  const trimmed = text.trim();
  if (!/^\d{1,5}$/.test(trimmed) || Number(trimmed) > 65_535) {
    throw new CliError('NETUID_INVALID', `"${clip(text)}" is not a subnet number.`, {
      hints: ['A netuid is a whole number from 0 to 65535.'],
      data: { value: clip(text) },
    });
  }
  return Number(trimmed) as NetUid;
}

/** Whole units with nine places, as JSON output carries amounts: 1n gives "0.000000001". */
export function formatUnits(value: bigint): string {
  const sign = value < 0n ? '-' : '';
  const digits = (value < 0n ? -value : value).toString().padStart(DECIMALS + 1, '0');
  return `${sign}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

/** As a person types an amount: 3, 0.25. */
export function typedUnits(value: bigint): string {
  return formatUnits(value).replace(/\.?0+$/, '');
}

/**
 * The form for people: grouped by thousands, without the zeros at the end, every digit kept. With `places`, digits
 * beyond them are cut towards zero; an amount too small to show is "<0.0001", never "0".
 */
export function shortUnits(value: bigint, places: number = DECIMALS): string {
  const step = 10n ** BigInt(DECIMALS - places);
  const magnitude = value < 0n ? -value : value;
  const sign = value < 0n ? '-' : '';
  if (magnitude !== 0n && magnitude < step) return `${sign}<${formatUnits(step).replace(/0+$/, '')}`;
  const [whole = '0', fraction = ''] = formatUnits((magnitude / step) * step).split('.');
  const kept = fraction.replace(/0+$/, '');
  return `${sign}${grouped(whole)}${kept === '' ? '' : `.${kept}`}`;
}

/** A whole number for people, grouped by thousands: "36,000". */
export function grouped(count: number | string): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** An amount of TAO for people: "10.5 τ". */
export function shortTao(value: bigint, places?: number): string {
  return `${shortUnits(value, places)} τ`;
}

/** An amount of alpha for people, with its subnet's symbol: "3.25 ε". */
export function shortAlpha(value: bigint, symbol: string, places?: number): string {
  return `${shortUnits(value, places)} ${symbol}`;
}

/** Reads back an amount that `formatUnits` wrote. */
export function unitsOf(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) throw new TypeError(`not a decimal amount: ${text}`);
  const value = BigInt(match[2]! + (match[3] ?? '').padEnd(DECIMALS, '0'));
  return match[1] === '-' ? -value : value;
}

/**
 * Reads a tolerance: "0.5%", or a fraction as btcli takes it ("0.005"). A bare number above 0.25 is refused, since
 * nobody can know whether "0.5" means half a percent or a half.
 */
export function parseTolerance(text: string): Tolerance {
  const match = /^(\d{1,3})(?:\.(\d{1,7}))?(\s*%)?$/.exec(text.trim());
  const invalid = (why: string): CliError =>
    new CliError('SETTING_INVALID', `"${clip(text)}" is not a tolerance: ${why}.`, {
      hints: ['Write a percentage such as 0.5%, or a fraction such as 0.005.'],
      data: { value: clip(text) },
    });
  if (!match) throw invalid('a percentage or a fraction with at most seven places is needed');
  const scaled = BigInt(match[1]! + (match[2] ?? '').padEnd(DECIMALS, '0'));
  const parts = match[3] === undefined ? scaled : scaled / 100n;
  if (parts >= UNITS_PER_WHOLE) throw invalid('it must be below 100 %');
  if (match[3] === undefined && parts > UNITS_PER_WHOLE / 4n) {
    throw invalid(`without a unit it would be ${formatTolerance(parts as Tolerance)}; add the percent sign`);
  }
  return parts as Tolerance;
}

/** "0.5%", exactly. */
export function formatTolerance(value: Tolerance): string {
  return `${formatUnits(value * 100n).replace(/\.?0+$/, '')}%`;
}

function parseUnits(text: string, name: 'TAO' | 'alpha'): bigint {
  const value = text.trim();
  const refuse = (message: string, hint: string): CliError =>
    new CliError('AMOUNT_INVALID', message, { hints: [hint], data: { value: clip(text) } });
  const example = 'Write a decimal number such as 10 or 0.25.';
  if (value === '') throw refuse('The amount is empty.', example);
  if (/^[+-]?(nan|inf(inity)?)$/i.test(value)) throw refuse(`"${clip(value)}" is not a number.`, example);
  if (/^-/.test(value)) throw refuse(`"${clip(value)}" is negative.`, 'Amounts are zero or more.');
  if (/^[\d.,]+e[+-]?\d+$/i.test(value)) {
    throw refuse(`"${clip(value)}" is in scientific notation.`, 'Write the digits out, for example 0.000001.');
  }
  if (/^\d[\d.,_' ]*$/.test(value) && /[,_' ]/.test(value)) {
    throw refuse(`"${clip(value)}" has a separator other than the decimal point.`, example);
  }
  const match = /^(\d*)(?:\.(\d*))?$/.exec(value);
  if (!match || value === '.') throw refuse(`"${clip(value)}" is not an amount of ${name}.`, example);
  const fraction = match[2] ?? '';
  if (fraction.length > DECIMALS) {
    throw refuse(
      `"${clip(value)}" has ${fraction.length} decimal places.`,
      `${name} has nine; the smallest amount is 0.000000001.`,
    );
  }
  const whole = match[1]!.replace(/^0+/, '');
  const units = whole.length > 11 ? U64_MAX + 1n : BigInt(`${whole}${fraction.padEnd(DECIMALS, '0')}`);
  if (units > U64_MAX) {
    throw refuse(`"${clip(value)}" is too large.`, `The chain counts ${name} up to ${formatUnits(U64_MAX)}.`);
  }
  return units;
}

function assertU64(value: bigint): bigint {
  if (value < 0n || value > U64_MAX) throw new RangeError(`amount outside u64: ${value}`);
  return value;
}

/** Input may be anything, so an error repeats only its start. */
function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
