import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { epochWithMechanisms } from '../../../../src/lib/localnet/pallets/subtensor/epoch/epoch-with-mechanisms.ts';
import { doResetBonds } from '../../../../src/lib/localnet/pallets/subtensor/epoch/reset-bonds.ts';
import { increaseStakeForHotkeyAndColdkeyOnSubnet } from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  Bonds,
  BondsResetOn,
  CommitRevealWeightsEnabled,
  Emission,
  Incentive,
  LastUpdate,
  MaxAllowedUids,
  MaxMechanismCount,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  MinAllowedWeights,
  RevealPeriodEpochs,
  SubnetEpochIndex,
  SubnetworkN,
  Tempo,
  TimelockedWeightCommits,
  ValidatorPermit,
  VotingPower,
  VotingPowerEmaAlpha,
  VotingPowerTrackingEnabled,
  WeightCommits,
  Weights,
  WeightsSetRateLimit,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { getCommitHash } from '../../../../src/lib/localnet/pallets/subtensor/subnets/commit-reveal.ts';
import {
  doSetEmissionSplit,
  doSetMaxMechanismCount,
  doSetMechanismCount,
  getMechanismStorageIndex,
  getNetuidAndSubid,
} from '../../../../src/lib/localnet/pallets/subtensor/subnets/mechanism.ts';
import { account, addRoot, goToBlock, subtensorEvents, TAO } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER_HOTKEY, outcome, subnetState } from '../../../helpers/subnet-state.ts';

/** Source: pallets/subtensor/src/subnets/mechanism.rs, and subnets/weights.rs for the calls that name a mechanism. */

const [alice, bob] = [account(1), account(2)] as const;
const [hot, miner] = [account(11), account(12)] as const;
const SECOND = 4096 + NETUID;

/** Owner (uid 0), a validator with all stake (1) and a miner (2), two mechanisms, at block 1100. */
function withTwo(): Ext {
  const x = subnetState(1000);
  addRoot(x);
  addNeuron(x, alice, hot);
  addNeuron(x, bob, miner);
  MechanismCountCurrent.insert(x, NETUID, 2);
  increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, alice, NETUID, 100n * TAO);
  ValidatorPermit.insert(x, NETUID, [false, true, false]);
  MinAllowedWeights.insert(x, NETUID, 1);
  WeightsSetRateLimit.insert(x, NETUID, 50n);
  goToBlock(x, 1100);
  return x;
}

const thrown = (act: () => void): string => {
  try {
    act();
    return 'ok';
  } catch (error) {
    return (error as Error).message.replace('SubtensorModule.', '');
  }
};

describe('storage indices (:35, :51)', () => {
  it('are 4096 apart and lead back to subnet and mechanism while they exist', () => {
    const x = withTwo();
    expect([0, 1, 15].map((mechanism) => getMechanismStorageIndex(NETUID, mechanism))).toEqual([3, 4099, 61_443]);
    expect(getNetuidAndSubid(x, SECOND)).toEqual({ netuid: NETUID, mechanism: 1 });
    expect(getNetuidAndSubid(x, 2 * 4096 + NETUID)).toBeUndefined();
    expect(getNetuidAndSubid(x, 4096 + 77)).toBeUndefined();
  });
});

describe('how many mechanisms (:113, :145)', () => {
  it('is refused in the chain’s order', () => {
    const x = withTwo();
    MaxMechanismCount.put(x, 20);
    expect(thrown(() => doSetMechanismCount(x, 77, 0))).toBe('MechanismDoesNotExist');
    expect(thrown(() => doSetMechanismCount(x, NETUID, 0))).toBe('InvalidValue');
    expect(thrown(() => doSetMechanismCount(x, NETUID, 21))).toBe('InvalidValue');
    // 256 neurons in all mechanisms together.
    expect(thrown(() => doSetMechanismCount(x, NETUID, 17))).toBe('TooManyUIDsPerMechanism');
    MaxAllowedUids.insert(x, NETUID, 15);
    expect(thrown(() => doSetMechanismCount(x, NETUID, 17))).toBe('InvalidValue');
    expect(thrown(() => doSetMechanismCount(x, NETUID, 16))).toBe('ok');
    expect([0, 17, 16].map((count) => thrown(() => doSetMaxMechanismCount(x, count)))).toEqual([
      'InvalidValue',
      'InvalidValue',
      'ok',
    ]);
  });

  it('forgets what mechanisms that go have had, and any uneven split', () => {
    const x = withTwo();
    MaxMechanismCount.put(x, 3);
    MaxAllowedUids.insert(x, NETUID, 64);
    const commit = ['00'.repeat(32), 1n, 1n, 0n] as const;
    for (const index of [NETUID, SECOND]) {
      Weights.insert(x, index, 1, Uint16Array.of(2, 1));
      Bonds.insert(x, index, 1, Uint16Array.of(2, 1));
      Incentive.insert(x, index, [1]);
      LastUpdate.insert(x, index, [1n]);
      WeightCommits.insert(x, index, hot, [commit]);
      TimelockedWeightCommits.insert(x, index, 1n, []);
    }
    MechanismEmissionSplit.insert(x, NETUID, [1, 65_534]);
    doSetMechanismCount(x, NETUID, 2);
    expect(MechanismEmissionSplit.containsKey(x, NETUID)).toBe(true);
    doSetMechanismCount(x, NETUID, 1);
    expect(MechanismEmissionSplit.containsKey(x, NETUID)).toBe(false);
    const left = (index: number) => [
      Weights.hasPrefix(x, index),
      Bonds.hasPrefix(x, index),
      Incentive.containsKey(x, index),
      LastUpdate.containsKey(x, index),
      WeightCommits.hasPrefix(x, index),
      TimelockedWeightCommits.hasPrefix(x, index),
    ];
    expect(left(SECOND)).toEqual(Array<boolean>(6).fill(false));
    expect(left(NETUID)).toEqual(Array<boolean>(6).fill(true));
  });

  it('a split has a part for each of the first mechanisms, 65535 in all (:200)', () => {
    const x = withTwo();
    expect(thrown(() => doSetEmissionSplit(x, 77, [65_535]))).toBe('MechanismDoesNotExist');
    for (const split of [[], [65_534], [1, 2, 65_532], [65_535, 1]])
      expect(thrown(() => doSetEmissionSplit(x, NETUID, split))).toBe('InvalidValue');
    expect(thrown(() => doSetEmissionSplit(x, NETUID, [65_535]))).toBe('ok');
    expect(thrown(() => doSetEmissionSplit(x, NETUID, undefined))).toBe('ok');
    expect(MechanismEmissionSplit.containsKey(x, NETUID)).toBe(false);
  });
});

describe('epochs of mechanisms (:287)', () => {
  it('run apart, earn together, and store what they have apart', () => {
    const x = withTwo();
    MechanismEmissionSplit.insert(x, NETUID, [16_384, 49_151]);
    // The first mechanism’s validator rewards the owner’s neuron, the second’s the miner.
    for (const [index, target] of [
      [NETUID, 0],
      [SECOND, 2],
    ] as const) {
      Weights.insert(x, index, 1, Uint16Array.of(target, 65_535));
      LastUpdate.insert(x, index, [1090n, 1090n, 1090n]);
    }
    const earned = new Map(epochWithMechanisms(x, NETUID, 100n * TAO).map((entry) => [entry.hotkey, entry]));
    const first = (100n * TAO * 16_384n) / 65_535n + 1n;
    const second = (100n * TAO * 49_151n) / 65_535n;
    expect(first + second).toBe(100n * TAO);
    expect(earned.get(OWNER_HOTKEY)?.incentive).toBe(first / 2n);
    expect(earned.get(miner)?.incentive).toBe(second / 2n);
    expect(earned.get(hot)?.dividend).toBe(first / 2n + second / 2n);
    expect([Incentive.get(x, NETUID), Incentive.get(x, SECOND)]).toEqual([
      [65_535, 0, 0],
      [0, 0, 65_535],
    ]);
    expect([Bonds.get(x, NETUID, 1), Bonds.get(x, SECOND, 1)]).toEqual([
      Uint16Array.of(0, 65_535),
      Uint16Array.of(2, 65_535),
    ]);
    // The subnet’s own emission weighs each mechanism’s once more by its part.
    const weighed = (first * first + second * second) / (2n * 100n * TAO);
    const stored = Emission.get(x, NETUID)[1]!;
    expect(stored - weighed <= 1n && weighed - stored <= 2n).toBe(true);
    const emitted = subtensorEvents(x).filter(({ type }) => type === 'IncentiveAlphaEmittedToMiners');
    expect(emitted.map(({ value }) => value)).toEqual([
      { netuid: NETUID, emissions: [first / 2n, 0n, 0n] },
      { netuid: SECOND, emissions: [0n, 0n, second / 2n] },
    ]);
  });

  it('count a validator’s stake once for each mechanism in its voting power (voting_power.rs:117)', () => {
    const x = withTwo();
    VotingPowerTrackingEnabled.insert(x, NETUID, true);
    VotingPowerEmaAlpha.insert(x, NETUID, 500_000_000_000_000_000n);
    VotingPower.insert(x, NETUID, miner, 5n);
    epochWithMechanisms(x, NETUID, TAO);
    expect(VotingPower.get(x, NETUID, hot)).toBe(100n * TAO);
    expect(VotingPower.containsKey(x, NETUID, miner)).toBe(false);
  });

  it('of a subnet without neurons store empty lists', () => {
    const x = withTwo();
    SubnetworkN.insert(x, 9, 0);
    Tempo.insert(x, 9, 10);
    expect(epochWithMechanisms(x, 9, TAO)).toEqual([]);
    expect([Incentive.tryGet(x, 9), Emission.tryGet(x, 9)]).toEqual([[], []]);
  });
});

describe('weights of a mechanism (weights.rs)', () => {
  const at = (mecid: number) => ({ netuid: NETUID, mecid });

  it('are set and rate-limited for each mechanism by itself', () => {
    const x = withTwo();
    const set = (mecid: number) =>
      outcome(x, hot, 'set_mechanism_weights', { ...at(mecid), dests: [2], weights: [7], version_key: 0n });
    expect(set(2)).toBe('MechanismDoesNotExist');
    expect(set(1)).toBe('ok');
    expect(set(1)).toBe('SettingWeightsTooFast');
    expect(set(0)).toBe('ok');
    expect(Weights.get(x, SECOND, 1)).toEqual(Uint16Array.of(2, 65_535));
    // The second mechanism's list of updates is made when it is first needed.
    expect(LastUpdate.get(x, SECOND)).toEqual([0n, 1100n, 0n]);
    expect(subtensorEvents(x).at(-2)).toEqual({ type: 'WeightsSet', value: [SECOND, 1] });
  });

  it('are committed to and revealed under the mechanism’s own index', () => {
    const x = withTwo();
    CommitRevealWeightsEnabled.insert(x, NETUID, true);
    RevealPeriodEpochs.insert(x, NETUID, 1n);
    const revealed = { uids: [2], values: [5], salt: [9], versionKey: 0n };
    const reveal = (mecid: number) =>
      outcome(x, hot, 'reveal_mechanism_weights', {
        ...at(mecid),
        uids: [2],
        values: [5],
        salt: [9],
        version_key: 0n,
      });
    const commit_hash = getCommitHash(hot, SECOND, revealed);
    expect(outcome(x, hot, 'commit_mechanism_weights', { ...at(2), commit_hash })).toBe('MechanismDoesNotExist');
    expect(outcome(x, hot, 'commit_mechanism_weights', { ...at(1), commit_hash })).toBe('ok');
    expect(WeightCommits.get(x, SECOND, hot)).toEqual([[commit_hash, 0n, 1100n, 0n]]);
    expect(reveal(1)).toBe('RevealTooEarly');
    SubnetEpochIndex.insert(x, NETUID, 1n);
    expect(reveal(0)).toBe('NoWeightsCommitFound');
    expect(reveal(1)).toBe('ok');
    expect(WeightCommits.containsKey(x, SECOND, hot)).toBe(false);
    expect(subtensorEvents(x).slice(-2)).toEqual([
      { type: 'WeightsSet', value: [SECOND, 1] },
      { type: 'WeightsRevealed', value: [hot, SECOND, commit_hash] },
    ]);
  });

  it('are time-locked under the mechanism’s own index, in version 4 with the older call', () => {
    const x = withTwo();
    CommitRevealWeightsEnabled.insert(x, NETUID, true);
    const commit = new Uint8Array(7);
    const sealed = { commit, reveal_round: 99n };
    const newer = (version: number) =>
      outcome(x, hot, 'commit_timelocked_mechanism_weights', { ...at(1), ...sealed, commit_reveal_version: version });
    expect(outcome(x, hot, 'commit_crv3_mechanism_weights', { ...at(3), ...sealed })).toBe('MechanismDoesNotExist');
    expect(outcome(x, hot, 'commit_crv3_mechanism_weights', { ...at(1), ...sealed })).toBe('ok');
    expect(newer(3)).toBe('IncorrectCommitRevealVersion');
    expect(newer(4)).toBe('CommittingWeightsTooFast');
    goToBlock(x, 1150);
    expect(newer(4)).toBe('ok');
    expect(TimelockedWeightCommits.get(x, SECOND, 0n)).toEqual([
      [hot, 1100n, commit, 99n],
      [hot, 1150n, commit, 99n],
    ]);
    expect(TimelockedWeightCommits.hasPrefix(x, NETUID)).toBe(false);
  });
});

describe('bonds in a neuron (run_epoch.rs:1578)', () => {
  it('are taken away in one mechanism, where the owner allows it', () => {
    const x = withTwo();
    const before = Uint16Array.of(0, 1, 2, 5);
    for (const index of [NETUID, SECOND]) Bonds.insert(x, index, 1, before);
    doResetBonds(x, SECOND, miner);
    expect(Bonds.get(x, SECOND, 1)).toEqual(before);
    BondsResetOn.insert(x, NETUID, true);
    doResetBonds(x, SECOND, account(99));
    expect(Bonds.get(x, SECOND, 1)).toEqual(before);
    doResetBonds(x, SECOND, miner);
    expect(Bonds.get(x, SECOND, 1)).toEqual(Uint16Array.of(0, 1));
    expect(Bonds.get(x, NETUID, 1)).toEqual(before);
  });
});
