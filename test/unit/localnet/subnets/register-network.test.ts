import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { TOTAL_SUPPLY } from '../../../../src/lib/localnet/pallets/subtensor/coinbase/block-emission.ts';
import {
  getLockReductionInterval,
  getNetworkLockCost,
} from '../../../../src/lib/localnet/pallets/subtensor/coinbase/network-lock.ts';
import { getNetworkToPrune } from '../../../../src/lib/localnet/pallets/subtensor/coinbase/root.ts';
import { increaseStakeForHotkeyAndColdkeyOnSubnet } from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  FirstEmissionBlockNumber,
  LastEpochBlock,
  MaxAllowedUids,
  MaxRegistrationsPerBlock,
  NetworkImmunityPeriod,
  NetworkRateLimit,
  NetworkRegisteredAt,
  NetworksAdded,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  StartCallDelay,
  SubnetAlphaIn,
  SubnetEmissionEnabled,
  SubnetIdentitiesV3,
  SubnetLimit,
  SubnetLocked,
  SubnetMechanism,
  SubnetMovingPrice,
  SubnetOwner,
  SubnetTAO,
  SubtokenEnabled,
  storage,
  TokenSymbol,
  TotalIssuance,
  Uids,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import {
  isSubnetAccountId,
  subnetAccountId,
} from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { utf8 } from '../../../../src/lib/localnet/scale/bytes.ts';
import { account, addHotkey, addRoot, fund, goToBlock, subtensorEvents, TAO } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER, outcome, run, subnetState } from '../../../helpers/subnet-state.ts';

const alice = account(1);
const hot = account(11);

const founder = (): Ext => {
  const x = subnetState(10_000);
  addRoot(x);
  fund(x, alice, 10_000n * TAO);
  NetworkRegisteredAt.insert(x, NETUID, 5000n);
  return x;
};
const register = (x: Ext, hotkey = hot, who = alice) => outcome(x, who, 'register_network', { hotkey });

describe('founding a subnet (subnet.rs do_register_network)', () => {
  it('takes the lowest free netuid, and the lock becomes the pool', () => {
    const x = founder();
    expect(register(x)).toBe('ok');
    expect(NetworksAdded.get(x, 1)).toBe(true);
    expect(SubnetTAO.get(x, 1)).toBe(1000n * TAO);
    expect(SubnetLocked.get(x, 1)).toBe(1000n * TAO);
    // The median price of the others is 1.
    expect(SubnetAlphaIn.get(x, 1)).toBe(1000n * TAO);
    expect(SubnetOwner.get(x, 1)).toBe(alice);
    expect(Uids.get(x, 1, hot)).toBe(0);
    expect(SubnetEmissionEnabled.get(x, 1)).toBe(false);
    expect(SubtokenEnabled.get(x, 1)).toBe(false);
    expect(LastEpochBlock.get(x, 1)).toBe(9_999n);
    expect(utf8.decode(TokenSymbol.get(x, 1))).toBe('α');
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'NetworkAdded', value: [1, 1] });
  });

  it('refuses in the chain’s order', () => {
    const x = founder();
    addHotkey(x, account(2), account(12));
    expect(register(x, account(12))).toBe('NonAssociatedColdKey');
    expect(register(x, subnetAccountId(1))).toBe('CannotUseSystemAccount');
    expect(register(x)).toBe('ok');
    goToBlock(x, 17_199);
    expect(register(x, account(13), account(9))).toBe('NetworkTxRateLimitExceeded');
    goToBlock(x, 17_200);
    SubnetLimit.put(x, 2);
    expect(register(x, account(13), account(9))).toBe('SubnetLimitReached');
    SubnetLimit.put(x, 3);
    expect(register(x, account(13), account(9))).toBe('CannotAffordLockCost');
  });

  it('ends as if nothing had happened when the identity is too long', () => {
    const x = founder();
    const empty = new Uint8Array();
    const identity = {
      subnet_name: new Uint8Array(257),
      github_repo: empty,
      subnet_contact: empty,
      subnet_url: empty,
      discord: empty,
      description: empty,
      logo_url: empty,
      additional: empty,
    };
    const named = (value: object) =>
      outcome(x, alice, 'register_network_with_identity', { hotkey: hot, identity: value });
    expect(named(identity)).toBe('InvalidIdentity');
    expect(NetworksAdded.containsKey(x, 1)).toBe(false);
    expect(named({ ...identity, subnet_name: new Uint8Array(256) })).toBe('ok');
    expect(SubnetIdentitiesV3.get(x, 1)?.subnet_name.length).toBe(256);
  });

  it('takes the next symbol when its own is in use', () => {
    const x = founder();
    TokenSymbol.insert(x, NETUID, utf8.encode('α'));
    expect(register(x)).toBe('ok');
    expect(utf8.decode(TokenSymbol.get(x, 1))).toBe('β');
  });

  it('costs twice the last one, less with every block (root.rs get_network_lock_cost)', () => {
    const x = founder();
    expect(getNetworkLockCost(x)).toBe(1000n * TAO);
    register(x);
    expect(getNetworkLockCost(x)).toBe(2000n * TAO);
    goToBlock(x, 10_100);
    expect(getNetworkLockCost(x)).toBe(2000n * TAO - 100n * ((1000n * TAO) / 100_800n));
    TotalIssuance.put(x, TOTAL_SUPPLY / 2n);
    expect(getLockReductionInterval(x)).toBe(50_400n);
  });
});

describe('a subnet’s account (subnet.rs get_subnet_account_id)', () => {
  it('is recognised, and no other', () => {
    expect(subnetAccountId(258)).toBe(`6d6f646c73756274656e7372${'0201'}${'0'.repeat(36)}`);
    expect(isSubnetAccountId(subnetAccountId(258))).toBe(258);
    expect(isSubnetAccountId(`${subnetAccountId(258).slice(0, 63)}1`)).toBeUndefined();
    expect(isSubnetAccountId(alice)).toBeUndefined();
  });
});

describe('making room (root.rs get_network_to_prune)', () => {
  const crowded = () => {
    const x = founder();
    NetworkRateLimit.put(x, 0n);
    NetworkImmunityPeriod.put(x, 100n);
    for (const i of [1, 2]) {
      fund(x, account(i + 60), 10_000n * TAO);
      run(x, account(i + 60), 'register_network', { hotkey: account(i + 70) });
    }
    goToBlock(x, 10_100);
    for (const [netuid, price] of [
      [1, 9n],
      [2, 7n],
      [NETUID, 8n],
    ] as const)
      SubnetMovingPrice.insert(x, netuid, price << 20n);
    return x;
  };

  it('the lowest moving price goes, the older of equals, never an immune one', () => {
    const x = crowded();
    expect(getNetworkToPrune(x)).toBe(2);
    SubnetMovingPrice.insert(x, NETUID, 7n << 20n);
    expect(getNetworkToPrune(x)).toBe(NETUID);
    NetworkImmunityPeriod.put(x, 5101n);
    expect(getNetworkToPrune(x)).toBeUndefined();
  });

  it('the netuid goes to the newcomer', () => {
    const x = crowded();
    SubnetLimit.put(x, 3);
    expect(register(x)).toBe('ok');
    expect(SubnetOwner.get(x, 2)).toBe(alice);
    expect(Uids.get(x, 2, hot)).toBe(0);
    expect(Uids.containsKey(x, 2, account(72))).toBe(false);
    expect(subtensorEvents(x).map(({ type }) => type)).toContain('NetworkRemoved');
  });
});

describe('the end of a subnet (root.rs do_dissolve_network)', () => {
  it('is root’s, and leaves only what the chain leaves', () => {
    const x = founder();
    register(x);
    addNeuron(x, account(2), account(12), 1);
    SubtokenEnabled.insert(x, 1, true);
    FirstEmissionBlockNumber.insert(x, 1, 5n);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, alice, 1, 5n * TAO);
    expect(outcome(x, alice, 'root_dissolve_network', { netuid: 1 })).toBe('BadOrigin');
    expect(outcome(x, 'root', 'root_dissolve_network', { netuid: 0 })).toBe('SubnetNotExists');
    expect(outcome(x, 'root', 'dissolve_network', { coldkey: alice, netuid: 1 })).toBe('ok');
    const left = x
      .changes()
      .filter(([key, value]) => value && key.slice(64, 68) === '0100')
      .map(([key]) => storage.items.find(({ prefix }) => key.startsWith(prefix))?.name);
    expect(left.filter((name) => name !== undefined).sort()).toEqual([
      'RegisteredSubnetCounter',
      'SubnetEmissionEnabled',
    ]);
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'NetworkRemoved', value: 1 });
  });
});

describe('start_call (subnet.rs do_start_call)', () => {
  it('is the owner’s alone, once, after the delay', () => {
    const x = founder();
    register(x);
    const start = (who: string, netuid = 1) => outcome(x, who, 'start_call', { netuid });
    expect(start(alice, 8)).toBe('SubnetNotExists');
    expect(start('root')).toBe('BadOrigin');
    expect(start(OWNER)).toBe('BadOrigin');
    StartCallDelay.put(x, 5n);
    expect(start(alice)).toBe('NeedWaitingMoreBlocksToStarCall');
    goToBlock(x, 10_005);
    expect(start(alice)).toBe('ok');
    expect(FirstEmissionBlockNumber.get(x, 1)).toBe(10_006n);
    expect(SubtokenEnabled.get(x, 1)).toBe(true);
    expect(start(alice)).toBe('FirstEmissionBlockNumberAlreadySet');
  });
});

describe('root_register (root.rs do_root_register)', () => {
  it('is limited by block and interval, and when full by stake', () => {
    const x = founder();
    MaxAllowedUids.insert(x, 0, 2);
    SubnetMechanism.insert(x, 0, 0);
    const seat = (hotkey: string) => outcome(x, alice, 'root_register', { hotkey });
    expect(seat(account(21))).toBe('ok');
    expect(seat(account(22))).toBe('TooManyRegistrationsThisBlock');
    MaxRegistrationsPerBlock.insert(x, 0, 100);
    expect(seat(account(21))).toBe('HotKeyAlreadyRegisteredInSubNet');
    expect(seat(account(22))).toBe('ok');
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, account(21), alice, 0, 5n);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, account(22), alice, 0, 3n);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, account(23), alice, 0, 3n);
    expect(seat(account(23))).toBe('StakeTooLowForRoot');
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, account(23), alice, 0, 1n);
    expect(seat(account(23))).toBe('ok');
    expect(Uids.get(x, 0, account(23))).toBe(1);
    expect(Uids.containsKey(x, 0, account(22))).toBe(false);
    expect(RegistrationsThisBlock.get(x, 0)).toBe(3);
    RegistrationsThisInterval.insert(x, 0, 6);
    expect(seat(account(24))).toBe('TooManyRegistrationsThisInterval');
  });
});
