import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, median, row } from './rows.ts';

const ROUNDS = 15;

interface Cost {
  readonly cpu: number;
  readonly wall: number;
}

interface Case {
  readonly args: readonly string[];
  readonly measure: keyof Cost;
  readonly limit: number;
  readonly rounds?: number;
}

/** Limits in multiples of `node -e 0`, measured in turn with each case so that load on the machine hits both. */
const CASES: readonly Case[] = [
  { args: ['--version'], measure: 'cpu', limit: 5 },
  { args: ['--help'], measure: 'cpu', limit: 5 },
  { args: ['wallet', 'list', '--wallet-name', 'w'], measure: 'cpu', limit: 6 },
  { args: ['stake', 'list', '--wallet-name', 'w'], measure: 'wall', limit: 10 },
  {
    args: ['stake', 'add', '--netuid', '5', '--amount', '1', '--wallet-name', 'w', '--yes'],
    measure: 'wall',
    limit: 25,
    rounds: 7,
  },
];

const PREPARATION: readonly (readonly string[])[] = [
  ['wallet', 'create', '--wallet-name', 'w', '--hotkey', 'h', '--no-password', '--yes', '--json'],
  ['localnet', 'fund', '--wallet-name', 'w', '--amount', '1000', '--yes', '--json'],
  ['stake', 'add', '--netuid', '5', '--amount', '1', '--wallet-name', 'w', '--yes', '--json'],
];

/** What a person waits for before anything happens. */
export async function startUp(): Promise<BenchRow[]> {
  const known = Object.keys(JSON.parse(readFileSync('dist/commands.json', 'utf8')).commands as object);
  const isBuilt = (args: readonly string[]): boolean =>
    args[0]!.startsWith('-') || known.includes(args.slice(0, 2).join(' '));
  const home = mkdtempSync(join(tmpdir(), 'btcli-bench-'));
  const env = { PATH: process.env.PATH ?? '', HOME: home };
  try {
    for (const args of PREPARATION.filter(isBuilt)) cost(['bin/run.js', ...args], env);
    return CASES.filter(({ args }) => isBuilt(args)).map((one) => measure(one, env));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function measure({ args, measure: kind, limit, rounds = ROUNDS }: Case, env: Record<string, string>): BenchRow {
  const ours: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < rounds; round++) {
    floor.push(cost(['-e', '0'], env)[kind]);
    ours.push(cost(['bin/run.js', ...args], env)[kind]);
  }
  return row({
    name: `${args.filter((arg) => arg !== '--wallet-name' && arg !== 'w').join(' ')} (${kind} time)`,
    unit: 'ms',
    median: median(ours),
    reference: median(floor),
    referenceName: 'node -e 0',
    limit,
  });
}

/** Milliseconds of CPU and wall time of one run of node, as bash's `time` counts them. */
export function cost(args: readonly string[], env: Record<string, string>): Cost {
  const script = 'TIMEFORMAT="%3U %3S %3R"; { time "$@" >/dev/null 2>"$HOME/stderr"; } 2>&1; exit $?';
  const { stdout, status } = spawnSync('bash', ['-c', script, 'bench', process.execPath, ...args], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args.join(' ')} failed: ${readFileSync(join(env.HOME!, 'stderr'), 'utf8')}`);
  const [user = 0, system = 0, wall = 0] = stdout
    .trim()
    .split(/\s+/)
    .map((text) => Number(text.replace(',', '.')) * 1000);
  return { cpu: user + system, wall };
}
