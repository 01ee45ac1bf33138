import type { Ext } from '../../frame/ext.ts';
import { ensureRoot, type Origin } from '../../frame/origin.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { ifSubnetExist, ROOT_NETUID } from '../subtensor/subnets/subnet.ts';
import { ensureAdminWindowOpen } from '../subtensor/utils/admin-window.ts';
import {
  ensureSnOwnerOrRootWithLimits,
  ensureSubnetOwnerOrRoot,
  recordOwnerRl,
} from '../subtensor/utils/ensure-owner.ts';
import type { TransactionType } from '../subtensor/utils/rate-limiting.ts';
import { errors } from './spec.ts';

/** Who may change a setting and when: the checks that calls of this pallet have in common. Source: pallets/admin-utils lib.rs. */

/** @throws SubnetDoesNotExist */
export function ensureSubnetExists(x: Ext, netuid: number): void {
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetDoesNotExist;
}

/** @throws SubnetDoesNotExist, NotPermittedOnRootSubnet */
export function ensureSubnetButRoot(x: Ext, netuid: number): void {
  ensureSubnetExists(x, netuid);
  if (netuid === ROOT_NETUID) throw errors.NotPermittedOnRootSubnet;
}

/**
 * A change that the subnet's owner may make within a rate limit, and root at any time, both outside the freeze window.
 * `change` gets the owner's coldkey, undefined for root. @throws DispatchError
 */
export function asOwnerOrRoot(
  x: Ext,
  origin: Origin,
  netuid: number,
  tx: TransactionType,
  change: (owner: AccountId | undefined) => void,
): void {
  const owner = ensureSnOwnerOrRootWithLimits(x, origin, netuid, [tx]);
  ensureAdminWindowOpen(x, netuid);
  change(owner);
  recordOwnerRl(x, owner, netuid, [tx]);
}

/** As `asOwnerOrRoot`, for a subnet that must exist. @throws DispatchError, SubnetDoesNotExist */
export function asOwnerOrRootOf(
  x: Ext,
  origin: Origin,
  netuid: number,
  tx: TransactionType,
  change: (owner: AccountId | undefined) => void,
): void {
  asOwnerOrRoot(x, origin, netuid, tx, (owner) => {
    ensureSubnetExists(x, netuid);
    change(owner);
  });
}

/** The owner or root, without a rate limit, outside the freeze window, on any subnet but root. @throws DispatchError */
export function ensureOwnerOrRootInWindow(x: Ext, origin: Origin, netuid: number): void {
  ensureSubnetOwnerOrRoot(x, origin, netuid);
  ensureAdminWindowOpen(x, netuid);
  ensureSubnetButRoot(x, netuid);
}

/** Root outside the freeze window, on a subnet that exists. @throws DispatchError */
export function ensureRootInWindow(x: Ext, origin: Origin, netuid: number): void {
  ensureRoot(origin);
  ensureAdminWindowOpen(x, netuid);
  ensureSubnetExists(x, netuid);
}

/** Root at any time, on a subnet that exists. @throws DispatchError */
export function ensureRootOf(x: Ext, origin: Origin, netuid: number): void {
  ensureRoot(origin);
  ensureSubnetExists(x, netuid);
}
