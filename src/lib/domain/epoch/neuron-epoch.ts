import type { EpochInput, EpochTrace } from '../../localnet/pure.ts';

/** One neuron's part in an epoch, with every intermediate value. Numbers are I32F32 bits unless they are amounts (rao). */
export interface NeuronEpoch {
  /** alpha plus weighted TAO after childkeys, in rao; what passes the threshold; its share of all. */
  readonly stake: bigint;
  readonly countedStake: bigint;
  readonly stakeShare: bigint;
  readonly active: boolean;
  readonly permit: boolean;
  readonly newPermit: boolean;
  /** Share among active validators with a permit. */
  readonly activeStake: bigint;
  /** Its weights, as a validator. */
  readonly weights: readonly GivenWeight[];
  /** Weights towards it, as a miner; only from those who gave one. */
  readonly received: readonly ReceivedWeight[];
  readonly consensus: bigint;
  /** Active stake of those whose weight is at least the consensus. */
  readonly consensusSupport: bigint;
  readonly validatorTrust: bigint;
  /** Σ active stake · clipped weight. */
  readonly rank: bigint;
  readonly incentive: bigint;
  readonly bonds: readonly HeldBond[];
  /** Σ bond · incentive (under Yuma 3 times active stake), before normalisation. */
  readonly rawDividends: bigint;
  readonly dividends: bigint;
  /** Shares of the epoch's alpha. */
  readonly serverShare: bigint;
  readonly validatorShare: bigint;
  readonly serverEmission: bigint;
  readonly validatorEmission: bigint;
  readonly emission: bigint;
}

/** Why a stored weight does not count. */
export type MaskReason = 'no-permit' | 'self' | 'registered-later' | 'unrevealed-commit';

export interface GivenWeight {
  readonly uid: number;
  /** As stored, u16. */
  readonly stored: number;
  readonly masked: MaskReason | null;
  /** Share of the row. */
  readonly weight: bigint;
  readonly clipped: bigint;
  readonly forBonds: bigint;
}

export interface ReceivedWeight {
  readonly uid: number;
  readonly stored: number;
  readonly masked: MaskReason | null;
  readonly activeStake: bigint;
  readonly weight: bigint;
  readonly clipped: bigint;
}

/** A bond as it goes through the epoch. Under Yuma 2 normalised over validators, under Yuma 3 each for itself. */
export interface HeldBond {
  readonly uid: number;
  readonly before: bigint;
  /** Yuma 2: what weight and stake bought in this epoch; Yuma 3: the weight that the bond moves to. */
  readonly target: bigint;
  /** Part of the way that it moves. */
  readonly alpha: bigint;
  readonly after: bigint;
  /** Its part of all bonds in the miner. */
  readonly share: bigint;
  /** The miner's incentive. */
  readonly incentive: bigint;
}

export const ONE = 1n << 32n;

type Row = readonly (readonly [number, bigint])[];

const at = (row: Row | undefined, column: number): bigint => row?.find(([j]) => j === column)?.[1] ?? 0n;

/** The stored value of a row for a target; undefined where there is none. */
function storedWeight(input: EpochInput, from: number, to: number): number | undefined {
  const row = input.weights[from];
  for (let p = 0; row && p < row.length; p += 2) if (row[p] === to) return row[p + 1];
  return undefined;
}

/** Why the weight from one neuron to another is left out, null where it counts. Source: epoch/run_epoch.rs, the masks of the weights. */
function maskReason(
  input: EpochInput,
  trace: Pick<EpochTrace, 'validatorPermits'>,
  from: number,
  to: number,
): MaskReason | null {
  if (!trace.validatorPermits[from]) return 'no-permit';
  if (from === to && from !== input.ownerUid) return 'self';
  const registered = input.blockAtRegistration[to] ?? 0n;
  if ((input.lastUpdate[from] ?? 0n) <= registered) return 'registered-later';
  if (input.commitBlocks !== null && (input.commitBlocks[from] ?? 0n) < registered) return 'unrevealed-commit';
  return null;
}

export function neuronEpoch(input: EpochInput, trace: EpochTrace, uid: number): NeuronEpoch {
  const { output } = trace;
  const received = receivedWeights(input, trace, uid);
  const consensus = trace.consensus[uid] ?? 0n;
  return {
    stake: output.stake[uid]!,
    countedStake: (trace.filteredStake[uid] ?? 0n) >> 64n,
    stakeShare: trace.stake[uid] ?? 0n,
    active: output.active[uid]!,
    permit: trace.validatorPermits[uid] ?? false,
    newPermit: output.newValidatorPermits[uid]!,
    activeStake: trace.activeStake[uid] ?? 0n,
    weights: givenWeights(input, trace, uid),
    received,
    consensus,
    consensusSupport: supportOf(trace, uid, consensus),
    validatorTrust: trace.validatorTrust[uid] ?? 0n,
    rank: trace.ranks[uid] ?? 0n,
    incentive: trace.incentive[uid] ?? 0n,
    bonds: heldBonds(input, trace, uid),
    rawDividends: trace.rawDividends[uid] ?? 0n,
    dividends: trace.dividends[uid] ?? 0n,
    serverShare: trace.normalizedServerEmission[uid] ?? 0n,
    validatorShare: trace.normalizedValidatorEmission[uid] ?? 0n,
    serverEmission: output.serverEmission[uid]!,
    validatorEmission: output.validatorEmission[uid]!,
    emission: output.emission[uid]!,
  };
}

function givenWeights(input: EpochInput, trace: EpochTrace, uid: number): GivenWeight[] {
  const row = input.weights[uid] ?? [];
  const given: GivenWeight[] = [];
  for (let p = 0; p < row.length; p += 2) {
    const to = row[p]!;
    if (to >= input.n) continue;
    given.push({
      uid: to,
      stored: row[p + 1]!,
      masked: maskReason(input, trace, uid, to),
      weight: at(trace.weights[uid], to),
      clipped: at(trace.clippedWeights[uid], to),
      forBonds: at(trace.weightsForBonds[uid], to),
    });
  }
  return given.sort((a, b) => a.uid - b.uid);
}

function receivedWeights(input: EpochInput, trace: EpochTrace, uid: number): ReceivedWeight[] {
  return input.weights.flatMap((_, from) => {
    const stored = storedWeight(input, from, uid);
    if (stored === undefined) return [];
    return [
      {
        uid: from,
        stored,
        masked: maskReason(input, trace, from, uid),
        activeStake: trace.activeStake[from] ?? 0n,
        weight: at(trace.weights[from], uid),
        clipped: at(trace.clippedWeights[from], uid),
      },
    ];
  });
}

const supportOf = (trace: EpochTrace, uid: number, consensus: bigint): bigint =>
  trace.activeStake.reduce((sum, stake, from) => (at(trace.weights[from], uid) >= consensus ? sum + stake : sum), 0n);

function heldBonds(input: EpochInput, trace: EpochTrace, uid: number): HeldBond[] {
  const { bonds, bondsDelta, weightsForBonds, alphas, alpha, emaBonds, emaBondsNormalized } = trace;
  const uids = new Set(
    [bonds[uid], bondsDelta?.[uid], weightsForBonds[uid], emaBonds[uid]].flatMap((row) => (row ?? []).map(([j]) => j)),
  );
  return [...uids]
    .sort((a, b) => a - b)
    .map((j) => ({
      uid: j,
      before: at(bonds[uid], j),
      target: at((bondsDelta ?? weightsForBonds)[uid], j),
      alpha: input.yuma3 && alphas ? (alphas[uid]?.[j] ?? 0n) : (alpha ?? 0n),
      after: at(emaBonds[uid], j),
      share: at((emaBondsNormalized ?? emaBonds)[uid], j),
      incentive: trace.incentive[j] ?? 0n,
    }));
}
