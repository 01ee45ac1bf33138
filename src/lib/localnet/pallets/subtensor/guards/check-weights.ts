import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { LastStoredRound } from '../../drand/spec.ts';
import { errors } from '../errors.ts';
import { WeightCommits } from '../storage.ts';
import { getCommitHash, isRevealBlockRange, type RevealedWeights } from '../subnets/commit-reveal.ts';
import { getMechanismStorageIndex } from '../subnets/mechanism.ts';
import { checkWeightsMinStake } from '../subnets/weight-checks.ts';
import type { SubtensorCall } from './subtensor-call.ts';

// Shape, stake and commit-reveal preconditions of weights. Source: pallets/subtensor guards/check_weights.rs.

export const WEIGHT_CALLS: ReadonlySet<string> = new Set([
  'batch_commit_weights',
  'batch_reveal_weights',
  'batch_set_weights',
  'commit_weights',
  'commit_mechanism_weights',
  'reveal_weights',
  'reveal_mechanism_weights',
  'set_weights',
  'set_mechanism_weights',
  'commit_timelocked_weights',
  'commit_timelocked_mechanism_weights',
  'commit_crv3_mechanism_weights',
]);

interface Args {
  readonly netuid: number;
  readonly mecid: number;
  readonly netuids: readonly number[];
  readonly commit_hashes: readonly unknown[];
  readonly weights: readonly unknown[];
  readonly version_keys: readonly bigint[];
  readonly uids_list: readonly (readonly number[])[];
  readonly values_list: readonly (readonly number[])[];
  readonly salts_list: readonly (readonly number[])[];
  readonly uids: readonly number[];
  readonly values: readonly number[];
  readonly salt: readonly number[];
  readonly version_key: bigint;
  readonly reveal_round: bigint;
}

function lengthsMatch(name: string, args: Args): boolean {
  const same = (...lists: readonly (readonly unknown[])[]): boolean =>
    lists.every(({ length }) => length === lists[0]!.length);
  switch (name) {
    case 'batch_commit_weights':
      return same(args.netuids, args.commit_hashes);
    case 'batch_reveal_weights':
      return same(args.uids_list, args.values_list, args.salts_list, args.version_keys);
    case 'batch_set_weights':
      return same(args.netuids, args.weights, args.version_keys);
    default:
      return true;
  }
}

function checkReveals(
  x: Ext,
  who: AccountId,
  netuid: number,
  index: number,
  reveals: readonly RevealedWeights[],
): void {
  const commits = WeightCommits.get(x, index, who);
  if (!commits) throw errors.NoWeightsCommitFound;
  for (const reveal of reveals) {
    const hash = getCommitHash(who, index, reveal);
    const commit = commits.find(([committed]) => committed === hash);
    if (!commit) throw errors.NoWeightsCommitFound;
    if (!isRevealBlockRange(x, netuid, commit[1])) throw errors.RevealTooEarly;
  }
}

function checkCommitReveal(x: Ext, who: AccountId, name: string, args: Args): void {
  switch (name) {
    case 'reveal_weights':
    case 'reveal_mechanism_weights': {
      const index = getMechanismStorageIndex(args.netuid, name === 'reveal_weights' ? 0 : args.mecid);
      const { uids, values, salt, version_key: versionKey } = args;
      checkReveals(x, who, args.netuid, index, [{ uids, values, salt, versionKey }]);
      return;
    }
    case 'batch_reveal_weights':
      checkReveals(
        x,
        who,
        args.netuid,
        getMechanismStorageIndex(args.netuid, 0),
        args.uids_list.map((uids, i) => ({
          uids,
          values: args.values_list[i]!,
          salt: args.salts_list[i]!,
          versionKey: args.version_keys[i]!,
        })),
      );
      return;
    case 'commit_timelocked_weights':
    case 'commit_timelocked_mechanism_weights':
    case 'commit_crv3_mechanism_weights':
      if (args.reveal_round < LastStoredRound.get(x)) throw errors.InvalidRevealRound;
  }
}

/** @throws InputLengthsUnequal, NotEnoughStakeToSetWeights, NoWeightsCommitFound, RevealTooEarly, InvalidRevealRound */
export function checkWeights(x: Ext, who: AccountId, call: SubtensorCall): void {
  const args = call.args as unknown as Args;
  if (!lengthsMatch(call.name, args)) throw errors.InputLengthsUnequal;
  const several = call.name === 'batch_commit_weights' || call.name === 'batch_set_weights';
  for (const netuid of several ? args.netuids : [args.netuid]) {
    if (!checkWeightsMinStake(x, who, netuid)) throw errors.NotEnoughStakeToSetWeights;
  }
  checkCommitReveal(x, who, call.name, args);
}
