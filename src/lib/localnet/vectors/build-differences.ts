import { type ByParams, byParams } from '../frame/params.ts';
import { toHex } from '../scale/bytes.ts';
import { encode, type Type } from '../scale/type.ts';
import { compareRow, type VectorFormat } from './format.ts';
import { hasKeys, listOf, objectOf, textOf } from './json.ts';
import { runtimeOverNothing } from './runtime-for-vectors.ts';

type Values = readonly [normal: string, fast: string];

/** SCALE bytes of a value in the normal and in the fast build. */
function inBothBuilds(type: Type<unknown>, value: ByParams<unknown>): Values {
  const bytes = (fast: boolean): string => `0x${toHex(encode(type, byParams(value, { fast })))}`;
  return [bytes(false), bytes(true)];
}

/** Every constant and storage default of our runtime: `constant SubtensorModule.InitialTempo` and so on. */
function ourValues(): ReadonlyMap<string, Values> {
  const values = new Map<string, Values>();
  for (const { name: pallet, constants, storage } of runtimeOverNothing().pallets) {
    for (const [name, { type, value }] of Object.entries(constants ?? {})) {
      values.set(`constant ${pallet}.${name}`, inBothBuilds(type, value));
    }
    for (const { name, modifier, valueType, default: fallback } of storage ?? []) {
      if (modifier === 'Default') values.set(`storage_default ${pallet}.${name}`, inBothBuilds(valueType, fallback));
    }
  }
  return values;
}

/** `fast-runtime-diff.json`: the constants and storage defaults that a fast build changes. All others are the same in both. */
export const buildDifferencesFormat: VectorFormat = {
  name: 'differences of the fast build',
  recognises: (json) =>
    hasKeys(json, ['columns', 'rows']) &&
    JSON.stringify(json.columns) === '["kind","pallet","name","prod","fast-runtime"]',
  *check(json) {
    const ours = ourValues();
    const recorded = new Set<string>();
    for (const [i, row] of listOf(objectOf(json).rows, 'rows').entries()) {
      const [kind, pallet, name, normal, fast] = listOf(row, `rows[${i}]`).map((cell) => textOf(cell, `rows[${i}]`));
      const label = `${kind} ${pallet}.${name}`;
      recorded.add(label);
      const values = ours.get(label) ?? [null, null];
      yield compareRow(label, [
        ['prod', values[0], normal],
        ['fast-runtime', values[1], fast],
      ]);
    }
    for (const [label, [normal, fast]] of ours) {
      if (normal === fast || recorded.has(label)) continue;
      yield {
        label: `${label} is not in the file`,
        equal: false,
        ours: `${normal}, ${fast}`,
        theirs: 'the same in both',
      };
    }
  },
};
