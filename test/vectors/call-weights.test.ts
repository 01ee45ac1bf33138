import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/lib/localnet/scale/bytes.ts';
import { runtimeOverNothing } from '../../src/lib/localnet/vectors/runtime-for-vectors.ts';

// What the real runtime answers for the weight, class and fee of its calls: all of ours must say the same.

type Row = readonly [
  pallet: string,
  call: string,
  palletIndex: number,
  callIndex: number,
  refTime: string,
  proofSize: string,
  class_: string,
  pays: string,
  encodedLength: number,
];

interface Sample {
  readonly call: string;
  readonly call_hex: string;
  readonly class: string;
  readonly pays: string;
  readonly ref_time: string;
  readonly proof_size: string;
}

const file = new URL('../data/call-weights.json.gz', import.meta.url);
const table = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
  readonly calls: readonly Row[];
  readonly depends_on_arguments: readonly Sample[];
};

const runtime = runtimeOverNothing();
const declared = runtime.pallets.flatMap(({ name, index, calls }) =>
  Object.entries(calls ?? {}).map(([call, definition]) => ({ name, index, call, callIndex: definition.index })),
);
const isDeclared = (name: string): boolean => declared.some((one) => `${one.name}.${one.call}` === name);

function infoOf(bytes: Uint8Array): readonly string[] {
  const { weight, class: of, pays } = runtime.dispatchInfo(runtime.decodeCall(bytes));
  return [String(weight.ref_time), String(weight.proof_size), of, pays];
}

describe('weights of calls', () => {
  test('every declared call is one of the chain, under its index', () => {
    const known = new Set(table.calls.map(([pallet, call, p, c]) => `${pallet}.${call} ${p}.${c}`));
    const strange = declared
      .map(({ name, call, index, callIndex }) => `${name}.${call} ${index}.${callIndex}`)
      .filter((one) => !known.has(one));
    expect(strange).toEqual([]);
  });

  test('with arguments of zeros they are the chain’s', () => {
    const differences = table.calls
      .filter(([pallet, call]) => isDeclared(`${pallet}.${call}`))
      .flatMap(([pallet, call, palletIndex, callIndex, refTime, proofSize, of, pays, length]) => {
        const bytes = new Uint8Array(length);
        bytes[0] = palletIndex;
        bytes[1] = callIndex;
        const ours = infoOf(bytes).join(' ');
        const theirs = [refTime, proofSize, of, pays].join(' ');
        return ours === theirs ? [] : [`${pallet}.${call}: ours ${ours}, theirs ${theirs}`];
      });
    expect(differences).toEqual([]);
    expect(declared.length).toBeGreaterThan(100);
  });

  test('where they depend on the arguments, they do so as the chain’s do', () => {
    const samples = table.depends_on_arguments.filter(({ call, call_hex }) => {
      if (!isDeclared(call)) return false;
      try {
        runtime.decodeCall(fromHex(call_hex));
        return true;
      } catch {
        // A call inside the sample is not declared here.
        return false;
      }
    });
    const differences = samples.flatMap((sample) => {
      const ours = infoOf(fromHex(sample.call_hex)).join(' ');
      const theirs = [sample.ref_time, sample.proof_size, sample.class, sample.pays].join(' ');
      return ours === theirs ? [] : [`${sample.call} ${sample.call_hex.slice(0, 80)}: ours ${ours}, theirs ${theirs}`];
    });
    expect(differences).toEqual([]);
    expect(samples.length).toBeGreaterThan(50);
  });
});
