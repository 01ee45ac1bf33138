import type { Explanation } from '../domain/epoch/explain.ts';
import type { NeuronEpoch } from '../domain/epoch/neuron-epoch.ts';
import { formatUnits } from '../units.ts';
import { ss58Encode } from '../wallet/ss58.ts';
import { fixedDecimal, proportionDecimal } from './fixed-decimal.ts';
import { type Infer, s } from './schema/schema.ts';

const mask = s.nullable(
  s.choice(['no-permit', 'self', 'registered-later', 'unrevealed-commit'], 'why the weight does not count'),
);
const share = (description?: string) => s.decimal(description);

/** One neuron's way through an epoch; decimals are I32F32 numbers, cut after ten places. */
const neuronEpochSchema = s.object({
  stakeAlpha: s.amount('alpha plus weighted TAO, after childkeys'),
  countedStakeAlpha: s.amount('0 below the stake threshold'),
  stakeShare: share('of all counted stake'),
  active: s.boolean(),
  permit: s.boolean('validator permit in force'),
  newPermit: s.boolean('validator permit from this epoch on'),
  activeStake: share('of the stake of active validators'),
  weights: s.array(
    s.object({
      uid: s.uid(),
      stored: s.integer('as on the chain, 0 to 65535'),
      masked: mask,
      weight: share('of the row'),
      clipped: share('at most the consensus'),
      forBonds: share('clipped as far as the bonds penalty goes'),
    }),
    'weights that it gives',
  ),
  received: s.array(
    s.object({
      uid: s.uid(),
      stored: s.integer(),
      masked: mask,
      activeStake: share(),
      weight: share(),
      clipped: share(),
    }),
    'weights that it is given',
  ),
  consensus: share('stake-weighted median of the weights towards it'),
  consensusSupport: share('active stake whose weight is at least the consensus'),
  validatorTrust: share('sum of its clipped weights'),
  rank: share('sum of active stake · clipped weight'),
  incentive: share('of all ranks'),
  bonds: s.array(
    s.object({
      uid: s.uid(),
      before: share(),
      target: share('Yuma 2: bought in this epoch; Yuma 3: the weight that the bond moves to'),
      alpha: share('part of the way that it moves'),
      after: share(),
      share: share('of all bonds in the miner'),
      incentive: share('of the miner'),
    }),
  ),
  rawDividends: share('before normalisation'),
  dividends: share('of all dividends'),
  serverShare: share("of the epoch's alpha"),
  validatorShare: share("of the epoch's alpha"),
  incentiveAlpha: s.amount(),
  dividendAlpha: s.amount(),
  emissionAlpha: s.amount(),
});
export type NeuronEpochResult = Infer<typeof neuronEpochSchema>;

const other = s.object({
  uid: s.uid(),
  incentiveAlpha: s.amount(),
  incentiveAlphaAfter: s.amount(),
  dividendAlpha: s.amount(),
  dividendAlphaAfter: s.amount(),
});

export const explanationSchema = s.object({
  netuid: s.netuid(),
  subnet: s.string(),
  symbol: s.string(),
  mechanism: s.integer(),
  mechanisms: s.integer(),
  uid: s.uid(),
  hotkey: s.nullable(s.ss58()),
  coldkey: s.nullable(s.ss58()),
  block: s.block('the epoch ran at the start of this block'),
  neurons: s.integer(),
  parameters: s.object({
    tempo: s.integer(),
    yuma: s.integer('2 or 3'),
    kappa: s.decimal(),
    bondsPenalty: s.decimal(),
    bondsMovingAverage: s.decimal(),
    liquidAlpha: s.boolean(),
    alphaLow: s.decimal(),
    alphaHigh: s.decimal(),
    alphaSigmoidSteepness: s.integer('hundredths'),
    activityCutoffBlocks: s.integer(),
    maxAllowedValidators: s.integer(),
    stakeThresholdAlpha: s.amount(),
    commitReveal: s.boolean(),
    ownerUid: s.nullable(s.uid()),
  }),
  drained: s.object({
    serverAlpha: s.amount(),
    validatorAlpha: s.amount(),
    rootAlpha: s.amount(),
    ownerAlpha: s.amount("the owner's cut; not part of the epoch"),
    epochAlpha: s.amount('servers, validators and root'),
    mechanismAlpha: s.amount("this mechanism's part"),
    ofThisBlockAlpha: s.amount("what the epoch's own block added to the pots before they were drained"),
  }),
  neuron: neuronEpochSchema,
  payout: s.object({
    incentiveAlpha: s.amount(),
    incentiveTo: s.choice(['stake', 'auto-stake', 'burn', 'recycle']),
    stakedWith: s.nullable(s.ss58('the hotkey that gets the incentive')),
    alphaDividends: s.amount('takes included; what it earned for parents went to them'),
    rootDividends: s.amount('takes included'),
    alphaToStakers: s.amount('after the take'),
    rootToStakers: s.amount('after the take'),
  }),
  check: s.object({
    compared: s.integer('values of the epoch in storage'),
    equal: s.boolean(),
    differences: s.array(s.object({ item: s.string(), key: s.string(), recomputed: s.string(), stored: s.string() })),
    registeredSince: s.array(s.uid('registered later in the same block')),
  }),
  whatIf: s.nullable(s.object({ changes: s.array(s.string()), neuron: neuronEpochSchema, others: s.array(other) })),
});
export type ExplanationResult = Infer<typeof explanationSchema>;

const address = (hex: string): string => ss58Encode(Uint8Array.from(Buffer.from(hex, 'hex')));
const orNull = (hex: string | undefined | null): string | null => (hex == null ? null : address(hex));

function describeNeuronEpoch(neuron: NeuronEpoch): NeuronEpochResult {
  const { incentive, dividends } = neuron;
  return {
    stakeAlpha: formatUnits(neuron.stake),
    countedStakeAlpha: formatUnits(neuron.countedStake),
    stakeShare: fixedDecimal(neuron.stakeShare),
    active: neuron.active,
    permit: neuron.permit,
    newPermit: neuron.newPermit,
    activeStake: fixedDecimal(neuron.activeStake),
    weights: neuron.weights.map(({ uid, stored, masked, weight, clipped, forBonds }) => ({
      ...{ uid, stored, masked },
      weight: fixedDecimal(weight),
      clipped: fixedDecimal(clipped),
      forBonds: fixedDecimal(forBonds),
    })),
    received: neuron.received.map(({ uid, stored, masked, activeStake, weight, clipped }) => ({
      ...{ uid, stored, masked },
      activeStake: fixedDecimal(activeStake),
      weight: fixedDecimal(weight),
      clipped: fixedDecimal(clipped),
    })),
    consensus: fixedDecimal(neuron.consensus),
    consensusSupport: fixedDecimal(neuron.consensusSupport),
    validatorTrust: fixedDecimal(neuron.validatorTrust),
    rank: fixedDecimal(neuron.rank),
    incentive: fixedDecimal(incentive),
    bonds: neuron.bonds.map((bond) => ({
      uid: bond.uid,
      before: fixedDecimal(bond.before),
      target: fixedDecimal(bond.target),
      alpha: fixedDecimal(bond.alpha),
      after: fixedDecimal(bond.after),
      share: fixedDecimal(bond.share),
      incentive: fixedDecimal(bond.incentive),
    })),
    rawDividends: fixedDecimal(neuron.rawDividends),
    dividends: fixedDecimal(dividends),
    serverShare: fixedDecimal(neuron.serverShare),
    validatorShare: fixedDecimal(neuron.validatorShare),
    incentiveAlpha: formatUnits(neuron.serverEmission),
    dividendAlpha: formatUnits(neuron.validatorEmission),
    emissionAlpha: formatUnits(neuron.emission),
  };
}

export interface Explained {
  readonly netuid: number;
  readonly name: string;
  readonly symbol: string;
  readonly mechanism: number;
  readonly uid: number;
  /** As they were written. */
  readonly changes: readonly string[];
}

export function describeExplanation(subject: Explained, explanation: Explanation): ExplanationResult {
  const { netuid, name, symbol, mechanism, uid } = subject;
  const { block, rebuilt, input, neuron, compared, differences, registeredSince } = explanation;
  return {
    ...{ netuid, subnet: name, symbol, mechanism, uid, block },
    mechanisms: rebuilt.inputs.length,
    hotkey: orNull(rebuilt.hotkeys[uid]),
    coldkey: orNull(rebuilt.coldkeys[uid]),
    neurons: input.n,
    parameters: describeParameters(explanation),
    drained: describeDrained(explanation),
    neuron: describeNeuronEpoch(neuron),
    payout: describePayout(explanation),
    check: {
      compared,
      equal: differences.length === 0,
      differences: differences.map((difference) => ({ ...difference })),
      registeredSince: [...registeredSince],
    },
    whatIf: describeWhatIf(explanation, subject.changes),
  };
}

function describeParameters({ input }: Explanation): ExplanationResult['parameters'] {
  return {
    tempo: input.tempo,
    yuma: input.yuma3 ? 3 : 2,
    kappa: proportionDecimal(input.kappa),
    bondsPenalty: proportionDecimal(input.bondsPenalty),
    bondsMovingAverage: (Number(input.bondsMovingAverage) / 1_000_000).toFixed(6),
    liquidAlpha: input.liquidAlpha,
    alphaLow: proportionDecimal(input.alphaLow),
    alphaHigh: proportionDecimal(input.alphaHigh),
    alphaSigmoidSteepness: input.alphaSigmoidSteepness,
    activityCutoffBlocks: Number(input.activityCutoffBlocks),
    maxAllowedValidators: input.maxAllowedValidators,
    stakeThresholdAlpha: formatUnits(input.stakeThreshold),
    commitReveal: input.commitBlocks !== null,
    ownerUid: input.ownerUid,
  };
}

function describeDrained({ rebuilt, input }: Explanation): ExplanationResult['drained'] {
  const { drained, pendingBefore } = rebuilt;
  const epoch = drained.server + drained.validator + drained.root;
  return {
    serverAlpha: formatUnits(drained.server),
    validatorAlpha: formatUnits(drained.validator),
    rootAlpha: formatUnits(drained.root),
    ownerAlpha: formatUnits(drained.ownerCut),
    epochAlpha: formatUnits(epoch),
    mechanismAlpha: formatUnits(input.raoEmission),
    ofThisBlockAlpha: formatUnits(epoch - pendingBefore.server - pendingBefore.validator - pendingBefore.root),
  };
}

function describePayout({ payout }: Explanation): ExplanationResult['payout'] {
  return {
    incentiveAlpha: formatUnits(payout.incentive),
    incentiveTo: payout.incentiveTo,
    stakedWith: orNull(payout.stakedWith),
    alphaDividends: formatUnits(payout.alphaDividends),
    rootDividends: formatUnits(payout.rootDividends),
    alphaToStakers: formatUnits(payout.alphaToStakers),
    rootToStakers: formatUnits(payout.rootToStakers),
  };
}

function describeWhatIf({ whatIf }: Explanation, changes: readonly string[]): ExplanationResult['whatIf'] {
  if (!whatIf) return null;
  const { before, after, neuron } = whatIf;
  const others = before.serverEmission.flatMap((_, uid) => {
    const [server, serverAfter] = [before.serverEmission[uid]!, after.serverEmission[uid]!];
    const [validator, validatorAfter] = [before.validatorEmission[uid]!, after.validatorEmission[uid]!];
    if (server === serverAfter && validator === validatorAfter) return [];
    return [
      {
        uid,
        incentiveAlpha: formatUnits(server),
        incentiveAlphaAfter: formatUnits(serverAfter),
        dividendAlpha: formatUnits(validator),
        dividendAlphaAfter: formatUnits(validatorAfter),
      },
    ];
  });
  return { changes: [...changes], neuron: describeNeuronEpoch(neuron), others };
}
