import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, median, row } from './rows.ts';

const ROUNDS = 7;
const LIMIT = 20;
const PATIENCE_MS = 30_000;

/** From `localnet start` to the first answer of its RPC, on a chain that is there, beside `node -e 0`. */
export async function firstAnswer(): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'btcli-bench-'));
  const env = { PATH: process.env.PATH ?? '', HOME: home };
  try {
    await timeToAnswer(env);
    const ours: number[] = [];
    const floor: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      floor.push(await timeOf(['-e', '0'], env));
      ours.push(await timeToAnswer(env));
    }
    return [
      row({
        name: 'localnet start to its first RPC answer (wall time)',
        unit: 'ms',
        median: median(ours),
        reference: median(floor),
        referenceName: 'node -e 0',
        limit: LIMIT,
      }),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function timeOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    spawn(process.execPath, [...args], { env, stdio: 'ignore' })
      .once('error', reject)
      .once('close', () => resolve(performance.now() - started));
  });
}

async function timeToAnswer(env: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const node = spawn(process.execPath, ['bin/run.js', 'localnet', 'start', '--port', String(port), '--json'], {
    env,
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => node.once('close', () => resolve()));
  try {
    while (!(await answers(port))) {
      if (performance.now() - started > PATIENCE_MS) throw new Error('localnet start does not answer');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return performance.now() - started;
  } finally {
    node.kill('SIGTERM');
    await ended;
  }
}

function answers(port: number): Promise<boolean> {
  const body = '{"jsonrpc":"2.0","id":1,"method":"system_chain","params":[]}';
  return new Promise((resolve) => {
    const asked = request(
      { host: '127.0.0.1', port, method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode === 200));
      },
    );
    asked.once('error', () => resolve(false));
    asked.end(body);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
