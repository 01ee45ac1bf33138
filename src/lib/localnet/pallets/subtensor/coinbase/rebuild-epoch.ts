import { saturatingAddU64 } from '../../../fixed/integer.ts';
import { asDispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { BlockNumber } from '../../system/spec.ts';
import { hotkeysByUid, mechanismStorageIndex, readEpochInput } from '../epoch/epoch-input.ts';
import type { EpochInput } from '../epoch/epoch-types.ts';
import {
  Active,
  AlphaDividendsPerSubnet,
  AutoStakeDestination,
  Bonds,
  Consensus,
  Dividends,
  Emission,
  Incentive,
  MechanismCountCurrent,
  MechanismEmissionSplit,
  NetworksAdded,
  Owner,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  RecycleOrBurn,
  RootAlphaDividendsPerSubnet,
  StakeWeight,
  SubnetOwner,
  SubnetworkN,
  TotalIssuance,
  ValidatorPermit,
  ValidatorTrust,
} from '../storage.ts';
import { splitEmissions } from '../subnets/mechanism-terms.ts';
import { revealCrv3CommitsForSubnet } from '../subnets/reveal-commits.ts';
import { type EpochDues, getOwnerHotkeys, payEpoch, runSubnetEpoch } from './distribute-emission.ts';
import { type DrainedEmission, drainPending } from './epoch-schedule.ts';
import { emitToPools, getBlockEmissionForIssuance } from './run-coinbase.ts';
import { mintTao } from './tao.ts';

/** One subnet's epoch once more, from the state before its block: what it read, and what it came to. Source: coinbase/block_step.rs. */

/** Alpha in the four pending pots of a subnet, in rao. */
export type PendingPots = Omit<DrainedEmission, 'netuid'>;

/** What the chain keeps of a subnet's epoch. Vectors by position among the neurons, which is the uid. */
export interface EpochResults {
  readonly active: readonly boolean[];
  readonly emission: readonly bigint[];
  readonly consensus: readonly number[];
  readonly dividends: readonly number[];
  readonly validatorTrust: readonly number[];
  readonly validatorPermit: readonly boolean[];
  readonly stakeWeight: readonly number[];
  /** Of one mechanism, as the bonds. */
  readonly incentive: readonly number[];
  /** Flat u16 pairs by uid. */
  readonly bonds: readonly ArrayLike<number>[];
  /** Alpha and root dividends without takes, by hotkey, in rao. */
  readonly alphaDividends: readonly (readonly [AccountId, bigint])[];
  readonly rootDividends: readonly (readonly [AccountId, bigint])[];
}

/** Where incentive goes instead of to the neuron's own stake. */
export interface IncentivePolicy {
  /** Hotkeys of the subnet's owner: their incentive is withheld. */
  readonly ownerHotkeys: readonly AccountId[];
  readonly withheld: 'Burn' | 'Recycle';
}

export interface RebuiltEpoch {
  readonly drained: DrainedEmission;
  /** The pots at the end of the block before; the epoch's own block adds the rest. */
  readonly pendingBefore: PendingPots;
  /** By uid. */
  readonly hotkeys: readonly (AccountId | undefined)[];
  /** Coldkey that owns the hotkey, by uid. */
  readonly coldkeys: readonly (AccountId | undefined)[];
  /** Hotkey that the incentive is staked with instead, by uid. */
  readonly autoStake: readonly (AccountId | undefined)[];
  readonly policy: IncentivePolicy;
  /** What each mechanism's epoch reads. */
  readonly inputs: readonly EpochInput[];
  readonly dues: EpochDues;
}

/**
 * Runs the block step for one subnet as far as its epoch: TAO minted and placed, matured weights revealed, emission put aside, pots
 * drained, epoch run and paid. The state of `x` is that before the block, and afterwards what the epoch leaves.
 *
 * @param block the block in which the epoch ran; it did, so that the cap on epochs per block is not asked
 * @returns undefined when the schedule runs no epoch in that block
 */
export function rebuildEpoch(x: Ext, netuid: number, block: number): RebuiltEpoch | undefined {
  BlockNumber.put(x, block);
  const toMint = getBlockEmissionForIssuance(x, TotalIssuance.get(x));
  const credit = toMint > 0n ? mintTao(x, toMint) : 0n;
  try {
    revealCrv3CommitsForSubnet(x, netuid);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
  const pendingBefore = readPots(x, netuid);
  emitToPools(
    x,
    [...NetworksAdded.keys(x)].filter((other) => other !== 0),
    credit,
  );
  const [drained] = drainPending(x, [netuid]);
  if (!drained) return undefined;
  const { server, validator, root } = drained;
  const split = splitEmissions(
    saturatingAddU64(saturatingAddU64(server, validator), root),
    MechanismCountCurrent.get(x, netuid),
    MechanismEmissionSplit.get(x, netuid)?.slice() ?? null,
  );
  const hotkeys = hotkeysByUid(x, netuid);
  const coldkeys = hotkeys.map((hotkey) => (hotkey === undefined ? undefined : Owner.get(x, hotkey)));
  const autoStake = coldkeys.map((coldkey) =>
    coldkey === undefined ? undefined : AutoStakeDestination.get(x, coldkey, netuid),
  );
  const policy: IncentivePolicy = {
    ownerHotkeys: getOwnerHotkeys(x, netuid, SubnetOwner.get(x, netuid)),
    withheld: RecycleOrBurn.tryGet(x, netuid) === 'Recycle' ? 'Recycle' : 'Burn',
  };
  const inputs = split.map((part, mechanism) => readEpochInput(x, netuid, mechanism, part));
  const dues = runSubnetEpoch(x, drained);
  payEpoch(x, drained, dues);
  return { drained, pendingBefore, hotkeys, coldkeys, autoStake, policy, inputs, dues };
}

const readPots = (x: Ext, netuid: number): PendingPots => ({
  server: PendingServerEmission.get(x, netuid),
  validator: PendingValidatorEmission.get(x, netuid),
  root: PendingRootAlphaDivs.get(x, netuid),
  ownerCut: PendingOwnerCut.get(x, netuid),
});

/** What the state keeps of the subnet's last epoch; incentive and bonds are those of one mechanism. */
export function readEpochResults(x: Ext, netuid: number, mechanism: number): EpochResults {
  const index = mechanismStorageIndex(netuid, mechanism);
  const uids = Array.from({ length: SubnetworkN.get(x, netuid) }, (_, uid) => uid);
  return {
    active: Active.get(x, netuid),
    emission: Emission.get(x, netuid),
    consensus: Consensus.get(x, netuid),
    dividends: Dividends.get(x, netuid),
    validatorTrust: ValidatorTrust.get(x, netuid),
    validatorPermit: ValidatorPermit.get(x, netuid),
    stakeWeight: StakeWeight.get(x, netuid),
    incentive: Incentive.get(x, index),
    bonds: uids.map((uid) => Bonds.get(x, index, uid)),
    alphaDividends: [...AlphaDividendsPerSubnet.iterPrefix(x, netuid)],
    rootDividends: [...RootAlphaDividendsPerSubnet.iterPrefix(x, netuid)],
  };
}
