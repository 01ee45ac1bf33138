import { U64F64 } from '../../../fixed/fixed.ts';
import { maxOf, minOf, U64_MAX } from '../../../fixed/integer.ts';

/**
 * The price of a registration: it decays by half in `BurnHalfLife` blocks and is multiplied at each registration.
 * Amounts are rao. Source: pallets/subtensor subnets/registration.rs, utils/misc.rs.
 */

const ONE_Q32 = 1n << 32n;
const HALF_Q32 = 1n << 31n;

/** Limits of a subnet's registration price, rao. */
export interface BurnBounds {
  readonly minBurn: bigint;
  readonly maxBurn: bigint;
}

/** `value * factor / 2^32`, rounded down, limited to u64. */
export function mulByQ32(value: bigint, factorQ32: bigint): bigint {
  return minOf((value * factorQ32) >> 32n, U64_MAX);
}

function powQ32(base: bigint, exponent: number): bigint {
  let result = ONE_Q32;
  let factor = base;
  for (let power = exponent; power > 0; power >>= 1) {
    if (power & 1) result = mulByQ32(result, factor);
    factor = mulByQ32(factor, factor);
  }
  return result;
}

const factorByHalfLife = new Map<number, bigint>();

/** Factor per block, in 2^-32, whose power of `halfLife` (u16, blocks) is one half; 1 for a half-life of 0. */
export function decayFactorQ32(halfLife: number): bigint {
  if (halfLife === 0) return ONE_Q32;
  const known = factorByHalfLife.get(halfLife);
  if (known !== undefined) return known;
  let low = 0n;
  let high = ONE_Q32;
  while (low + 1n < high) {
    const middle = low + ((high - low) >> 1n);
    if (powQ32(middle, halfLife) > HALF_Q32) high = middle;
    else low = middle;
  }
  factorByHalfLife.set(halfLife, low);
  return low;
}

function bounded(burn: bigint, { minBurn, maxBurn }: BurnBounds): bigint {
  // Where the bounds contradict each other the upper one wins, as on the chain.
  return minOf(maxOf(burn, minBurn), maxBurn);
}

/** Price after the decay of one block; there is none in the first block. */
export function decayBurn(burn: bigint, bounds: BurnBounds, halfLife: number, currentBlock: bigint): bigint {
  const decayed = halfLife > 0 && currentBlock > 1n ? mulByQ32(burn, decayFactorQ32(halfLife)) : burn;
  return bounded(decayed, bounds);
}

/** Price after one registration. @param increaseMult `BurnIncreaseMult`, at least 1 */
export function bumpBurn(burn: bigint, bounds: BurnBounds, increaseMult: U64F64): bigint {
  const product = U64F64.saturatingMul(U64F64.saturatingFromNum(burn), maxOf(increaseMult, U64F64.one));
  return bounded(U64F64.saturatingToU64(product), bounds);
}
