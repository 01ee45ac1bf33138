import { U96F32 } from '../../../fixed/fixed.ts';
import { saturatingAddU64 } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { u64ProportionToFixed } from '../epoch/stake-weights.ts';
import { getChildkeyTake, getChildren, getParents } from '../staking/set-children.ts';
import { getStakeForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import { CKBurn, Owner, TaoWeight } from '../storage.ts';
import { recycleSubnetAlpha } from './alpha.ts';
import { taoWeightOf } from './root-proportion.ts';

/** Who gets which part of an epoch's dividends. Source: coinbase/run_coinbase.rs. */

/** What one hotkey earned in the epoch, rao of alpha. */
export interface HotkeyEmission {
  readonly hotkey: AccountId;
  readonly incentive: bigint;
  readonly dividend: bigint;
}

const U16_MAX_FIXED = U96F32.saturatingFromNum(65_535n);
const byAccount = <T>(map: Map<AccountId, T>): [AccountId, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** The stake that a hotkey brings itself: what it does not give to children, with root weighted, in rao. */
function getSelfContribution(x: Ext, hotkey: AccountId, netuid: number, taoWeight: bigint): bigint {
  let remaining = U96F32.one;
  for (const [proportion] of getChildren(x, hotkey, netuid)) {
    remaining = U96F32.saturatingSub(remaining, u64ProportionToFixed(proportion));
  }
  return U96F32.saturatingToU64(contribution(x, hotkey, netuid, remaining, taoWeight));
}

function contribution(x: Ext, hotkey: AccountId, netuid: number, proportion: bigint, taoWeight: bigint): bigint {
  const root = U96F32.saturatingFromNum(getStakeForHotkeyOnSubnet(x, hotkey, 0));
  const alpha = U96F32.saturatingFromNum(getStakeForHotkeyOnSubnet(x, hotkey, netuid));
  return U96F32.saturatingAdd(
    U96F32.saturatingMul(alpha, proportion),
    U96F32.saturatingMul(U96F32.saturatingMul(root, proportion), taoWeight),
  );
}

/** A hotkey's dividends split between its parents and itself, takes and rounding to itself, in the chain's order. */
export function getParentChildDividendsDistribution(
  x: Ext,
  hotkey: AccountId,
  netuid: number,
  dividends: bigint,
): [AccountId, bigint][] {
  const parents = getParents(x, hotkey, netuid);
  if (parents.length === 0) return [[hotkey, dividends]];
  const validating = U96F32.saturatingFromNum(dividends);
  const taoWeight = taoWeightOf(TaoWeight.get(x));
  const burnProportion = u64ProportionToFixed(CKBurn.get(x));
  const takeProportion = U96F32.safeDiv(
    U96F32.saturatingFromNum(BigInt(getChildkeyTake(x, hotkey, netuid))),
    U16_MAX_FIXED,
  );
  const owner = Owner.get(x, hotkey);
  let total = U96F32.saturatingFromNum(getSelfContribution(x, hotkey, netuid, taoWeight));
  const contributions = parents.map(([proportion, parent]) => {
    const value = contribution(x, parent, netuid, u64ProportionToFixed(proportion), taoWeight);
    total = U96F32.saturatingAdd(total, value);
    return { parent, value };
  });

  const tuples: [AccountId, bigint][] = [];
  let remaining = validating;
  let totalTake = 0n;
  for (const { parent, value } of contributions) {
    let emission = U96F32.saturatingMul(validating, U96F32.checkedDiv(value, total) ?? 0n);
    remaining = U96F32.saturatingSub(remaining, emission);
    if (Owner.get(x, parent) !== owner) {
      const burn = U96F32.saturatingMul(burnProportion, emission);
      const take = U96F32.saturatingMul(takeProportion, emission);
      emission = U96F32.saturatingSub(U96F32.saturatingSub(emission, burn), take);
      totalTake = U96F32.saturatingAdd(totalTake, take);
      recycleSubnetAlpha(x, netuid, U96F32.saturatingToU64(burn));
    }
    tuples.push([parent, U96F32.saturatingToU64(emission)]);
  }
  tuples.push([hotkey, U96F32.saturatingToU64(U96F32.saturatingAdd(remaining, totalTake))]);
  return tuples;
}

/** Incentive in rao and dividends as U96F32 per hotkey, both in account order. */
export function calculateDividendsAndIncentives(
  x: Ext,
  netuid: number,
  emissions: readonly HotkeyEmission[],
): { incentives: [AccountId, bigint][]; dividends: [AccountId, bigint][] } {
  const incentives = new Map<AccountId, bigint>();
  const dividends = new Map<AccountId, bigint>();
  for (const { hotkey, incentive, dividend } of emissions) {
    incentives.set(hotkey, saturatingAddU64(incentives.get(hotkey) ?? 0n, incentive));
    for (const [parent, amount] of getParentChildDividendsDistribution(x, hotkey, netuid, dividend)) {
      dividends.set(parent, U96F32.saturatingAdd(dividends.get(parent) ?? 0n, U96F32.saturatingFromNum(amount)));
    }
  }
  return { incentives: byAccount(incentives), dividends: byAccount(dividends) };
}

/** Alpha and root pots over the hotkeys, each by its part of the hotkeys' dividends; U96F32 of rao, in account order. */
export function calculateDividendDistribution(
  pendingAlpha: bigint,
  pendingRoot: bigint,
  taoWeight: bigint,
  stakes: ReadonlyMap<AccountId, { readonly alpha: bigint; readonly root: bigint }>,
  dividends: readonly (readonly [AccountId, bigint])[],
): { alpha: [AccountId, bigint][]; root: [AccountId, bigint][] } {
  let totalRoot = 0n;
  let totalAlpha = 0n;
  const parts = dividends.flatMap(([hotkey, dividend]) => {
    const stake = stakes.get(hotkey);
    if (!stake) return [];
    const rootAlpha = U96F32.saturatingMul(U96F32.saturatingFromNum(stake.root), taoWeight);
    const all = U96F32.saturatingAdd(U96F32.saturatingFromNum(stake.alpha), rootAlpha);
    const root = U96F32.saturatingMul(dividend, U96F32.checkedDiv(rootAlpha, all) ?? 0n);
    const alpha = U96F32.saturatingSub(dividend, root);
    totalAlpha = U96F32.saturatingAdd(totalAlpha, alpha);
    totalRoot = U96F32.saturatingAdd(totalRoot, root);
    return [{ hotkey, root, alpha }];
  });
  const share = (pot: bigint, part: bigint, total: bigint): bigint =>
    U96F32.saturatingMul(U96F32.saturatingFromNum(pot), U96F32.checkedDiv(part, total) ?? 0n);
  return {
    alpha: parts.map(({ hotkey, alpha }) => [hotkey, share(pendingAlpha, alpha, totalAlpha)]),
    root: parts.map(({ hotkey, root }) => [hotkey, share(pendingRoot, root, totalRoot)]),
  };
}

/** Own alpha on the subnet and own TAO on root of each hotkey, in rao. */
export function getStakeMap(
  x: Ext,
  netuid: number,
  hotkeys: Iterable<AccountId>,
): Map<AccountId, { alpha: bigint; root: bigint }> {
  const stakes = new Map<AccountId, { alpha: bigint; root: bigint }>();
  for (const hotkey of hotkeys) {
    stakes.set(hotkey, {
      alpha: getStakeForHotkeyOnSubnet(x, hotkey, netuid),
      root: getStakeForHotkeyOnSubnet(x, hotkey, 0),
    });
  }
  return stakes;
}
