const SUPPLY_SHIFT = 32n;
const FULL_SUPPLY = 1n << SUPPLY_SHIFT;

/** Most TAO that can exist, in rao; alpha of a subnet has the same curve and limit. */
export const TOTAL_SUPPLY = 21_000_000_000_000_000n;
/** Emission per block before the first halving, in rao. */
const DEFAULT_BLOCK_EMISSION = 1_000_000_000n;

/**
 * Emission per block at an issuance: the default, halved once for each time that the remaining supply has halved.
 *
 * The chain takes floor(log2(1 / (1 - issuance / supply))) in I96F32. With m = what remains, in 2^32nds of the supply rounded up, that is
 * the number of times 2^32 has to be halved to still hold m, and so the leading zeros of m - 1.
 *
 * @param issuance rao, u64
 * @returns rao
 * Source: pallets/subtensor coinbase/block_emission.rs `get_block_emission_for_issuance`.
 */
export function blockEmissionForIssuance(
  issuance: bigint,
  totalSupply = TOTAL_SUPPLY,
  defaultEmission = DEFAULT_BLOCK_EMISSION,
): bigint {
  if (issuance >= totalSupply) return 0n;
  const remaining = FULL_SUPPLY - (issuance << SUPPLY_SHIFT) / TOTAL_SUPPLY;
  if (remaining <= 0n) return 0n;
  const halvings = Math.clz32(Number(remaining - 1n));
  return defaultEmission >> BigInt(halvings);
}

/**
 * The smallest issuance at which the emission per block is smaller than it is at this one; undefined once nothing is emitted.
 *
 * @param issuance rao, u64
 */
export function nextHalvingIssuance(issuance: bigint): bigint | undefined {
  if (blockEmissionForIssuance(issuance) === 0n) return undefined;
  const remaining = FULL_SUPPLY - (issuance << SUPPLY_SHIFT) / TOTAL_SUPPLY;
  const halvings = BigInt(Math.clz32(Number(remaining - 1n)));
  // One leading zero more needs that at most 2^(31 - halvings) remains.
  const used = FULL_SUPPLY - (1n << (SUPPLY_SHIFT - 1n - halvings));
  return (used * TOTAL_SUPPLY + FULL_SUPPLY - 1n) >> SUPPLY_SHIFT;
}
