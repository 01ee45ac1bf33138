import { U64F64 } from '../../../fixed/fixed.ts';
import { saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import { BlockNumber } from '../../system/spec.ts';
import { events } from '../events.ts';
import { transferStakeWithinSubnet } from '../staking/stake-into-subnet.ts';
import { AccumulatedLeaseDividends, SubnetLeaseShares, SubnetLeases } from '../storage.ts';

/** Blocks between payments to a lease's contributors. Source: runtime/src/lib.rs `LeaseDividendsDistributionInterval`. */
const LEASE_DIVIDENDS_DISTRIBUTION_INTERVAL = 100;

/** `Percent::mul_ceil`. */
const percentCeil = (percent: number, amount: bigint): bigint => (amount * BigInt(percent) + 99n) / 100n;

/**
 * Puts the contributors' part of the owner cut aside and pays it out every so many blocks: each contributor by share, rounded
 * up, the beneficiary the rest. A payment that fails is tried again with the next one.
 *
 * @param ownerCut rao of alpha
 * Source: subnets/leasing.rs `distribute_leased_network_dividends`.
 */
export function distributeLeasedNetworkDividends(x: Ext, leaseId: number, ownerCut: bigint): void {
  const lease = SubnetLeases.get(x, leaseId);
  if (!lease) return;
  const now = BlockNumber.get(x);
  if (lease.end_block !== undefined && lease.end_block <= now) return;
  const total = saturatingAddU64(
    AccumulatedLeaseDividends.get(x, leaseId),
    percentCeil(lease.emissions_share, ownerCut),
  );
  if (now % LEASE_DIVIDENDS_DISTRIBUTION_INTERVAL !== 0) {
    AccumulatedLeaseDividends.insert(x, leaseId, total);
    return;
  }
  const pay = (contributor: string, alpha: bigint): void => {
    transferStakeWithinSubnet(x, lease.coldkey, lease.hotkey, contributor, lease.hotkey, lease.netuid, alpha);
    events.deposit(x, 'SubnetLeaseDividendsDistributed', { lease_id: leaseId, contributor, alpha });
  };
  try {
    x.transact(() => {
      let paid = 0n;
      for (const [contributor, share] of SubnetLeaseShares.iterPrefix(x, leaseId)) {
        const alpha = U64F64.saturatingToU64(U64F64.ceil(U64F64.saturatingMul(share, U64F64.fromInt(total))));
        pay(contributor, alpha);
        paid = saturatingAddU64(paid, alpha);
      }
      pay(lease.beneficiary, saturatingSub(total, paid));
      AccumulatedLeaseDividends.insert(x, leaseId, 0n);
    });
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    AccumulatedLeaseDividends.insert(x, leaseId, total);
  }
}
