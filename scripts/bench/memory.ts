import { spawnSync } from 'node:child_process';
import { crowdedChain } from './crowded-chain.ts';
import { type BenchRow, row } from './rows.ts';

const LIMIT_MIB = 1536;
const MIB = 1 << 20;
const TEMPO = 64;

/** Resident memory of a process with 128 subnets of 256 neurons, each after its epoch; measured in a process of its own. */
export async function memory(): Promise<BenchRow[]> {
  const { stdout, stderr, status } = spawnSync(process.execPath, [process.argv[1]!, '--memory-child'], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  if (status !== 0) throw new Error(`the memory run failed: ${stderr}`);
  const name = 'memory of 128 subnets × 256 neurons, 64 validators each';
  const required = { reference: LIMIT_MIB, referenceName: 'required', limit: 1 };
  return [row({ name, unit: 'MiB', median: Number(stdout.trim().split('\n').at(-1)), ...required })];
}

/** The child's part: prints the most that the process ever had resident. */
export async function memoryChild(): Promise<void> {
  const engine = await crowdedChain({ subnets: 128, neurons: 256, validators: 64, tempo: TEMPO });
  for (let made = 0; made < 3 * TEMPO; made++) engine.createBlock();
  console.log(Math.round((process.resourceUsage().maxRSS * 1024) / MIB));
  await engine.close();
}
