import { BadOrigin } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, ensureSignedOrRoot, type Origin } from '../../../frame/origin.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { errors } from '../errors.ts';
import { SubnetOwner } from '../storage.ts';
import { passesRateLimitOnSubnet, setLastBlockOnSubnet, type TransactionType } from './rate-limiting.ts';

/** Who may change a subnet. Source: pallets/subtensor utils/misc.rs. */

/** The owner's coldkey, or undefined for root. @throws BadOrigin */
export function ensureSubnetOwnerOrRoot(x: Ext, origin: Origin, netuid: number): AccountId | undefined {
  const who = ensureSignedOrRoot(origin);
  if (who !== undefined && SubnetOwner.get(x, netuid) !== who) throw BadOrigin;
  return who;
}

/** The owner's coldkey. @throws BadOrigin */
export function ensureSubnetOwner(x: Ext, origin: Origin, netuid: number): AccountId {
  const who = ensureSigned(origin);
  if (SubnetOwner.get(x, netuid) !== who) throw BadOrigin;
  return who;
}

/** As `ensureSubnetOwnerOrRoot`, with the owner held to rate limits. @throws BadOrigin, TxRateLimitExceeded */
export function ensureSnOwnerOrRootWithLimits(
  x: Ext,
  origin: Origin,
  netuid: number,
  limits: readonly TransactionType[],
): AccountId | undefined {
  const owner = ensureSubnetOwnerOrRoot(x, origin, netuid);
  if (owner !== undefined) {
    for (const tx of limits) if (!passesRateLimitOnSubnet(x, tx, owner, netuid)) throw errors.TxRateLimitExceeded;
  }
  return owner;
}

/** Starts the owner's rate limits anew; nothing for root. */
export function recordOwnerRl(
  x: Ext,
  owner: AccountId | undefined,
  netuid: number,
  txs: readonly TransactionType[],
): void {
  if (owner === undefined) return;
  const block = currentBlock(x);
  for (const tx of txs) setLastBlockOnSubnet(x, tx, owner, netuid, block);
}
