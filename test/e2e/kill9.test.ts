import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/lib/chain/connection.ts';
import { connectLocal } from '../../src/lib/chain/local.ts';
import { blake2_256 } from '../../src/lib/localnet/frame/hashing.ts';
import { TotalIssuance } from '../../src/lib/localnet/pallets/balances/spec.ts';
import { Account } from '../../src/lib/localnet/pallets/system/spec.ts';
import { AccountInfo } from '../../src/lib/localnet/pallets/system/types.ts';
import { fromHex, toHex } from '../../src/lib/localnet/scale/bytes.ts';
import { u64 } from '../../src/lib/localnet/scale/primitives.ts';
import { decode } from '../../src/lib/localnet/scale/type.ts';
import { stateRoot } from '../../src/lib/localnet/trie/state-root.ts';
import { bundleChild, type Child, startChild } from '../helpers/child-script.ts';

const ROUNDS = Number(process.env.KILL9_ROUNDS ?? 201);
/** Seeds of Substrate's development accounts //Alice and //Bob. */
const SEEDS = [
  'e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a',
  '398f0c28f98885e046333d4a41c19cee4c37368a9832c6502f6cfd182e2aef89',
] as const;
type Seed = (typeof SEEDS)[number];
const LONGEST_LIFE_MS = 60;

/**
 * A commit that is broken on purpose: it says that the block is stored and stores it a little later. Exists only in the
 * bundle that the second test makes.
 */
const brokenCommit: Plugin = {
  name: 'broken-commit',
  setup: ({ onLoad }) =>
    onLoad({ filter: /write-ahead-log\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const line = '    this.write(out.view());\n  }\n\n  /** Forgets all records';
      if (!source.includes(line)) throw new Error('the line that the test breaks is not there any more');
      const later =
        '    const late = out.view().slice();\n    setTimeout(() => this.write(late), 40);\n  }\n\n  /** Forgets all records';
      return { contents: source.replace(line, later), loader: 'ts' };
    }),
};

/** Processes that are loaded and wait to be sent in. */
class Reserve {
  private readonly script: string;
  private readonly folder: string;
  private readonly waiting = new Map<Seed, Child[]>();

  constructor(script: string, folder: string) {
    this.script = script;
    this.folder = folder;
    for (const seed of SEEDS) this.waiting.set(seed, [this.next(seed), this.next(seed)]);
  }

  async take(seed: Seed): Promise<Child> {
    const children = this.waiting.get(seed)!;
    children.push(this.next(seed));
    const child = children.shift()!;
    await child.line('warm');
    return child;
  }

  async end(): Promise<void> {
    await Promise.all([...this.waiting.values()].flat().map((child) => child.kill()));
  }

  private next(seed: Seed): Child {
    return startChild(this.script, [this.folder, seed]);
  }
}

/** Two processes on one chain, killed and replaced. */
class Arena {
  readonly folder: string;
  private readonly reserve: Reserve;
  private readonly children = new Map<Seed, Child>();
  private readonly read = new Map<Child, number>();
  /** Who says that the chain is open in its process. */
  private owner: Seed | undefined;
  readonly reported: { readonly extrinsic: string; readonly block: string }[] = [];
  verified = 0;
  takeovers = 0;

  constructor(script: string, folder: string) {
    this.folder = folder;
    this.reserve = new Reserve(script, folder);
  }

  /** Sends fresh processes in, one after the other, and waits until they and `others` are connected. */
  async enter(seeds: readonly Seed[], others: readonly Seed[] = []): Promise<void> {
    for (const seed of seeds) {
      const child = await this.reserve.take(seed);
      this.children.set(seed, child);
      this.read.set(child, 0);
      this.tell(seed, 'connect');
    }
    await this.connected([...seeds, ...others]);
  }

  /** Waits until something more was reported, for two seconds at most. */
  async reports(): Promise<void> {
    const { length } = this.reported;
    for (const deadline = Date.now() + 2000; this.reported.length === length && Date.now() < deadline; ) {
      this.listen();
      await sleep(2);
    }
  }

  tellAll(word: 'go' | 'pause'): void {
    for (const seed of this.children.keys()) this.tell(seed, word);
  }

  /** Kills, takes note of all that was reported before, and sends others in. */
  async kill(seeds: readonly Seed[]): Promise<void> {
    const hitOwner = this.owner !== undefined && seeds.includes(this.owner);
    await Promise.all(seeds.map((seed) => this.children.get(seed)!.kill()));
    for (const seed of this.children.keys()) if (!seeds.includes(seed)) this.tell(seed, 'pause');
    const back = this.listen();
    if (hitOwner) {
      if (seeds.includes(this.owner!)) this.owner = undefined;
      this.takeovers++;
    }
    const survivors = SEEDS.filter((seed) => !seeds.includes(seed));
    await this.enter(seeds, hitOwner ? survivors.filter((seed) => !back.has(seed)) : []);
  }

  async end(): Promise<void> {
    await Promise.all([...[...this.children.values()].map((child) => child.kill()), this.reserve.end()]);
    this.listen();
  }

  private tell(seed: Seed, word: string): void {
    this.children.get(seed)!.process.stdin!.write(`${word}\n`);
  }

  /** Reads what the children printed since the last time. Answers those whose last word on it is that they are connected. */
  private listen(): Set<Seed> {
    const connected = new Set<Seed>();
    for (const [seed, child] of this.children) {
      const from = this.read.get(child)!;
      for (const line of child.lines.slice(from)) {
        const [what, first, second] = line.split(' ');
        if (what === 'in') this.reported.push({ extrinsic: first!, block: second! });
        else if (what === 'lost') connected.delete(seed);
        else if (what === 'connected') {
          connected.add(seed);
          if (line.includes('embedded')) this.owner = seed;
        }
      }
      this.read.set(child, child.lines.length);
    }
    return connected;
  }

  private async connected(seeds: readonly Seed[]): Promise<void> {
    const waiting = new Set(seeds);
    const deadline = Date.now() + 30_000;
    while (waiting.size > 0) {
      for (const seed of this.listen()) waiting.delete(seed);
      if (Date.now() > deadline) throw new Error(`${waiting.size} processes found no way to the chain in 30 s`);
      await sleep(2);
    }
  }
}

interface BlockJson {
  readonly block: {
    readonly header: { readonly number: string; readonly parentHash: string };
    readonly extrinsics: string[];
  };
}

/** Every extrinsic that was reported since the last look stands in its block, and the block in the chain. */
async function checkReports(connection: Connection, arena: Arena): Promise<void> {
  const blocks = new Map<string, Set<string>>();
  for (; arena.verified < arena.reported.length; arena.verified++) {
    const { extrinsic, block } = arena.reported[arena.verified]!;
    let known = blocks.get(block);
    if (!known) {
      const found = await connection.request<BlockJson | null>('chain_getBlock', [`0x${block}`]);
      if (!found) throw new Error(`block ${block} was reported and is gone`);
      const { header, extrinsics } = found.block;
      const canonical = await connection.request('chain_getBlockHash', [header.number]);
      if (canonical !== `0x${block}`) throw new Error(`block ${block} is not in the chain any more`);
      known = new Set(extrinsics.map((hex) => toHex(blake2_256(fromHex(hex)))));
      blocks.set(block, known);
    }
    if (!known.has(extrinsic)) throw new Error(`extrinsic ${extrinsic} is not in its block ${block}`);
  }
}

/** The whole state fits its root, and all balances together are what was issued. */
async function checkState(connection: Connection): Promise<void> {
  const at = await connection.request<string>('chain_getBlockHash');
  const header = await connection.request<{ stateRoot: string }>('chain_getHeader', [at]);
  const hex = await connection.request<[string, string][]>('state_getPairs', ['0x', at]);
  const pairs = hex.map(([key, value]) => [key.slice(2), fromHex(value)] as const);
  expect(`0x${toHex(stateRoot(pairs))}`).toBe(header.stateRoot);
  let sum = 0n;
  for (const [key, value] of pairs) {
    if (!key.startsWith(Account.prefix)) continue;
    const { data } = decode(AccountInfo, value);
    sum += data.free + data.reserved;
  }
  const issued = pairs.find(([key]) => key === TotalIssuance.prefix)![1];
  expect(sum).toBe(decode(u64, issued));
}

async function verify(arena: Arena): Promise<void> {
  const connection = await connectLocal({ dataFolder: arena.folder, timeout: 20_000, preset: 'subtensor' });
  try {
    await checkReports(connection, arena);
    await checkState(connection);
  } finally {
    await connection.close();
  }
}

/** Whom to kill: one of them in turn, or now and then both. */
const victims = (round: number): readonly Seed[] => (Math.random() < 0.15 ? SEEDS : [SEEDS[round % 2]!]);

async function fight(script: string, folder: string, rounds: number): Promise<Arena> {
  const arena = new Arena(script, folder);
  try {
    await arena.enter([SEEDS[0]]);
    await arena.enter([SEEDS[1]]);
    for (let round = 0; round < rounds; round++) {
      arena.tellAll('go');
      // Mostly in the midst of work, now and then before there is any.
      if (Math.random() < 0.8) await arena.reports();
      await sleep(Math.random() * LONGEST_LIFE_MS);
      await arena.kill(victims(round));
      await verify(arena);
    }
    return arena;
  } finally {
    await arena.end();
  }
}

const folders: string[] = [];
async function folder(): Promise<string> {
  folders.push(await mkdtemp(join(tmpdir(), 'kill9-')));
  return folders.at(-1)!;
}

let sound: string;
let broken: string;
beforeAll(async () => {
  sound = await bundleChild('e2e/kill9-child.ts');
  broken = await bundleChild('e2e/kill9-child.ts', { plugins: [brokenCommit], suffix: 'broken' });
});
afterAll(async () => {
  await Promise.all([sound, broken].map((file) => rm(file, { force: true })));
  await Promise.all(folders.map((path) => rm(path, { recursive: true, force: true })));
});

describe('kill -9 while two processes submit', () => {
  it(`loses nothing that was reported, ${ROUNDS} times`, { timeout: 600_000 }, async () => {
    const arena = await fight(sound, await folder(), ROUNDS);
    const last = await connectLocal({ dataFolder: arena.folder, timeout: 20_000 });
    try {
      arena.verified = 0;
      await checkReports(last, arena);
      await checkState(last);
      const { number } = await last.request<{ number: string }>('chain_getHeader');
      expect(arena.reported.length).toBeGreaterThan(ROUNDS);
      console.log(
        `kill -9: ${ROUNDS} rounds, ${arena.takeovers} of them hit the owner; ${arena.reported.length} extrinsics reported ` +
          `in blocks, ${arena.verified} found; head at block ${Number(number)}; state root and issuance checked ${ROUNDS + 1} times`,
      );
    } finally {
      await last.close();
    }
  });

  it('finds a commit that is broken on purpose', { timeout: 120_000 }, async () => {
    await expect(fight(broken, await folder(), 40)).rejects.toThrow(/gone|not in/);
  });
});
