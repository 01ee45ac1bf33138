/** Parts of 10^18, `0 … 10^18`: the chain's `Perquintill`. */
export type Perquintill = bigint;

/** Parts that make a whole. */
export const PERQUINTILL_ONE: Perquintill = 1_000_000_000_000_000_000n;

/** `p / q` rounded down; 1 where q is zero or less than p. Source: sp-arithmetic `Perquintill::from_rational`. */
export function perquintillFromRational(p: bigint, q: bigint): Perquintill {
  return q === 0n || p > q ? PERQUINTILL_ONE : (PERQUINTILL_ONE * p) / q;
}
