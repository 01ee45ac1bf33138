import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { displayWidth, stripAnsi } from '../../src/lib/cli/render/width.ts';
import {
  cleanEnvironment,
  ENTER,
  makeHome,
  quote,
  RUN_JS,
  runCli,
  runJson,
  runOnTerminal,
  runProgramOnTerminal,
} from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

const WAIT = { timeout: 300_000 };
/** Other than the one with the most stake on subnet 5. */
const VALIDATOR = '5EFK1yojAnDRESRcqaA6a16NgCjA3fc98bRYWUFhs3iJowd7';
const home = makeHome();

const equivalentOf = (shown: string): string[] =>
  (/Same without questions: btcli-ts (.*)/.exec(stripAnsi(shown))?.[1] ?? '').trim().split(' ');

beforeAll(async () => {
  const create = ['wallet', 'create', '--wallet-name', 'w', '--hotkey', 'miner', '--no-password', '--yes'];
  expect((await runCli(create, { home, ...WAIT })).code).toBe(0);
  const fund = ['localnet', 'fund', '--wallet-name', 'w', '--amount', '100', '--yes'];
  expect((await runCli(fund, { home, ...WAIT })).code).toBe(0);
}, WAIT.timeout);

describe('the validator of a stake', WAIT, () => {
  const stake = ['stake', 'add', '--netuid', '5', '--amount', '1', '--wallet-name', 'w', '--dry-run'];

  it('may be named by --hotkey, as in bittensor 11, and never is another one', async () => {
    const { document } = await runJson([...stake, '--hotkey', VALIDATOR], { home, ...WAIT });
    expect(document.data).toMatchObject({ hotkey: VALIDATOR, hotkeyChosen: 'given' });
    const own = await runJson([...stake, '-H', 'miner'], { home, ...WAIT });
    const { document: shown } = await runJson(['wallet', 'sign', '-w', 'w', '-H', 'miner', '--use-hotkey', '-m', 'x'], {
      home,
    });
    expect(own.document.error.message).toContain(`no hotkey ${shown.data.signerAddress}`);
    const wrong = await runJson([...stake, '--hotkey', 'nobody'], { home, ...WAIT });
    expect(wrong.document.error.code).toBe('HOTKEY_UNKNOWN');
  });

  it('may be named by the options of a btcli script', async () => {
    const script = `st add --netuids 5 --amount 1 --wallet.name w -in ${VALIDATOR} --no-mev-protection --era 64 --rate-tolerance 0.05 --safe-staking --no-allow-partial-stake --no_prompt --json-out --dry-run`;
    const { stdout } = await runCli(script.split(' '), { home, ...WAIT });
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, data: { hotkey: VALIDATOR } });
  });

  it('is not sent unprotected where protection was asked for', async () => {
    const { document, code } = await runJson([...stake, '--mev-protection'], { home, ...WAIT });
    expect(document.error).toMatchObject({
      code: 'UNKNOWN_OPTION',
      message: expect.stringContaining('--mev-protection'),
      hints: [expect.stringContaining('MEV shield')],
    });
    expect(code).toBe(2);
  });
});

describe('subnets as bittensor 11 names them', WAIT, () => {
  it('takes the number as an argument, and metagraph and create-cost as names', async () => {
    const shown = await runJson(['subnets', 'metagraph', '5'], { home, ...WAIT });
    expect(shown.document).toMatchObject({ schema: 'subnet.show/v1', data: { subnet: { netuid: 5 } } });
    const cost = await runJson(['subnets', 'burn_cost', '5'], { home, ...WAIT });
    expect(cost.document.data).toMatchObject({ netuid: 5 });
    const create = await runJson(['subnets', 'create-cost'], { home, ...WAIT });
    expect(create.document.data).toEqual({ networkTao: '1000.000000000' });
  });

  it('says --netuid where a number stands alone and the command takes none so', async () => {
    const { document } = await runJson(['subnets', 'price', '5'], { home, ...WAIT });
    expect(document.error).toMatchObject({ code: 'USAGE', hints: ['Did you mean --netuid 5?', expect.any(String)] });
  });

  it('lists what registering costs, for all subnets at once', async () => {
    const { document } = await runJson(['subnets', 'list', '--sort', 'registrationTao'], { home, ...WAIT });
    await expectValid(document);
    const { subnets } = document.data;
    const cost = await runJson(['subnets', 'burn-cost', '5'], { home, ...WAIT });
    expect(subnets.find(({ netuid }: { netuid: number }) => netuid === 5).registrationTao).toBe(
      cost.document.data.registrationTao,
    );
    expect(subnets.at(-1)).toMatchObject({ netuid: 0, registrationTao: null });
  });

  it('does not guess whether --name is the identity or the wallet', async () => {
    const { document } = await runJson(['wallet', 'set-identity', '--name', 'w'], { home, ...WAIT });
    expect(document.error).toMatchObject({ code: 'USAGE', hints: [expect.stringContaining('--id-name')] });
  });
});

describe('the command without questions', WAIT, () => {
  it('does the same when typed: with the only wallet, "all" and the yes', async () => {
    const bought = await runOnTerminal(
      ['stake', 'add'],
      [
        { expect: 'Which subnet', send: `orchard${ENTER}` },
        { expect: 'again: that came faster', send: 'orchard' },
        { expect: /❯.*Orchard/, send: ENTER },
        { expect: 'How much TAO', send: `0${ENTER}` },
        { expect: 'more than nothing', send: `\u0015101${ENTER}` },
        { expect: 'There are only 100', send: `\u00152.50${ENTER}` },
        { expect: 'Stake with which', send: ENTER },
        { expect: 'Send it', send: ENTER },
      ],
      { home, columns: 400, ...WAIT },
    );
    expect(bought.code).toBe(0);
    const again = equivalentOf(bought.stderr);
    expect(again).toEqual(expect.arrayContaining(['--wallet-name', 'w', '--netuid', '5', '--amount', '2.5']));
    expect(again.at(-1)).toBe('--yes');
    expect(await runJson(again, { home, ...WAIT })).toMatchObject({ code: 0, document: { ok: true } });

    const sold = await runOnTerminal(
      ['stake', 'remove', '--netuid', '5'],
      [
        { expect: 'How much alpha', send: `all${ENTER}` },
        { expect: 'Send it', send: ENTER },
      ],
      { home, columns: 400, ...WAIT },
    );
    expect(equivalentOf(sold.stderr)).toEqual([
      'stake',
      'remove',
      '--netuid',
      '5',
      '--wallet-name',
      'w',
      '--all',
      '--yes',
    ]);
  });

  it('has --all for "all"', async () => {
    const { stderr } = await runOnTerminal(
      ['stake', 'add', '--netuid', '5', '--unsafe', '--dry-run'],
      [
        { expect: 'How much TAO', send: `all${ENTER}` },
        { expect: 'Stake with which', send: ENTER },
      ],
      { home, columns: 400, ...WAIT },
    );
    expect(equivalentOf(stderr), stderr).toContain('--all');
    expect(equivalentOf(stderr)).not.toContain('--amount');
  });

  it('is not offered for answers that were refused', async () => {
    const { stderr, code } = await runOnTerminal(
      ['wallet', 'swap-hotkey'],
      [
        { expect: 'New hotkey', send: `nobody${ENTER}` },
        { expect: 'is neither an address', send: '\u0003' },
      ],
      { home, ...WAIT },
    );
    expect(code).toBe(130);
    expect(stderr).not.toContain('Same without questions');
  });
});

describe('a question', WAIT, () => {
  it('of yes or no takes nothing else for an answer', async () => {
    const { stderr, code } = await runOnTerminal(
      ['wallet', 'transfer', '--to', '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', '--amount', '1'],
      [
        { expect: 'Send it?', send: `1.5${ENTER}` },
        { expect: 'Answer y or n', send: `\u0015No${ENTER}` },
      ],
      { home, ...WAIT },
    );
    expect(code, stderr).toBe(14);
  });

  it('goes on after Ctrl-Z and fg', async () => {
    const add = `${quote(process.execPath)} ${quote(RUN_JS)} address add later`;
    const { stdout, stderr } = await runProgramOnTerminal(
      ['sh', '-c', `set -m; ${add}; echo stopped >&2; fg; echo code $?`],
      [
        { expect: 'Address', send: '\u001a' },
        { expect: 'stopped', send: `w${ENTER}` },
      ],
      { home, ...WAIT },
    );
    expect(stdout, stderr).toContain('code 0');
  });
});

describe('what is asked for', WAIT, () => {
  it('a setting and its value', async () => {
    const own = makeHome();
    const set = await runOnTerminal(
      ['config', 'set'],
      [
        { expect: 'Which setting', send: `toler${ENTER}` },
        { expect: 'again: that came faster', send: 'toler' },
        { expect: /❯.*tolerance/, send: ENTER },
        { expect: 'Value of tolerance', send: `much${ENTER}` },
        { expect: /much.*is not/s, send: `\u00151%${ENTER}` },
      ],
      { home: own },
    );
    expect(set.stdout).toContain('tolerance = 1%');
    const forgotten = await runOnTerminal(['config', 'unset'], [{ expect: 'Forget which', send: ENTER }], {
      home: own,
    });
    expect(forgotten.stdout).toContain('Forgot tolerance');
  });

  it('another name, at once, for a wallet that exists', async () => {
    const { stderr } = await runOnTerminal(
      ['wallet', 'create', '--no-password'],
      [
        { expect: 'Name of the wallet', send: `w${ENTER}` },
        { expect: 'exists already', send: '\u0003' },
      ],
      { home, ...WAIT },
    );
    expect(stderr).not.toContain('Name of the hotkey');
  });

  it('again what cannot be used: a name that is none, an address that is none', async () => {
    const renamed = await runOnTerminal(
      ['wallet', 'rename', '--dry-run'],
      [
        { expect: 'New name', send: `a/b${ENTER}` },
        { expect: 'path separator', send: `\u0015vault${ENTER}` },
      ],
      { home, ...WAIT },
    );
    expect(renamed).toMatchObject({ code: 0, stdout: expect.stringContaining('vault') });
    const added = await runOnTerminal(
      ['address', 'add', 'friend'],
      [
        { expect: 'Address', send: `5Grwva${ENTER}` },
        { expect: 'is neither an address', send: `\u0015w${ENTER}` },
      ],
      { home, ...WAIT },
    );
    expect(added.code).toBe(0);
  });

  it('again a file that is none, and takes ~ for the home', async () => {
    writeFileSync(join(home, 'none.json'), 'no');
    const { stderr, code } = await runOnTerminal(
      ['wallet', 'import', '--wallet-name', 'imported', '--dry-run', '--no-password'],
      [
        { expect: 'File of the Polkadot-JS backup', send: `nofile${ENTER}` },
        { expect: 'nofile cannot be used: it does not exist.', send: `\u0015~/none.json${ENTER}` },
        { expect: 'it is not JSON', send: '\u0003' },
      ],
      { home, ...WAIT },
    );
    expect(code, stderr).toBe(130);
    const advance = await runOnTerminal(
      ['localnet', 'advance'],
      [
        { expect: 'How many blocks', send: `1,000${ENTER}` },
        { expect: '> "1,000" is not a whole number', send: '\u0003' },
      ],
      { home, columns: 200, ...WAIT },
    );
    expect(advance.code, advance.stderr).toBe(130);
  });

  it('no hotkey where the wallet has one, whatever its name', async () => {
    const signed = await runOnTerminal(['wallet', 'sign', '--use-hotkey', '--message', 'x'], [], { home, ...WAIT });
    expect(signed).toMatchObject({ code: 0, stdout: expect.stringContaining('Signature') });
    const { document } = await runJson(['wallet', 'sign', '-w', 'w', '--use-hotkey', '--message', 'x'], {
      home,
      ...WAIT,
    });
    expect(document.error).toMatchObject({
      code: 'KEYFILE_NOT_FOUND',
      hints: [expect.any(String), expect.stringContaining('miner')],
    });
  });
});

describe('a newcomer', WAIT, () => {
  it('without a wallet is told the next command, and asked nothing', async () => {
    const own = makeHome();
    const { stderr, code } = await runOnTerminal(['stake', 'add'], [], { home: own, ...WAIT });
    expect(code).toBe(16);
    expect(stripAnsi(stderr)).toContain(`There is no wallet in ${own}/.bittensor/wallets yet.`);
    expect(stripAnsi(stderr)).toContain('`btcli-ts wallet create` makes a new one.');
    const script = await runJson(['stake', 'add', '--netuid', '5', '--amount', '1', '-w', 'ci'], {
      home: own,
      ...WAIT,
    });
    expect(script.document.error).toMatchObject({
      code: 'WALLET_NOT_FOUND',
      hints: expect.arrayContaining(['`btcli-ts wallet create --wallet-name ci` makes a new one.']),
    });
  });

  it('with an empty wallet is not asked how much of nothing', async () => {
    const own = makeHome();
    await runCli(['wallet', 'create', '--wallet-name', 'new', '--no-password', '--yes'], { home: own, ...WAIT });
    const bought = await runOnTerminal(['stake', 'add'], [], { home: own, columns: 200, ...WAIT });
    expect(bought.code).toBe(12);
    expect(bought.stderr).toContain('`btcli-ts localnet fund --wallet-name new --amount 100`');
    const sold = await runOnTerminal(['stake', 'remove'], [], { home: own, columns: 200, ...WAIT });
    expect(sold).toMatchObject({ code: 12, stderr: expect.stringContaining('Nothing of this wallet is staked.') });
  });
});

describe('lines on a narrow terminal', WAIT, () => {
  const widest = (text: string): number => Math.max(...stripAnsi(text).split(/\r?\n/).map(displayWidth));

  it.each([60, 80])('break at spaces on %i columns: help, settings, errors, previews', async (columns) => {
    for (const args of [
      [],
      ['wallet', '--help'],
      ['config', 'list'],
      ['wallet', 'show', '--wallet-name', 'nobody'],
      ['stake', 'add', '--netuid', '5', '--amount', '1', '--wallet-name', 'w', '-H', 'miner', '--dry-run'],
    ]) {
      const { stderr } = await runOnTerminal(args, [], { home, screen: true, columns, ...WAIT });
      const text = stripAnsi(stderr).replaceAll(/0x[0-9a-f]+|\S*btcli-home-\S*/g, '');
      expect(widest(text), text).toBeLessThanOrEqual(columns);
      expect(text).not.toContain('…');
    }
  });

  it('keep a choice on one line, and a table of neurons a table', async () => {
    const listed = await runOnTerminal(
      ['stake', 'add', '--netuid', '5', '--amount', '1'],
      [{ expect: 'navigate', send: '\u0003' }],
      { home, columns: 60, ...WAIT },
    );
    const choices = listed.stderr.split('\n').filter((line) => line.includes('uid'));
    expect(choices.length).toBeGreaterThan(5);
    expect(widest(choices.join('\n')), choices.join('\n')).toBeLessThanOrEqual(60);
    const { stderr } = await runOnTerminal(['epoch', 'show', '--netuid', '5'], [], {
      home,
      screen: true,
      columns: 60,
      ...WAIT,
    });
    expect(stripAnsi(stderr)).toContain('UID  Hotkey');
  });
});

describe('a full disk behind stdout', () => {
  it('is said in a sentence, with exit code 16', async () => {
    const full = openSync('/dev/full', 'w');
    const env = cleanEnvironment(makeHome());
    const child = spawn(process.execPath, [RUN_JS, 'config', 'list', '--json'], {
      env,
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    let stderr = '';
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({
      code: 16,
      stderr: 'Error: The output cannot be written: the disk is full. (FILE_DISK_FULL)\n  Path: stdout\n',
    });
  });
});

describe('completion', () => {
  it('says when its folder cannot be made', async () => {
    const { document, code } = await runJson(['autocomplete', 'bash'], { env: { XDG_CACHE_HOME: '/dev/null/x' } });
    expect(code).toBe(16);
    expect(document.error).toMatchObject({
      message: expect.stringMatching(/^The completions cannot be written: .*\.$/),
    });
  });
});

describe('an error of the wallet', () => {
  it('is a whole sentence, and so are its hints', async () => {
    const { document } = await runJson(['wallet', 'sign', '-w', 'nobody', '-m', 'x']);
    for (const text of [document.error.message, ...document.error.hints]) expect(text).toMatch(/[.?]$/);
  });
});

describe('examples', () => {
  it('that help prints name only options that the command has', () => {
    const manifest = JSON.parse(readFileSync(join(RUN_JS, '../../oclif.manifest.json'), 'utf8')) as {
      commands: Record<
        string,
        { examples?: string[]; flags: Record<string, { name: string; char?: string; allowNo?: boolean }> }
      >;
    };
    for (const [id, { examples = [], flags }] of Object.entries(manifest.commands)) {
      const known = new Set(
        Object.values(flags).flatMap(({ name, char, allowNo }) => [
          `--${name}`,
          `-${char}`,
          allowNo ? `--no-${name}` : '',
        ]),
      );
      const used = examples.flatMap((example) => example.match(/(?<= )(--[a-z][\w-]*|-[a-z]\b)/g) ?? []);
      expect({ id, unknown: used.filter((option) => !known.has(option)) }).toEqual({ id, unknown: [] });
    }
  });
});
