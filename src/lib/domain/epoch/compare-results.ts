import type { EpochResults } from '../../localnet/pure.ts';

/** One value that came out differently from what the chain stored. */
export interface ResultDifference {
  /** The chain's storage item. */
  readonly item: string;
  /** The neuron, or the hotkey (hex) where values are kept by hotkey. */
  readonly key: string;
  readonly recomputed: string;
  readonly stored: string;
}

const VECTORS = {
  active: 'Active',
  emission: 'Emission',
  consensus: 'Consensus',
  dividends: 'Dividends',
  validatorTrust: 'ValidatorTrust',
  validatorPermit: 'ValidatorPermit',
  stakeWeight: 'StakeWeight',
  incentive: 'Incentive',
} as const;

const ABSENT = '–';

/** Every value of an epoch, ours against the chain's. */
export function compareResults(
  recomputed: EpochResults,
  stored: EpochResults,
): { readonly compared: number; readonly differences: readonly ResultDifference[] } {
  const ours = valuesOf(recomputed);
  const theirs = valuesOf(stored);
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  const differences: ResultDifference[] = [];
  for (const key of keys) {
    const [left, right] = [ours.get(key) ?? ABSENT, theirs.get(key) ?? ABSENT];
    if (left === right) continue;
    const [item = '', of = ''] = key.split(' ');
    differences.push({ item, key: of, recomputed: left, stored: right });
  }
  return { compared: keys.size, differences };
}

/** "Item uid" (for bonds "Bonds from/to") and the value. */
function valuesOf(results: EpochResults): Map<string, string> {
  const values = new Map<string, string>();
  for (const [field, item] of Object.entries(VECTORS) as [keyof typeof VECTORS, string][]) {
    for (const [uid, value] of results[field].entries()) values.set(`${item} ${uid}`, String(value));
  }
  for (const [from, row] of results.bonds.entries()) {
    for (let p = 0; p < row.length; p += 2) values.set(`Bonds ${from}/${row[p]}`, String(row[p + 1]));
  }
  for (const [hotkey, amount] of results.alphaDividends)
    values.set(`AlphaDividendsPerSubnet ${hotkey}`, String(amount));
  for (const [hotkey, amount] of results.rootDividends)
    values.set(`RootAlphaDividendsPerSubnet ${hotkey}`, String(amount));
  return values;
}
