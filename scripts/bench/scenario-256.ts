import type { Change } from '../../src/lib/localnet/frame/ext.ts';
import { slotDigest, slotDuration } from '../../src/lib/localnet/pallets/aura/slot.ts';
import { createSubtensorRuntime } from '../../src/lib/localnet/runtime/pallets.ts';
import { timestampInherent } from '../../src/lib/localnet/runtime/timestamp-inherent.ts';
import { fromHex } from '../../src/lib/localnet/scale/bytes.ts';
import { recorded } from './native.ts';
import { type BenchRow, median, row } from './rows.ts';

interface Recording {
  readonly initial: readonly (readonly [string, string])[];
  readonly blocks: readonly {
    readonly number: number;
    readonly parent_hash: string;
    readonly init_us_native: number;
  }[];
}

const ROUNDS = 9;
const FIRST_SLOT = 1000n;

/** The recorded blocks of a subnet with 256 neurons: the one with its epoch, and the idle ones, beside native. */
export async function scenario256(): Promise<BenchRow[]> {
  const recording = recorded<Recording>('scenario-256');
  const rounds = Array.from({ length: ROUNDS }, () => play(recording));
  const medians = recording.blocks.map((_, index) => median(rounds.map((times) => times[index]!)));
  const natives = recording.blocks.map((block) => block.init_us_native);
  const epoch = natives.indexOf(Math.max(...natives));
  const idle = (values: readonly number[]): number => median(values.filter((_, index) => index !== epoch));
  const facts = { unit: 'µs', referenceName: 'native', limit: 1 };
  return [
    row({ ...facts, name: 'scenario-256: epoch block', median: medians[epoch]!, reference: natives[epoch]! }),
    row({ ...facts, name: 'scenario-256: idle block', median: idle(medians), reference: idle(natives) }),
  ];
}

/** Microseconds of each block's begin, on a state of its own. */
function play({ initial, blocks }: Recording): number[] {
  const values = new Map(initial.map(([key, value]) => [key.slice(2), fromHex(value.slice(2))] as const));
  const runtime = createSubtensorRuntime(
    { fast: false },
    { rootOf: () => '0'.repeat(64), verifySignature: () => false },
  );
  const x = runtime.createExt({
    get: (key) => values.get(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)).sort(),
  });
  return blocks.map(({ number, parent_hash }) => {
    const slot = FIRST_SLOT + BigInt(number);
    const started = process.hrtime.bigint();
    runtime.initializeBlock(x, { number, parentHash: parent_hash.slice(2), digest: { logs: [slotDigest(slot)] } });
    const took = Number(process.hrtime.bigint() - started) / 1000;
    runtime.applyExtrinsic(x, timestampInherent(slot * slotDuration(x.params)));
    runtime.finalizeBlock(x);
    store(values, x.changes());
    x.settle();
    return took;
  });
}

function store(values: Map<string, Uint8Array>, changes: readonly Change[]): void {
  for (const [key, value] of changes) {
    if (value) values.set(key, value);
    else values.delete(key);
  }
}
