import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../src/lib/localnet/node/engine.ts';
import { openEngine } from '../../src/lib/localnet/node/open-engine.ts';
import { decodeExport } from '../../src/lib/localnet/node/store/snapshot.ts';
import { type BenchRow, median, row } from './rows.ts';

const REQUIRED_RATE = 300;
const GOAL_RATE = 1000;
/** As many blocks as lie between two checkpoints of the store. */
const SAMPLE = 512;
const SAMPLES = 7;
const WARM_UP = 1024;
const AGE = 20_000;
const DAY_BLOCKS = 7200;
const DAY_SECONDS = 20;

async function openPlayground(directory?: string): Promise<Engine> {
  return openEngine({
    directory,
    source: () => ({ type: 'snapshot', data: decodeExport(readFileSync('assets/playground.snapshot')) }),
    sealing: { mode: 'manual' },
    onFault: (error) => {
      throw error;
    },
  });
}

/** Empty blocks with their epochs, as `localnet advance` makes them: on disk. */
export async function playgroundRate(): Promise<BenchRow[]> {
  return onDisk(async (engine) => {
    make(engine, WARM_UP);
    const rates = Array.from({ length: SAMPLES }, () => SAMPLE / make(engine, SAMPLE));
    const rate = median(rates);
    const facts = { unit: 'blocks/s', median: rate };
    return [
      row({
        ...facts,
        name: 'blocks of the playground',
        reference: REQUIRED_RATE,
        referenceName: 'required',
        least: 1,
      }),
      row({ ...facts, name: 'blocks of the playground', reference: GOAL_RATE, referenceName: 'goal' }),
    ];
  });
}

/** A day of 12-second blocks, from the shipped snapshot on, start included. */
export async function playgroundDay(): Promise<BenchRow[]> {
  const started = performance.now();
  return onDisk(async (engine) => {
    make(engine, DAY_BLOCKS);
    const seconds = (performance.now() - started) / 1000;
    const name = 'one day of the playground (7,200 blocks with their epochs)';
    return [row({ name, unit: 's', median: seconds, reference: DAY_SECONDS, referenceName: 'required', limit: 1 })];
  });
}

/**
 * Cost of a block of an old chain beside that of a young one, in CPU time. Both are measured in turns, so that what else the
 * machine does strikes both, and the least of the samples counts.
 */
export async function growthWithAge(): Promise<BenchRow[]> {
  return onDisk((old) =>
    onDisk(async (young) => {
      make(old, AGE);
      make(young, WARM_UP);
      const samples = Array.from({ length: SAMPLES }, () => ({ young: cpuOfBlock(young), old: cpuOfBlock(old) }));
      return [
        row({
          name: 'growth: a block 20,000 blocks later (CPU time)',
          unit: 'ms',
          median: Math.min(...samples.map((sample) => sample.old)),
          reference: Math.min(...samples.map((sample) => sample.young)),
          referenceName: 'a young one',
          limit: 1.5,
        }),
      ];
    }),
  );
}

/** Milliseconds of CPU time that a block took, over one sample. */
function cpuOfBlock(engine: Engine): number {
  return (cpuSeconds(() => make(engine, SAMPLE)) / SAMPLE) * 1000;
}

/** Makes blocks and answers how many seconds they took. */
function make(engine: Engine, blocks: number): number {
  const started = performance.now();
  for (let made = 0; made < blocks; made++) engine.createBlock();
  return (performance.now() - started) / 1000;
}

function cpuSeconds(body: () => void): number {
  const before = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function onDisk<T>(body: (engine: Engine) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'btcli-bench-'));
  const engine = await openPlayground(directory);
  try {
    return await body(engine);
  } finally {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
