import { describe, expect, it } from 'vitest';
import {
  Active,
  Axons,
  BlockAtRegistration,
  Bonds,
  Burn,
  BurnHalfLife,
  BurnIncreaseMult,
  Emission,
  ImmuneOwnerUidsLimit,
  ImmunityPeriod,
  Keys,
  LastUpdate,
  MaxAllowedUids,
  MaxBurn,
  MinBurn,
  MinNonImmuneUids,
  NetworkRegistrationAllowed,
  RAORecycledForRegistration,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetTAO,
  SubnetworkN,
  Tempo,
  Uids,
  ValidatorPermit,
  Weights,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { getNeuronToPrune } from '../../../../src/lib/localnet/pallets/subtensor/subnets/neuron-pruning.ts';
import {
  bumpRegistrationPriceAfterRegistration,
  updateRegistrationPricesForNetworks,
} from '../../../../src/lib/localnet/pallets/subtensor/subnets/registration.ts';
import { subnetAccountId } from '../../../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { replaceNeuron } from '../../../../src/lib/localnet/pallets/subtensor/subnets/uids.ts';
import { readVector } from '../../../helpers/read-vector.ts';
import { account, addRoot, fund, goToBlock, subtensorEvents, TAO } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER_HOTKEY, outcome, run, subnetState } from '../../../helpers/subnet-state.ts';

const alice = account(1);
const bob = account(2);
const hot = account(11);

describe('registering a neuron (registration.rs do_register)', () => {
  it('refuses in the chain’s order', () => {
    const x = subnetState();
    addRoot(x);
    const burned = (who: string, netuid: number, hotkey: string) =>
      outcome(x, who, 'burned_register', { netuid, hotkey });
    expect(outcome(x, 'root', 'burned_register', { netuid: 0, hotkey: hot })).toBe('BadOrigin');
    expect(burned(alice, 0, hot)).toBe('RegistrationNotPermittedOnRootSubnet');
    expect(burned(alice, 9, hot)).toBe('SubnetNotExists');
    NetworkRegistrationAllowed.insert(x, NETUID, false);
    expect(burned(alice, NETUID, OWNER_HOTKEY)).toBe('SubNetRegistrationDisabled');
    NetworkRegistrationAllowed.insert(x, NETUID, true);
    expect(burned(alice, NETUID, OWNER_HOTKEY)).toBe('HotKeyAlreadyRegisteredInSubNet');
    addNeuron(x, bob, account(12), 0);
    expect(burned(alice, NETUID, account(12))).toBe('NotEnoughBalanceToStake');
    fund(x, alice, 10n * TAO);
    expect(burned(alice, NETUID, subnetAccountId(7))).toBe('CannotUseSystemAccount');
    expect(burned(alice, NETUID, account(12))).toBe('NonAssociatedColdKey');
    MaxAllowedUids.insert(x, NETUID, 0);
    expect(burned(alice, NETUID, hot)).toBe('NoNeuronIdAvailable');
    MaxAllowedUids.insert(x, NETUID, 1);
    expect(burned(alice, NETUID, hot)).toBe('NoNeuronIdAvailable');
    MaxAllowedUids.insert(x, NETUID, 2);
    expect(burned(alice, NETUID, hot)).toBe('ok');
  });

  it('buys alpha for the price and destroys it, then raises the price', () => {
    const x = subnetState();
    fund(x, alice, 10n * TAO);
    Burn.insert(x, NETUID, TAO);
    const [tao, alphaIn, alphaOut] = [SubnetTAO, SubnetAlphaIn, SubnetAlphaOut].map((of) => of.get(x, NETUID));
    run(x, alice, 'register', {
      netuid: NETUID,
      block_number: 0n,
      nonce: 0n,
      work: new Uint8Array(),
      hotkey: hot,
      coldkey: bob,
    });
    const bought = alphaIn! - SubnetAlphaIn.get(x, NETUID);
    expect(bought).toBeGreaterThan(0n);
    // What leaves the pool is added to what is out and taken off again: it is gone.
    expect(SubnetAlphaOut.get(x, NETUID)).toBe(alphaOut);
    expect(SubnetTAO.get(x, NETUID)).toBeGreaterThan(tao!);
    expect(Burn.get(x, NETUID)).toBe(1_260_000_000n);
    expect(RegistrationsThisBlock.get(x, NETUID)).toBe(1);
    expect(RAORecycledForRegistration.get(x, NETUID)).toBe(TAO);
    expect(Uids.get(x, NETUID, hot)).toBe(1);
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'NeuronRegistered', value: [NETUID, 1, hot] });
  });

  it('keeps to a limit price, which the price may equal', () => {
    const x = subnetState();
    fund(x, alice, 10n * TAO);
    Burn.insert(x, NETUID, TAO);
    const limited = (limit_price: bigint, netuid = NETUID) =>
      outcome(x, alice, 'register_limit', { netuid, hotkey: hot, limit_price });
    expect(limited(TAO, 9)).toBe('SubnetNotExists');
    expect(limited(TAO - 1n)).toBe('RegistrationPriceLimitExceeded');
    expect(limited(TAO)).toBe('ok');
  });
});

describe('the price of a registration in storage', () => {
  interface Trajectory {
    readonly half_life: number;
    readonly increase_mult_bits: string;
    readonly min_burn: string;
    readonly max_burn: string;
    readonly rows: readonly (readonly [number, string, number, string, string, readonly unknown[][]])[];
  }

  it('follows the recorded 420 blocks', () => {
    const { trajectory } = readVector('burn-and-lock') as { readonly trajectory: Trajectory };
    const x = subnetState(5);
    BurnHalfLife.insert(x, NETUID, trajectory.half_life);
    BurnIncreaseMult.insert(x, NETUID, BigInt(trajectory.increase_mult_bits));
    MinBurn.insert(x, NETUID, BigInt(trajectory.min_burn));
    MaxBurn.insert(x, NETUID, BigInt(trajectory.max_burn));
    Burn.insert(x, NETUID, BigInt(trajectory.rows[0]![1]));
    for (const [block, before, , after, , registrations] of trajectory.rows) {
      goToBlock(x, block);
      expect([block, Burn.get(x, NETUID)]).toEqual([block, BigInt(before)]);
      updateRegistrationPricesForNetworks(x);
      for (const [result] of registrations) {
        if (result === 'ok') bumpRegistrationPriceAfterRegistration(x, NETUID);
      }
      expect([block, Burn.get(x, NETUID)]).toEqual([block, BigInt(after)]);
    }
    expect(trajectory.rows.length).toBe(420);
  });

  it('does not decay in the first block, and counters start anew in every block', () => {
    const x = subnetState();
    addRoot(x);
    Burn.insert(x, NETUID, TAO);
    RegistrationsThisBlock.insert(x, NETUID, 3);
    RegistrationsThisInterval.insert(x, 0, 2);
    Tempo.insert(x, 0, 100);
    goToBlock(x, 1);
    updateRegistrationPricesForNetworks(x);
    expect(Burn.get(x, NETUID)).toBe(TAO);
    expect(RegistrationsThisBlock.get(x, NETUID)).toBe(0);
    expect(RegistrationsThisInterval.get(x, 0)).toBe(2);
    goToBlock(x, 100);
    updateRegistrationPricesForNetworks(x);
    expect(Burn.get(x, NETUID)).toBe((TAO * 4_286_705_684n) >> 32n);
    expect(RegistrationsThisInterval.get(x, 0)).toBe(0);
  });
});

describe('who is pruned (registration.rs get_neuron_to_prune)', () => {
  /** A subnet of the owner and four more, all past their immunity, the owner's neuron with no emission. */
  const full = () => {
    const x = subnetState(100);
    for (let i = 0; i < 4; i++) addNeuron(x, account(20 + i), account(30 + i));
    ImmunityPeriod.insert(x, NETUID, 10);
    MinNonImmuneUids.insert(x, NETUID, 0);
    Emission.insert(x, NETUID, [0n, 5n, 4n, 4n, 6n]);
    goToBlock(x, 1000);
    return x;
  };

  it('the least emission, then the earliest registration, then the lowest uid; never the owner', () => {
    const x = full();
    expect(getNeuronToPrune(x, NETUID)).toBe(2);
    BlockAtRegistration.insert(x, NETUID, 2, 101n);
    expect(getNeuronToPrune(x, NETUID)).toBe(3);
    Emission.insert(x, NETUID, [0n, 5n, 4n, 4n, 3n]);
    expect(getNeuronToPrune(x, NETUID)).toBe(4);
  });

  it('an immune one only while too few others are there, and nobody when there is none', () => {
    const x = full();
    BlockAtRegistration.insert(x, NETUID, 4, 995n);
    expect(getNeuronToPrune(x, NETUID)).toBe(2);
    MinNonImmuneUids.insert(x, NETUID, 3);
    expect(getNeuronToPrune(x, NETUID)).toBe(4);
    BlockAtRegistration.insert(x, NETUID, 4, 100n);
    MinNonImmuneUids.insert(x, NETUID, 4);
    expect(getNeuronToPrune(x, NETUID)).toBeUndefined();
  });

  it('spares as many of the owner’s neurons as the limit says, the owner hotkey before all', () => {
    const x = full();
    const owner = 'aa'.repeat(32);
    const second = addNeuron(x, owner, account(40));
    BlockAtRegistration.insert(x, NETUID, second, 50n);
    Emission.insert(x, NETUID, [0n, 5n, 4n, 4n, 6n, 0n]);
    expect(getNeuronToPrune(x, NETUID)).toBe(second);
    ImmuneOwnerUidsLimit.insert(x, NETUID, 2);
    expect(getNeuronToPrune(x, NETUID)).toBe(2);
  });
});

describe('replacing a neuron (uids.rs replace_neuron)', () => {
  it('clears what the old one had, and others’ weights to it', () => {
    const x = subnetState(100);
    const uid = addNeuron(x, alice, hot);
    Weights.insert(x, NETUID, 0, Uint16Array.of(0, 7, uid, 9));
    Weights.insert(x, NETUID, uid, Uint16Array.of(0, 1));
    Bonds.insert(x, NETUID, uid, Uint16Array.of(0, 1));
    Bonds.insert(x, NETUID, 0, Uint16Array.of(uid, 5));
    Emission.insert(x, NETUID, [1n, 2n]);
    ValidatorPermit.insert(x, NETUID, [true, true]);
    Active.insert(x, NETUID, [true, false]);
    Axons.insert(x, NETUID, hot, {
      block: 1n,
      version: 1,
      ip: 1n,
      port: 1,
      ip_type: 4,
      protocol: 0,
      placeholder1: 0,
      placeholder2: 0,
    });
    replaceNeuron(x, NETUID, uid, account(12), 500n);
    expect(Weights.get(x, NETUID, 0)).toEqual(Uint16Array.of(0, 7, uid, 0));
    expect(Weights.containsKey(x, NETUID, uid)).toBe(false);
    expect(Bonds.containsKey(x, NETUID, uid)).toBe(false);
    // Bonds to the uid stay: only its own row goes.
    expect(Bonds.get(x, NETUID, 0)).toEqual(Uint16Array.of(uid, 5));
    expect(Emission.get(x, NETUID)).toEqual([1n, 0n]);
    expect(ValidatorPermit.get(x, NETUID)).toEqual([true, false]);
    expect(Active.get(x, NETUID)).toEqual([true, true]);
    expect(LastUpdate.get(x, NETUID)[uid]).toBe(500n);
    expect(Axons.containsKey(x, NETUID, hot)).toBe(false);
    expect(Uids.containsKey(x, NETUID, hot)).toBe(false);
    expect(Keys.get(x, NETUID, uid)).toBe(account(12));
    expect(SubnetworkN.get(x, NETUID)).toBe(2);
  });

  it('does nothing to the subnet owner’s hotkey', () => {
    const x = subnetState(100);
    replaceNeuron(x, NETUID, 0, hot, 500n);
    expect(Keys.get(x, NETUID, 0)).toBe(OWNER_HOTKEY);
    expect(Uids.containsKey(x, NETUID, hot)).toBe(false);
  });
});
