import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { type SafeFloat, safeFloatFromU64F64 } from '../../../fixed/safe-float.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { fromHex, toHex } from '../../../scale/bytes.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentAlphaPrice, simSwap } from '../../swap/swap.ts';
import { errors } from '../errors.ts';
import {
  Alpha,
  AlphaMapLastKey,
  AlphaV2,
  AlphaV2MapLastKey,
  Delegates,
  OwnedHotkeys,
  Owner,
  StakingHotkeys,
  TotalStake,
} from '../storage.ts';
import { getAllSubnetNetuids } from '../subnets/subnet.ts';
import { isSubnetAccountId } from '../subnets/subnet-account.ts';
import { addStakingHotkey, getStakeForHotkeyAndColdkeyOnSubnet, getStakeForHotkeyOnSubnet } from './stake-utils.ts';
import { maybeAddColdkeyIndex } from './staking-coldkeys.ts';

/** Hotkeys, their owners, and totals over stake. Source: staking/helpers.rs. */

// ---- hotkeys --------------------------------------------------------------------------------------------------------

/** Whether the hotkey has an owner. */
export const hotkeyAccountExists = (x: Ext, hotkey: AccountId): boolean => Owner.containsKey(x, hotkey);

export const coldkeyOwnsHotkey = (x: Ext, coldkey: AccountId, hotkey: AccountId): boolean =>
  Owner.tryGet(x, hotkey) === coldkey;

/** The owner; the zero account where there is none. */
export const getOwningColdkeyForHotkey = (x: Ext, hotkey: AccountId): AccountId => Owner.get(x, hotkey);

/** Gives a hotkey without owner to the coldkey. @throws CannotUseSystemAccount */
export function createAccountIfNonExistent(x: Ext, coldkey: AccountId, hotkey: AccountId): void {
  if (isSubnetAccountId(hotkey) !== undefined) throw errors.CannotUseSystemAccount;
  if (hotkeyAccountExists(x, hotkey)) return;
  Owner.insert(x, hotkey, coldkey);
  const owned = OwnedHotkeys.get(x, coldkey);
  if (!owned.includes(hotkey)) OwnedHotkeys.insert(x, coldkey, [...owned, hotkey]);
  addStakingHotkey(x, coldkey, hotkey);
}

/** @throws CannotUseSystemAccount */
export function setHotkeyOwner(x: Ext, coldkey: AccountId, hotkey: AccountId): void {
  if (isSubnetAccountId(hotkey) !== undefined) throw errors.CannotUseSystemAccount;
  Owner.insert(x, hotkey, coldkey);
}

export const hotkeyIsDelegate = (x: Ext, hotkey: AccountId): boolean => Delegates.containsKey(x, hotkey);

/** @param take parts of 65535 */
export const delegateHotkey = (x: Ext, hotkey: AccountId, take: number): void => Delegates.insert(x, hotkey, take);

/** The owner's part of the hotkey's dividends, parts of 65535. */
const getHotkeyTake = (x: Ext, hotkey: AccountId): number => Delegates.get(x, hotkey);

export function maybeBecomeDelegate(x: Ext, hotkey: AccountId): void {
  if (!hotkeyIsDelegate(x, hotkey)) delegateHotkey(x, hotkey, getHotkeyTake(x, hotkey));
}

// ---- totals ---------------------------------------------------------------------------------------------------------

/** TAO in all pools and on root, in rao. */
const getTotalStake = (x: Ext): bigint => TotalStake.get(x);
export const increaseTotalStake = (x: Ext, tao: bigint): void =>
  TotalStake.put(x, saturatingAddU64(getTotalStake(x), tao));

/** A hotkey's stake on all subnets at the pools' prices, in rao of TAO. */
export function getTotalStakeForHotkey(x: Ext, hotkey: AccountId): bigint {
  const worth = getAllSubnetNetuids(x).map((netuid) => {
    const alpha = getStakeForHotkeyOnSubnet(x, hotkey, netuid);
    return alpha === 0n ? 0n : U64F64.saturatingMul(U64F64.saturatingFromNum(alpha), currentAlphaPrice(x, netuid));
  });
  return U64F64.saturatingToU64(U64F64.sum(worth));
}

/** What selling the coldkey's stake on one hotkey would bring, the fee at the price added back; 0 where it cannot be sold. */
function proceeds(x: Ext, hotkey: AccountId, coldkey: AccountId, netuid: number): bigint {
  const alpha = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid);
  try {
    const { amountPaidOut, feePaid } = simSwap(x, netuid, 'sell', alpha);
    const fee = U64F64.saturatingMul(U64F64.saturatingFromNum(feePaid), currentAlphaPrice(x, netuid));
    return saturatingAddU64(amountPaidOut, U64F64.saturatingToU64(fee));
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return 0n;
  }
}

/** Iterator sums of the chain wrap. */
const sumU64 = (values: readonly bigint[]): bigint =>
  BigInt.asUintN(
    64,
    values.reduce((sum, value) => sum + value, 0n),
  );

/** What a coldkey's stake everywhere would bring, each position sold by itself; rao of TAO. */
export const getTotalStakeForColdkey = (x: Ext, coldkey: AccountId): bigint =>
  sumU64(
    StakingHotkeys.get(x, coldkey).flatMap((hotkey) =>
      alphaIterPrefix(x, hotkey, coldkey).map(([netuid]) => proceeds(x, hotkey, coldkey, netuid)),
    ),
  );

/** The same on one subnet. */
export const getTotalStakeForColdkeyOnSubnet = (x: Ext, coldkey: AccountId, netuid: number): bigint =>
  sumU64(
    StakingHotkeys.get(x, coldkey).flatMap((hotkey) =>
      alphaIterPrefix(x, hotkey, coldkey).some(([key]) => key === netuid) ? [proceeds(x, hotkey, coldkey, netuid)] : [],
    ),
  );

// ---- shares of both formats -----------------------------------------------------------------------------------------

type Position = readonly [hotkey: AccountId, coldkey: AccountId, netuid: number, share: SafeFloat];

/** Shares under a prefix, new format before old where both are there, in order of the keys. */
function mergedShares(x: Ext, prefix: readonly AccountId[]): Position[] {
  const merged = new Map<string, Position>();
  const sortKey = ([hotkey, coldkey, netuid]: readonly [AccountId, AccountId, number]) =>
    hotkey + coldkey + netuid.toString(16).padStart(4, '0');
  if (!Alpha.isEmpty(x)) {
    for (const [key, share] of Alpha.iterPrefix(x, prefix))
      merged.set(sortKey(key), [...key, safeFloatFromU64F64(share)]);
  }
  for (const [key, share] of AlphaV2.iterPrefix(x, prefix)) merged.set(sortKey(key), [...key, share]);
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, position]) => position);
}

/** Every share that is stored, ordered by hotkey, coldkey, netuid. */
export const alphaIter = (x: Ext): readonly Position[] => mergedShares(x, []);

/** Shares on a hotkey, ordered by coldkey and netuid. */
export const alphaIterSinglePrefix = (
  x: Ext,
  hotkey: AccountId,
): readonly (readonly [coldkey: AccountId, netuid: number, share: SafeFloat])[] =>
  mergedShares(x, [hotkey]).map(([, coldkey, netuid, share]) => [coldkey, netuid, share]);

/** A coldkey's shares on a hotkey that are not zero, ordered by netuid. */
export const alphaIterPrefix = (
  x: Ext,
  hotkey: AccountId,
  coldkey: AccountId,
): readonly (readonly [netuid: number, share: SafeFloat])[] =>
  mergedShares(x, [hotkey, coldkey])
    .filter(([, , , share]) => share.mantissa !== 0n)
    .map(([, , netuid, share]) => [netuid, share]);

// ---- the table of root stakers ----------------------------------------------------------------------------------------

/** Shares that one block looks at. */
const ALPHA_MAP_BATCH_SIZE = 30;

type ShareMap = typeof Alpha | typeof AlphaV2;

/** Enters coldkeys with root stake in the table of claims, a batch of shares a block, over and over. */
function populateFrom(x: Ext, shares: ShareMap, lastKey: typeof AlphaMapLastKey): void {
  const last = lastKey.get(x);
  const batch = shares.keysAfter(x, last === undefined ? '' : toHex(last), ALPHA_MAP_BATCH_SIZE);
  if (last === undefined && batch.length === 0) return;
  for (const [, [, coldkey, netuid]] of batch) if (netuid === 0) maybeAddColdkeyIndex(x, coldkey);
  const ended = batch.length < ALPHA_MAP_BATCH_SIZE;
  lastKey.put(x, ended ? undefined : fromHex(batch.at(-1)![0]));
}

/** The batch over shares of the old format. */
export const populateRootColdkeyStakingMaps = (x: Ext): void => populateFrom(x, Alpha, AlphaMapLastKey);

/** The batch over shares of the new format. */
export const populateRootColdkeyStakingMapsV2 = (x: Ext): void => populateFrom(x, AlphaV2, AlphaV2MapLastKey);
