import { I64F64, U64F64, U96F32 } from '../../../fixed/fixed.ts';
import { minOf, saturatingAddU64, saturatingSub, U128_MAX } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentAlphaPrice, type SwapResult, swap } from '../../swap/swap.ts';
import { currentBlock } from '../../system/block-number.ts';
import { taoWeightOf } from '../coinbase/root-proportion.ts';
import { inheritedStake } from '../epoch/stake-weights.ts';
import { errors } from '../errors.ts';
import {
  ChildKeys,
  EMAPriceHalvingBlocks,
  FirstEmissionBlockNumber,
  NetworksAdded,
  ParentKeys,
  StakingHotkeys,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetMechanism,
  SubnetMovingAlpha,
  SubnetMovingPrice,
  SubnetTAO,
  SubnetVolume,
  TaoWeight,
  TotalHotkeyAlpha,
  TotalStake,
} from '../storage.ts';
import { getAlphaSharePool } from './alpha-share-pool.ts';
import { movingPriceOf, nextMovingPrice } from './moving-price.ts';

/** Stake and the pools behind it; amounts are rao of alpha (of TAO on root). Source: staking/stake_utils.rs. */

/** Least TAO that a stake operation moves, in rao. */
export const DEFAULT_MIN_STAKE = 2_000_000n;

// ---- alpha and its price --------------------------------------------------------------------------------------------

/** Alpha in the pool and with stakers. */
export const getAlphaIssuance = (x: Ext, netuid: number): bigint =>
  saturatingAddU64(SubnetAlphaIn.get(x, netuid), SubnetAlphaOut.get(x, netuid));

/** Exponential average of the price, U64F64 bits; 1 on root and where the subnet has no pool. */
export function getMovingAlphaPrice(x: Ext, netuid: number): U64F64 {
  if (netuid === 0 || SubnetMechanism.get(x, netuid) === 0) return U64F64.one;
  return movingPriceOf(SubnetMovingPrice.get(x, netuid));
}

/** Moves the average by one block. */
export function updateMovingPrice(x: Ext, netuid: number): void {
  const next = nextMovingPrice({
    currentBlock: currentBlock(x),
    firstEmissionBlock: FirstEmissionBlockNumber.get(x, netuid) ?? 0n,
    halvingBlocks: EMAPriceHalvingBlocks.get(x, netuid),
    movingAlpha: SubnetMovingAlpha.get(x),
    movingPrice: getMovingAlphaPrice(x, netuid),
    price: currentAlphaPrice(x, netuid),
  });
  SubnetMovingPrice.insert(x, netuid, next);
}

/** Median of the subnets' prices that are above 0, U64F64 bits; 1 where there is none. */
export function getMedianSubnetAlphaPrice(x: Ext): U64F64 {
  const prices: U64F64[] = [];
  for (const [netuid, added] of NetworksAdded.iter(x)) {
    const price = added && netuid !== 0 ? currentAlphaPrice(x, netuid) : 0n;
    if (price > 0n) prices.push(price);
  }
  if (prices.length === 0) return U64F64.one;
  prices.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const lower = prices[Math.floor((prices.length - 1) / 2)]!;
  const upper = prices[Math.floor(prices.length / 2)]!;
  if (prices.length % 2 === 1) return upper;
  return U64F64.safeDiv(U64F64.saturatingAdd(lower, upper), U64F64.saturatingFromNum(2n));
}

// ---- reading stake --------------------------------------------------------------------------------------------------

/** Stake of all coldkeys on the hotkey. */
export const getStakeForHotkeyOnSubnet = (x: Ext, hotkey: AccountId, netuid: number): bigint =>
  TotalHotkeyAlpha.get(x, hotkey, netuid);

/** Stake of one coldkey on the hotkey, rounded down. */
export function getStakeForHotkeyAndColdkeyOnSubnet(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
): bigint {
  return getAlphaSharePool(x, hotkey, netuid).tryGetValue(coldkey) ?? 0n;
}

/** What would be left of a coldkey's stake. @throws NotEnoughStakeToWithdraw */
export function calculateReducedStakeOnSubnet(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
  decrement: bigint,
): bigint {
  const stake = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid);
  if (stake < decrement) throw errors.NotEnoughStakeToWithdraw;
  return stake - decrement;
}

/** Stake after childkeys: `stakeNetuid`'s stake moves along the relations of `netuid`. */
function inheritedStakeOf(x: Ext, hotkey: AccountId, netuid: number, stakeNetuid: number): bigint {
  const own = TotalHotkeyAlpha.get(x, hotkey, stakeNetuid);
  const children = ChildKeys.get(x, hotkey, netuid);
  const parents = ParentKeys.get(x, hotkey, netuid);
  if (children.length === 0 && parents.length === 0) return own;
  return inheritedStake(
    own,
    children.map(([proportion]) => proportion),
    parents.map(([proportion, parent]) => ({ proportion, stake: TotalHotkeyAlpha.get(x, parent, stakeNetuid) })),
  );
}

/** Alpha of a hotkey, minus what its children get, plus what it gets from parents. */
export const getInheritedForHotkeyOnSubnet = (x: Ext, hotkey: AccountId, netuid: number): bigint =>
  netuid === 0 ? TotalHotkeyAlpha.get(x, hotkey, 0) : inheritedStakeOf(x, hotkey, netuid, netuid);

/** The same of the hotkey's TAO on root, along the subnet's relations. */
export const getTaoInheritedForHotkeyOnSubnet = (x: Ext, hotkey: AccountId, netuid: number): bigint =>
  inheritedStakeOf(x, hotkey, netuid, 0);

/** Weight of TAO on root against alpha, U96F32 bits of 0 to 1. */
const getTaoWeight = (x: Ext): bigint => taoWeightOf(TaoWeight.get(x));

/** A hotkey's stake as the subnet weighs it, I64F64 bits: alpha + weighted TAO, alpha, TAO. */
export function getStakeWeightsForHotkeyOnSubnet(
  x: Ext,
  hotkey: AccountId,
  netuid: number,
): { readonly total: I64F64; readonly alpha: I64F64; readonly tao: I64F64 } {
  const weight = I64F64.saturatingFrom(U96F32, getTaoWeight(x));
  const alpha = I64F64.saturatingFromNum(getInheritedForHotkeyOnSubnet(x, hotkey, netuid));
  const tao = I64F64.saturatingFromNum(getTaoInheritedForHotkeyOnSubnet(x, hotkey, netuid));
  return { total: I64F64.saturatingAdd(alpha, I64F64.saturatingMul(tao, weight)), alpha, tao };
}

// ---- changing stake -------------------------------------------------------------------------------------------------

/** Amounts reach the share pool as i64: past its limit they turn negative, as in the chain. */
const asI64 = (amount: bigint): bigint => BigInt.asIntN(64, amount);

/** Raises the stake of all of a hotkey's coldkeys, each by its share. */
export function increaseStakeForHotkeyOnSubnet(x: Ext, hotkey: AccountId, netuid: number, amount: bigint): void {
  getAlphaSharePool(x, hotkey, netuid).updateValueForAll(asI64(amount));
}

/** Lowers the stake of all of a hotkey's coldkeys, each by its share. */
export function decreaseStakeForHotkeyOnSubnet(x: Ext, hotkey: AccountId, netuid: number, amount: bigint): void {
  getAlphaSharePool(x, hotkey, netuid).updateValueForAll(asI64(-asI64(amount)));
}

/** Records that a coldkey stakes on a hotkey. */
export function addStakingHotkey(x: Ext, coldkey: AccountId, hotkey: AccountId): void {
  const hotkeys = StakingHotkeys.get(x, coldkey);
  if (!hotkeys.includes(hotkey)) StakingHotkeys.insert(x, coldkey, [...hotkeys, hotkey]);
}

export function increaseStakeForHotkeyAndColdkeyOnSubnet(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
  amount: bigint,
): void {
  if (amount !== 0n) addStakingHotkey(x, coldkey, hotkey);
  getAlphaSharePool(x, hotkey, netuid).updateValueForOne(coldkey, asI64(amount));
}

/** Whether so small an amount would still change the coldkey's share. */
export const tryIncreaseStakeForHotkeyAndColdkeyOnSubnet = (
  x: Ext,
  hotkey: AccountId,
  netuid: number,
  amount: bigint,
): boolean => getAlphaSharePool(x, hotkey, netuid).simUpdateValueForOne(asI64(amount));

/** Lowers a coldkey's stake; nothing happens where it has less. */
export function decreaseStakeForHotkeyAndColdkeyOnSubnet(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
  amount: bigint,
): void {
  const pool = getAlphaSharePool(x, hotkey, netuid);
  const value = pool.tryGetValue(coldkey);
  if (value !== null && value >= amount) pool.updateValueForOne(coldkey, asI64(-asI64(amount)));
}

// ---- through the pool -----------------------------------------------------------------------------------------------

const I64_LIMIT = (1n << 63n) - 1n;

/** Without a pool TAO and alpha are one to one and free. */
function swapOrOneToOne(
  x: Ext,
  netuid: number,
  side: 'buy' | 'sell',
  amount: bigint,
  priceLimit: bigint,
  dropFees: boolean,
): SwapResult {
  if (SubnetMechanism.get(x, netuid) === 1) return swap(x, netuid, side, amount, priceLimit, dropFees, false);
  return { amountPaidIn: amount, amountPaidOut: amount, feePaid: 0n, feeToBlockAuthor: 0n };
}

function addVolume(x: Ext, netuid: number, tao: bigint): void {
  SubnetVolume.mutate(x, netuid, (total) => minOf(total + tao, U128_MAX));
}

/**
 * Buys alpha from the pool and books it there. The TAO itself and the buyer's stake are the caller's affair, the fee too.
 *
 * @throws as `swap`
 */
export function swapTaoForAlpha(
  x: Ext,
  netuid: number,
  tao: bigint,
  priceLimit: bigint,
  dropFees: boolean,
): SwapResult {
  const result = swapOrOneToOne(x, netuid, 'buy', tao, priceLimit, dropFees);
  decreaseProvidedAlphaReserve(x, netuid, minOf(result.amountPaidOut, I64_LIMIT + 1n));
  SubnetAlphaOut.mutate(x, netuid, (total) => saturatingAddU64(total, result.amountPaidOut));
  SubnetTAO.mutate(x, netuid, (total) => saturatingAddU64(total, minOf(result.amountPaidIn, I64_LIMIT)));
  TotalStake.mutate(x, (total) => saturatingAddU64(total, tao));
  addVolume(x, netuid, tao);
  return result;
}

/** Sells alpha to the pool and books it there; see `swapTaoForAlpha`. @throws as `swap` */
export function swapAlphaForTao(
  x: Ext,
  netuid: number,
  alpha: bigint,
  priceLimit: bigint,
  dropFees: boolean,
): SwapResult {
  const result = swapOrOneToOne(x, netuid, 'sell', alpha, priceLimit, dropFees);
  const alphaIn = minOf(result.amountPaidIn, I64_LIMIT);
  SubnetAlphaIn.mutate(x, netuid, (total) => saturatingAddU64(total, alphaIn));
  SubnetAlphaOut.mutate(x, netuid, (total) => saturatingSub(total, alphaIn));
  decreaseProvidedTaoReserve(x, netuid, minOf(result.amountPaidOut, I64_LIMIT + 1n));
  TotalStake.mutate(x, (total) => saturatingSub(total, result.amountPaidOut));
  addVolume(x, netuid, result.amountPaidOut);
  return result;
}

function decreaseProvidedTaoReserve(x: Ext, netuid: number, tao: bigint): void {
  if (tao !== 0n) SubnetTAO.mutate(x, netuid, (total) => saturatingSub(total, tao));
}

function decreaseProvidedAlphaReserve(x: Ext, netuid: number, alpha: bigint): void {
  if (alpha !== 0n) SubnetAlphaIn.mutate(x, netuid, (total) => saturatingSub(total, alpha));
}
