import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { ValueOf } from '../../../scale/type.ts';
import { currentBlock } from '../../system/block-number.ts';
import { events } from '../events.ts';
import { transferStakeWithinSubnet } from '../staking/stake-into-subnet.ts';
import { AccumulatedLeaseDividends, SubnetLeaseShares, SubnetLeases } from '../storage.ts';
import type { SubnetLease } from '../types.ts';

/** Owner's cuts of leased subnets, shared with those who financed the lease. Source: pallets/subtensor subnets/leasing.rs. */

const DISTRIBUTION_INTERVAL = 100n;

/** `Percent::mul_ceil`. */
const percentCeil = (percent: number, of: bigint): bigint => (of * BigInt(percent) + 99n) / 100n;

/**
 * Puts the contributors' part of an owner's cut aside, and pays out what has gathered in every hundredth block.
 * A failed payment leaves everything for the next time.
 *
 * @param ownerCut rao of alpha, already staked under the lease's own keys
 */
export function distributeLeasedNetworkDividends(x: Ext, leaseId: number, ownerCut: bigint): void {
  const lease = SubnetLeases.get(x, leaseId);
  if (!lease) return;
  const now = currentBlock(x);
  if (lease.end_block !== undefined && BigInt(lease.end_block) <= now) return;
  const total = saturatingAddU64(
    AccumulatedLeaseDividends.get(x, leaseId),
    percentCeil(lease.emissions_share, ownerCut),
  );
  if (now % DISTRIBUTION_INTERVAL !== 0n) {
    AccumulatedLeaseDividends.insert(x, leaseId, total);
    return;
  }
  try {
    x.transact(() => payOut(x, leaseId, lease, total));
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    AccumulatedLeaseDividends.insert(x, leaseId, total);
  }
}

/** @throws DispatchError when any payment fails */
function payOut(x: Ext, leaseId: number, lease: ValueOf<typeof SubnetLease>, total: bigint): void {
  const pay = (contributor: string, alpha: bigint): void => {
    transferStakeWithinSubnet(x, lease.coldkey, lease.hotkey, contributor, lease.hotkey, lease.netuid, alpha);
    events.deposit(x, 'SubnetLeaseDividendsDistributed', { lease_id: leaseId, contributor, alpha });
  };
  let paid = 0n;
  for (const [contributor, share] of [...SubnetLeaseShares.iterPrefix(x, leaseId)]) {
    const product = U64F64.saturatingMul(share, U64F64.saturatingFromNum(total));
    const alpha = U64F64.saturatingToU64(U64F64.ceil(product));
    pay(contributor, alpha);
    paid = saturatingAddU64(paid, alpha);
  }
  pay(lease.beneficiary, saturatingSub(total, paid));
  AccumulatedLeaseDividends.insert(x, leaseId, 0n);
}
