import { saturatingAddU64, U64_MAX } from '../../../fixed/integer.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { activityCutoffBlocks, shouldRunEpoch } from '../coinbase/epoch-schedule.ts';
import { getInheritedForHotkeyOnSubnet, getTaoInheritedForHotkeyOnSubnet } from '../staking/stake-utils.ts';
import {
  ActivityCutoffFactorMilli,
  AlphaSigmoidSteepness,
  AlphaValues,
  BlockAtRegistration,
  Bonds,
  BondsMovingAverage,
  BondsPenalty,
  CommitRevealWeightsEnabled,
  Kappa,
  Keys,
  LastMechansimStepBlock,
  LastUpdate,
  LiquidAlphaOn,
  MaxAllowedValidators,
  RevealPeriodEpochs,
  StakeThreshold,
  SubnetEpochIndex,
  SubnetOwnerHotkey,
  SubnetworkN,
  TaoWeight,
  Tempo,
  TimelockedWeightCommits,
  Uids,
  ValidatorPermit,
  WeightCommits,
  Weights,
  Yuma3On,
} from '../storage.ts';
import type { EpochInput } from './epoch-types.ts';
import { stakeWeights } from './stake-weights.ts';

/** Mechanisms of one subnet share its netuid in storage: index = mechanism · 4096 + netuid. Source: subnets/mechanism.rs. */
const MECHANISM_STRIDE = 4096;
export const mechanismStorageIndex = (netuid: number, mechanism: number): number =>
  mechanism * MECHANISM_STRIDE + netuid;

/** The neurons of a subnet by uid; undefined where a uid has no key. */
export function hotkeysByUid(x: Ext, netuid: number): (AccountId | undefined)[] {
  const hotkeys = new Array<AccountId | undefined>(SubnetworkN.get(x, netuid)).fill(undefined);
  for (const [uid, hotkey] of Keys.iterPrefix(x, netuid)) hotkeys[uid] = hotkey;
  return hotkeys;
}

/** Uid of the subnet owner's hotkey. Source: utils/misc.rs `get_owner_uid`. */
function getOwnerUid(x: Ext, netuid: number): number | undefined {
  const hotkey = SubnetOwnerHotkey.tryGet(x, netuid);
  return hotkey === undefined ? undefined : Uids.get(x, netuid, hotkey);
}

/** alpha + weighted TAO per uid after childkeys, I64F64. Source: staking/stake_utils.rs `get_stake_weights_for_network`. */
export function getStakeWeightsForNetwork(x: Ext, netuid: number) {
  const hotkeys = hotkeysByUid(x, netuid).slice(0, SubnetworkN.get(x, netuid));
  const alpha = hotkeys.map((hotkey) => (hotkey === undefined ? 0n : getInheritedForHotkeyOnSubnet(x, hotkey, netuid)));
  const tao = hotkeys.map((hotkey) =>
    hotkey === undefined ? 0n : getTaoInheritedForHotkeyOnSubnet(x, hotkey, netuid),
  );
  return stakeWeights(alpha, tao, TaoWeight.get(x));
}

/** `LastUpdate` of a mechanism, padded with zeros to the subnet's size. Source: utils/misc.rs `get_last_update`. */
function getLastUpdate(x: Ext, index: number): readonly bigint[] {
  const stored = LastUpdate.get(x, index);
  const missing = SubnetworkN.get(x, index % MECHANISM_STRIDE) - stored.length;
  return missing > 0 ? [...stored, ...new Array<bigint>(missing).fill(0n)] : stored;
}

/** Whether a commit's time to be revealed is over. Source: subnets/weights.rs `is_commit_expired`. */
function isCommitExpired(x: Ext, netuid: number, commitEpoch: bigint): boolean {
  return currentEpochWithLookahead(x, netuid) > saturatingAddU64(commitEpoch, RevealPeriodEpochs.get(x, netuid));
}

/** The epoch that a commit or reveal in this block belongs to. Source: subnets/weights.rs. */
function currentEpochWithLookahead(x: Ext, netuid: number): bigint {
  const epoch = SubnetEpochIndex.get(x, netuid);
  return shouldRunEpoch(x, netuid, currentBlock(x)) ? saturatingAddU64(epoch, 1n) : epoch;
}

/** Per uid the block of the earliest commit still to be revealed, u64::MAX without one. Source: epoch/run_epoch.rs. */
function earliestCommitBlocks(
  x: Ext,
  netuid: number,
  index: number,
  hotkeys: readonly (AccountId | undefined)[],
  n: number,
): bigint[] {
  const blocks = new Array<bigint>(n).fill(U64_MAX);
  const uids = new Map(hotkeys.map((hotkey, uid) => [hotkey, uid]));
  const lower = (hotkey: AccountId, block: bigint) => {
    const uid = uids.get(hotkey);
    if (uid !== undefined && uid < n && block < blocks[uid]!) blocks[uid] = block;
  };
  for (const [hotkey, commits] of WeightCommits.iterPrefix(x, index)) {
    const first = commits.find(([, epoch]) => !isCommitExpired(x, netuid, epoch));
    if (first) lower(hotkey, first[2]);
  }
  for (const [epoch, commits] of TimelockedWeightCommits.iterPrefix(x, index)) {
    if (isCommitExpired(x, netuid, epoch)) continue;
    for (const [hotkey, block] of commits) lower(hotkey, block);
  }
  return blocks;
}

/** Everything that the epoch of one mechanism reads from the chain. */
export function readEpochInput(x: Ext, netuid: number, mechanism: number, raoEmission: bigint): EpochInput {
  const index = mechanismStorageIndex(netuid, mechanism);
  const n = SubnetworkN.get(x, netuid);
  const hotkeys = hotkeysByUid(x, netuid);
  const uids = Array.from({ length: n }, (_, uid) => uid);
  const tempo = Tempo.get(x, netuid);
  const [alphaLow, alphaHigh] = AlphaValues.get(x, netuid);
  return {
    n,
    currentBlock: currentBlock(x),
    tempo,
    lastMechanismStepBlock: LastMechansimStepBlock.get(x, netuid),
    activityCutoffBlocks: activityCutoffBlocks(ActivityCutoffFactorMilli.get(x, netuid), tempo),
    lastUpdate: getLastUpdate(x, index),
    blockAtRegistration: uids.map((uid) => (hotkeys[uid] === undefined ? 0n : BlockAtRegistration.get(x, netuid, uid))),
    totalStake: getStakeWeightsForNetwork(x, netuid).totalStake,
    stakeThreshold: StakeThreshold.get(x),
    ownerUid: getOwnerUid(x, netuid) ?? null,
    validatorPermits: ValidatorPermit.get(x, netuid),
    maxAllowedValidators: MaxAllowedValidators.get(x, netuid),
    weights: uids.map((uid) => Weights.get(x, index, uid)),
    bonds: uids.map((uid) => Bonds.get(x, index, uid)),
    commitBlocks: CommitRevealWeightsEnabled.get(x, netuid) ? earliestCommitBlocks(x, netuid, index, hotkeys, n) : null,
    kappa: Kappa.get(x, netuid),
    bondsPenalty: BondsPenalty.get(x, netuid),
    bondsMovingAverage: BondsMovingAverage.get(x, netuid),
    yuma3: Yuma3On.get(x, netuid),
    liquidAlpha: LiquidAlphaOn.get(x, netuid),
    alphaLow,
    alphaHigh,
    alphaSigmoidSteepness: AlphaSigmoidSteepness.get(x, netuid),
    raoEmission,
  };
}
