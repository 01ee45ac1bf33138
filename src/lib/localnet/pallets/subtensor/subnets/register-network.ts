import { U64F64 } from '../../../fixed/fixed.ts';
import { maxOf, saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { option } from '../../../scale/compound.ts';
import type { ValueOf } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { Account, callWithNames, named } from '../call-args.ts';
import { getNetworkLockCost } from '../coinbase/network-lock.ts';
import { doDissolveNetwork, getNetworkToPrune } from '../coinbase/root.ts';
import { canRemoveBalanceFromColdkeyAccount, recycleTao, transferTaoToSubnet } from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import {
  coldkeyOwnsHotkey,
  createAccountIfNonExistent,
  hotkeyAccountExists,
  increaseTotalStake,
} from '../staking/helpers.ts';
import { doSetRootValidatorsForSubnet } from '../staking/set-children.ts';
import { getMedianSubnetAlphaPrice } from '../staking/stake-utils.ts';
import {
  NetworkLastLockCost,
  NetworkMinLockCost,
  NetworkRegisteredAt,
  NetworkRegistrationStartBlock,
  NetworksAdded,
  RAORecycledForRegistration,
  RegisteredSubnetCounter,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetEmissionEnabled,
  SubnetIdentitiesV3,
  SubnetLimit,
  SubnetLocked,
  SubnetMechanism,
  SubnetOwner,
  SubnetTAO,
  SubnetVolume,
  Tempo,
  TokenSymbol,
} from '../storage.ts';
import { SubnetIdentityV3 } from '../types.ts';
import { isValidSubnetIdentity } from '../utils/identity.ts';
import { passesRateLimit, setNetworkLastLockBlock } from '../utils/rate-limiting.ts';
import { initNewNetwork } from './init-new-network.ts';
import { getNextNetuid, ROOT_NETUID, setSubnetOwnerHotkey } from './subnet.ts';
import { isSubnetAccountId, subnetAccountId } from './subnet-account.ts';
import { getNextAvailableSymbol } from './symbols.ts';
import { appendNeuron } from './uids.ts';

/** Founding a subnet. Source: pallets/subtensor subnets/subnet.rs. */

/** The only kind of pool that can be founded: alpha against TAO. */
const DYNAMIC_MECHANISM = 1;

/**
 * Founds a subnet for the lock cost, which becomes the pool's TAO. In place of the weakest subnet when there are too many.
 *
 * @throws DispatchError in the chain's order of checks
 */
export function doRegisterNetwork(
  x: Ext,
  origin: Origin,
  hotkey: AccountId,
  identity: ValueOf<typeof SubnetIdentityV3> | undefined,
): void {
  const coldkey = ensureSigned(origin);
  if (hotkeyAccountExists(x, hotkey) && !coldkeyOwnsHotkey(x, coldkey, hotkey)) throw errors.NonAssociatedColdKey;
  if (isSubnetAccountId(hotkey) !== undefined) throw errors.CannotUseSystemAccount;
  const block = currentBlock(x);
  if (block < NetworkRegistrationStartBlock.get(x)) throw errors.SubNetRegistrationDisabled;
  if (!passesRateLimit(x, 'RegisterNetwork', coldkey)) throw errors.NetworkTxRateLimitExceeded;
  const pruned = subnetToReplace(x);
  const lockCost = getNetworkLockCost(x);
  if (!canRemoveBalanceFromColdkeyAccount(x, coldkey, lockCost)) throw errors.CannotAffordLockCost;
  if (pruned !== undefined) doDissolveNetwork(x, pruned);
  const netuid = pruned ?? getNextNetuid(x);
  const medianPrice = getMedianSubnetAlphaPrice(x);
  initNewNetwork(x, netuid, Tempo.fallback(x));
  const locked = transferTaoToSubnet(x, netuid, coldkey, lockCost);
  NetworkLastLockCost.put(x, locked);
  setNetworkLastLockBlock(x, block);
  createAccountIfNonExistent(x, coldkey, hotkey);
  appendNeuron(x, netuid, hotkey, block);
  SubnetMechanism.insert(x, netuid, DYNAMIC_MECHANISM);
  NetworkRegisteredAt.insert(x, netuid, block);
  RegisteredSubnetCounter.mutate(x, netuid, (count) => saturatingAddU64(count, 1n));
  TokenSymbol.insert(x, netuid, getNextAvailableSymbol(x, netuid));
  openPool(x, netuid, { coldkey, hotkey, locked, medianPrice });
  if (identity !== undefined) {
    if (!isValidSubnetIdentity(identity)) throw errors.InvalidIdentity;
    SubnetIdentitiesV3.insert(x, netuid, identity);
    events.deposit(x, 'SubnetIdentitySet', netuid);
  }
  try {
    doSetRootValidatorsForSubnet(x, netuid);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
  events.deposit(x, 'NetworkAdded', [netuid, DYNAMIC_MECHANISM]);
  SubnetEmissionEnabled.insert(x, netuid, false);
}

/** The subnet that has to go first, undefined while there is room. @throws SubnetLimitReached */
function subnetToReplace(x: Ext): number | undefined {
  let count = 0;
  for (const [netuid, added] of NetworksAdded.iter(x)) if (added && netuid !== ROOT_NETUID) count += 1;
  if (count < SubnetLimit.get(x)) return undefined;
  const pruned = getNetworkToPrune(x);
  if (pruned === undefined) throw errors.SubnetLimitReached;
  return pruned;
}

interface Founding {
  readonly coldkey: AccountId;
  readonly hotkey: AccountId;
  /** Rao that the founder has locked. */
  readonly locked: bigint;
  /** TAO per alpha of the other subnets, U64F64. */
  readonly medianPrice: U64F64;
}

function openPool(x: Ext, netuid: number, { coldkey, hotkey, locked, medianPrice }: Founding): void {
  const poolTao = maxOf(locked, NetworkMinLockCost.get(x));
  const poolAlpha = U64F64.saturatingToU64(U64F64.safeDiv(U64F64.saturatingFromNum(poolTao), medianPrice));
  const recycled = saturatingSub(locked, poolTao);
  SubnetTAO.insert(x, netuid, poolTao);
  SubnetAlphaIn.insert(x, netuid, poolAlpha);
  SubnetOwner.insert(x, netuid, coldkey);
  setSubnetOwnerHotkey(x, netuid, hotkey);
  SubnetLocked.insert(x, netuid, locked);
  SubnetAlphaOut.insert(x, netuid, 0n);
  SubnetVolume.insert(x, netuid, 0n);
  RAORecycledForRegistration.insert(x, netuid, recycled);
  if (recycled > 0n) {
    try {
      recycleTao(x, subnetAccountId(netuid), recycled);
    } catch (thrown) {
      if (!asDispatchError(thrown)) throw thrown;
    }
  }
  if (poolTao > 0n) increaseTotalStake(x, poolTao);
}

/** Calls 59 and 79. */
export const registerNetworkCalls = {
  register_network: callWithNames(59, { hotkey: Account }, costs(6_077_125_000n, 9947n), (x, origin, { hotkey }) =>
    doRegisterNetwork(x, origin, hotkey, undefined),
  ),
  register_network_with_identity: callWithNames(
    79,
    { hotkey: Account, identity: named(option(SubnetIdentityV3), 'Option<SubnetIdentityOfV3>') },
    costs(5_950_041_000n, 9883n),
    (x, origin, { hotkey, identity }) => doRegisterNetwork(x, origin, hotkey, identity),
  ),
};
