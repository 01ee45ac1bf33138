import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashRaw } from '@node-rs/argon2';
import { COLDKEY, createKeys, fixedPassword, unlockSigner, type WalletRef } from '../../src/lib/wallet/index.ts';
import { type BenchRow, median, row } from './rows.ts';
import { cost } from './start-up.ts';

const WALLETS = 1000;
const LIST_ROUNDS = 7;
const KEY_ROUNDS = 3;
/** Required: a list of a thousand wallets within a second. */
const LIST_MS = 1000;
/** What may come on top of the one argon2 that the format asks for. */
const KEY_LIMIT = 1.25;
const PASSWORD = 'Btcli-ts bench pass 1!';

/** A long list of wallets, and what a password costs when a key is made and opened. */
export async function wallets(): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'btcli-bench-'));
  try {
    return [await list(home), ...(await passwords(join(home, 'encrypted')))];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function list(home: string): Promise<BenchRow> {
  const root = join(home, '.bittensor', 'wallets');
  const key = { source: { kind: 'uri', uri: new TextEncoder().encode('//Alice') } } as const;
  await createKeys(
    { root, name: 'w0' },
    [
      { ...key, key: COLDKEY },
      { ...key, key: { kind: 'hotkey', name: 'h' } },
    ],
    { now: () => new Date() },
  );
  for (let i = 1; i < WALLETS; i++) cpSync(join(root, 'w0'), join(root, `w${i}`), { recursive: true });
  const env = { PATH: process.env.PATH ?? '', HOME: home };
  const times: number[] = [];
  for (let round = 0; round < LIST_ROUNDS; round++)
    times.push(cost(['bin/run.js', 'wallet', 'list', '--json'], env).cpu);
  return row({
    // One thread that waits for nothing: what it takes on a machine with nothing else to do.
    name: `wallet list of ${WALLETS} wallets (cpu time)`,
    unit: 'ms',
    median: median(times),
    reference: LIST_MS,
    referenceName: 'required',
    limit: 1,
  });
}

async function passwords(root: string): Promise<BenchRow[]> {
  const floor: number[] = [];
  const made: number[] = [];
  const opened: number[] = [];
  for (let round = 0; round < KEY_ROUNDS; round++) {
    const wallet: WalletRef = { root, name: `w${round}` };
    floor.push(await timed(() => oneArgon2()));
    made.push(
      await timed(() =>
        createKeys(wallet, [{ key: COLDKEY, source: { kind: 'new' }, password: new TextEncoder().encode(PASSWORD) }], {
          now: () => new Date(),
        }),
      ),
    );
    opened.push(
      await timed(async () => {
        (await unlockSigner({ wallet, key: COLDKEY, password: fixedPassword(PASSWORD) })).value.dispose();
      }),
    );
  }
  const against = (name: string, times: number[]): BenchRow =>
    row({
      name,
      unit: 'ms',
      median: median(times),
      reference: median(floor),
      referenceName: 'one argon2',
      limit: KEY_LIMIT,
    });
  return [against('an encrypted wallet made', made), against('an encrypted wallet opened', opened)];
}

/** As key files are encrypted: argon2i 1.3, 512 MiB, 8 passes. */
function oneArgon2(): Promise<Uint8Array> {
  return hashRaw(PASSWORD, {
    algorithm: 1,
    version: 1,
    memoryCost: 512 * 1024,
    timeCost: 8,
    parallelism: 1,
    outputLen: 32,
    salt: new Uint8Array(16),
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
