import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { dbReadsWrites, type Weight } from '../../../../src/lib/localnet/frame/weight.ts';
import { onInitialize } from '../../../../src/lib/localnet/pallets/subtensor/coinbase/block-step.ts';
import {
  BlockEmission,
  ChildKeys,
  FirstEmissionBlockNumber,
  LastEpochBlock,
  LastHotkeySwapOnNetuid,
  MaxEpochsPerBlock,
  NetworkRegistrationAllowed,
  PendingChildKeys,
  PendingEpochAt,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  RootProp,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetEpochIndex,
  SubnetMovingPrice,
  SubnetTAO,
  TaoWeight,
  Tempo,
  TimelockedWeightCommits,
  TotalIssuance,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { account, addHotkey, addPool, addRoot, emptyState, goToBlock, TAO } from '../../../helpers/stake-state.ts';

/** Source of all: pallets/subtensor/src/coinbase/block_step.rs and macros/hooks.rs. */

const ONE = 1n << 32n;
const U64_MAX = (1n << 64n) - 1n;
const [alice, bob] = [account(1), account(2)] as const;
const [hot, hot2] = [account(11), account(12)] as const;

/** Root and subnet 1 with 1000 TAO against 2000 alpha, started at block 10; at block `block`. */
function withSubnet(block: number): Ext {
  const x = emptyState();
  goToBlock(x, block);
  addRoot(x);
  addPool(x, 1, 1000n * TAO, 2000n * TAO);
  FirstEmissionBlockNumber.insert(x, 1, 10n);
  NetworkRegistrationAllowed.insert(x, 1, true);
  Tempo.insert(x, 0, 100);
  Tempo.insert(x, 1, 10);
  return x;
}

/** The hook's weight without its fixed part (hooks.rs:23). */
function cleaningWeight(x: Ext): Weight {
  const { ref_time, proof_size } = onInitialize(x);
  const fixed = dbReadsWrites(8304, 110);
  return { ref_time: ref_time - 110_634_229_000n - fixed.ref_time, proof_size: proof_size - fixed.proof_size };
}

describe('records of hotkey swaps (hooks.rs:195)', () => {
  it('go when they are older than a day, in the block whose turn the subnet is', () => {
    const x = withSubnet(14_401);
    LastHotkeySwapOnNetuid.insert(x, 1, alice, 7_200n);
    LastHotkeySwapOnNetuid.insert(x, 1, bob, 7_201n);
    // Two reads, one for each of the two subnets, one for each record, one write.
    expect(cleaningWeight(x)).toEqual(dbReadsWrites(6, 1));
    expect([alice, bob].map((coldkey) => LastHotkeySwapOnNetuid.containsKey(x, 1, coldkey))).toEqual([false, true]);
  });

  it('stay in all other blocks', () => {
    for (const block of [14_400, 14_402]) {
      const x = withSubnet(block);
      LastHotkeySwapOnNetuid.insert(x, 1, alice, 1n);
      expect(cleaningWeight(x)).toEqual(dbReadsWrites(4, 0));
      expect(LastHotkeySwapOnNetuid.containsKey(x, 1, alice)).toBe(true);
    }
  });
});

describe('averages (block_step.rs:48, :58)', () => {
  it('of an emitting subnet’s price follow this block’s emission, its root part too', () => {
    const x = withSubnet(100);
    SubnetTAO.insert(x, 0, 500n * TAO);
    TaoWeight.put(x, U64_MAX);
    SubnetMovingPrice.insert(x, 1, ONE / 4n);
    const before = SubnetTAO.get(x, 1);
    onInitialize(x);
    // All of a TAO to the only subnet, less what liquidity and purchase lose by rounding.
    expect(SubnetTAO.get(x, 1)).toBe(before + TAO - 1n);
    // Half a TAO an alpha now; 91 blocks of age weigh 0.000003 · 91 / (91 + 201,600).
    const alpha = 0.000003 * (91 / 201_691);
    const price = Number(SubnetMovingPrice.get(x, 1)) / 2 ** 32;
    expect(Math.abs(price - (0.25 + alpha * 0.25))).toBeLessThan(2 ** -31);
    const issuance = SubnetAlphaIn.get(x, 1) + SubnetAlphaOut.get(x, 1);
    expect(RootProp.get(x, 1)).toBe((500n * TAO * ONE) / (500n * TAO + issuance));
  });

  it('of the others stand still', () => {
    const x = withSubnet(100);
    NetworkRegistrationAllowed.insert(x, 1, false);
    SubnetMovingPrice.insert(x, 1, ONE / 4n);
    onInitialize(x);
    expect(SubnetMovingPrice.get(x, 1)).toBe(ONE / 4n);
    expect(RootProp.containsKey(x, 1)).toBe(false);
  });
});

describe('what a block’s start does besides', () => {
  it('mints, and takes back what nobody may have', () => {
    const x = withSubnet(100);
    NetworkRegistrationAllowed.insert(x, 1, false);
    const issuance = TotalIssuance.get(x);
    onInitialize(x);
    expect([TotalIssuance.get(x), BlockEmission.get(x)]).toEqual([issuance, TAO]);
  });

  it('counts registrations anew; root’s interval ends with root’s tempo alone (registration.rs:474)', () => {
    const x = withSubnet(99);
    for (const netuid of [0, 1]) {
      RegistrationsThisBlock.insert(x, netuid, 3);
      RegistrationsThisInterval.insert(x, netuid, 3);
    }
    onInitialize(x);
    expect([0, 1].map((netuid) => RegistrationsThisBlock.get(x, netuid))).toEqual([0, 0]);
    expect([0, 1].map((netuid) => RegistrationsThisInterval.get(x, netuid))).toEqual([3, 3]);
    goToBlock(x, 100);
    onInitialize(x);
    expect([0, 1].map((netuid) => RegistrationsThisInterval.get(x, netuid))).toEqual([0, 3]);
  });

  it('children wait for their subnet’s epoch (block_step.rs:38)', () => {
    const x = withSubnet(100);
    addHotkey(x, alice, hot);
    addHotkey(x, bob, hot2);
    LastEpochBlock.insert(x, 1, 91n);
    PendingChildKeys.insert(x, 1, hot, [[[U64_MAX, hot2]], 50n]);
    onInitialize(x);
    expect(ChildKeys.get(x, hot, 1)).toEqual([]);
    goToBlock(x, 101);
    onInitialize(x);
    expect(LastEpochBlock.get(x, 1)).toBe(101n);
    expect(ChildKeys.get(x, hot, 1)).toEqual([[U64_MAX, hot2]]);
    expect(PendingChildKeys.containsKey(x, 1, hot)).toBe(false);
  });

  it('time-locked weights are opened at the epoch that runs, not at one that is put off (block_step.rs:81)', () => {
    const x = withSubnet(100);
    addPool(x, 2, 1000n * TAO, 2000n * TAO);
    Tempo.insert(x, 2, 10);
    MaxEpochsPerBlock.put(x, 1);
    for (const netuid of [1, 2]) {
      SubnetEpochIndex.insert(x, netuid, 5n);
      // Of the epoch before the last: gone once its time to be opened is over.
      TimelockedWeightCommits.insert(x, netuid, 4n, [[hot, 1n, new Uint8Array(3), 7n]]);
    }
    onInitialize(x);
    expect([1, 2].map((netuid) => TimelockedWeightCommits.containsKey(x, netuid, 4n))).toEqual([false, true]);
    expect([1, 2].map((netuid) => PendingEpochAt.get(x, netuid))).toEqual([0n, 101n]);
    goToBlock(x, 101);
    onInitialize(x);
    expect(TimelockedWeightCommits.containsKey(x, 2, 4n)).toBe(false);
  });
});
