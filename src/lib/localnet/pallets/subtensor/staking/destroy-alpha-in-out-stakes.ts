import { U64F64, U96F32 } from '../../../fixed/fixed.ts';
import { minOf, saturatingAddU64, saturatingSub, U64_MAX } from '../../../fixed/integer.ts';
import { safeFloatToU64 } from '../../../fixed/safe-float.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentAlphaPrice } from '../../swap/swap.ts';
import {
  getColdkeyBalance,
  getKeepAliveBalance,
  recycleTao,
  transferTao,
  transferTaoFromSubnet,
} from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import {
  Alpha,
  AlphaV2,
  NetworkRegisteredAt,
  NetworkRegistrationStartBlock,
  RAORecycledForRegistration,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetLocked,
  SubnetOwner,
  SubnetOwnerCut,
  SubnetProtocolAlpha,
  SubnetTAO,
  TaoInRefundDeploymentBlock,
  TotalHotkeyAlpha,
  TotalHotkeyShares,
  TotalHotkeySharesV2,
  TotalStake,
} from '../storage.ts';
import { ifSubnetExist } from '../subnets/subnet.ts';
import { getSubnetAccountId } from '../subnets/subnet-account.ts';
import { alphaIterSinglePrefix } from './helpers.ts';
import { destroyLockMaps } from './lock.ts';
import { getAlphaIssuance, getStakeForHotkeyAndColdkeyOnSubnet } from './stake-utils.ts';

/** What happens to the stake on a subnet that is dissolved. Source: staking/remove_stake.rs. */

interface Staker {
  readonly hotkey: AccountId;
  readonly coldkey: AccountId;
  readonly alpha: bigint;
}

/**
 * Pays the pool's TAO out to the stakers by their alpha, the protocol's part to the protocol, and forgets the alpha. Owners of subnets
 * from before the change of rules get their lock back, minus what they earned; the rest is recycled.
 *
 * @throws SubnetNotExists
 */
export function destroyAlphaInOutStakes(x: Ext, netuid: number): void {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  const owner = SubnetOwner.get(x, netuid);
  const lockCost = SubnetLocked.get(x, netuid);
  const registeredAt = NetworkRegisteredAt.get(x, netuid);
  const refunds = registeredAt < NetworkRegistrationStartBlock.get(x);
  const earned = refunds && lockCost !== 0n ? ownerEmissionTao(x, netuid) : 0n;

  const refundsPool = registeredAt > TaoInRefundDeploymentBlock.get(x);
  const protocolAlpha = saturatingAddU64(
    SubnetProtocolAlpha.get(x, netuid),
    refundsPool ? SubnetAlphaIn.get(x, netuid) : 0n,
  );
  const hotkeys = [...TotalHotkeyAlpha.rawKeys(x)].filter(([, key]) => key === netuid).map(([key]) => key as AccountId);
  const positions = hotkeys.flatMap((hotkey) => positionsOn(x, hotkey, netuid));
  const pot = SubnetTAO.get(x, netuid);
  if (pot > 0n) {
    SubnetTAO.remove(x, netuid);
    TotalStake.mutate(x, (total) => saturatingSub(total, pot));
  }
  const protocolTao = payOut(x, netuid, pot, positions, protocolAlpha);

  for (const { hotkey, coldkey } of positions) {
    Alpha.remove(x, [hotkey, coldkey, netuid]);
    AlphaV2.remove(x, [hotkey, coldkey, netuid]);
  }
  for (const hotkey of hotkeys) {
    TotalHotkeyAlpha.remove(x, hotkey, netuid);
    TotalHotkeyShares.remove(x, hotkey, netuid);
    TotalHotkeySharesV2.remove(x, hotkey, netuid);
  }
  SubnetAlphaIn.remove(x, netuid);
  SubnetAlphaOut.remove(x, netuid);
  SubnetProtocolAlpha.remove(x, netuid);
  SubnetLocked.insert(x, netuid, 0n);
  settleAccount(x, netuid, owner, refunds ? saturatingSub(lockCost, earned) : 0n, protocolTao);
  destroyLockMaps(x, netuid);
}

/** The owner's cut of all alpha ever issued, at the current price, in rao of TAO. */
function ownerEmissionTao(x: Ext, netuid: number): bigint {
  const cut = U96F32.safeDiv(
    U96F32.saturatingFromNum(BigInt(SubnetOwnerCut.get(x))),
    U96F32.saturatingFromNum(65_535n),
  );
  const alpha = U96F32.saturatingToU64(
    U96F32.saturatingMul(U96F32.saturatingFromNum(getAlphaIssuance(x, netuid)), cut),
  );
  const price = U96F32.saturatingFrom(U64F64, currentAlphaPrice(x, netuid));
  return U96F32.saturatingToU64(U96F32.saturatingMul(U96F32.saturatingFromNum(alpha), price));
}

/** Every share on a hotkey in the subnet and its value; a share without value counts as many rao as it has whole units. */
function positionsOn(x: Ext, hotkey: AccountId, netuid: number): Staker[] {
  return alphaIterSinglePrefix(x, hotkey).flatMap(([coldkey, key, share]) => {
    if (key !== netuid) return [];
    const value = getStakeForHotkeyAndColdkeyOnSubnet(x, hotkey, coldkey, netuid);
    return [{ hotkey, coldkey, alpha: value === 0n ? safeFloatToU64(share) : value }];
  });
}

/** Divides the pot; the rao that division leaves go to the largest remainders. Returns the protocol's part. */
function payOut(x: Ext, netuid: number, pot: bigint, positions: readonly Staker[], protocolAlpha: bigint): bigint {
  const stakers = positions.filter(({ alpha }) => alpha > 0n);
  const total = stakers.reduce((sum, { alpha }) => sum + alpha, protocolAlpha);
  if (pot === 0n || total === 0n) return 0n;
  const portionOf = (coldkey: AccountId | undefined, alpha: bigint) => ({
    coldkey,
    share: minOf((pot * alpha) / total, U64_MAX),
    remainder: (pot * alpha) % total,
  });
  const portions = stakers.map(({ coldkey, alpha }) => portionOf(coldkey, alpha));
  if (protocolAlpha > 0n) portions.push(portionOf(undefined, protocolAlpha));
  const left = portions.reduce((rest, { share }) => rest - share, pot);
  if (left > 0n) {
    portions.sort((a, b) => (a.remainder > b.remainder ? -1 : a.remainder < b.remainder ? 1 : 0));
    for (const portion of portions.slice(0, Number(left))) portion.share += 1n;
  }
  let protocolTao = 0n;
  for (const { coldkey, share } of portions) {
    if (coldkey === undefined) protocolTao = share;
    else if (share > 0n) attempt(() => transferTaoFromSubnet(x, netuid, coldkey, share));
  }
  return protocolTao;
}

/** Pays the owner's refund and recycles what the subnet's account holds still. */
function settleAccount(x: Ext, netuid: number, owner: AccountId, refund: bigint, protocolTao: bigint): void {
  const account = getSubnetAccountId(x, netuid);
  if (account === undefined) return;
  if (refund !== 0n) {
    const transferable = saturatingSub(getColdkeyBalance(x, account), protocolTao);
    attempt(() => transferTao(x, account, owner, minOf(refund, transferable)));
  }
  const remaining = getKeepAliveBalance(x, account);
  if (attempt(() => recycleTao(x, account, remaining))) RAORecycledForRegistration.insert(x, netuid, remaining);
}

/** Runs what may fail; writes before the failure stay, as in the chain. Whether it succeeded. */
function attempt(body: () => void): boolean {
  try {
    body();
    return true;
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    return false;
  }
}
