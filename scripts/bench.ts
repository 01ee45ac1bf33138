import { blockSteps, growthWithNeurons, hundredEpochs } from './bench/block-steps.ts';
import { epochs } from './bench/epochs.ts';
import { firstAnswer } from './bench/first-answer.ts';
import { memory, memoryChild } from './bench/memory.ts';
import { growthWithAge, playgroundDay, playgroundRate } from './bench/playground-blocks.ts';
import { type BenchRow, misses, renderRows } from './bench/rows.ts';
import { scenario256 } from './bench/scenario-256.ts';
import { startUp } from './bench/start-up.ts';
import { wallets } from './bench/wallets.ts';

/**
 * `npm run bench` prints a table and names every miss; `-- --json` writes one JSON document, a list of rows; `-- --quick`
 * runs what takes seconds; `-- --only=NAME,NAME` some suites. A miss is no failure unless `-- --strict` says so.
 */
const QUICK = { startUp, firstAnswer, wallets, playgroundRate, epochs, scenario256 };
const SUITES: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  ...QUICK,
  blockSteps,
  playgroundDay,
  hundredEpochs,
  growthWithNeurons,
  growthWithAge,
  memory,
};

if (process.argv.includes('--memory-child')) await memoryChild();
else await run();

async function run(): Promise<void> {
  const only = process.argv
    .find((word) => word.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',');
  const names = only ?? Object.keys(process.argv.includes('--quick') ? QUICK : SUITES);
  const rows: BenchRow[] = [];
  for (const name of names) {
    const suite = SUITES[name];
    if (!suite) throw new Error(`there is no suite ${name}: ${Object.keys(SUITES).join(', ')}`);
    process.stderr.write(`${name} …\n`);
    rows.push(...(await suite()));
  }
  console.log(process.argv.includes('--json') ? JSON.stringify(rows, null, 2) : renderRows(rows));
  if (process.argv.includes('--strict') && rows.some(misses)) process.exitCode = 1;
}
