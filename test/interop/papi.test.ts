import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnvironment } from '../helpers/run-cli.ts';
import { type LocalChain, startLocalChain } from './local-chain.ts';

/** Folders made by scripts/ci-system-deps.sh, each with a version of polkadot-api. */
const environments = process.env.BTCLI_TEST_PAPI ?? join(import.meta.dirname, '../../.tmp/papi');
const VERSIONS = ['1.23.3', '2.2.2'] as const;
const TAO = 1_000_000_000n;

interface Sent {
  readonly ok: boolean;
  readonly block: number;
  readonly names: readonly string[];
  readonly dispatchError?: unknown;
  readonly estimated: string;
  readonly fee: string;
  readonly spent: string;
}

interface Report {
  readonly spec: number;
  readonly existentialDeposit: string;
  readonly subnets: number;
  readonly price: string;
  readonly transfer: Sent;
  readonly refused: Sent;
  readonly followed: readonly number[];
}

function isReady(version: string): boolean {
  const marker = join(environments, version, '.installed');
  const found = existsSync(marker) && readFileSync(marker, 'utf8').trim() === version;
  if (!found)
    console.error(`!!! NOT TESTED: the local chain with polkadot-api ${version} (run scripts/ci-system-deps.sh)`);
  return found;
}

/** Runs the client with one version of polkadot-api, from the folder in which that is installed. */
async function drive(version: string, { home, address }: LocalChain): Promise<Report> {
  const script = join(environments, version, 'papi_client.mjs');
  copyFileSync(join(import.meta.dirname, 'papi_client.mjs'), script);
  const child = spawn(process.execPath, [script, address], { env: cleanEnvironment(home) });
  const timer = setTimeout(() => child.kill('SIGKILL'), 100_000);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  expect(code, `${stdout}\n${stderr}`).toBe(0);
  return JSON.parse(stdout) as Report;
}

describe.each(VERSIONS)('polkadot-api %s', (version) => {
  let chain: LocalChain;

  beforeAll(async () => {
    chain = await startLocalChain('--preset', 'subtensor');
  });
  afterAll(async () => {
    await chain?.stop();
  });

  it.runIf(isReady(version))(
    'reads, pays to the rao, follows finality and names the reason of a refusal',
    async () => {
      const report = await drive(version, chain);
      expect(report).toMatchObject({ spec: 425, existentialDeposit: '500', subnets: 2 });
      expect(BigInt(report.price)).toBeGreaterThan(0n);

      const { transfer, refused } = report;
      expect(transfer.ok).toBe(true);
      expect(transfer.names).toContain('System.ExtrinsicSuccess');
      expect(BigInt(transfer.fee)).toBeGreaterThan(0n);
      expect(transfer.estimated).toBe(transfer.fee);
      expect(BigInt(transfer.spent)).toBe(TAO + BigInt(transfer.fee));

      expect(refused.ok).toBe(false);
      expect(refused.dispatchError).toMatchObject({
        value: { type: 'SubtensorModule', value: { type: 'SubnetNotExists' } },
      });
      expect(refused.spent).toBe(refused.fee);
      expect(report.followed).toContain(refused.block);
    },
    120_000,
  );
});
