import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stripAnsi } from '../../src/lib/cli/render/width.ts';
import {
  CTRL_C,
  cleanEnvironment,
  ENTER,
  makeHome,
  RUN_JS,
  runCli,
  runJson,
  runOnTerminal,
} from '../helpers/run-cli.ts';

const configFile = (home: string): string => join(home, '.config', 'btcli-ts', 'config.json');

async function writeConfigText(home: string, text: string): Promise<void> {
  await mkdir(dirname(configFile(home)), { recursive: true });
  writeFileSync(configFile(home), text);
}

describe('stdout under --json holds exactly one document', () => {
  const failures: readonly (readonly [args: readonly string[], code: string, exit: number])[] = [
    [['confg', 'get'], 'UNKNOWN_COMMAND', 2],
    [['config', 'gett'], 'UNKNOWN_COMMAND', 2],
    [['config', 'get', '--jsn'], 'UNKNOWN_OPTION', 2],
    [['--quite', 'config', 'get'], 'UNKNOWN_OPTION', 2],
    [['config', 'get', 'a', 'b'], 'USAGE', 2],
    [['config', 'get', 'netwrk'], 'UNKNOWN_SETTING', 2],
    [['config', 'path', '--network'], 'USAGE', 2],
    [['config', 'path', '--network', 'mainnet'], 'UNKNOWN_NETWORK', 2],
    [['config', 'path', '--wait', 'finalised'], 'SETTING_INVALID', 2],
    [['config', 'path', '--timeout', 'soon'], 'SETTING_INVALID', 2],
    [['config', 'path', '--wallet-name', '../x'], 'NAME_INVALID', 12],
    [['config', 'set', '--mnemonic', 'one two three'], 'SECRET_IN_ARGV', 2],
    [['config', 'set'], 'INPUT_REQUIRED', 2],
    [['schema', 'stake', 'ad'], 'USAGE', 2],
    [['config', 'list', '--csv'], 'USAGE', 2],
    [['config', 'list', '--quiet', '--verbose'], 'USAGE', 2],
    [['config', 'list', '--timeout', '1', '--timeout', '2'], 'USAGE', 2],
  ];
  it.each(failures)('%j fails as %s with exit %i', async (args, code, exit) => {
    const found = await runJson(args);
    expect(found.document).toMatchObject({
      ok: false,
      error: { code, message: expect.stringMatching(/[.:]/) },
      meta: {},
    });
    expect(found.document.error.hints.length).toBeGreaterThan(0);
    expect(found.code).toBe(exit);
    expect(found.stderr).toBe('');
  });

  it.each([[['--version']], [['--help']], [[]], [['config']], [['help', 'config', 'get']], [['config', 'list']]])(
    '%j succeeds',
    async (args) => {
      const { document, code } = await runJson(args);
      expect(document).toMatchObject({ ok: true, schema: expect.stringMatching(/\/v1$/), warnings: [] });
      expect(code).toBe(0);
    },
  );

  it('counts --json before the command, under btcli names and from the environment', async () => {
    for (const args of [
      ['--json', 'config', 'path'],
      ['config', '--json-output', 'path'],
      ['config', 'path', '--json_out'],
    ]) {
      expect(JSON.parse((await runCli(args)).stdout)).toMatchObject({ ok: true });
    }
    const { stdout } = await runCli(['config', 'path'], { env: { BTCLI_JSON: '1' } });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
  });
});

describe('suggestions', () => {
  it.each([
    [['confg', 'get', 'network'], 'btcli-ts config'],
    [['config', 'lst'], 'btcli-ts config list'],
    [['config', 'get', 'walet-name'], 'wallet-name'],
    [['config', 'list', '--colums', 'key'], '--columns'],
    [['config', 'path', '-n', 'fineny'], 'finney'],
    [['config', 'path', '-n', '5'], '--netuid 5'],
  ])('%j says %s', async (args, suggestion) => {
    const { stderr, stdout, code } = await runCli(args);
    expect(stderr).toContain(suggestion);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('names', () => {
  it('accepts the topics and options of btcli', async () => {
    const home = makeHome();
    expect((await runCli(['c', 'set', '--subtensor.network', 'test', '--wallet_name', 'w1'], { home })).code).toBe(0);
    expect(JSON.parse(readFileSync(configFile(home), 'utf8'))).toEqual({ network: 'test', 'wallet-name': 'w1' });
    expect((await runCli(['conf', 'get', 'network', '--no_prompt', '--prompt'], { home })).stdout).toBe('test\n');
    expect((await runCli(['config', 'clear', 'network'], { home })).code).toBe(0);
    expect((await runCli(['config', 'get', 'network'], { home })).stdout).toBe('local\n');
  });

  it('takes global options before, within and after the words of a command', async () => {
    for (const args of [
      ['-qn', 'test', 'config', 'path'],
      ['config', '-n', 'test', 'path'],
      ['config', 'path', '-n', 'test'],
    ]) {
      expect((await runCli(args)).code, args.join(' ')).toBe(0);
    }
  });
});

describe('settings', () => {
  it('resolves option, environment, config file and default in this order, and says which', async () => {
    const home = makeHome();
    const network = async (args: string[], env = {}): Promise<unknown> =>
      (await runJson(['config', 'get', 'network', ...args], { home, env })).document.data.settings[0];
    expect(await network([])).toMatchObject({ value: 'local', source: 'default' });
    await runCli(['config', 'set', 'network', 'archive'], { home });
    expect(await network([])).toMatchObject({ value: 'archive', source: 'config' });
    expect(await network([], { BT_NETWORK: 'finney' })).toMatchObject({ value: 'finney', source: 'environment' });
    expect(await network([], { BT_NETWORK: 'finney', BTCLI_NETWORK: 'test' })).toMatchObject({ value: 'test' });
  });

  it('writes the config file for its owner only', async () => {
    const home = makeHome();
    await runCli(['config', 'set', 'tolerance', '1%'], { home });
    expect(statSync(configFile(home)).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(configFile(home))).mode & 0o777).toBe(0o700);
  });

  it('writes nothing under --dry-run', async () => {
    const home = makeHome();
    const { document } = await runJson(['config', 'set', 'network', 'test', '--dry-run'], { home });
    expect(document.data).toMatchObject({ written: false, settings: { network: 'test' } });
    expect((await runJson(['config', 'path'], { home })).document.data.exists).toBe(false);
  });

  it.each(['{', '[]', '{"network": {}}'])('tells a broken config file (%s) from a missing one', async (text) => {
    const home = makeHome();
    await writeConfigText(home, text);
    const { document, code } = await runJson(['config', 'list'], { home });
    expect(document.error.code).toBe('CONFIG_INVALID');
    expect(code).toBe(16);
    expect((await runJson(['config', 'path'], { home })).document.ok).toBe(true);
  });

  it('names the place of an invalid value', async () => {
    const home = makeHome();
    await writeConfigText(home, '{"network": "nowhere"}');
    expect((await runCli(['config', 'list'], { home })).stderr).toContain('config file');
    expect((await runCli(['config', 'list'], { env: { BTCLI_WAIT: 'x' } })).stderr).toContain('BTCLI_WAIT');
  });
});

describe('secrets', () => {
  it.each(['--password', '--mnemonic', '--seed', '--wallet-password', '--json_password', '--private-key'])(
    '%s is refused without repeating its value',
    async (option) => {
      const secret = 'canary-7d1f';
      for (const args of [['wallet', 'create', option, secret], [`${option}=${secret}`]]) {
        const { stdout, stderr, code } = await runCli(args);
        expect(stdout + stderr).not.toContain(secret);
        expect(stderr).toContain('--wallet-password-file');
        expect(code).toBe(2);
      }
    },
  );
});

describe('lists', () => {
  it('sorts, filters, chooses columns and prints CSV', async () => {
    const args = ['config', 'list', '--csv', '--columns', 'key,value', '--sort', '-key', '--filter', 'key~wallet'];
    const { stdout } = await runCli(args, { home: '/nonexistent', env: { HOME: '/nonexistent' } });
    expect(stdout).toBe('key,value\nwallet-path,/nonexistent/.bittensor/wallets\nwallet-name,default\n');
    expect(existsSync('/nonexistent')).toBe(false);
  });

  it('never cuts a value when piped, and fits a terminal', async () => {
    const { stdout: piped } = await runCli(['config', 'list']);
    expect(piped).not.toContain('…');
    const { stderr: screen } = await runOnTerminal(['config', 'list'], [], { screen: true, columns: 60 });
    const longest = Math.max(
      ...stripAnsi(screen)
        .split(/\r?\n/)
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(60);
  });

  it('has no colour in a pipe, and none on a terminal under NO_COLOR', async () => {
    expect((await runCli(['config', 'list'])).stdout).not.toContain('\u001b');
    const screen = async (env: Record<string, string>): Promise<string> =>
      (await runOnTerminal(['config', 'list'], [], { screen: true, env })).stderr;
    expect(await screen({})).toContain('\u001b[1m');
    expect(await screen({ NO_COLOR: '1' })).not.toContain('\u001b[1m');
  });
});

describe('questions', () => {
  it('asks on a terminal, prints only the answer to stdout, and shows the equivalent command', async () => {
    const home = makeHome();
    const { stdout, stderr, code } = await runOnTerminal(
      ['config', 'set', 'network'],
      [{ expect: 'Value of network', send: `test${ENTER}` }],
      { home },
    );
    expect(stdout).toContain('network = test');
    expect(stdout).not.toContain('Value of');
    expect(stderr).toContain('btcli-ts config set network --network test');
    expect(code).toBe(0);
  });

  it('names what is missing when it may not ask', async () => {
    for (const args of [
      ['config', 'set', 'network'],
      ['config', 'set', 'network', '--yes'],
    ]) {
      const { document, code } = await runJson(args);
      expect(document.error.code).toBe('INPUT_REQUIRED');
      expect(document.error.data.needs).toEqual([{ flag: '--network', type: 'setting' }]);
      expect(code).toBe(2);
    }
  });

  it('confirms, and takes no for an answer', async () => {
    const home = makeHome();
    await runCli(['config', 'set', 'network', 'test'], { home });
    const asked = await runJson(['config', 'unset', '--all'], { home });
    expect(asked.document.error.code).toBe('CONFIRMATION_REQUIRED');
    expect(asked.code).toBe(14);
    const declined = await runOnTerminal(['config', 'unset', '--all'], [{ expect: 'Forget', send: `n${ENTER}` }], {
      home,
    });
    expect(declined.code).toBe(14);
    expect((await runCli(['config', 'unset', '--all', '--no'], { home })).code).toBe(14);
    expect((await runCli(['config', 'get', 'network'], { home })).stdout).toBe('test\n');
    expect((await runCli(['config', 'unset', '--all', '--yes'], { home })).code).toBe(0);
    expect((await runCli(['config', 'get', 'network'], { home })).stdout).toBe('local\n');
  });

  it('ends with 130 on Ctrl-C at a question, with the terminal restored', async () => {
    const { stderr, code } = await runOnTerminal(['config', 'set', 'network'], [{ expect: 'Value of', send: CTRL_C }]);
    expect(code).toBe(130);
    expect(stderr).toContain('Nothing had been sent.');
    expect(stderr.trimEnd().endsWith('\u001b[?25h')).toBe(true);
  });
});

describe('the pipe', () => {
  it('may be closed by the reader', async () => {
    const child = spawn(process.execPath, [RUN_JS, 'config', 'list'], { env: cleanEnvironment(makeHome()) });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
