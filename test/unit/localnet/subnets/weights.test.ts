import { describe, expect, it } from 'vitest';
import type { Ext } from '../../../../src/lib/localnet/frame/ext.ts';
import { increaseStakeForHotkeyAndColdkeyOnSubnet } from '../../../../src/lib/localnet/pallets/subtensor/staking/stake-utils.ts';
import {
  CommitRevealWeightsEnabled,
  LastUpdate,
  MechanismCountCurrent,
  MinAllowedWeights,
  RevealPeriodEpochs,
  StakeThreshold,
  SubnetEpochIndex,
  ValidatorPermit,
  WeightCommits,
  Weights,
  WeightsSetRateLimit,
  WeightsVersionKey,
} from '../../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { getCommitHash } from '../../../../src/lib/localnet/pallets/subtensor/subnets/commit-reveal.ts';
import { account, addRoot, goToBlock, subtensorEvents } from '../../../helpers/stake-state.ts';
import { addNeuron, NETUID, OWNER_HOTKEY, outcome, run, subnetState } from '../../../helpers/subnet-state.ts';

const hot = account(11);
const UID = 1;

/** A subnet of four neurons at block 2000, of which uid 1 is a validator that may set weights now. */
function withValidator(): Ext {
  const x = subnetState(1000);
  for (let i = 0; i < 3; i++) addNeuron(x, account(1 + i), account(11 + i));
  ValidatorPermit.insert(x, NETUID, [false, true, false, false]);
  MinAllowedWeights.insert(x, NETUID, 1);
  goToBlock(x, 1300);
  return x;
}

const set = (x: Ext, dests: number[], weights: number[], rest: object = {}, who = hot) =>
  outcome(x, who, 'set_weights', { netuid: NETUID, dests, weights, version_key: 0n, ...rest });

describe('set_weights (weights.rs internal_set_weights)', () => {
  it('refuses in the chain’s order', () => {
    const x = withValidator();
    addRoot(x);
    CommitRevealWeightsEnabled.insert(x, 0, false);
    const stranger = account(99);
    expect(set(x, [0], [1], { netuid: 0 })).toBe('CanNotSetRootNetworkWeights');
    expect(set(x, [0], [1, 2], { netuid: 8 }, stranger)).toBe('CommitRevealEnabled');
    expect(set(x, [0], [1, 2], {}, stranger)).toBe('WeightVecNotEqualSize');
    expect(set(x, [0, 1, 2, 3, 4], [1, 1, 1, 1, 1], {}, stranger)).toBe('UidsLengthExceedUidsInSubNet');
    expect(set(x, [0], [1], {}, stranger)).toBe('HotKeyNotRegisteredInSubNet');
    StakeThreshold.put(x, 1000n);
    expect(set(x, [0], [1])).toBe('NotEnoughStakeToSetWeights');
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, hot, account(1), NETUID, 1000n);
    WeightsVersionKey.insert(x, NETUID, 5n);
    expect(set(x, [0], [1], { version_key: 4n })).toBe('IncorrectWeightVersionKey');
    WeightsVersionKey.insert(x, NETUID, 0n);
    LastUpdate.insert(x, NETUID, [0n, 1201n, 0n, 0n]);
    expect(set(x, [0], [1])).toBe('SettingWeightsTooFast');
    LastUpdate.insert(x, NETUID, [0n, 1200n, 0n, 0n]);
    ValidatorPermit.insert(x, NETUID, [false, false, false, false]);
    expect(set(x, [0, 0], [1, 1])).toBe('NeuronNoValidatorPermit');
    ValidatorPermit.insert(x, NETUID, [false, true, false, false]);
    expect(set(x, [0, 0], [1, 1])).toBe('DuplicateUids');
    expect(set(x, [0, 9], [1, 1])).toBe('UidVecContainInvalidOne');
    MinAllowedWeights.insert(x, NETUID, 3);
    expect(set(x, [0, 2], [1, 1])).toBe('WeightVecLengthIsLow');
    expect(set(x, [0, 2, 3], [1, 1, 1])).toBe('ok');
  });

  it('stores weights scaled up to 65535 and remembers when', () => {
    const x = withValidator();
    expect(set(x, [0, 2, 3], [1, 0, 3])).toBe('ok');
    expect(Weights.get(x, NETUID, UID)).toEqual(Uint16Array.of(0, 21_845, 2, 0, 3, 65_535));
    expect(LastUpdate.get(x, NETUID)[UID]).toBe(1300n);
    expect(subtensorEvents(x).at(-1)).toEqual({ type: 'WeightsSet', value: [NETUID, UID] });
  });

  it('lets anyone weigh only itself, and the owner weigh without permit or stake', () => {
    const x = withValidator();
    StakeThreshold.put(x, 1000n);
    MinAllowedWeights.insert(x, NETUID, 3);
    expect(set(x, [0, 1, 2], [1, 1, 1], {}, OWNER_HOTKEY)).toBe('ok');
    increaseStakeForHotkeyAndColdkeyOnSubnet(x, account(12), account(2), NETUID, 1000n);
    expect(set(x, [2], [5], {}, account(12))).toBe('ok');
    expect(set(x, [3], [5], {}, account(12))).toBe('SettingWeightsTooFast');
  });

  it.each([
    [(1n << 63n) - 1n, 'NotEnoughStakeToSetWeights'],
    [1n << 63n, 'ok'],
    [(1n << 64n) - 1n, 'ok'],
  ])('takes a stake threshold of %d as the chain’s fixed-point comparison does', (threshold, result) => {
    const x = withValidator();
    StakeThreshold.put(x, threshold);
    expect(set(x, [0], [1])).toBe(result);
  });

  it('runs a batch to its end whatever its items say', () => {
    const x = withValidator();
    run(x, hot, 'batch_set_weights', { netuids: [8, NETUID], weights: [[[0, 1]], [[0, 1]]], version_keys: [0n, 0n] });
    expect(
      subtensorEvents(x)
        .slice(-4)
        .map(({ type }) => type),
    ).toEqual(['WeightsSet', 'BatchCompletedWithErrors', 'BatchWeightItemFailed', 'BatchWeightsCompleted']);
    expect(outcome(x, hot, 'batch_set_weights', { netuids: [1], weights: [], version_keys: [] })).toBe(
      'InputLengthsUnequal',
    );
  });

  it('keeps mechanisms apart', () => {
    const x = withValidator();
    const second = { netuid: NETUID, mecid: 1, dests: [0], weights: [1], version_key: 0n };
    expect(outcome(x, hot, 'set_mechanism_weights', second)).toBe('MechanismDoesNotExist');
    MechanismCountCurrent.insert(x, NETUID, 2);
    expect(outcome(x, hot, 'set_mechanism_weights', second)).toBe('ok');
    expect(Weights.containsKey(x, NETUID, UID)).toBe(false);
    expect(Weights.get(x, 4096 + NETUID, UID)).toEqual(Uint16Array.of(0, 65_535));
    expect(LastUpdate.get(x, 4096 + NETUID)).toEqual([0n, 1300n, 0n, 0n]);
  });
});

describe('commit and reveal (weights.rs internal_commit_weights, internal_reveal_weights)', () => {
  const revealed = { uids: [0, 2], values: [3, 5], salt: [7, 8], versionKey: 0n };
  const revealArgs = (salt = revealed.salt) => ({
    netuid: NETUID,
    uids: revealed.uids,
    values: revealed.values,
    salt,
    version_key: 0n,
  });
  const hashOf = (salt = revealed.salt) => getCommitHash(hot, NETUID, { ...revealed, salt });
  const committing = () => {
    const x = withValidator();
    CommitRevealWeightsEnabled.insert(x, NETUID, true);
    WeightsSetRateLimit.insert(x, NETUID, 0n);
    SubnetEpochIndex.insert(x, NETUID, 10n);
    RevealPeriodEpochs.insert(x, NETUID, 2n);
    return x;
  };
  const commit = (x: Ext, commit_hash = hashOf(), who = hot) =>
    outcome(x, who, 'commit_weights', { netuid: NETUID, commit_hash });

  it('opens exactly the reveal period after the commit’s epoch', () => {
    const x = committing();
    expect(commit(x)).toBe('ok');
    expect(WeightCommits.get(x, NETUID, hot)).toEqual([[hashOf(), 10n, 1300n, 0n]]);
    expect(LastUpdate.get(x, NETUID)[UID]).toBe(1300n);
    SubnetEpochIndex.insert(x, NETUID, 11n);
    expect(outcome(x, hot, 'reveal_weights', revealArgs())).toBe('RevealTooEarly');
    expect(outcome(x, hot, 'reveal_weights', revealArgs([1]))).toBe('InvalidRevealCommitHashNotMatch');
    SubnetEpochIndex.insert(x, NETUID, 13n);
    expect(outcome(x, hot, 'reveal_weights', revealArgs())).toBe('ExpiredWeightCommit');
    expect(outcome(x, hot, 'reveal_weights', revealArgs([1]))).toBe('NoWeightsCommitFound');
    SubnetEpochIndex.insert(x, NETUID, 12n);
    goToBlock(x, 1310);
    expect(outcome(x, hot, 'reveal_weights', revealArgs())).toBe('ok');
    expect(WeightCommits.containsKey(x, NETUID, hot)).toBe(false);
    expect(Weights.get(x, NETUID, UID)).toEqual(Uint16Array.of(0, 39_321, 2, 65_535));
    // Revealing does not count as setting.
    expect(LastUpdate.get(x, NETUID)[UID]).toBe(1300n);
    expect(outcome(x, hot, 'reveal_weights', revealArgs())).toBe('NoWeightsCommitFound');
  });

  it('counts an epoch that is due in this block', () => {
    const x = committing();
    goToBlock(x, 1360);
    expect(commit(x)).toBe('ok');
    expect(WeightCommits.get(x, NETUID, hot)?.[0]?.[1]).toBe(11n);
  });

  it('holds ten commits of a hotkey, without those that are too old', () => {
    const x = committing();
    for (let i = 0; i < 10; i++) expect(commit(x, hashOf([i]))).toBe('ok');
    expect(commit(x)).toBe('TooManyUnrevealedCommits');
    SubnetEpochIndex.insert(x, NETUID, 13n);
    expect(commit(x)).toBe('ok');
    expect(WeightCommits.get(x, NETUID, hot)?.length).toBe(1);
  });

  it('gives up the commits before the one that is revealed', () => {
    const x = committing();
    for (let i = 0; i < 3; i++) commit(x, hashOf([i]));
    SubnetEpochIndex.insert(x, NETUID, 12n);
    expect(outcome(x, hot, 'reveal_weights', revealArgs([1]))).toBe('ok');
    expect(WeightCommits.get(x, NETUID, hot)?.map(([hash]) => hash)).toEqual([hashOf([2])]);
  });

  it('reveals a batch whole or not at all', () => {
    const x = committing();
    for (let i = 0; i < 3; i++) commit(x, hashOf([i]));
    SubnetEpochIndex.insert(x, NETUID, 12n);
    const batch = (salts: number[]) => ({
      netuid: NETUID,
      uids_list: salts.map(() => revealed.uids),
      values_list: salts.map(() => revealed.values),
      salts_list: salts.map((salt) => [salt]),
      version_keys: salts.map(() => 0n),
    });
    expect(outcome(x, hot, 'batch_reveal_weights', { ...batch([2, 0]), version_keys: [] })).toBe('InputLengthsUnequal');
    expect(outcome(x, hot, 'batch_reveal_weights', batch([2, 2]))).toBe('InvalidRevealCommitHashNotMatch');
    expect(outcome(x, hot, 'batch_reveal_weights', batch([2, 0]))).toBe('ok');
    expect(WeightCommits.get(x, NETUID, hot)?.map(([hash]) => hash)).toEqual([hashOf([1])]);
  });

  it('is refused where weights are open, before an unknown hotkey is', () => {
    const x = committing();
    expect(commit(x, hashOf(), account(99))).toBe('HotKeyNotRegisteredInSubNet');
    expect(outcome(x, hot, 'commit_weights', { netuid: 9, commit_hash: hashOf() })).toBe('MechanismDoesNotExist');
    WeightsSetRateLimit.insert(x, NETUID, 500n);
    expect(commit(x)).toBe('CommittingWeightsTooFast');
    CommitRevealWeightsEnabled.insert(x, NETUID, false);
    expect(commit(x, hashOf(), account(99))).toBe('CommitRevealDisabled');
    expect(outcome(x, hot, 'reveal_weights', revealArgs())).toBe('CommitRevealDisabled');
  });
});
