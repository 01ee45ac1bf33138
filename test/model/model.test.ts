import { expect, test } from 'vitest';
import { TotalIssuance } from '../../src/lib/localnet/pallets/balances/spec.ts';
import { SubnetTAO } from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { runModel } from './run-model.ts';

// CI adds 200 runs more through the soak command.
const RUNS = 24;
const BLOCKS = 500;

test(`the laws of the economy hold through ${RUNS} random runs of ${BLOCKS} blocks`, { timeout: 30 * 60_000 }, () => {
  const actions = new Map<string, number>();
  let checks = 0;
  let blocks = 0;
  for (let seed = 1; seed <= RUNS; seed++) {
    const report = runModel(seed, { blocks: BLOCKS });
    checks += report.checks;
    blocks += report.blocks;
    for (const [name, count] of report.actions) actions.set(name, (actions.get(name) ?? 0) + count);
  }
  console.log(
    `model: ${RUNS} runs, ${blocks} blocks, ${checks} checks; ${[...actions].map(([name, count]) => `${name} ${count}`).join(', ')}`,
  );
  expect(blocks).toBe(RUNS * BLOCKS);
  // Every kind of action happened often enough to mean something.
  for (const [name, count] of actions) expect(count, name).toBeGreaterThan(RUNS / 2);
  expect(actions.size).toBe(18);
});

test('a run repeats from its seed, with and without restarts: the cache of decoded values changes nothing', () => {
  for (const seed of [3, 17, 92]) {
    const { digest } = runModel(seed, { blocks: 150 });
    expect(runModel(seed, { blocks: 150 }).digest).toBe(digest);
    expect(runModel(seed, { blocks: 150, restarts: false }).digest).toBe(digest);
  }
});

test('the auditor notices a rao that comes from nowhere', () => {
  expect(() =>
    runModel(5, {
      blocks: 60,
      tamper: ({ x, number }) => number === 40 && TotalIssuance.mutate(x, (issued) => issued + 1n),
    }),
  ).toThrow(/block 40: the sum of all balances is the issuance.*\n.*--seed 5/);
});

test('the auditor notices a pool that nobody backs', () => {
  expect(() =>
    runModel(5, {
      blocks: 60,
      tamper: ({ x, number }) => number === 40 && SubnetTAO.mutate(x, 2, (tao) => tao + 1_000_000_000_000n),
    }),
  ).toThrow(/block 40: the account of subnet 2 backs its pool/);
});
