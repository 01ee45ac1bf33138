import { CliError } from '../../errors.ts';
import type { EpochInput } from '../../localnet/pure.ts';
import { parseAlpha } from '../../units.ts';

/** One thing that is set differently before an epoch is run again. */
export type Change =
  | { readonly kind: 'weight'; readonly from: number; readonly to: number; readonly value: number }
  | { readonly kind: 'stake'; readonly uid: number; readonly amount: bigint };

const U16_MAX = 65_535;
const U64_MAX = 2n ** 64n - 1n;

/**
 * Reads `weight=UID:VALUE` (a weight of the explained neuron), `weight=FROM/TO:VALUE` or `stake=UID:AMOUNT`.
 * @throws CliError USAGE, AMOUNT_INVALID
 */
export function parseChange(text: string, self: number): Change {
  const weight = /^weight=(?:(\d{1,5})\/)?(\d{1,5}):(\d{1,5})$/.exec(text.trim());
  if (weight && Number(weight[3]) <= U16_MAX) {
    const [, from, to, value] = weight;
    return { kind: 'weight', from: from === undefined ? self : Number(from), to: Number(to), value: Number(value) };
  }
  const stake = /^stake=(\d{1,5}):(.+)$/.exec(text.trim());
  if (stake) return { kind: 'stake', uid: Number(stake[1]), amount: parseAlpha(stake[2]!) };
  throw new CliError('USAGE', `"${text.slice(0, 60)}" says nothing that can be set.`, {
    hints: [
      'Write --set weight=UID:VALUE for a weight that the neuron gives, VALUE from 0 to 65535 as the chain keeps it.',
      'Write --set weight=FROM/TO:VALUE for one that another neuron gives, or --set stake=UID:AMOUNT.',
    ],
    data: { value: text.slice(0, 60) },
  });
}

/** @throws CliError VALIDATION when a change names a uid that is not there */
export function checkChanges(changes: readonly Change[], n: number): void {
  for (const change of changes) {
    for (const uid of change.kind === 'weight' ? [change.from, change.to] : [change.uid]) {
      if (uid < n) continue;
      throw new CliError('VALIDATION', `The subnet has no uid ${uid}.`, {
        hints: [`Its neurons are 0 to ${n - 1}.`],
        data: { uid, neurons: n },
      });
    }
  }
}

/** The input of an epoch with the changes in it. Whoever's weights change counts as having set them right before the epoch. */
export function withChanges(input: EpochInput, changes: readonly Change[]): EpochInput {
  const totalStake = [...input.totalStake];
  const weights = [...input.weights];
  const lastUpdate = Array.from(input.lastUpdate);
  const commitBlocks = input.commitBlocks && Array.from(input.commitBlocks);
  for (const change of changes) {
    if (change.kind === 'stake') {
      totalStake[change.uid] = change.amount << 64n;
      continue;
    }
    const { from, to, value } = change;
    weights[from] = withWeight(weights[from] ?? [], to, value);
    const justNow = input.currentBlock - 1n;
    if ((lastUpdate[from] ?? 0n) < justNow) lastUpdate[from] = justNow;
    if (commitBlocks) commitBlocks[from] = U64_MAX;
  }
  return { ...input, totalStake, weights, lastUpdate, commitBlocks };
}

function withWeight(row: ArrayLike<number>, to: number, value: number): number[] {
  const pairs = Array.from(row);
  for (let p = 0; p < pairs.length; p += 2) {
    if (pairs[p] !== to) continue;
    pairs[p + 1] = value;
    return pairs;
  }
  return [...pairs, to, value];
}
