import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../helpers/run-cli.ts';
import { isInstalled, PAPI } from './environments.ts';
import { type LocalChain, startLocalChain } from './local-chain.ts';

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

/** Runs the client with one version of polkadot-api, from the folder in which that is installed. */
async function drive(version: string, { home, address }: LocalChain): Promise<Report> {
  const script = join(PAPI, version, 'papi_client.mjs');
  copyFileSync(join(import.meta.dirname, 'papi_client.mjs'), script);
  const { stdout, stderr, code } = await runProgram([process.execPath, script, address], { home, timeout: 100_000 });
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

  it.runIf(isInstalled(join(PAPI, version), version, `the local chain with polkadot-api ${version}`))(
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
