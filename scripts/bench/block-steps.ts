import type { Engine } from '../../src/lib/localnet/node/engine.ts';
import { slotDigest, slotDuration } from '../../src/lib/localnet/pallets/aura/slot.ts';
import { Now } from '../../src/lib/localnet/pallets/timestamp/spec.ts';
import { type Crowd, crowdedChain } from './crowded-chain.ts';
import { nativeTimings } from './native.ts';
import { type BenchRow, median, row } from './rows.ts';

const ROUNDS = 201;
/** Blocks until what runs in each of them is compiled: the native code was, before its timings were taken. */
const WARM_UP = 1000;
const LONG_TEMPO = 20_000;
const EPOCHS = 100;
const TEMPO = 360;
const HUNDRED_EPOCHS_SECONDS = 60;

const crowd = (subnets: number, neurons = 1, validators = 1, tempo = LONG_TEMPO): Crowd => ({
  subnets,
  neurons,
  validators,
  tempo,
});

/** The hooks at a block's begin, the coinbase of all subnets among them, without epochs. In µs. */
function initTime(engine: Engine): number {
  const { ext: x, number, hash } = engine.at();
  const { runtime } = engine.runtime;
  const { phase } = x;
  let took = 0;
  x.simulate(() => {
    const started = process.hrtime.bigint();
    runtime.initializeBlock(x, {
      number: number + 1,
      parentHash: hash,
      digest: { logs: [slotDigest(Now.get(x) / slotDuration(x.params) + 1n)] },
    });
    took = Number(process.hrtime.bigint() - started) / 1000;
  });
  x.phase = phase;
  return took;
}

/** Block step with 1, 32 and 128 subnets, beside native, and what a subnet adds. */
export async function blockSteps(): Promise<BenchRow[]> {
  const native = nativeTimings();
  const rows: BenchRow[] = [];
  const perSubnet: number[] = [];
  for (const subnets of [1, 32, 128]) {
    const engine = await crowdedChain(crowd(subnets));
    for (let made = 0; made < WARM_UP; made++) engine.createBlock();
    const times = Array.from({ length: ROUNDS }, () => {
      const took = initTime(engine);
      engine.createBlock();
      return took;
    });
    await engine.close();
    perSubnet.push(median(times) / subnets);
    rows.push(
      row({
        name: `block step with ${subnets} subnet${subnets === 1 ? '' : 's'}`,
        unit: 'µs',
        median: median(times),
        reference: native[`block_step_${subnets}_subnets_us_median`]!,
        referenceName: 'native',
        limit: 1,
      }),
    );
  }
  rows.push(
    row({
      name: 'growth: what one of 128 subnets costs a block',
      unit: 'µs',
      median: perSubnet[2]!,
      reference: perSubnet[1]!,
      referenceName: 'one of 32',
      limit: 1.5,
    }),
  );
  return rows;
}

/** What neurons add to an idle block. */
export async function growthWithNeurons(): Promise<BenchRow[]> {
  const medians: number[] = [];
  for (const neurons of [32, 256]) {
    const engine = await crowdedChain(crowd(1, neurons, 16));
    for (let made = 0; made < WARM_UP; made++) engine.createBlock();
    medians.push(
      median(
        Array.from({ length: ROUNDS }, () => {
          const started = process.hrtime.bigint();
          engine.createBlock();
          return Number(process.hrtime.bigint() - started) / 1000;
        }),
      ),
    );
    await engine.close();
  }
  const [few = 0, many = 0] = medians;
  const name = 'growth: an idle block with 256 neurons';
  return [row({ name, unit: 'µs', median: many, reference: few, referenceName: 'with 32', limit: 1.5 })];
}

/** 100 epochs of a full subnet at the chain's own tempo: 36,000 blocks. */
export async function hundredEpochs(): Promise<BenchRow[]> {
  const engine = await crowdedChain(crowd(1, 256, 64, TEMPO));
  const started = performance.now();
  for (let made = 0; made < EPOCHS * TEMPO; made++) engine.createBlock();
  const seconds = (performance.now() - started) / 1000;
  await engine.close();
  const name = '100 epochs of a subnet with 256 neurons (36,000 blocks)';
  const required = { reference: HUNDRED_EPOCHS_SECONDS, referenceName: 'required', limit: 1 };
  return [row({ name, unit: 's', median: seconds, ...required })];
}
