import type { SimulationStep, YumaParameters } from '../../localnet/pure.ts';
import { formatUnits } from '../../units.ts';
import { caseError, printable, quoted } from './case-error.ts';
import { changedParameter } from './parameters.ts';

/** Stakes, weights and hyperparameters over epochs, ready to be run. */
export interface YumaCase {
  readonly title: string;
  /** Why the case matters. */
  readonly why: string;
  /** Names by uid. */
  readonly neurons: readonly string[];
  /** One step an epoch. */
  readonly steps: readonly SimulationStep[];
}

/** What changes from an epoch on. Everything stays as it is until it is changed. */
export interface CaseChange {
  readonly line: number;
  readonly stakes: readonly { readonly line: number; readonly neuron: string; readonly rao: bigint }[];
  /** Whole rows: what a neuron gave before is dropped. */
  readonly weights: readonly WeightRow[];
  /** Neurons whose place someone else took: bonds in them are void. */
  readonly registered: readonly { readonly line: number; readonly neuron: string }[];
  readonly parameters: readonly { readonly line: number; readonly name: string; readonly text: string }[];
  /** Epochs for which nothing else changes, this one included. */
  readonly epochs: number;
}

export interface WeightRow {
  readonly line: number;
  readonly from: string;
  readonly to: readonly { readonly line: number; readonly neuron: string; readonly weight: bigint }[];
}

const MOST_NEURONS = 1_024;
export const MOST_EPOCHS = 10_000;
const MOST_CELLS = 2_000_000;
const U16_MAX = 65_535n;
/** A stake is a u64 on the chain. */
const MOST_RAO = 2n ** 64n - 1n;
/** @throws CliError VALIDATION with a line */
export function buildCase(
  head: { readonly title: string; readonly why: string; readonly neurons: readonly string[] },
  changes: readonly CaseChange[],
): YumaCase {
  const { neurons } = head;
  const uids = new Map(neurons.map((name, uid) => [name, uid]));
  const uidOf = (name: string, line: number): number => {
    const uid = uids.get(name);
    if (uid === undefined) throw caseError(line, `there is no neuron called ${quoted(name)}.`);
    return uid;
  };
  const first = changes[0]?.line ?? 1;
  if (neurons.length === 0) throw caseError(first, 'there are no neurons.');
  if (neurons.length > MOST_NEURONS) throw caseError(first, `there are more than ${MOST_NEURONS} neurons.`);
  const epochs = changes.reduce((sum, change) => sum + change.epochs, 0);
  if (epochs === 0) throw caseError(first, 'there are no epochs.');
  if (epochs > MOST_EPOCHS) throw caseError(changes.at(-1)!.line, `there are more than ${MOST_EPOCHS} epochs.`);
  if (epochs * neurons.length > MOST_CELLS) {
    throw caseError(first, `epochs times neurons are more than ${MOST_CELLS}.`);
  }
  const stakes = new Array<bigint>(neurons.length).fill(0n);
  const weights = new Array<readonly number[] | undefined>(neurons.length).fill(undefined);
  const steps: SimulationStep[] = [];
  for (const change of changes) {
    refuseTwice(change.stakes, (name) => `${name} has two stakes in an epoch.`);
    refuseTwice(change.registered, (name) => `${name} is registered twice in an epoch.`);
    for (const { neuron, rao, line } of change.stakes) {
      if (rao > MOST_RAO) throw caseError(line, `a stake is at most ${formatUnits(MOST_RAO)}, as on the chain.`);
      stakes[uidOf(neuron, line)] = rao;
    }
    for (const row of change.weights) weights[uidOf(row.from, row.line)] = u16Row(row, uidOf);
    const registered = change.registered.map(({ neuron, line }) => uidOf(neuron, line));
    const parameters: Partial<YumaParameters> = Object.assign(
      {},
      ...change.parameters.map(({ name, text, line }) => changedParameter(name, text, line, uidOf)),
    );
    const step = { stakes: [...stakes], weights: [...weights] };
    for (let epoch = 0; epoch < change.epochs; epoch++) {
      steps.push(epoch === 0 ? { ...step, registered, parameters } : step);
    }
  }
  return { ...head, title: printable(head.title), why: printable(head.why), steps };
}

function refuseTwice(
  items: readonly { readonly line: number; readonly neuron: string }[],
  message: (name: string) => string,
): void {
  const seen = new Set<string>();
  for (const { neuron, line } of items) {
    if (seen.has(neuron)) throw caseError(line, message(quoted(neuron)));
    seen.add(neuron);
  }
}

/** Weights as clients send them: the largest is 65535, the others in proportion, rounded. */
function u16Row({ from, line, to }: WeightRow, uidOf: (name: string, line: number) => number): number[] {
  const seen = new Set<string>();
  let max = 0n;
  for (const { weight } of to) if (weight > max) max = weight;
  return to.flatMap((target) => {
    if (seen.has(target.neuron)) {
      throw caseError(target.line, `${quoted(from)} gives ${quoted(target.neuron)} two weights.`);
    }
    seen.add(target.neuron);
    const uid = uidOf(target.neuron, target.line ?? line);
    if (max === 0n) return [];
    return [uid, Number((2n * target.weight * U16_MAX + max) / (2n * max))];
  });
}
