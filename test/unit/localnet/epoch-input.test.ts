import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../src/lib/localnet/frame/ext.ts';
import { readEpochInput } from '../../../src/lib/localnet/pallets/subtensor/epoch/epoch-input.ts';
import { epochWithMechanisms } from '../../../src/lib/localnet/pallets/subtensor/epoch/epoch-with-mechanisms.ts';
import {
  Active,
  ActivityCutoffFactorMilli,
  CommitRevealWeightsEnabled,
  LastEpochBlock,
  LastUpdate,
  MechanismCountCurrent,
  RevealPeriodEpochs,
  SubnetEpochIndex,
  SubnetOwnerHotkey,
  SubnetworkN,
  Tempo,
  TimelockedWeightCommits,
  ValidatorPermit,
  WeightCommits,
} from '../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { account, goToBlock } from '../../helpers/stake-state.ts';
import { addNeuron, NETUID, subnetState } from '../../helpers/subnet-state.ts';

/** Source: pallets/subtensor/src/epoch/run_epoch.rs. */

const NONE = (1n << 64n) - 1n;
const [hot, hot2, stranger] = [account(11), account(12), account(13)] as const;
const commit = (epoch: bigint, block: bigint) => ['00'.repeat(32), epoch, block, 0n] as const;
const sealed = (who: string, block: bigint) => [who, block, new Uint8Array(1), 7n] as const;

/** Three neurons in epoch 5, whose commits live for one epoch more. */
function withNeurons(): Ext {
  const x = subnetState(1000);
  addNeuron(x, account(1), hot);
  addNeuron(x, account(2), hot2);
  CommitRevealWeightsEnabled.insert(x, NETUID, true);
  RevealPeriodEpochs.insert(x, NETUID, 1n);
  SubnetEpochIndex.insert(x, NETUID, 5n);
  goToBlock(x, 1100);
  return x;
}
const commitBlocks = (x: Ext, mechanism = 0) => readEpochInput(x, NETUID, mechanism, 0n).commitBlocks;

describe('commits that are still to be revealed (:727)', () => {
  it('count from their block, the earliest of those that are alive', () => {
    const x = withNeurons();
    WeightCommits.insert(x, NETUID, hot, [commit(3n, 900n), commit(4n, 1010n), commit(5n, 1020n)]);
    expect(commitBlocks(x)).toEqual([NONE, 1010n, NONE]);
    // The first one alive, not the smallest block.
    WeightCommits.insert(x, NETUID, hot, [commit(4n, 1030n), commit(5n, 1020n)]);
    expect(commitBlocks(x)).toEqual([NONE, 1030n, NONE]);
    WeightCommits.insert(x, NETUID, hot, [commit(3n, 900n)]);
    expect(commitBlocks(x)).toEqual([NONE, NONE, NONE]);
  });

  it('by hash and by time lock alike, whoever’s is earlier', () => {
    const x = withNeurons();
    WeightCommits.insert(x, NETUID, hot, [commit(5n, 1050n)]);
    TimelockedWeightCommits.insert(x, NETUID, 3n, [sealed(hot2, 800n)]);
    TimelockedWeightCommits.insert(x, NETUID, 4n, [sealed(hot2, 1060n), sealed(hot2, 1040n), sealed(stranger, 1n)]);
    TimelockedWeightCommits.insert(x, NETUID, 5n, [sealed(hot, 1055n)]);
    expect(commitBlocks(x)).toEqual([NONE, 1050n, 1040n]);
    TimelockedWeightCommits.insert(x, NETUID, 5n, [sealed(hot, 1045n)]);
    expect(commitBlocks(x)).toEqual([NONE, 1045n, 1040n]);
  });

  it('of one mechanism do not concern another', () => {
    const x = withNeurons();
    MechanismCountCurrent.insert(x, NETUID, 2);
    WeightCommits.insert(x, 4096 + NETUID, hot, [commit(5n, 1050n)]);
    expect([commitBlocks(x, 0)?.[1], commitBlocks(x, 1)?.[1]]).toEqual([NONE, 1050n]);
  });

  it('are one epoch older in a block whose epoch is due (weights.rs:1267)', () => {
    const x = withNeurons();
    WeightCommits.insert(x, NETUID, hot, [commit(4n, 1010n)]);
    LastEpochBlock.insert(x, NETUID, 740n);
    expect(commitBlocks(x)).toEqual([NONE, NONE, NONE]);
  });

  it('do not matter where weights are open', () => {
    const x = withNeurons();
    CommitRevealWeightsEnabled.insert(x, NETUID, false);
    expect(commitBlocks(x)).toBeNull();
  });
});

describe('what else an epoch reads', () => {
  it('updates are filled up with zeros, permits are not (misc.rs:192)', () => {
    const x = withNeurons();
    LastUpdate.insert(x, NETUID, [9n]);
    ValidatorPermit.insert(x, NETUID, [true]);
    const input = readEpochInput(x, NETUID, 0, 0n);
    expect(input.lastUpdate).toEqual([9n, 0n, 0n]);
    expect(input.validatorPermits).toEqual([true]);
  });

  it('neurons beyond a stored size that is too small are as active as their updates say (:182, :1045)', () => {
    const x = withNeurons();
    LastUpdate.insert(x, NETUID, [1099n, 9n, 1098n]);
    ActivityCutoffFactorMilli.insert(x, NETUID, 1000);
    Tempo.insert(x, NETUID, 10);
    for (const n of [3, 1]) {
      SubnetworkN.insert(x, NETUID, n);
      epochWithMechanisms(x, NETUID, 0n);
      expect(Active.get(x, NETUID)).toEqual([true, false, true]);
    }
  });

  it('an owner hotkey without a place has no uid; a place without a key was never registered (:1090)', () => {
    const x = withNeurons();
    expect(readEpochInput(x, NETUID, 0, 0n).ownerUid).toBe(0);
    SubnetOwnerHotkey.insert(x, NETUID, stranger);
    expect(readEpochInput(x, NETUID, 0, 0n).ownerUid).toBeNull();
    SubnetworkN.insert(x, NETUID, 4);
    expect(readEpochInput(x, NETUID, 0, 0n).blockAtRegistration).toEqual([1000n, 1000n, 1000n, 0n]);
  });
});
