import { U64F64, U96F32 } from '../../../fixed/fixed.ts';
import { minOf } from '../../../fixed/integer.ts';

/**
 * Which subnet gets how much of a block's TAO, and what of it enters its pool. Lists are in the order of the emitting subnets.
 * Source: pallets/subtensor coinbase/subnet_emissions.rs and run_coinbase.rs.
 */

/** What a subnet's share of the emission depends on. */
export interface SubnetShareInput {
  /** Moving price of its alpha (1 where the subnet has no price of its own). */
  readonly movingPrice: U64F64;
  /** `MinerBurned`: part of the miners' incentive withheld in the last epoch. */
  readonly minerBurned: U96F32;
  /** `SubnetEmissionEnabled`. */
  readonly emissionEnabled: boolean;
}

/** Amounts of one subnet in one block, U96F32 bits of rao. */
export interface SubnetTerms {
  /** TAO put into the pool. */
  readonly taoIn: U96F32;
  /** Alpha put into the pool. */
  readonly alphaIn: U96F32;
  /** Alpha minted for participants. */
  readonly alphaOut: U96F32;
  /** TAO spent on buying alpha from the pool. */
  readonly excessTao: U96F32;
}

const { one: ONE } = U64F64;

function saturatingSum(values: readonly U64F64[]): U64F64 {
  return values.reduce((sum, value) => U64F64.saturatingAdd(sum, value), 0n);
}

/** Each moving price over the sum of all; all 0 when there is no price. */
function sharesByMovingPrice(movingPrices: readonly U64F64[]): U64F64[] {
  const total = saturatingSum(movingPrices);
  return movingPrices.map((price) => U64F64.safeDiv(price, total));
}

/** Price shares weighted with the part of incentive that was paid out; the plain price shares when nothing remains. */
function getShares(subnets: readonly SubnetShareInput[]): U64F64[] {
  const priceShares = sharesByMovingPrice(subnets.map((subnet) => subnet.movingPrice));
  const weighted = priceShares.map((share, i) => {
    const burned = minOf(U64F64.saturatingFrom(U96F32, subnets[i]!.minerBurned), ONE);
    return U64F64.saturatingMul(share, U64F64.saturatingSub(ONE, burned));
  });
  const total = saturatingSum(weighted);
  return total > 0n ? weighted.map((weight) => U64F64.safeDiv(weight, total)) : priceShares;
}

/**
 * TAO emission of each subnet. A subnet with emission disabled gets 0 and the others share what it would have had.
 *
 * @param blockEmission U96F32 bits of rao
 * @returns U96F32 bits of rao
 */
export function getSubnetBlockEmissions(subnets: readonly SubnetShareInput[], blockEmission: U96F32): U96F32[] {
  let shares = getShares(subnets);
  if (subnets.some((subnet) => !subnet.emissionEnabled)) {
    const enabled = shares.map((share, i) => (subnets[i]!.emissionEnabled ? share : 0n));
    const total = saturatingSum(enabled);
    shares = enabled.map((share) => U64F64.safeDiv(share, total));
  }
  const emission = U64F64.saturatingFrom(U96F32, blockEmission);
  return shares.map((share) => U96F32.saturatingFrom(U64F64, U64F64.saturatingMul(emission, share)));
}

/**
 * Splits a subnet's TAO emission into liquidity and a purchase: alpha may enter the pool up to the root proportion of the alpha emission,
 * TAO along with it at the current price, and the rest of the TAO buys alpha.
 *
 * @param taoEmission U96F32 bits of rao
 * @param alphaEmission rao of alpha per block at the subnet's issuance
 * @param price current price of alpha
 */
export function getSubnetTerms(
  taoEmission: U96F32,
  alphaEmission: bigint,
  price: U64F64,
  rootProportion: U96F32,
): SubnetTerms {
  const alphaOut = U96F32.saturatingFromNum(alphaEmission);
  const poolPrice = U96F32.saturatingFrom(U64F64, price);
  let taoIn = taoEmission;
  let alphaIn = U96F32.safeDiv(taoEmission, poolPrice);
  const cap = U96F32.saturatingMul(rootProportion, alphaOut);
  if (alphaIn > cap) {
    alphaIn = cap;
    taoIn = U96F32.saturatingMul(alphaIn, poolPrice);
  }
  return { taoIn, alphaIn, alphaOut, excessTao: U96F32.saturatingSub(taoEmission, taoIn) };
}

/** Whether root dividends are sold: only while the moving prices of the emitting subnets add up to more than 1. */
export function getNetworkRootSellFlag(movingPrices: readonly U64F64[]): boolean {
  return U64F64.sum(movingPrices) > ONE;
}
