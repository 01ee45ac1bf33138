import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { chainFolder, type RunningNode, startNode } from '../helpers/localnet.ts';
import { makeHome, runCli, runJson } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

const nodes: RunningNode[] = [];
afterAll(async () => {
  for (const node of nodes) if (node.process.exitCode === null) await node.end('SIGKILL');
});
async function start(home: string, ...options: string[]): Promise<RunningNode> {
  const node = await startNode(home, ...options);
  nodes.push(node);
  return node;
}

describe('localnet start', () => {
  it('serves until Ctrl-C, lets others attach, and ends with 0', async () => {
    const home = makeHome();
    const node = await start(home);
    await expectValid(node.document);
    const { data } = node.document;
    expect(data).toMatchObject({ preset: 'playground', fast: false, seal: 'instant', detached: false });
    expect(data.accounts.map(({ uri }: { uri: string }) => uri)).toContain('//Alice');
    expect(await node.request('system_chain')).toBe('Bittensor');
    expect(await node.request('chain_getBlockHash', 0)).toBe(data.genesisHash);

    const funded = await runJson(['localnet', 'fund', '--ss58', data.accounts[1].address, '--amount', '1', '--yes'], {
      home,
    });
    expect(funded.code).toBe(0);
    const status = await runJson(['localnet', 'status'], { home });
    await expectValid(status.document);
    expect(status.document.data).toMatchObject({ running: true, owner: { pid: node.process.pid } });
    expect(status.document.data.chain.endpoints).toEqual([data.endpoint]);
    expect(status.document.data.chain.block).toBe(data.block + 1);

    const second = await runJson(['localnet', 'start', '--port', '0'], { home });
    expect(second.code).toBe(16);
    expect(second.document.error).toMatchObject({ code: 'FILE_LOCKED', data: { pid: node.process.pid } });

    const { code, stderr } = await node.end('SIGINT');
    expect(code).toBe(0);
    expect(stderr).toContain(`Stopped at block ${data.block + 1}.`);
    const after = await runJson(['localnet', 'status'], { home });
    expect(after.document.data).toMatchObject({ running: false, owner: null, chain: { block: data.block + 1 } });
  });

  it('ends when `localnet stop` asks over its socket', async () => {
    const home = makeHome();
    const node = await start(home);
    const found = { pid: node.process.pid, block: node.document.data.block };
    const planned = await runJson(['localnet', 'stop', '--dry-run'], { home });
    await expectValid(planned.document);
    expect(planned.document.data).toEqual({ stopped: false, planned: true, ...found });
    const stopped = await runJson(['localnet', 'stop'], { home });
    await expectValid(stopped.document);
    expect(stopped.document.data).toEqual({ stopped: true, planned: false, ...found });
    expect((await node.ended).code).toBe(0);
    const again = await runJson(['localnet', 'stop'], { home });
    expect([again.code, again.document.data]).toEqual([0, { stopped: false, planned: false }]);
  });

  it('seals by the clock', async () => {
    const node = await start(makeHome(), '--block-time', '20ms');
    expect(node.document.data).toMatchObject({ seal: 'interval', intervalMs: 20 });
    const number = async (): Promise<number> =>
      Number((await node.request<{ number: string }>('chain_getHeader')).number);
    const before = await number();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await number()).toBeGreaterThan(before + 3);
    expect((await node.end('SIGTERM')).code).toBe(0);
  });

  it('has fast blocks and the bare genesis of the chain', async () => {
    const node = await start(makeHome(), '--fast', '--ephemeral', '--seal', 'interval');
    expect(node.document.data).toMatchObject({ preset: 'subtensor', fast: true, intervalMs: 250, directory: null });
    await node.end();
  });

  it('leaves nothing behind with --ephemeral', async () => {
    const home = makeHome();
    const node = await start(home, '--ephemeral', '--preset', 'subtensor', '--seal', 'manual');
    expect(node.document.data).toMatchObject({ block: 0, seal: 'manual', directory: null });
    expect((await node.end()).code).toBe(0);
    expect(existsSync(chainFolder(home))).toBe(false);
  });

  it('runs on in the background with --detach, and reports what keeps it from starting', async () => {
    const home = makeHome();
    const started = await runJson(['localnet', 'start', '--port', '0', '--detach'], { home });
    await expectValid(started.document);
    expect(started.document.data.detached).toBe(true);
    const again = await runJson(['localnet', 'start', '--port', '0', '--detach'], { home });
    expect(again.document.error).toMatchObject({ code: 'FILE_LOCKED', data: { pid: started.document.data.pid } });
    const stopped = await runJson(['localnet', 'stop'], { home });
    expect(stopped.document.data).toMatchObject({ stopped: true, pid: started.document.data.pid });
  });

  it('says that a port is taken, and lets go of the chain', async () => {
    const home = makeHome();
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    const { port } = taken.address() as { port: number };
    const { code, document } = await runJson(['localnet', 'start', '--port', String(port)], { home });
    taken.close();
    expect([code, document.error.code]).toEqual([10, 'PORT_IN_USE']);
    expect(document.error.hints.join(' ')).toContain('--port');
    expect((await runJson(['localnet', 'status'], { home })).document.data.running).toBe(false);
  });

  it('refuses options that contradict each other or the chain that is there', async () => {
    const home = makeHome();
    const codeOf = async (...options: string[]): Promise<unknown> => {
      const { code, document } = await runJson(['localnet', 'start', '--port', '0', ...options], { home });
      await expectValid(document);
      return [code, document.error.code];
    };
    expect(await codeOf('--block-time', '12s', '--seal', 'manual')).toEqual([2, 'USAGE']);
    expect(await codeOf('--block-time', 'soon')).toEqual([2, 'USAGE']);
    expect(await codeOf('--fast', '--preset', 'playground')).toEqual([2, 'USAGE']);
    expect(await codeOf('--seal', 'never')).toEqual([2, 'USAGE']);
    expect(await codeOf('--detach', '--ephemeral')).toEqual([2, 'USAGE']);
    expect(await codeOf('--port', '70000')).toEqual([2, 'USAGE']);
    expect(await codeOf('--network', 'finney')).toEqual([2, 'USAGE']);
    expect(await codeOf('--dry-run')).toEqual([2, 'USAGE']);
    expect(existsSync(chainFolder(home))).toBe(false);
    await runJson(['localnet', 'reset'], { home });
    expect(await codeOf('--preset', 'subtensor')).toEqual([12, 'VALIDATION']);
    expect(await codeOf('--fast')).toEqual([12, 'VALIDATION']);
  });

  it('warns when the world can reach it', async () => {
    const node = await start(makeHome(), '--host', '0.0.0.0', '--ephemeral');
    expect(node.document.warnings.join(' ')).toContain('0.0.0.0');
    const { methods } = await node.request<{ methods: string[] }>('rpc_methods');
    expect(methods.filter((name) => name.startsWith('dev_'))).toEqual([]);
    await node.end();
  });

  it('shows people where it listens and whose accounts hold TAO', async () => {
    const { stdout, stderr, code } = await runCli(['localnet', 'start', '--port', '0', '--ephemeral'], {
      onOutput: (printed, kill) => {
        if (printed.includes('Ctrl-C')) kill('SIGINT');
      },
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/listens at ws:\/\/127\.0\.0\.1:\d+/);
    expect(stdout).toContain('//Alice');
    expect(stderr).toContain('Stopped at block');
  });
});
