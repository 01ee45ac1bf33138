import { describe, expect, it } from 'vitest';
import type { CommandIndex } from '../../../src/lib/cli/command-index.ts';
import { type Dispatch, dispatch } from '../../../src/lib/cli/dispatch.ts';
import { normalizeOptions, wantsJson } from '../../../src/lib/cli/option-names.ts';
import { refuseSecretOptions, scrubSecrets } from '../../../src/lib/cli/secrets.ts';
import { CliError } from '../../../src/lib/errors.ts';

const entry = (aliases: string[] = []) => ({ summary: '', aliases, hidden: false, schema: 'x/v1', list: false });
const index: CommandIndex = {
  version: '1.2.3',
  commands: {
    'stake add': entry(),
    'stake list': entry(),
    'stake child set': entry(),
    'subnet show': entry(['subnet metagraph']),
    'subnet burn-cost': entry(),
    'wallet new-hotkey': entry(),
    autocomplete: entry(),
    'autocomplete script': entry(),
    schema: entry(),
  },
};
const split = (line: string): string[] => (line === '' ? [] : line.split(' '));
const find = (line: string): Dispatch => dispatch(split(line), index);

function refused(line: string): CliError {
  try {
    find(line);
  } catch (error) {
    if (error instanceof CliError) return error;
  }
  throw new Error(`accepted: ${line}`);
}

describe('dispatch', () => {
  it.each([
    ['stake add --netuid 5', 'stake add', '--netuid 5'],
    ['st add', 'stake add', ''],
    ['s show 5', 'subnet show', '5'],
    ['subnets metagraph', 'subnet show', ''],
    ['s burn_cost', 'subnet burn-cost', ''],
    ['w new_hotkey --n_words 12', 'wallet new-hotkey', '--n_words 12'],
    ['stake children set', 'stake child set', ''],
    ['--json stake list', 'stake list', '--json'],
    ['-n test --wallet-name=w stake list --csv', 'stake list', '-n test --wallet-name=w --csv'],
    ['-ntest stake list', 'stake list', '-ntest'],
    ['-qyn test stake list', 'stake list', '-qyn test'],
    ['stake --json list', 'stake list', '--json'],
    ['--subtensor.network test stake list', 'stake list', '--subtensor.network test'],
    ['schema stake add', 'schema', 'stake add'],
    ['autocomplete bash', 'autocomplete', 'bash'],
    ['autocomplete script bash', 'autocomplete script', 'bash'],
    ['schema -- --help', 'schema', '-- --help'],
  ])('%j', (line, id, argv) => {
    expect(find(line)).toEqual({ kind: 'command', id, argv: split(argv) });
  });

  it.each([
    ['', ''],
    ['--help', ''],
    ['help', ''],
    ['stake', 'stake'],
    ['st -h', 'stake'],
    ['stake add --help', 'stake add'],
    ['stake add --netuid 5 -h', 'stake add'],
    ['help s metagraph', 'subnet show'],
    ['help stake child', 'stake child'],
    ['--json', ''],
  ])('%j is a request for help', (line, path) => {
    expect(find(line)).toEqual({ kind: 'help', path });
  });

  it('knows --version', () => {
    expect(find('--version')).toEqual({ kind: 'version' });
    expect(find('--json --version')).toEqual({ kind: 'version' });
  });

  it.each([
    ['stke list', 'UNKNOWN_COMMAND', 'stake list'],
    ['stake ad', 'UNKNOWN_COMMAND', 'stake add'],
    ['sbunets show', 'UNKNOWN_COMMAND', 'subnet show'],
    ['stak ad', 'UNKNOWN_COMMAND', 'stake add'],
    ['stak ad --netuid 5 --wallet-name me', 'UNKNOWN_COMMAND', 'stake add'],
    ['walet --json new_hotky', 'UNKNOWN_COMMAND', 'wallet new-hotkey'],
    ['stak chld ste 5', 'UNKNOWN_COMMAND', 'stake child set'],
    ['sbunets metagrph', 'UNKNOWN_COMMAND', 'subnet show'],
    ['stak frobnicate', 'UNKNOWN_COMMAND', 'stake'],
    ['stak -- add', 'UNKNOWN_COMMAND', 'stake'],
    ['help stak ad', 'UNKNOWN_COMMAND', 'stake add'],
    ['metagraph 5', 'UNKNOWN_COMMAND', 'subnet show'],
    ['add', 'UNKNOWN_COMMAND', 'stake add'],
    ['help stake lits', 'UNKNOWN_COMMAND', 'stake list'],
    ['stake child ste', 'UNKNOWN_COMMAND', 'stake child set'],
    ['--netwrk test stake list', 'UNKNOWN_OPTION', '--network'],
  ])('%j has a nearest right answer', (line, code, suggestion) => {
    expect(refused(line)).toMatchObject({ code, exit: 2, data: { suggestion } });
  });

  it('names all commands of a name whose topic was left out', () => {
    const several = { ...index, commands: { ...index.commands, 'wallet list': entry() } };
    const work = (): unknown => dispatch(['list'], several);
    expect(work).toThrow(
      expect.objectContaining({ hints: [expect.stringContaining('stake list, wallet list'), expect.anything()] }),
    );
  });

  it.each([
    ['st move --netuid 5', 'stake move', 'stake has: add'],
    ['w faucet', 'wallet faucet', 'localnet fund'],
    ['stake unstake_all', 'stake unstake-all', 'stake remove --all'],
    ['weights commit', 'weight', '--help lists'],
    ['su trigger-epoch', 'sudo trigger-epoch', 'localnet advance'],
  ])("%j is said to be btcli's", (line, command, hint) => {
    const error = refused(line);
    expect(error).toMatchObject({ code: 'UNKNOWN_COMMAND', message: `btcli has "${command}", btcli-ts does not.` });
    expect(error.data).not.toHaveProperty('suggestion');
    expect(error.hints.join(' ')).toContain(hint);
  });

  it('suggests no topic that the program does not have', () => {
    for (const line of ['wieghts', 'crowdloanz', 'utilz']) expect(refused(line).data).not.toHaveProperty('suggestion');
  });

  it('suggests nothing when nothing is near', () => {
    expect(refused('frobnicate')).toMatchObject({ code: 'UNKNOWN_COMMAND' });
    expect(refused('frobnicate').data).not.toHaveProperty('suggestion');
  });
});

describe('option names', () => {
  const declared = new Set([
    ...['network', 'wallet-name', 'safe', 'no-safe', 'partial', 'no-partial', 'tolerance', 'json', 'yes'],
    'include-hotkeys',
  ]);
  it.each([
    ['--chain finney', '--network finney'],
    ['--subtensor.chain_endpoint=ws://x_y.z', '--network=ws://x_y.z'],
    ['--wallet w_1', '--wallet-name w_1'],
    ['--wallet.name w', '--wallet-name w'],
    ['--unsafe --allow-partial', '--no-safe --partial'],
    ['--no-safe-staking --not-partial', '--no-safe --no-partial'],
    ['--json_out --no_prompt --prompt', '--json --yes'],
    ['-in 5x', '--include-hotkeys 5x'],
    ['-n test -- --chain', '-n test -- --chain'],
    ['--no-mev-protection --no-use-hotkey', ''],
    ['--proxy x --mev-protection', '--proxy x --mev-protection'],
  ])('%j becomes %j', (before, after) => {
    expect(normalizeOptions(split(before), declared)).toEqual(split(after));
  });

  it('lets the last of --overwrite and --no-overwrite count', () => {
    const own = new Set(['overwrite']);
    expect(normalizeOptions(['--overwrite', '--no-overwrite'], own)).toEqual([]);
    expect(normalizeOptions(['--no-overwrite', '--overwrite'], own)).toEqual(['--overwrite']);
  });

  it('leaves a name alone that the command declares', () => {
    expect(normalizeOptions(['--name', 'x'], new Set(['name', 'wallet-name']))).toEqual(['--name', 'x']);
  });

  it('sees the wish for JSON wherever it stands, but not behind --', () => {
    expect(wantsJson(['stake', '--json_output'], {})).toBe(true);
    expect(wantsJson(['stake', '--', '--json'], {})).toBe(false);
    expect(wantsJson(['stake'], { BTCLI_JSON: 'true' })).toBe(true);
  });
});

describe('secrets', () => {
  it.each([
    ['--password x', true],
    ['--wallet_password=x', true],
    ['--uri word1', true],
    ['--uri=0xabc', true],
    ['--uri //Alice///pass', true],
    ['--uri //Alice', false],
    ['--wallet-password-file f', false],
    ['--no-password', false],
    ['--use-password', false],
    ['-- --password', false],
  ])('%j', (line, isRefused) => {
    const work = (): void => refuseSecretOptions(split(line));
    if (isRefused) expect(work).toThrow(/not accepted/);
    else expect(work).not.toThrow();
  });

  it('scrubs phrases and keys from reports', () => {
    const phrase = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
    const seed = `0x${'ab'.repeat(32)}`;
    const scrubbed = scrubSecrets(`boom ${phrase} at x.js:1 ${seed} ${'ef'.repeat(64)}`);
    expect(scrubbed).not.toContain('sausage');
    expect(scrubbed).not.toContain('abab');
    expect(scrubbed).not.toContain('efef');
    expect(scrubbed).toContain('x.js:1');
  });
});
