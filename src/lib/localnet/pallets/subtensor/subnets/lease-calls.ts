import { U64F64 } from '../../../fixed/fixed.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { blake2_256 } from '../../../frame/hashing.ts';
import { ensureSigned, type Origin, signed } from '../../../frame/origin.ts';
import { addWeight, dbReadsWrites, mulWeight, type PostInfo, type Weight, weight } from '../../../frame/weight.ts';
import { toHex } from '../../../scale/bytes.ts';
import { option, tuple } from '../../../scale/compound.ts';
import { str, u32 } from '../../../scale/primitives.ts';
import { encode, type ValueOf } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { freeBalance, transfer } from '../../balances/currency.ts';
import { Contributions, Crowdloans, CurrentCrowdloanId, errors as crowdloanErrors } from '../../crowdloan/spec.ts';
import type { CrowdloanInfo } from '../../crowdloan/types.ts';
import { addProxyDelegate, removeProxyDelegate } from '../../proxy/proxies.ts';
import { decProviders, incProviders } from '../../system/account.ts';
import { BlockNumber } from '../../system/spec.ts';
import { Percent } from '../../system/types.ts';
import { Account, callWithNames, named } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { coldkeyOwnsHotkey, delegateHotkey } from '../staking/helpers.ts';
import {
  AccumulatedLeaseDividends,
  NextSubnetLeaseId,
  SubnetLeaseShares,
  SubnetLeases,
  SubnetOwner,
  SubnetUidToLeaseId,
} from '../storage.ts';
import { doRegisterNetwork } from './register-network.ts';
import { setSubnetOwnerHotkey } from './subnet.ts';

/** Subnets that a crowd has paid for. Source: pallets/subtensor subnets/leasing.rs. */

const MAX_CONTRIBUTORS = 500;
const U32_MAX = 0xffff_ffff;
const LEASE_PROXY = 'SubnetLeaseBeneficiary';

/** Keys of a lease that nobody has: a hash of what they are for. */
const leaseKey = (purpose: 'leasing/coldkey' | 'leasing/hotkey', leaseId: number): AccountId =>
  toHex(blake2_256(encode(tuple(str, u32), [purpose, leaseId])));

/** @throws Overflow */
function takeLeaseId(x: Ext): number {
  const id = NextSubnetLeaseId.get(x);
  if (id === U32_MAX) throw errors.Overflow;
  NextSubnetLeaseId.put(x, id + 1);
  return id;
}

/** The crowdloan whose call this is. @throws Crowdloan.InvalidCrowdloanId */
function crowdloanBeingFinalized(x: Ext): { readonly id: number; readonly loan: ValueOf<typeof CrowdloanInfo> } {
  const id = CurrentCrowdloanId.get(x);
  const loan = id === undefined ? undefined : Crowdloans.get(x, id);
  if (id === undefined || !loan) throw crowdloanErrors.InvalidCrowdloanId;
  return { id, loan };
}

function netuidOwnedBy(x: Ext, coldkey: AccountId): number {
  for (const [netuid, owner] of SubnetOwner.iter(x)) if (owner === coldkey) return netuid;
  throw errors.LeaseNetuidNotFound;
}

/**
 * Registers a subnet with what a crowdloan has raised, under keys of its own; the loan's creator acts for it through a proxy.
 * What is left over goes back to the contributors in proportion.
 *
 * @throws DispatchError in the chain's order of checks
 */
function doRegisterLeasedNetwork(
  x: Ext,
  origin: Origin,
  emissions_share: number,
  end_block: number | undefined,
): PostInfo {
  const who = ensureSigned(origin);
  const { id, loan } = crowdloanBeingFinalized(x);
  if (who !== loan.creator) throw errors.InvalidLeaseBeneficiary;
  if (end_block !== undefined && end_block <= BlockNumber.get(x)) throw errors.LeaseCannotEndInThePast;
  const leaseId = takeLeaseId(x);
  const coldkey = leaseKey('leasing/coldkey', leaseId);
  const hotkey = leaseKey('leasing/hotkey', leaseId);
  incProviders(x, coldkey);
  incProviders(x, hotkey);
  transfer(x, loan.funds_account, coldkey, loan.raised, 'Expendable');
  doRegisterNetwork(x, signed(coldkey), hotkey, undefined);
  const netuid = netuidOwnedBy(x, coldkey);
  addProxyDelegate(x, coldkey, who, LEASE_PROXY, 0);
  const leftOver = freeBalance(x, coldkey);
  const cost = loan.raised > leftOver ? loan.raised - leftOver : 0n;
  SubnetLeases.insert(x, leaseId, { beneficiary: who, coldkey, hotkey, emissions_share, end_block, netuid, cost });
  SubnetUidToLeaseId.insert(x, netuid, leaseId);
  delegateHotkey(x, hotkey, 0);
  shareOut(x, { id, leaseId, coldkey, beneficiary: who, raised: loan.raised, leftOver });
  events.deposit(x, 'SubnetLeaseCreated', { beneficiary: who, lease_id: leaseId, netuid, end_block });
  return loan.contributors_count < MAX_CONTRIBUTORS
    ? { actualWeight: registerLeasedNetworkWeight(loan.contributors_count) }
    : {};
}

interface ShareOut {
  readonly id: number;
  readonly leaseId: number;
  readonly coldkey: AccountId;
  readonly beneficiary: AccountId;
  /** Rao. */
  readonly raised: bigint;
  readonly leftOver: bigint;
}

function shareOut(x: Ext, { id, leaseId, coldkey, beneficiary, raised, leftOver }: ShareOut): void {
  const whole = U64F64.saturatingFromNum(raised);
  const rest = U64F64.saturatingFromNum(leftOver);
  let refunded = 0n;
  for (const [contributor, amount] of [...Contributions.iterPrefix(x, id)]) {
    if (contributor === beneficiary) continue;
    const share = U64F64.saturatingDiv(U64F64.saturatingFromNum(amount), whole);
    SubnetLeaseShares.insert(x, leaseId, contributor, share);
    const refund = U64F64.saturatingToU64(U64F64.saturatingMul(share, rest));
    transfer(x, coldkey, contributor, refund, 'Expendable');
    refunded += refund;
  }
  transfer(x, coldkey, beneficiary, leftOver > refunded ? leftOver - refunded : 0n, 'Expendable');
}

/** Hands a subnet over to its lessee when the lease has ended. @throws DispatchError in the chain's order of checks */
function doTerminateLease(x: Ext, origin: Origin, leaseId: number, hotkey: AccountId): PostInfo {
  const who = ensureSigned(origin);
  const lease = SubnetLeases.get(x, leaseId);
  if (!lease) throw errors.LeaseDoesNotExist;
  if (lease.beneficiary !== who) throw errors.ExpectedBeneficiaryOrigin;
  if (lease.end_block === undefined) throw errors.LeaseHasNoEndBlock;
  if (BlockNumber.get(x) < lease.end_block) throw errors.LeaseHasNotEnded;
  if (!coldkeyOwnsHotkey(x, who, hotkey)) throw errors.BeneficiaryDoesNotOwnHotkey;
  SubnetOwner.insert(x, lease.netuid, who);
  setSubnetOwnerHotkey(x, lease.netuid, hotkey);
  for (const key of [lease.coldkey, lease.hotkey]) {
    try {
      decProviders(x, key);
    } catch (thrown) {
      if (!asDispatchError(thrown)) throw thrown;
    }
  }
  const contributors = SubnetLeaseShares.clearPrefix(x, leaseId);
  AccumulatedLeaseDividends.remove(x, leaseId);
  SubnetLeases.remove(x, leaseId);
  removeProxyDelegate(x, lease.coldkey, who, LEASE_PROXY, 0);
  events.deposit(x, 'SubnetLeaseTerminated', { beneficiary: who, netuid: lease.netuid });
  return contributors < MAX_CONTRIBUTORS ? { actualWeight: terminateLeaseWeight(contributors) } : {};
}

/** @param k contributors */
const registerLeasedNetworkWeight = (k: number): Weight =>
  [
    weight(301_560_714n, 10_079n),
    mulWeight(weight(26_884_006n, 2579n), k),
    dbReadsWrites(41 + 2 * k, 55 + 2 * k),
  ].reduce(addWeight);

/** @param k contributors */
const terminateLeaseWeight = (k: number): Weight =>
  [weight(56_635_122n, 6148n), mulWeight(weight(912_993n, 2529n), k), dbReadsWrites(4 + k, 6 + k)].reduce(addWeight);

/** Calls 110 and 111. */
export const leaseCalls = {
  register_leased_network: callWithNames(
    110,
    { emissions_share: named(Percent, 'Percent'), end_block: named(option(u32), 'Option<BlockNumberFor<T>>') },
    costs(154_848_111_986n, 1_299_756n),
    (x, origin, { emissions_share, end_block }) => doRegisterLeasedNetwork(x, origin, emissions_share, end_block),
  ),
  terminate_lease: callWithNames(
    111,
    { lease_id: named(u32, 'LeaseId'), hotkey: Account },
    costs(64_229_668_779n, 1_270_648n),
    (x, origin, { lease_id, hotkey }) => doTerminateLease(x, origin, lease_id, hotkey),
  ),
};
