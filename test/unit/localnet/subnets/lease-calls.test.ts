import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { signed } from '../../../../src/lib/localnet/frame/origin.ts';
import { freeBalance, reservedBalance } from '../../../../src/lib/localnet/pallets/balances/currency.ts';
import { Contributions, Crowdloans, CurrentCrowdloanId } from '../../../../src/lib/localnet/pallets/crowdloan/spec.ts';
import { Proxies } from '../../../../src/lib/localnet/pallets/proxy/spec.ts';
import { calls } from '../../../../src/lib/localnet/pallets/subtensor/calls.ts';
import {
  Delegates,
  SubnetLeaseShares,
  SubnetLeases,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetUidToLeaseId,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { account, addHotkey, fund, goToBlock, TAO } from '../../../helpers/stake-state.ts';
import { outcome, subnetState } from '../../../helpers/subnet-state.ts';

/** Source of all: pallets/subtensor/src/subnets/leasing.rs. */

const [creator, investor, funds] = [account(60), account(61), account(62)];
const PROXY_DEPOSIT = 93_000_000n;

/** A crowdloan of 1200 TAO that is being finalized: 900 from its creator, 300 from an investor. */
function finalizing(): Ext {
  const x = subnetState(10_000);
  fund(x, funds, 1200n * TAO);
  CurrentCrowdloanId.put(x, 4);
  Crowdloans.insert(x, 4, {
    creator,
    deposit: 0n,
    min_contribution: 0n,
    end: 20_000,
    cap: 1200n * TAO,
    funds_account: funds,
    raised: 1200n * TAO,
    target_address: undefined,
    call: undefined,
    finalized: false,
    contributors_count: 2,
  });
  Contributions.insert(x, 4, creator, 900n * TAO);
  Contributions.insert(x, 4, investor, 300n * TAO);
  return x;
}
const lease = (x: Ext, end_block: number | undefined, who = creator) =>
  outcome(x, who, 'register_leased_network', { emissions_share: 25, end_block });

describe('register_leased_network', () => {
  it('is only part of a crowdloan’s finalization, by its creator', () => {
    const x = finalizing();
    expect(lease(x, undefined, investor)).toBe('InvalidLeaseBeneficiary');
    expect(lease(x, 10_000)).toBe('LeaseCannotEndInThePast');
    CurrentCrowdloanId.kill(x);
    expect(lease(x, undefined)).toBe('Crowdloan.InvalidCrowdloanId');
  });

  it('founds a subnet under keys of its own and shares out what is left', () => {
    const x = finalizing();
    expect(lease(x, 11_000)).toBe('ok');
    const made = SubnetLeases.get(x, 0)!;
    expect(made).toMatchObject({ beneficiary: creator, emissions_share: 25, end_block: 11_000, netuid: 1 });
    expect(SubnetOwner.get(x, 1)).toBe(made.coldkey);
    expect(SubnetOwnerHotkey.get(x, 1)).toBe(made.hotkey);
    expect(made.coldkey).not.toBe(made.hotkey);
    expect(SubnetUidToLeaseId.get(x, 1)).toBe(0);
    expect(Delegates.get(x, made.hotkey)).toBe(0);
    expect(Proxies.get(x, made.coldkey)).toEqual([
      [{ delegate: creator, proxy_type: 'SubnetLeaseBeneficiary', delay: 0 }],
      PROXY_DEPOSIT,
    ]);
    // 1000 TAO are locked, the deposit for the proxy is reserved, a quarter of the rest is the investor's.
    const left = 200n * TAO - PROXY_DEPOSIT;
    expect(reservedBalance(x, made.coldkey)).toBe(PROXY_DEPOSIT);
    expect(made.cost).toBe(1200n * TAO - left);
    expect([...SubnetLeaseShares.iterPrefix(x, 0)]).toEqual([[investor, 1n << 62n]]);
    expect(freeBalance(x, investor)).toBe(left / 4n);
    expect(freeBalance(x, creator)).toBe(left - left / 4n);
    expect(freeBalance(x, made.coldkey)).toBe(0n);
  });

  it('weighs what its contributors cost', () => {
    const x = finalizing();
    const post = x.transact(() =>
      calls.register_leased_network.run(x, signed(creator), { emissions_share: 25, end_block: undefined }),
    );
    expect(post?.actualWeight).toEqual({
      ref_time: 301_560_714n + 2n * 26_884_006n + 45n * 25_000_000n + 59n * 100_000_000n,
      proof_size: 10_079n + 2n * 2579n,
    });
  });
});

describe('terminate_lease', () => {
  it('hands the subnet to the beneficiary after the end', () => {
    const x = finalizing();
    lease(x, 11_000);
    const { coldkey } = SubnetLeases.get(x, 0)!;
    const hotkey = account(70);
    const terminate = (lease_id = 0, who = creator) => outcome(x, who, 'terminate_lease', { lease_id, hotkey });
    expect(terminate(1)).toBe('LeaseDoesNotExist');
    expect(terminate(0, investor)).toBe('ExpectedBeneficiaryOrigin');
    expect(terminate()).toBe('LeaseHasNotEnded');
    goToBlock(x, 11_000);
    expect(terminate()).toBe('BeneficiaryDoesNotOwnHotkey');
    addHotkey(x, creator, hotkey);
    expect(terminate()).toBe('ok');
    expect(SubnetOwner.get(x, 1)).toBe(creator);
    expect(SubnetOwnerHotkey.get(x, 1)).toBe(hotkey);
    expect(SubnetLeases.containsKey(x, 0)).toBe(false);
    expect([...SubnetLeaseShares.iterPrefix(x, 0)]).toEqual([]);
    expect(Proxies.containsKey(x, coldkey)).toBe(false);
    expect(reservedBalance(x, coldkey)).toBe(0n);
  });

  it('cannot be done without an end', () => {
    const x = finalizing();
    lease(x, undefined);
    expect(outcome(x, creator, 'terminate_lease', { lease_id: 0, hotkey: account(70) })).toBe('LeaseHasNoEndBlock');
  });
});
