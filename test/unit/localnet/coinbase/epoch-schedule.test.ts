import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import {
  blocksUntilNextAutoEpoch,
  drainPending,
  epochsDeferredThisBlock,
  getNextEpochStartBlock,
  shouldRunEpoch,
} from '../../../../src/lib/localnet/pallets/subtensor/coinbase/epoch-schedule.ts';
import {
  BlocksSinceLastStep,
  Keys,
  LastEpochBlock,
  MaxEpochsPerBlock,
  PendingEpochAt,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetEpochIndex,
  Tempo,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { account, emptyState, goToBlock, subtensorEvents } from '../../../helpers/stake-state.ts';

/** Source of all: pallets/subtensor/src/coinbase/run_coinbase.rs. */

const U64_MAX = (1n << 64n) - 1n;

/** Subnets of tempo 10 whose last epoch was at block 100, at block `block`. */
function withSubnets(netuids: readonly number[], block: number): Ext {
  const x = emptyState();
  goToBlock(x, block);
  for (const netuid of netuids) {
    Tempo.insert(x, netuid, 10);
    LastEpochBlock.insert(x, netuid, 100n);
  }
  return x;
}

const dueAt = (x: Ext, netuid: number, block: bigint): boolean => shouldRunEpoch(x, netuid, block);

describe('when an epoch is due (:1085)', () => {
  it('every tempo blocks after the last one', () => {
    const x = withSubnets([1], 100);
    expect([109n, 110n, 111n].map((block) => dueAt(x, 1, block))).toEqual([false, true, true]);
  });

  it('never with tempo 0, whatever else asks for it', () => {
    const x = withSubnets([1], 100);
    Tempo.insert(x, 1, 0);
    PendingEpochAt.insert(x, 1, 1n);
    BlocksSinceLastStep.insert(x, 1, 100_000n);
    expect(dueAt(x, 1, 1_000_000n)).toBe(false);
    expect(getNextEpochStartBlock(x, 1)).toBeUndefined();
    expect(blocksUntilNextAutoEpoch(x, 1, 0, 5n)).toBe(U64_MAX);
  });

  it('from the block on that a trigger or a deferral names', () => {
    const x = withSubnets([1], 100);
    PendingEpochAt.insert(x, 1, 104n);
    expect([103n, 104n, 105n].map((block) => dueAt(x, 1, block))).toEqual([false, true, true]);
    expect(getNextEpochStartBlock(x, 1)).toBe(104n);
    PendingEpochAt.insert(x, 1, 300n);
    expect(getNextEpochStartBlock(x, 1)).toBe(110n);
  });

  it('after more than 50,400 blocks without a step, though the tempo is longer', () => {
    const x = withSubnets([1], 100);
    Tempo.insert(x, 1, 65_535);
    BlocksSinceLastStep.insert(x, 1, 50_400n);
    expect(dueAt(x, 1, 101n)).toBe(false);
    BlocksSinceLastStep.insert(x, 1, 50_401n);
    expect(dueAt(x, 1, 101n)).toBe(true);
    BlocksSinceLastStep.insert(x, 1, 0n);
    expect([65_634n, 65_635n].map((block) => dueAt(x, 1, block))).toEqual([false, true]);
  });
});

describe('more epochs than a block may run (:322, :347)', () => {
  it('the first ones run, the others are put off by one block each time', () => {
    const x = withSubnets([1, 2, 3, 4, 5], 110);
    MaxEpochsPerBlock.put(x, 2);
    LastEpochBlock.insert(x, 2, 105n);
    expect([...epochsDeferredThisBlock(x, [1, 2, 3, 4, 5], 110n)]).toEqual([4, 5]);
    expect(drainPending(x, [1, 2, 3, 4, 5]).map(({ netuid }) => netuid)).toEqual([1, 3]);
    expect([1, 2, 3, 4, 5].map((netuid) => PendingEpochAt.get(x, netuid))).toEqual([0n, 0n, 0n, 111n, 111n]);
    expect([1, 2, 3, 4, 5].map((netuid) => LastEpochBlock.get(x, netuid))).toEqual([110n, 105n, 110n, 100n, 100n]);
    expect([1, 2, 3, 4, 5].map((netuid) => SubnetEpochIndex.get(x, netuid))).toEqual([1n, 0n, 1n, 0n, 0n]);
    expect([1, 2, 3, 4, 5].map((netuid) => BlocksSinceLastStep.get(x, netuid))).toEqual([0n, 1n, 0n, 1n, 1n]);
    const deferral = (netuid: number, block: bigint) => ({
      type: 'EpochDeferred',
      value: { netuid, from_block: block, to_block: block + 1n },
    });
    expect(subtensorEvents(x)).toEqual([deferral(4, 110n), deferral(5, 110n)]);

    goToBlock(x, 111);
    expect(epochsDeferredThisBlock(x, [1, 2, 3, 4, 5], 111n).size).toBe(0);
    expect(drainPending(x, [1, 2, 3, 4, 5]).map(({ netuid }) => netuid)).toEqual([4, 5]);
    expect([4, 5].map((netuid) => LastEpochBlock.get(x, netuid))).toEqual([111n, 111n]);
    expect(subtensorEvents(x)).toHaveLength(2);
  });

  it('none runs where none may', () => {
    const x = withSubnets([1], 110);
    MaxEpochsPerBlock.put(x, 0);
    expect([...epochsDeferredThisBlock(x, [1], 110n)]).toEqual([1]);
    expect(drainPending(x, [1])).toEqual([]);
    expect(PendingEpochAt.get(x, 1)).toBe(111n);
  });
});

describe('draining (:347)', () => {
  const pots = [PendingServerEmission, PendingValidatorEmission, PendingRootAlphaDivs, PendingOwnerCut];

  it('takes all four pots, answers by netuid, and advances the schedule', () => {
    const x = withSubnets([7, 3], 110);
    for (const [i, pot] of pots.entries()) pot.insert(x, 3, BigInt(i + 1));
    PendingEpochAt.insert(x, 3, 108n);
    expect(drainPending(x, [7, 3])).toEqual([
      { netuid: 3, server: 1n, validator: 2n, root: 3n, ownerCut: 4n },
      { netuid: 7, server: 0n, validator: 0n, root: 0n, ownerCut: 0n },
    ]);
    // The pots are written, not removed, and so is the spent trigger.
    for (const pot of pots) expect(pot.tryGet(x, 3)).toBe(0n);
    expect(PendingEpochAt.tryGet(x, 3)).toBe(0n);
    expect(pots.every((pot) => pot.containsKey(x, 7))).toBe(true);
  });

  it('skips a subnet where a hotkey stands twice: the slot is used up, the pots and the count of blocks stay (:421)', () => {
    const x = withSubnets([1, 2, 3], 110);
    MaxEpochsPerBlock.put(x, 2);
    Keys.insert(x, 1, 0, account(9));
    Keys.insert(x, 1, 5, account(9));
    PendingServerEmission.insert(x, 1, 77n);
    BlocksSinceLastStep.insert(x, 1, 9n);
    // It does not count against the cap.
    expect(epochsDeferredThisBlock(x, [1, 2, 3], 110n).size).toBe(0);
    expect(drainPending(x, [1, 2, 3]).map(({ netuid }) => netuid)).toEqual([2, 3]);
    expect(subtensorEvents(x)).toEqual([{ type: 'EpochSkipped', value: { netuid: 1, block: 110n } }]);
    expect(PendingServerEmission.get(x, 1)).toBe(77n);
    expect(BlocksSinceLastStep.get(x, 1)).toBe(10n);
    expect([LastEpochBlock.get(x, 1), SubnetEpochIndex.get(x, 1)]).toEqual([110n, 1n]);
  });

  it('the safety net counts the block that has just begun', () => {
    const x = withSubnets([1], 101);
    Tempo.insert(x, 1, 65_535);
    BlocksSinceLastStep.insert(x, 1, 50_400n);
    expect(drainPending(x, [1])).toHaveLength(1);
  });
});
