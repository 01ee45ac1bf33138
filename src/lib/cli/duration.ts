import { grouped } from '../units.ts';

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['year', 365 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`;

/** A time span in its largest unit and the one below: "3 years 41 days", "5 minutes". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const largest = UNITS.findIndex(([, length]) => whole >= length);
  if (largest < 0) return '0 seconds';
  const [name, length] = UNITS[largest]!;
  const count = Math.floor(whole / length);
  const below = UNITS[largest + 1];
  const rest = below ? Math.floor((whole - count * length) / below[1]) : 0;
  return rest === 0 ? counted(count, name) : `${counted(count, name)} ${counted(rest, below![0])}`;
}

const BLOCK_SECONDS = 12;

/** A number of blocks, and how long that is where they come as they should: "36,000 blocks (about 5 days)". */
export function blocksOf(count: number): string {
  return `${grouped(count)} blocks (about ${duration(count * BLOCK_SECONDS)})`;
}
