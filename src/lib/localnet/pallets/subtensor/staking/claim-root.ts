import { I96F32 } from '../../../fixed/fixed.ts';
import { minOf, saturatingAddU64, saturatingSub, U64_MAX, U128_MAX } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { addWeight, dbReads, dbReadsWrites, NO_WEIGHT, type Weight, weight } from '../../../frame/weight.ts';
import { fromHex } from '../../../scale/bytes.ts';
import type { ValueOf } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { MIN_PRICE } from '../../swap/swap.ts';
import { recordProtocolOutflow } from '../coinbase/subnet-emissions.ts';
import { transferTaoFromSubnet } from '../coinbase/tao.ts';
import { events } from '../events.ts';
import {
  NumRootClaim,
  NumStakingColdkeys,
  Owner,
  RootClaimable,
  RootClaimableThreshold,
  RootClaimed,
  RootClaimType,
  StakingColdkeysByIndex,
  StakingHotkeys,
  SubnetAlphaOut,
  SubnetRootSellTao,
  SubnetTAO,
  TotalStake,
} from '../storage.ts';
import { ROOT_NETUID } from '../subnets/subnet.ts';
import { subnetAccountId } from '../subnets/subnet-account.ts';
import type { RootClaimTypeEnum } from '../types.ts';
import {
  getStakeForHotkeyAndColdkeyOnSubnet,
  getStakeForHotkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
  swapAlphaForTao,
} from './stake-utils.ts';

/** Dividends of root stakers: what a hotkey owes them per rao of root stake, and how they get it. Source: staking/claim_root.rs. */

export type RootClaimTypeValue = ValueOf<typeof RootClaimTypeEnum>;

const CLAIM_WEIGHT: Weight = addWeight(weight(60_000_000n, 6987n), dbReadsWrites(7, 5));

/** Puts alpha aside for the root stakers of a hotkey. More alpha than they have TAO goes to the hotkey's owner instead. */
export function increaseRootClaimableForHotkeyAndSubnet(
  x: Ext,
  hotkey: AccountId,
  netuid: number,
  amount: bigint,
): void {
  const rootStake = getStakeForHotkeyOnSubnet(x, hotkey, ROOT_NETUID);
  if (amount > rootStake) {
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, Owner.get(x, hotkey), netuid, amount);
    return;
  }
  const rate = I96F32.checkedDiv(I96F32.saturatingFromNum(amount), I96F32.saturatingFromNum(rootStake)) ?? 0n;
  RootClaimable.mutate(x, hotkey, (claimable) => addRate(claimable, netuid, rate));
}

type Claimable = readonly (readonly [netuid: number, rate: I96F32])[];

/** The map with `rate` added to an entry, in order of netuids. */
function addRate(claimable: Claimable, netuid: number, rate: I96F32): Claimable {
  const at = claimable.findIndex(([key]) => key >= netuid);
  if (at < 0) return [...claimable, [netuid, rate]];
  const [key, old] = claimable[at]!;
  return key === netuid
    ? claimable.with(at, [netuid, I96F32.saturatingAdd(old, rate)])
    : claimable.toSpliced(at, 0, [netuid, rate]);
}

const rateOf = (claimable: Claimable, netuid: number): I96F32 => claimable.find(([key]) => key === netuid)?.[1] ?? 0n;

/** Alpha that the coldkey's root stake has earned ever, I96F32 bits of rao. */
function getRootClaimableForHotkeyColdkey(x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number): I96F32 {
  const rootStake = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, ROOT_NETUID);
  return I96F32.saturatingMul(rateOf(RootClaimable.get(x, hotkey), netuid), I96F32.saturatingFromNum(rootStake));
}

/** Alpha that the coldkey can claim still, I96F32 bits of rao; below 0 where rounding gave too much. */
function getRootOwedForHotkeyColdkeyFloat(x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number): I96F32 {
  return owedOf(x, hotkey, coldkey, netuid, getRootClaimableForHotkeyColdkey(x, hotkey, coldkey, netuid));
}

const owedOf = (x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number, claimable: I96F32): I96F32 =>
  I96F32.saturatingSub(claimable, I96F32.saturatingFromNum(RootClaimed.get(x, [netuid, hotkey, coldkey])));

/** Alpha that the coldkey can claim still, in rao. */
export const getRootOwedForHotkeyColdkey = (x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number): bigint =>
  I96F32.saturatingToU64(getRootOwedForHotkeyColdkeyFloat(x, hotkey, coldkey, netuid));

/**
 * Claims on one subnet; nothing happens below the threshold.
 *
 * @param ignoreMinimumCondition claims any whole rao
 * @throws as `swap` and `transferTao`, with nothing changed
 */
export function rootClaimOnSubnet(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
  claimType: RootClaimTypeValue,
  ignoreMinimumCondition: boolean,
): void {
  const owed = getRootOwedForHotkeyColdkeyFloat(x, hotkey, coldkey, netuid);
  claimOwed(x, hotkey, coldkey, netuid, claimType, owed, ignoreMinimumCondition);
}

/** Whether anything was claimed. */
function claimOwed(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: number,
  claimType: RootClaimTypeValue,
  owed: I96F32,
  ignoreMinimumCondition: boolean,
): boolean {
  if (!ignoreMinimumCondition && owed < RootClaimableThreshold.get(x, netuid)) return false;
  const alpha = I96F32.saturatingToU64(owed);
  if (alpha === 0n) return false;
  if (isSwapped(claimType, netuid)) x.transact(() => swapClaim(x, hotkey, coldkey, netuid, alpha));
  else increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid, alpha);
  RootClaimed.mutate(x, [netuid, hotkey, coldkey], (claimed) => minOf(claimed + alpha, U128_MAX));
  return true;
}

function isSwapped(claimType: RootClaimTypeValue, netuid: number): boolean {
  if (claimType.type === 'KeepSubnets') return !claimType.value.subnets.includes(netuid);
  return claimType.type === 'Swap';
}

/** Sells the alpha and adds the TAO to the coldkey's root stake. */
function swapClaim(x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number, alpha: bigint): void {
  const tao = swapAlphaForTao(x, netuid, alpha, MIN_PRICE, true).amountPaidOut;
  transferTaoFromSubnet(x, netuid, subnetAccountId(ROOT_NETUID), tao);
  SubnetRootSellTao.mutate(x, netuid, (total) => saturatingAddU64(total, tao));
  recordProtocolOutflow(x, netuid, tao);
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, ROOT_NETUID, tao);
  SubnetTAO.mutate(x, ROOT_NETUID, (total) => saturatingAddU64(total, tao));
  SubnetAlphaOut.mutate(x, ROOT_NETUID, (total) => saturatingAddU64(total, tao));
  TotalStake.mutate(x, (total) => saturatingAddU64(total, tao));
  addStakeAdjustRootClaimedForHotkeyAndColdkey(x, hotkey, coldkey, tao);
}

/** Claims on all of a hotkey's subnets, or on those named. Returns the weight. @throws as `rootClaimOnSubnet` */
function rootClaimAll(x: Ext, hotkey: AccountId, coldkey: AccountId, subnets: readonly number[] | undefined): Weight {
  let used = dbReads(2);
  const claimType = RootClaimType.get(x, coldkey);
  // A claim changes the root stake that the next one is measured by.
  let rootStake: I96F32 | undefined;
  for (const [netuid, rate] of RootClaimable.get(x, hotkey)) {
    if (subnets && !subnets.includes(netuid)) continue;
    rootStake ??= I96F32.saturatingFromNum(getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, ROOT_NETUID));
    const owed = owedOf(x, hotkey, coldkey, netuid, I96F32.saturatingMul(rate, rootStake));
    if (claimOwed(x, hotkey, coldkey, netuid, claimType, owed, false)) rootStake = undefined;
    used = addWeight(used, CLAIM_WEIGHT);
  }
  return used;
}

const earned = (rate: I96F32, amount: bigint): bigint =>
  I96F32.saturatingToU128(I96F32.saturatingMul(rate, I96F32.saturatingFromNum(amount)));

/** New root stake has earned nothing yet: what it would have earned counts as claimed. */
export function addStakeAdjustRootClaimedForHotkeyAndColdkey(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  amount: bigint,
): void {
  for (const [netuid, rate] of RootClaimable.get(x, hotkey)) {
    const claimed = RootClaimed.get(x, [netuid, hotkey, coldkey]);
    RootClaimed.insert(x, [netuid, hotkey, coldkey], minOf(claimed + earned(rate, amount), U128_MAX));
  }
}

/** Root stake that leaves takes with it what it had earned. */
export function removeStakeAdjustRootClaimedForHotkeyAndColdkey(
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
  amount: bigint,
): void {
  for (const [netuid, rate] of RootClaimable.get(x, hotkey)) {
    if (netuid === ROOT_NETUID) continue;
    const claimed = RootClaimed.get(x, [netuid, hotkey, coldkey]);
    RootClaimed.insert(x, [netuid, hotkey, coldkey], saturatingSub(claimed, earned(rate, amount)));
  }
}

/** Claims for a coldkey on all its hotkeys, wholly or not at all. Returns the weight. @throws as `rootClaimOnSubnet` */
export function doRootClaim(x: Ext, coldkey: AccountId, subnets: readonly number[] | undefined): Weight {
  return x.transact(() => {
    let used = dbReads(1);
    for (const hotkey of StakingHotkeys.get(x, coldkey)) {
      used = addWeight(used, addWeight(dbReads(1), rootClaimAll(x, hotkey, coldkey, subnets)));
    }
    events.deposit(x, 'RootClaimed', { coldkey });
    return used;
  });
}

/** Up to `k` places in a table of `n`, drawn from a block hash; ascending. Source: `block_hash_to_indices`. */
export function blockHashToIndices(blockHash: string, k: bigint, n: bigint): bigint[] {
  const bytes = fromHex(blockHash);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const indices = new Set<bigint>();
  let last = view.getBigUint64(0);
  for (let i = 0; i < k; i++) {
    const next = minOf(last + view.getBigUint64((i * 8) % 32), U64_MAX);
    last = n === 0n ? 0n : next % n;
    indices.add(last);
  }
  return [...indices].sort((a, b) => (a < b ? -1 : 1));
}

/** Claims for a few coldkeys that the parent block's hash picks; a claim that fails is dropped. Returns the weight. */
export function runAutoClaimRootDivs(x: Ext, parentHash: string): Weight {
  const k = NumRootClaim.get(x);
  const indices = blockHashToIndices(parentHash, k, NumStakingColdkeys.get(x));
  let used = addWeight(dbReads(2), addWeight(weight(3_000_000n, 1517n), weight(100_412n * k)));
  for (const index of indices) {
    used = addWeight(used, dbReads(1));
    const coldkey = StakingColdkeysByIndex.get(x, index);
    if (coldkey !== undefined) used = addWeight(used, tryRootClaim(x, coldkey));
  }
  return used;
}

function tryRootClaim(x: Ext, coldkey: AccountId): Weight {
  try {
    return doRootClaim(x, coldkey, undefined);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return NO_WEIGHT;
  }
}

export function changeRootClaimType(x: Ext, coldkey: AccountId, claimType: RootClaimTypeValue): void {
  RootClaimType.insert(x, coldkey, claimType);
  events.deposit(x, 'RootClaimTypeSet', { coldkey, root_claim_type: claimType });
}

/** Moves what was claimed from one pair of keys to another. */
export function transferRootClaimedForNewKeys(
  x: Ext,
  netuid: number,
  oldHotkey: AccountId,
  newHotkey: AccountId,
  oldColdkey: AccountId,
  newColdkey: AccountId,
): void {
  const claimed = RootClaimed.take(x, [netuid, oldHotkey, oldColdkey]);
  RootClaimed.mutate(x, [netuid, newHotkey, newColdkey], (other) => minOf(claimed + other, U128_MAX));
}

/** Moves what a hotkey owes its root stakers to another hotkey. */
export function transferRootClaimableForNewHotkey(x: Ext, oldHotkey: AccountId, newHotkey: AccountId): void {
  const moved: Claimable = RootClaimable.take(x, oldHotkey);
  const merged = moved.reduce(
    (claimable, [netuid, rate]) => addRate(claimable, netuid, rate),
    RootClaimable.get(x, newHotkey),
  );
  RootClaimable.insert(x, newHotkey, merged);
}

/** Forgets what a subnet that goes away owes root stakers. */
export function finalizeAllSubnetRootDividends(x: Ext, netuid: number): void {
  for (const hotkey of [...RootClaimable.keys(x)]) {
    RootClaimable.mutate(x, hotkey, (claimable) => claimable.filter(([key]) => key !== netuid));
  }
  RootClaimed.clearPrefix(x, [netuid]);
}
