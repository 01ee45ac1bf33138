import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import {
  getStakeForHotkeyAndColdkeyOnSubnet,
  increaseStakeForHotkeyAndColdkeyOnSubnet,
} from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  AccumulatedLeaseDividends,
  ActivityCutoffFactorMilli,
  Axons,
  BlockAtRegistration,
  Bonds,
  CommitRevealWeightsEnabled,
  Emission,
  Keys,
  LastEpochBlock,
  MaxAllowedUids,
  MinAllowedUids,
  NeuronCertificates,
  PendingEpochAt,
  ServingRateLimit,
  SubnetLeaseShares,
  SubnetLeases,
  SubnetMechanism,
  SubnetOwner,
  SubnetOwnerHotkey,
  SubnetworkN,
  Tempo,
  TokenSymbol,
  Uids,
  Weights,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { distributeLeasedNetworkDividends } from '../../../../src/lib/localnet/pallets/subtensor/subnets/lease-dividends.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { SYMBOLS } from '../../../../src/lib/localnet/pallets/subtensor/subnets/symbol-table.ts';
import { trimToMaxAllowedUids } from '../../../../src/lib/localnet/pallets/subtensor/subnets/trim-uids.ts';
import { utf8 } from '../../../../src/lib/localnet/scale/bytes.ts';
import { account, goToBlock, subtensorEvents, TAO } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER, OWNER_HOTKEY, outcome, run, subnetState } from '../../../helpers/subnet-state.ts';

const alice = account(1);
const hot = account(11);

describe('the rhythm of epochs (tempo_control.rs)', () => {
  const set = (x: Ext, tempo: number, who = OWNER) => outcome(x, who, 'set_tempo', { netuid: NETUID, tempo });

  it('is 360 blocks at least and a week at most', () => {
    for (const tempo of [360, 50_400]) expect(set(subnetState(10_000), tempo)).toBe('ok');
  });

  it('is the owner’s to set within bounds, once in 360 blocks', () => {
    const x = subnetState(10_000);
    expect(set(x, 400, 'root')).toBe('BadOrigin');
    expect(set(x, 359)).toBe('TempoOutOfBounds');
    expect(set(x, 50_401)).toBe('TempoOutOfBounds');
    LastEpochBlock.insert(x, NETUID, 9_649n);
    expect(set(x, 400)).toBe('AdminActionProhibitedDuringWeightsWindow');
    LastEpochBlock.insert(x, NETUID, 9_900n);
    expect(set(x, 400)).toBe('ok');
    expect(Tempo.get(x, NETUID)).toBe(400);
    expect(LastEpochBlock.get(x, NETUID)).toBe(10_000n);
    goToBlock(x, 10_359);
    expect(set(x, 500)).toBe('TxRateLimitExceeded');
    goToBlock(x, 10_360);
    expect(set(x, 500)).toBe('ok');
  });

  it('can be broken by one epoch on demand', () => {
    const x = subnetState(10_000);
    const trigger = (who = OWNER) => outcome(x, who, 'trigger_epoch', { netuid: NETUID });
    CommitRevealWeightsEnabled.insert(x, NETUID, true);
    expect(trigger('root')).toBe('BadOrigin');
    expect(trigger()).toBe('DynamicTempoBlockedByCommitReveal');
    CommitRevealWeightsEnabled.insert(x, NETUID, false);
    LastEpochBlock.insert(x, NETUID, 9_649n);
    expect(trigger()).toBe('AutoEpochAlreadyImminent');
    LastEpochBlock.insert(x, NETUID, 9_650n);
    expect(trigger()).toBe('ok');
    expect(PendingEpochAt.get(x, NETUID)).toBe(10_010n);
    expect(subtensorEvents(x).at(-1)).toEqual({
      type: 'EpochTriggered',
      value: { netuid: NETUID, by: OWNER, fires_at: 10_010n },
    });
    expect(trigger()).toBe('EpochTriggerAlreadyPending');
    PendingEpochAt.insert(x, NETUID, 0n);
    expect(trigger()).toBe('TxRateLimitExceeded');
  });

  it('has an activity cutoff that only holds the owner to window and limit', () => {
    const x = subnetState(10_000);
    const factor = (factor_milli: number, who = OWNER) =>
      outcome(x, who, 'set_activity_cutoff_factor', { netuid: NETUID, factor_milli });
    expect(factor(999)).toBe('ActivityCutoffFactorMilliOutOfBounds');
    expect(factor(50_001, 'root')).toBe('ActivityCutoffFactorMilliOutOfBounds');
    expect(factor(2000, alice)).toBe('BadOrigin');
    expect(factor(2000)).toBe('ok');
    expect(factor(3000)).toBe('TxRateLimitExceeded');
    LastEpochBlock.insert(x, NETUID, 9_649n);
    expect(factor(3000)).toBe('AdminActionProhibitedDuringWeightsWindow');
    expect(factor(3000, 'root')).toBe('ok');
    expect(ActivityCutoffFactorMilli.get(x, NETUID)).toBe(3000);
  });
});

describe('the owner’s hotkey (subnet.rs do_set_sn_owner_hotkey)', () => {
  it('changes once in 50,400 blocks, for root too', () => {
    const x = subnetState(10_000);
    const name = (hotkey: string, who = OWNER, netuid = NETUID) =>
      outcome(x, who, 'sudo_set_sn_owner_hotkey', { netuid, hotkey });
    expect(name(hot, alice)).toBe('BadOrigin');
    expect(name(hot, 'root', 9)).toBe('SubnetNotExists');
    expect(name(subnetAccountId(4))).toBe('CannotUseSystemAccount');
    expect(name(hot)).toBe('ok');
    goToBlock(x, 60_399);
    expect(name(OWNER_HOTKEY, 'root')).toBe('TxRateLimitExceeded');
    goToBlock(x, 60_400);
    expect(name(OWNER_HOTKEY, 'root')).toBe('ok');
    expect(SubnetOwnerHotkey.get(x, NETUID)).toBe(OWNER_HOTKEY);
  });
});

describe('symbols (symbols.rs)', () => {
  it('are the chain’s 439, no two alike', () => {
    expect(SYMBOLS.length).toBe(439);
    expect(new Set(SYMBOLS.map((symbol) => utf8.decode(symbol))).size).toBe(439);
    expect([0, 1, 19, 25, 438].map((i) => utf8.decode(SYMBOLS[i]!))).toEqual(['Τ', 'α', 't', 'א', 'ධ']);
  });

  it('are changed to known ones that nobody has', () => {
    const x = subnetState();
    TokenSymbol.insert(x, 5, utf8.encode('β'));
    const symbol = (text: string, who = OWNER) =>
      outcome(x, who, 'update_symbol', { netuid: NETUID, symbol: utf8.encode(text) });
    expect(symbol('γ', alice)).toBe('BadOrigin');
    expect(symbol('x')).toBe('SymbolDoesNotExist');
    expect(symbol('Τ')).toBe('SymbolDoesNotExist');
    expect(symbol('β')).toBe('SymbolAlreadyInUse');
    expect(symbol('γ')).toBe('ok');
    expect(symbol('γ')).toBe('SymbolAlreadyInUse');
  });
});

describe('serving (serving.rs)', () => {
  const axon = { version: 1, ip: 0x08080808n, port: 80, ip_type: 4, protocol: 0, placeholder1: 0, placeholder2: 0 };
  const serve = (x: Ext, change: object, who = hot) =>
    outcome(x, who, 'serve_axon', { netuid: NETUID, ...axon, ...change });
  const registered = () => {
    const x = subnetState();
    addNeuron(x, alice, hot);
    return x;
  };

  it('takes only addresses that others can reach', () => {
    const x = registered();
    expect(serve(x, {}, alice)).toBe('HotKeyNotRegisteredInNetwork');
    expect(serve(x, { ip_type: 5 })).toBe('InvalidIpType');
    for (const ip of [0x7f000001n, 0xffff_ffffn, 1n << 40n]) expect(serve(x, { ip })).toBe('InvalidIpAddress');
    for (const ip of [1n, (1n << 128n) - 1n]) expect(serve(x, { ip, ip_type: 6 })).toBe('InvalidIpAddress');
    expect(serve(x, { port: 0 })).toBe('InvalidPort');
    expect(serve(x, { ip: 0n })).toBe('ok');
    expect(Axons.get(x, NETUID, hot)?.block).toBe(1000n);
    const prometheus = { netuid: NETUID, version: 1, ip: 0n, port: 80, ip_type: 4 };
    expect(outcome(x, hot, 'serve_prometheus', prometheus)).toBe('InvalidIpAddress');
    expect(outcome(x, hot, 'serve_prometheus', { ...prometheus, ip: 9n })).toBe('ok');
  });

  it('may be repeated after the rate limit', () => {
    const x = registered();
    expect(serve(x, {})).toBe('ok');
    goToBlock(x, 1049);
    expect(serve(x, {})).toBe('ServingRateLimitExceeded');
    goToBlock(x, 1050);
    expect(serve(x, {})).toBe('ok');
    ServingRateLimit.insert(x, NETUID, 0n);
    expect(serve(x, {})).toBe('ok');
  });

  it('keeps a certificate of at most 65 bytes, and leaves out any other', () => {
    const x = registered();
    ServingRateLimit.insert(x, NETUID, 0n);
    const tls = (certificate: Uint8Array) => run(x, hot, 'serve_axon_tls', { netuid: NETUID, ...axon, certificate });
    tls(new Uint8Array(66));
    tls(new Uint8Array(0));
    expect(NeuronCertificates.containsKey(x, NETUID, hot)).toBe(false);
    tls(Uint8Array.of(3, 1, 2));
    expect(NeuronCertificates.get(x, NETUID, hot)).toEqual({ algorithm: 3, public_key: Uint8Array.of(1, 2) });
  });
});

describe('identities (identity.rs)', () => {
  const empty = new Uint8Array();
  const person = {
    name: empty,
    url: empty,
    github_repo: empty,
    image: empty,
    discord: empty,
    description: empty,
    additional: empty,
  };

  it('need a registered hotkey, and fit', () => {
    const x = subnetState();
    expect(outcome(x, alice, 'set_identity', person)).toBe('HotKeyNotRegisteredInNetwork');
    addNeuron(x, alice, hot);
    for (const [field, limit] of [
      ['name', 256],
      ['url', 256],
      ['github_repo', 256],
      ['image', 1024],
      ['discord', 256],
      ['description', 1024],
      ['additional', 1024],
    ] as const) {
      expect(outcome(x, alice, 'set_identity', { ...person, [field]: new Uint8Array(limit + 1) })).toBe(
        'InvalidIdentity',
      );
      expect(outcome(x, alice, 'set_identity', { ...person, [field]: new Uint8Array(limit) })).toBe('ok');
    }
  });

  it('of a subnet are its owner’s', () => {
    const x = subnetState();
    const subnet = {
      netuid: NETUID,
      subnet_name: empty,
      github_repo: empty,
      subnet_contact: empty,
      subnet_url: empty,
      discord: empty,
      description: empty,
      logo_url: empty,
      additional: empty,
    };
    expect(outcome(x, alice, 'set_subnet_identity', subnet)).toBe('NotSubnetOwner');
    expect(outcome(x, OWNER, 'set_subnet_identity', { ...subnet, discord: new Uint8Array(257) })).toBe(
      'InvalidIdentity',
    );
    expect(outcome(x, OWNER, 'set_subnet_identity', subnet)).toBe('ok');
  });
});

describe('trimming (uids.rs trim_to_max_allowed_uids)', () => {
  it('keeps the highest emissions and everyone immune, and moves uids together', () => {
    const x = subnetState(1000);
    for (let i = 0; i < 5; i++) addNeuron(x, account(1 + i), account(11 + i));
    MinAllowedUids.insert(x, NETUID, 1);
    goToBlock(x, 20_000);
    BlockAtRegistration.insert(x, NETUID, 2, 19_999n);
    Emission.insert(x, NETUID, [0n, 50n, 1n, 20n, 30n, 20n]);
    Weights.insert(x, NETUID, 4, Uint16Array.of(1, 10, 3, 30, 4, 40));
    Bonds.insert(x, NETUID, 5, Uint16Array.of(0, 1));
    trimToMaxAllowedUids(x, NETUID, 4);
    // 5 and 3 emit least of those that may go; of equals the later uid goes first.
    expect(SubnetworkN.get(x, NETUID)).toBe(4);
    expect([0, 1, 2, 3].map((uid) => Keys.get(x, NETUID, uid))).toEqual([OWNER_HOTKEY, hot, account(12), account(14)]);
    expect(Emission.get(x, NETUID)).toEqual([0n, 50n, 1n, 30n]);
    expect(Weights.get(x, NETUID, 3)).toEqual(Uint16Array.of(1, 10, 3, 40));
    expect(Keys.containsKey(x, NETUID, 4)).toBe(false);
    expect(Weights.containsKey(x, NETUID, 4)).toBe(false);
    expect(Uids.get(x, NETUID, account(14))).toBe(3);
    expect(Uids.containsKey(x, NETUID, account(15))).toBe(false);
    expect(MaxAllowedUids.get(x, NETUID)).toBe(4);
  });

  it('is refused when most of what stays would be immune', () => {
    const x = subnetState(1000);
    for (let i = 0; i < 5; i++) addNeuron(x, account(1 + i), account(11 + i));
    MinAllowedUids.insert(x, NETUID, 1);
    goToBlock(x, 20_000);
    LastEpochBlock.insert(x, NETUID, 20_000n);
    for (const uid of [1, 2, 3]) BlockAtRegistration.insert(x, NETUID, uid, 19_999n);
    expect(outcome(x, 'root', 'sudo_trim_to_max_allowed_uids', { netuid: NETUID, max_n: 5 })).toBe(
      'TrimmingWouldExceedMaxImmunePercentage',
    );
    BlockAtRegistration.insert(x, NETUID, 3, 1000n);
    expect(outcome(x, 'root', 'sudo_trim_to_max_allowed_uids', { netuid: NETUID, max_n: 5 })).toBe('ok');
  });

  // `Percent::from_rational(0, 0)` of sp-arithmetic 27 is the whole: no part of nothing is small enough.
  it('never empties a subnet, not even one without immune neurons', () => {
    const x = subnetState(1000);
    SubnetOwnerHotkey.remove(x, NETUID);
    SubnetOwner.remove(x, NETUID);
    MinAllowedUids.insert(x, NETUID, 0);
    goToBlock(x, 20_000);
    LastEpochBlock.insert(x, NETUID, 20_000n);
    expect(outcome(x, 'root', 'sudo_trim_to_max_allowed_uids', { netuid: NETUID, max_n: 0 })).toBe(
      'TrimmingWouldExceedMaxImmunePercentage',
    );
  });
});

describe('dividends of a lease (leasing.rs distribute_leased_network_dividends)', () => {
  const [lessee, investor] = [account(50), account(51)];
  const leased = () => {
    const x = subnetState(1000);
    SubnetMechanism.insert(x, NETUID, 1);
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, OWNER_HOTKEY, OWNER, NETUID, 100n * TAO);
    SubnetLeases.insert(x, 0, {
      beneficiary: lessee,
      coldkey: OWNER,
      hotkey: OWNER_HOTKEY,
      emissions_share: 30,
      end_block: 2000,
      netuid: NETUID,
      cost: 0n,
    });
    SubnetLeaseShares.insert(x, 0, investor, 1n << 63n);
    return x;
  };
  const stakeOf = (x: Ext, who: string) => getStakeForHotkeyAndColdkeyOnSubnet(x, OWNER_HOTKEY, who, NETUID);

  it('gather, and are paid in every hundredth block', () => {
    const x = leased();
    goToBlock(x, 1050);
    distributeLeasedNetworkDividends(x, 0, 10n * TAO + 1n);
    expect(AccumulatedLeaseDividends.get(x, 0)).toBe(3n * TAO + 1n);
    goToBlock(x, 1100);
    distributeLeasedNetworkDividends(x, 0, 10n * TAO);
    expect(stakeOf(x, investor)).toBe(3n * TAO + 1n);
    expect(stakeOf(x, lessee)).toBe(3n * TAO);
    expect(AccumulatedLeaseDividends.get(x, 0)).toBe(0n);
  });

  it('wait for the next time when one payment is too small', () => {
    const x = leased();
    goToBlock(x, 1100);
    distributeLeasedNetworkDividends(x, 0, 1_000_000n);
    expect(stakeOf(x, investor)).toBe(0n);
    expect(AccumulatedLeaseDividends.get(x, 0)).toBe(300_000n);
    expect(subtensorEvents(x)).toEqual([]);
  });

  it('end with the lease', () => {
    const x = leased();
    goToBlock(x, 2000);
    distributeLeasedNetworkDividends(x, 0, 10n * TAO);
    expect(AccumulatedLeaseDividends.get(x, 0)).toBe(0n);
    expect(stakeOf(x, investor)).toBe(0n);
  });
});
