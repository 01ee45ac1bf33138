import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { blake2_256 } from '../../../frame/hashing.ts';
import { ensureSigned, type Origin, signed } from '../../../frame/origin.ts';
import { toHex } from '../../../scale/bytes.ts';
import { vec } from '../../../scale/compound.ts';
import { u16, u64 } from '../../../scale/primitives.ts';
import { H256 } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { callWithNames, MechId, NetUid, named, TimelockedCommit } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import {
  CommitRevealWeightsEnabled,
  CommitRevealWeightsVersion,
  TimelockedWeightCommits,
  WeightCommits,
} from '../storage.ts';
import { currentEpochWithLookahead, isCommitExpired } from './commit-reveal.ts';
import { ensureMechanismExists, getMechanismStorageIndex } from './mechanism.ts';
import { MAIN_MECHANISM, NetUids, runWeightsBatch } from './set-weights.ts';
import { getUidForNetAndHotkey, setLastUpdateForUid } from './uids.ts';
import { checkRateLimit } from './weight-checks.ts';

/** Committing to weights that are revealed later, by hash or by time lock. Source: pallets/subtensor subnets/weights.rs. */

/** Commits that one hotkey may have open. */
const MAX_UNREVEALED_COMMITS = 10;
/** Version of the time-locked format that `commit_crv3_mechanism_weights` stands for. */
const CRV3_VERSION = 4;

/** @throws DispatchError in the chain's order of checks */
function doCommitWeights(x: Ext, origin: Origin, netuid: number, mechanism: number, hash: string): void {
  ensureMechanismExists(x, netuid, mechanism);
  const index = getMechanismStorageIndex(netuid, mechanism);
  const who = ensureSigned(origin);
  if (!CommitRevealWeightsEnabled.get(x, netuid)) throw errors.CommitRevealDisabled;
  const uid = getUidForNetAndHotkey(x, netuid, who);
  const block = currentBlock(x);
  if (!checkRateLimit(x, index, uid, block)) throw errors.CommittingWeightsTooFast;
  const epoch = currentEpochWithLookahead(x, netuid);
  const known = WeightCommits.get(x, index, who) ?? [];
  const alive = known.findIndex(([, of]) => !isCommitExpired(x, netuid, of));
  const open = alive < 0 ? [] : known.slice(alive);
  if (open.length >= MAX_UNREVEALED_COMMITS) throw errors.TooManyUnrevealedCommits;
  WeightCommits.insert(x, index, who, [...open, [hash, epoch, block, 0n]]);
  events.deposit(x, 'WeightsCommitted', [who, index, hash]);
  setLastUpdateForUid(x, index, uid, block);
}

interface Timelocked {
  readonly netuid: number;
  readonly mechanism: number;
  /** Ciphertext, at most 5000 bytes. */
  readonly commit: Uint8Array;
  /** Round of the drand beacon whose signature opens it. */
  readonly revealRound: bigint;
  readonly version: number;
}

/** @throws DispatchError in the chain's order of checks */
function doCommitTimelockedWeights(x: Ext, origin: Origin, args: Timelocked): void {
  const { netuid, mechanism, commit, revealRound, version } = args;
  ensureMechanismExists(x, netuid, mechanism);
  const index = getMechanismStorageIndex(netuid, mechanism);
  const who = ensureSigned(origin);
  if (!CommitRevealWeightsEnabled.get(x, netuid)) throw errors.CommitRevealDisabled;
  if (version !== CommitRevealWeightsVersion.get(x)) throw errors.IncorrectCommitRevealVersion;
  const uid = getUidForNetAndHotkey(x, netuid, who);
  const block = currentBlock(x);
  if (!checkRateLimit(x, index, uid, block)) throw errors.CommittingWeightsTooFast;
  const epoch = currentEpochWithLookahead(x, netuid);
  const commits = TimelockedWeightCommits.get(x, index, epoch);
  if (commits.filter(([account]) => account === who).length >= MAX_UNREVEALED_COMMITS)
    throw errors.TooManyUnrevealedCommits;
  TimelockedWeightCommits.insert(x, index, epoch, [...commits, [who, block, commit, revealRound]]);
  events.deposit(x, 'TimelockedWeightsCommitted', [who, index, toHex(blake2_256(commit)), revealRound]);
  setLastUpdateForUid(x, index, uid, block);
}

/** Calls 96, 100, 113, 115, 117 and 118. */
export const commitWeightsCalls = {
  commit_weights: callWithNames(
    96,
    { netuid: NetUid, commit_hash: H256 },
    costs(594_049_000n, 4714n, 'No'),
    (x, origin, { netuid, commit_hash }) => doCommitWeights(x, origin, netuid, MAIN_MECHANISM, commit_hash),
  ),
  batch_commit_weights: callWithNames(
    100,
    { netuids: NetUids, commit_hashes: named(vec(H256), 'Vec<H256>') },
    costs(722_224_000n, 4765n, 'No'),
    (x, origin, { netuids, commit_hashes }) => {
      const hotkey = ensureSigned(origin);
      if (netuids.length !== commit_hashes.length) throw errors.InputLengthsUnequal;
      runWeightsBatch(x, hotkey, netuids, (netuid, item) =>
        doCommitWeights(x, signed(hotkey), netuid, MAIN_MECHANISM, commit_hashes[item]!),
      );
    },
  ),
  commit_timelocked_weights: callWithNames(
    113,
    { netuid: NetUid, commit: TimelockedCommit, reveal_round: u64, commit_reveal_version: u16 },
    costs(636_951_000n, 4713n, 'No'),
    (x, origin, { netuid, commit, reveal_round, commit_reveal_version }) =>
      doCommitTimelockedWeights(x, origin, {
        netuid,
        mechanism: MAIN_MECHANISM,
        commit,
        revealRound: reveal_round,
        version: commit_reveal_version,
      }),
  ),
  commit_mechanism_weights: callWithNames(
    115,
    { netuid: NetUid, mecid: MechId, commit_hash: H256 },
    costs(430_130_000n, 0n, 'No'),
    (x, origin, { netuid, mecid, commit_hash }) => doCommitWeights(x, origin, netuid, mecid, commit_hash),
  ),
  commit_crv3_mechanism_weights: callWithNames(
    117,
    { netuid: NetUid, mecid: MechId, commit: TimelockedCommit, reveal_round: u64 },
    costs(452_750_000n, 0n, 'No'),
    (x, origin, { netuid, mecid, commit, reveal_round }) =>
      doCommitTimelockedWeights(x, origin, {
        netuid,
        mechanism: mecid,
        commit,
        revealRound: reveal_round,
        version: CRV3_VERSION,
      }),
  ),
  commit_timelocked_mechanism_weights: callWithNames(
    118,
    { netuid: NetUid, mecid: MechId, commit: TimelockedCommit, reveal_round: u64, commit_reveal_version: u16 },
    costs(509_020_000n, 0n, 'No'),
    (x, origin, { netuid, mecid, commit, reveal_round, commit_reveal_version }) =>
      doCommitTimelockedWeights(x, origin, {
        netuid,
        mechanism: mecid,
        commit,
        revealRound: reveal_round,
        version: commit_reveal_version,
      }),
  ),
};
