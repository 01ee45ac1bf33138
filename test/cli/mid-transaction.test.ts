import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../helpers/localnet.ts';
import { type JsonDocument, makeHome, runCli } from '../helpers/run-cli.ts';

const WAIT = { timeout: 300_000 };
const SENT = 'waiting for a block';
const HASH = /0x[0-9a-f]{64}/;
const home = makeHome();
const stake = [
  'stake',
  'add',
  '--netuid',
  '5',
  '--amount',
  '1',
  '--wallet-name',
  'a',
  '--yes',
  '--timeout',
  '20s',
  '--json',
];
const nodes: RunningNode[] = [];

/** A node that makes no block by itself, so that a transaction waits for as long as the test likes. */
async function startPatient(chainHome: string): Promise<RunningNode> {
  const node = await startNode(chainHome, '--seal', 'manual');
  nodes.push(node);
  return node;
}

async function stakeUntilSent(
  options: readonly string[],
  whenSent: (kill: (signal: NodeJS.Signals) => void) => unknown,
): Promise<{ document: JsonDocument; code: number | null; stderr: string }> {
  let told = false;
  const { stdout, code, stderr } = await runCli([...stake, ...options], {
    home,
    ...WAIT,
    onOutput: (printed, kill) => {
      if (told || !printed.includes(SENT)) return;
      told = true;
      // The pool has taken it by the time that the client waits for a block.
      setTimeout(() => whenSent(kill), 1_000);
    },
  });
  return { document: JSON.parse(stdout) as JsonDocument, code, stderr };
}

beforeAll(async () => {
  const create = ['wallet', 'create', '--wallet-name', 'a', '--hotkey', 'h', '--uri', '//Alice'];
  expect((await runCli([...create, '--no-password', '--yes'], { home, ...WAIT })).code).toBe(0);
}, WAIT.timeout);

afterAll(async () => {
  for (const node of nodes) if (node.process.exitCode === null) await node.end('SIGKILL');
});

describe('while a sent transaction waits for its block', WAIT, () => {
  it('Ctrl-C says that it was sent', async () => {
    const node = await startPatient(makeHome());
    const network = ['--network', String(node.document.data.endpoint)];
    const { document, code } = await stakeUntilSent(network, (kill) => kill('SIGINT'));
    expect(code).toBe(130);
    expect(document.error).toMatchObject({ code: 'INTERRUPTED', message: expect.stringContaining('had been sent') });
    expect(document.error.message).toMatch(HASH);
    expect(document.error.message).not.toContain('Nothing');
    expect(await node.request('author_pendingExtrinsics')).toHaveLength(1);
  });

  it('a node that dies leaves a sentence, the hash and until when it can be included', async () => {
    const node = await startPatient(makeHome());
    const network = ['--network', String(node.document.data.endpoint)];
    const { document, code, stderr } = await stakeUntilSent(network, () => node.end('SIGKILL'));
    expect(code).toBe(10);
    expect(stderr).toContain('Connection lost; finding out whether it was included');
    expect(document.error).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('not known whether it was included'),
    });
    expect(document.error.hints.join(' ')).toMatch(HASH);
  });

  it('a dying owner of the embedded chain does too', async () => {
    const node = await startPatient(home);
    const { document, code } = await stakeUntilSent([], () => node.end('SIGKILL'));
    expect(code).toBe(10);
    expect(document.error.code).toBe('CONNECTION_LOST');
    // Nothing is half-written: the next command opens the chain itself.
    const again = await runCli(stake, { home, ...WAIT });
    expect(again.code).toBe(0);
  });
});
