import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { vec } from '../../../scale/compound.ts';
import { u16, u64 } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { callWithNames, MechId, NetUid, named, U16s } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { CommitRevealWeightsEnabled, WeightCommits } from '../storage.ts';
import { getCommitHash, isCommitExpired, isRevealBlockRange, type RevealedWeights } from './commit-reveal.ts';
import { getMechanismStorageIndex } from './mechanism.ts';
import { doSetMechanismWeights, MAIN_MECHANISM } from './set-weights.ts';

/** Revealing weights that were committed to by hash. Source: pallets/subtensor subnets/weights.rs. */

type Commit = readonly [hash: string, epoch: bigint, block: bigint, unused: bigint];

interface OpenCommits {
  readonly open: readonly Commit[];
  /** Hashes of commits at the front that are too old. */
  readonly expired: ReadonlySet<string>;
}

/** @throws NoWeightsCommitFound */
function openCommits(x: Ext, netuid: number, index: number, who: AccountId): OpenCommits {
  const commits = WeightCommits.get(x, index, who);
  if (commits === undefined) throw errors.NoWeightsCommitFound;
  const alive = commits.findIndex(([, epoch]) => !isCommitExpired(x, netuid, epoch));
  const dead = alive < 0 ? commits.length : alive;
  return { open: commits.slice(dead), expired: new Set(commits.slice(0, dead).map(([hash]) => hash)) };
}

function keepCommits(x: Ext, index: number, who: AccountId, commits: readonly Commit[]): void {
  if (commits.length === 0) WeightCommits.remove(x, index, who);
  else WeightCommits.insert(x, index, who, commits);
}

/** Reveals one commit; those before it are given up. @throws DispatchError in the chain's order of checks */
function doRevealWeights(x: Ext, origin: Origin, netuid: number, mechanism: number, revealed: RevealedWeights): void {
  const index = getMechanismStorageIndex(netuid, mechanism);
  const who = ensureSigned(origin);
  if (!CommitRevealWeightsEnabled.get(x, netuid)) throw errors.CommitRevealDisabled;
  const { open, expired } = openCommits(x, netuid, index, who);
  const hash = getCommitHash(who, index, revealed);
  if (open.length === 0) throw expired.has(hash) ? errors.ExpiredWeightCommit : errors.NoWeightsCommitFound;
  const position = open.findIndex(([of]) => of === hash);
  if (position < 0) throw expired.has(hash) ? errors.ExpiredWeightCommit : errors.InvalidRevealCommitHashNotMatch;
  if (!isRevealBlockRange(x, netuid, open[position]![1])) throw errors.RevealTooEarly;
  doSetMechanismWeights(x, origin, { netuid, mechanism, ...revealed });
  events.deposit(x, 'WeightsRevealed', [who, index, hash]);
  keepCommits(x, index, who, open.slice(position + 1));
}

/** Reveals several commits in order, all or none. @throws DispatchError in the chain's order of checks */
function doBatchRevealWeights(x: Ext, origin: Origin, netuid: number, reveals: readonly RevealedWeights[]): void {
  const index = getMechanismStorageIndex(netuid, MAIN_MECHANISM);
  const who = ensureSigned(origin);
  if (!CommitRevealWeightsEnabled.get(x, netuid)) throw errors.CommitRevealDisabled;
  const { open, expired } = openCommits(x, netuid, index, who);
  const notFound = (hash: string) =>
    expired.has(hash) ? errors.ExpiredWeightCommit : errors.InvalidRevealCommitHashNotMatch;
  const hashes = reveals.map((revealed) => getCommitHash(who, index, revealed));
  for (const hash of hashes) {
    const commit = open.find(([of]) => of === hash);
    if (!commit) throw notFound(hash);
    if (!isRevealBlockRange(x, netuid, commit[1])) throw errors.RevealTooEarly;
  }
  const rest = [...open];
  reveals.forEach((revealed, i) => {
    const hash = hashes[i]!;
    const position = rest.findIndex(([of]) => of === hash);
    if (position < 0) throw notFound(hash);
    rest.splice(position, 1);
    doSetMechanismWeights(x, origin, { netuid, mechanism: MAIN_MECHANISM, ...revealed });
  });
  events.deposit(x, 'WeightsBatchRevealed', [who, netuid, hashes]);
  keepCommits(x, index, who, rest);
}

const U16Lists = named(vec(vec(u16)), 'Vec<Vec<u16>>');

/** Calls 97, 98 and 116. */
export const revealWeightsCalls = {
  reveal_weights: callWithNames(
    97,
    { netuid: NetUid, uids: U16s, values: U16s, salt: U16s, version_key: u64 },
    costs(786_227_000n, 7590n, 'No'),
    (x, origin, { netuid, uids, values, salt, version_key }) =>
      doRevealWeights(x, origin, netuid, MAIN_MECHANISM, { uids, values, salt, versionKey: version_key }),
  ),
  batch_reveal_weights: callWithNames(
    98,
    {
      netuid: NetUid,
      uids_list: U16Lists,
      values_list: U16Lists,
      salts_list: U16Lists,
      version_keys: named(vec(u64), 'Vec<u64>'),
    },
    costs(1_096_363_000n, 8095n, 'No'),
    (x, origin, { netuid, uids_list, values_list, salts_list, version_keys }) => {
      if ([values_list, salts_list, version_keys].some(({ length }) => length !== uids_list.length))
        throw errors.InputLengthsUnequal;
      const reveals = uids_list.map((uids, i) => ({
        uids,
        values: values_list[i]!,
        salt: salts_list[i]!,
        versionKey: version_keys[i]!,
      }));
      doBatchRevealWeights(x, origin, netuid, reveals);
    },
  ),
  reveal_mechanism_weights: callWithNames(
    116,
    { netuid: NetUid, mecid: MechId, uids: U16s, values: U16s, salt: U16s, version_key: u64 },
    costs(722_000_000n, 0n, 'No'),
    (x, origin, { netuid, mecid, uids, values, salt, version_key }) =>
      doRevealWeights(x, origin, netuid, mecid, { uids, values, salt, versionKey: version_key }),
  ),
};
