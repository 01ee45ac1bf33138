import { describe, expect, test } from 'vitest';
import { compareResults } from '../../../src/lib/domain/epoch/compare-results.ts';
import { explainEpoch } from '../../../src/lib/domain/epoch/explain.ts';
import { ONE } from '../../../src/lib/domain/epoch/neuron-epoch.ts';
import { parseChange, withChanges } from '../../../src/lib/domain/epoch/what-if.ts';
import { openRecorded } from '../../helpers/recorded-chain.ts';

// Epochs of the real runtime, explained from its recorded states through the client that a remote node would be read with.

const EXPLAINED = [
  ['scenario-tempo8-yuma2', 2],
  ['scenario-tempo8-yuma3', 3],
  ['scenario-tempo8-yuma3-liquid', 3],
  ['scenario-256', 3],
] as const;

/** A recorded chain at the last epoch of its largest subnet. */
async function lastEpoch(name: (typeof EXPLAINED)[number][0]) {
  const { client, connection, scenario } = await openRecorded(name);
  const last = scenario.blocks.at(-1)!.number;
  const reader = await client.reader(connection.hashOf(last));
  const sizes = await reader.entries<readonly [number], number>('SubtensorModule', 'SubnetworkN');
  const [[netuid]] = sizes.filter(([[id]]) => id !== 0).sort(([, a], [, b]) => b - a)[0]!;
  const block = Number(await reader.get<bigint>('SubtensorModule', 'LastMechansimStepBlock', netuid));
  const ask = (uid: number, changes: readonly string[] = []) => ({
    netuid,
    mechanism: 0,
    uid,
    changes: changes.map((text) => parseChange(text, uid)),
  });
  return { client, connection, block, netuid, ask, reader: await client.reader(connection.hashOf(block)) };
}

describe('an explanation', () => {
  test.each(EXPLAINED)('of %s gives what the chain stored, for every value', async (name, yuma) => {
    const { client, reader, ask } = await lastEpoch(name);
    const first = await explainEpoch(client, reader, ask(0));
    expect(first.differences).toEqual([]);
    expect(first.compared).toBeGreaterThan(20);
    expect(first.input.yuma3).toBe(yuma === 3);
  });

  test('shows terms that fit together: shares, medians, sums', async () => {
    const { client, reader, ask } = await lastEpoch('scenario-tempo8-yuma3');
    const { input } = await explainEpoch(client, reader, ask(0));
    const all = await Promise.all(
      Array.from({ length: input.n }, (_, uid) => explainEpoch(client, reader, ask(uid)).then(({ neuron }) => neuron)),
    );
    const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
    const isAbout = (value: bigint, whole: bigint) =>
      expect(value > whole - 1000n && value <= whole + 1000n, String(value)).toBe(true);
    isAbout(sum(all.map(({ stakeShare }) => stakeShare)), ONE);
    isAbout(sum(all.map(({ incentive }) => incentive)), ONE);
    isAbout(sum(all.map(({ dividends }) => dividends)), ONE);
    for (const neuron of all) {
      const received = sum(neuron.received.map(({ activeStake, clipped }) => (activeStake * clipped) >> 32n));
      isAbout(received, neuron.rank);
      for (const { clipped, masked } of neuron.received) {
        expect(clipped <= neuron.consensus).toBe(true);
        if (masked) expect(clipped).toBe(0n);
      }
      isAbout(sum(neuron.weights.map(({ clipped }) => clipped)), neuron.validatorTrust);
    }
    expect(all.some(({ bonds }) => bonds.length > 0)).toBe(true);
    expect(all.some(({ serverEmission }) => serverEmission > 0n)).toBe(true);
  });

  test('of a node that dropped the state says where to look', async () => {
    const { client, reader, connection, block, ask } = await lastEpoch('scenario-tempo8-yuma2');
    connection.keep = (number) => number >= block;
    await expect(explainEpoch(client, reader, ask(0))).rejects.toMatchObject({
      code: 'NODE_ERROR',
      hints: [expect.stringContaining('--network archive'), expect.any(String)],
    });
  });

  test('refuses neurons, mechanisms and subnets that are not there', async () => {
    const { client, reader, ask } = await lastEpoch('scenario-tempo8-yuma2');
    const refused = (request: object) => expect(explainEpoch(client, reader, { ...ask(0), ...request })).rejects;
    await refused({ uid: 4000 }).toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('uid 4000') });
    await refused({ mechanism: 1 }).toMatchObject({ code: 'VALIDATION' });
    await refused({ netuid: 999 }).toMatchObject({ code: 'VALIDATION', message: expect.stringContaining('epoch') });
    await refused({ changes: [parseChange('stake=999:1', 0)] }).toMatchObject({ code: 'VALIDATION' });
  });

  test('reads a state of 256 neurons in few requests', async () => {
    const { client, reader, connection, ask } = await lastEpoch('scenario-256');
    connection.asked.clear();
    await explainEpoch(client, reader, ask(0));
    const requests = [...connection.asked.values()].reduce((total, count) => total + count, 0);
    expect(requests).toBeLessThan(60);
  });
});

describe('a what-if', () => {
  test('that sets what is there already changes nothing', async () => {
    const { client, reader, ask } = await lastEpoch('scenario-tempo8-yuma2');
    const { input, neuron } = await explainEpoch(client, reader, ask(0));
    const [given] = neuron.weights;
    const { whatIf } = await explainEpoch(client, reader, ask(0, [`weight=${given!.uid}:${given!.stored}`]));
    expect(whatIf!.after.incentive).toEqual(whatIf!.before.incentive);
    expect(whatIf!.after.emission).toEqual(whatIf!.before.emission);
    expect(withChanges(input, [])).toEqual({ ...input, lastUpdate: Array.from(input.lastUpdate) });
  });

  test('takes from a miner whom nobody weighs any more, and leaves the question as it was', async () => {
    const { client, reader, ask } = await lastEpoch('scenario-tempo8-yuma2');
    const { input } = await explainEpoch(client, reader, ask(0));
    const explanations = await Promise.all(
      Array.from({ length: input.n }, (_, uid) => explainEpoch(client, reader, ask(uid))),
    );
    const miner = explanations.findIndex(({ neuron }) => neuron.incentive > 0n);
    const { neuron } = explanations[miner]!;
    const zero = neuron.received.map(({ uid }) => `weight=${uid}/${miner}:0`);
    const { whatIf, neuron: same } = await explainEpoch(client, reader, ask(miner, zero));
    expect(same).toEqual(neuron);
    expect(whatIf!.neuron.incentive).toBe(0n);
    expect(whatIf!.neuron.serverEmission).toBe(0n);
  });

  test('with stake raises a validator above the others', async () => {
    const { client, reader, ask } = await lastEpoch('scenario-tempo8-yuma2');
    const { neuron, whatIf } = await explainEpoch(client, reader, ask(0, ['stake=0:1000000000']));
    expect(whatIf!.neuron.stakeShare > neuron.stakeShare).toBe(true);
    expect(whatIf!.neuron.stake).toBe(1_000_000_000_000_000_000n);
  });

  test.each([
    ['weight=3:65535', { kind: 'weight', from: 7, to: 3, value: 65_535 }],
    ['weight=2/3:0', { kind: 'weight', from: 2, to: 3, value: 0 }],
    ['stake=4:1.5', { kind: 'stake', uid: 4, amount: 1_500_000_000n }],
  ])('is written %s', (text, change) => {
    expect(parseChange(text, 7)).toEqual(change);
  });

  test.each(['weight=3:65536', 'weight=3', 'weight=2>3:1', 'stake=a:1', 'stakes=1:1', '', 'stake=1:-4', 'stake=1:1e3'])(
    'is not written %j',
    (text) => {
      expect(() => parseChange(text, 0)).toThrow();
    },
  );
});

test('a difference from what the chain stored is found and named', async () => {
  const { client, reader, netuid } = await lastEpoch('scenario-tempo8-yuma2');
  const stored = await reader.get<number[]>('SubtensorModule', 'Incentive', netuid);
  const empty = { active: [], emission: [], consensus: [], dividends: [], validatorTrust: [], validatorPermit: [] };
  const results = {
    ...empty,
    stakeWeight: [],
    incentive: stored,
    bonds: [[0, 5]],
    alphaDividends: [],
    rootDividends: [],
  };
  expect(compareResults(results, results).differences).toEqual([]);
  const other = { ...results, incentive: stored.map((value, uid) => (uid === 1 ? value + 1 : value)), bonds: [] };
  expect(compareResults(results, other).differences).toEqual([
    { item: 'Incentive', key: '1', recomputed: String(stored[1]), stored: String(stored[1]! + 1) },
    { item: 'Bonds', key: '0/0', recomputed: '5', stored: '–' },
  ]);
  expect(client.network).toBe('recorded');
});
