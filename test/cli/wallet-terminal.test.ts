import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  CTRL_C,
  ENTER,
  type Keystrokes,
  quote,
  RUN_JS,
  runOnTerminal,
  runProgramOnTerminal,
} from '../helpers/run-cli.ts';
import { PASSWORD, type WalletHome, walletHome } from '../helpers/wallet-home.ts';

// Each argon2 takes half a gigabyte and seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const DEVELOPMENT = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';
const DOWN = '\u001b[B';
const ALTERNATE = '\u001b[?1049h';
const NORMAL = '\u001b[?1049l';

let it_: WalletHome;
beforeAll(() => {
  it_ = walletHome();
  it_.copy('cold12-nacl', 'nacl');
});

/** The word that the screen asks for, read from the phrase that it showed. */
const askedWord = (printed: string): string => {
  const shown = printed.slice(printed.lastIndexOf('Write these'));
  const words = new Map([...shown.matchAll(/(\d+)\. ([a-z]+)/g)].map(([, number, word]) => [number, word]));
  const number = [...printed.matchAll(/Word (\d+):/g)].at(-1)?.[1];
  return `${words.get(number!)}${ENTER}`;
};
const quiz: Keystrokes[] = [
  { expect: 'Press Enter', send: ENTER },
  { expect: /Word \d+:/, send: askedWord },
  { expect: /✔[^\n]*\n[^\n]*Word \d+:/, send: askedWord },
];
/** What the terminal kept after the alternate screens were left. */
const kept = (shown: string): string =>
  shown
    .split(ALTERNATE)
    .map((part, index) => (index === 0 ? part : (part.split(NORMAL)[1] ?? '')))
    .join('');

describe('on a terminal', () => {
  it('asks for names and a password twice, shows each phrase once on the alternate screen', async () => {
    const { stdout, stderr, code } = await runOnTerminal(
      ['wallet', 'create', '--json'],
      [
        { expect: 'Name of the wallet', send: `T${ENTER}` },
        { expect: 'Name of the hotkey', send: ENTER },
        { expect: 'New password', send: `abc${ENTER}` },
        { expect: /at least[\s\S]*New password/, send: `${PASSWORD}${ENTER}` },
        { expect: 'Again', send: `something else${ENTER}` },
        { expect: /different[\s\S]*New password/, send: `${PASSWORD}${ENTER}` },
        { expect: 'Again', send: `${PASSWORD}${ENTER}` },
        // Neither shown nor the answer to "Press Enter".
        { expect: 'Encrypting', send: `${PASSWORD}${ENTER}` },
        ...quiz,
        ...quiz,
      ],
      { home: it_.home },
    );
    expect(code, stderr).toBe(0);
    const { data } = JSON.parse(stdout);
    expect(data).toMatchObject({
      wallet: 'T',
      coldkey: { protection: 'encrypted', phrase: 'shown' },
      hotkey: { phrase: 'shown' },
    });
    expect(stderr.split(ALTERNATE)).toHaveLength(3);
    const { secretPhrase } = JSON.parse(readFileSync(data.hotkey.file, 'utf8'));
    expect(stderr.split(ALTERNATE)[2]!.split(NORMAL)[0]).toContain(secretPhrase.split(' ')[0]);
    // Nothing of it is left where the terminal scrolls, in the answer, or in what would repeat the command.
    expect(kept(stderr) + stdout).not.toMatch(new RegExp(secretPhrase.split(' ').slice(0, 3).join('[\\s\\S]{0,20}')));
    expect(stderr).not.toContain(PASSWORD);
    expect(stderr).toContain('btcli-ts wallet create --json --wallet-name T --hotkey default');
  });

  it('restores from a phrase that is typed without echo', async () => {
    const { stdout, stderr, code } = await runOnTerminal(
      ['wallet', 'regen-coldkey', '--wallet-name', 'R', '--no-password', '--json'],
      [
        { expect: 'What do you have', send: ENTER },
        { expect: 'Recovery phrase:', send: `${DEVELOPMENT} fit${ENTER}` },
        // Pasted with a word on each line, of which none may reach the shell.
        { expect: /this one has 13\.[\s\S]*Recovery phrase:/, send: `${DEVELOPMENT.replaceAll(' ', '\r')}${ENTER}` },
      ],
      { home: it_.home },
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).data.key.address).toBe('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV');
    for (const word of DEVELOPMENT.split(' ')) expect(stderr).not.toMatch(new RegExp(`\\b${word}\\b`));
    const seed = await runOnTerminal(
      ['wallet', 'regen-coldkey', '--wallet-name', 'R2', '--no-password', '--json'],
      [
        { expect: 'What do you have', send: DOWN },
        { expect: /❯ seed/, send: ENTER },
        { expect: 'Seed:', send: `nonsense${ENTER}` },
        { expect: /A seed is 64 hex digits[\s\S]*Seed:/, send: `0x12${ENTER}` },
        { expect: /A seed is 64 hex digits[\s\S]*Seed:/, send: `nonsense${ENTER}` },
      ],
      { home: it_.home },
    );
    expect(seed.code).toBe(12);
    expect(JSON.parse(seed.stdout).error.code).toBe('SEED_INVALID');
  });

  it('asks for a password again when it was wrong', async () => {
    const { stdout, stderr, code } = await runOnTerminal(
      ['wallet', 'sign', '--wallet-name', 'nacl', '--message', 'x', '--json'],
      [
        { expect: 'Password of the coldkey of wallet "nacl", to sign the message', send: `wrong one${ENTER}` },
        { expect: 'Wrong password', send: `${PASSWORD}${ENTER}` },
      ],
      { home: it_.home },
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).data.signerAddress).toBe('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV');
    expect(stderr).not.toContain(PASSWORD);
  });

  it('hides what is typed while a password is checked, and takes it as the next one', async () => {
    const { stdout, stderr, code } = await runOnTerminal(
      ['wallet', 'sign', '--wallet-name', 'nacl', '--message', 'x', '--json'],
      [
        { expect: 'to sign the message', send: `wrong one${ENTER}` },
        { expect: 'Checking the password', send: `${PASSWORD}${ENTER}` },
      ],
      { home: it_.home },
    );
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).ok).toBe(true);
    expect(stderr).toContain('Wrong password');
    expect(stderr).not.toContain(PASSWORD);
  });

  it.each([
    ['Ctrl-C', CTRL_C, 130],
    ['the answer', '', 0],
  ])('lets the terminal show what is typed again after %s', async (_what, typed, code) => {
    const sign = `${quote(process.execPath)} ${quote(RUN_JS)} wallet sign --wallet-name nacl --message x`;
    const { stdout, stderr } = await runProgramOnTerminal(
      ['sh', '-c', `${sign}; echo code $?; stty -a`],
      [
        { expect: 'to sign the message', send: `${PASSWORD}${ENTER}` },
        { expect: 'Checking the password', send: typed },
      ],
      { home: it_.home },
    );
    expect(stdout, stderr).toContain(`code ${code}\n`);
    expect(stdout).toMatch(/ icanon .* echo /s);
    // No remnant of the moving line stands before what follows.
    expect(stderr).toMatch(/Checking the password\r +\r/);
  });

  it('replaces a key only when the name of the wallet is typed', async () => {
    it_.copy('cold12-plain', 'old');
    const file = join(it_.wallets, 'old', 'coldkey');
    const before = readFileSync(file, 'utf8');
    const args = ['wallet', 'new-coldkey', '--wallet-name', 'old', '--no-password', '--overwrite', '--uri', '//Bob'];
    const no = await runOnTerminal(args, [{ expect: 'Type old to go on', send: `yes${ENTER}` }], { home: it_.home });
    expect(no.code).toBe(14);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const yes = await runOnTerminal(args, [{ expect: 'Type old to go on', send: `old${ENTER}` }], { home: it_.home });
    expect(yes.code, yes.stderr).toBe(0);
    expect(readFileSync(file, 'utf8')).not.toBe(before);
  });

  const interrupted: readonly (readonly [what: string, keys: Keystrokes[]])[] = [
    ['the name', [{ expect: 'Name of the wallet', send: CTRL_C }]],
    [
      'the password',
      [
        { expect: 'Name of the wallet', send: `C${ENTER}` },
        { expect: 'Name of the hotkey', send: ENTER },
        { expect: 'New password', send: CTRL_C },
      ],
    ],
  ];
  it.each(interrupted)('Ctrl-C at %s leaves nothing behind', async (_what, keys) => {
    const { code, stderr } = await runOnTerminal(['wallet', 'create'], keys, { home: it_.home });
    expect(code).toBe(130);
    expect(stderr).toMatch(/Interrupted/);
    expect(existsSync(join(it_.wallets, 'C'))).toBe(false);
  });

  it('Ctrl-C while the phrase is shown clears the screen and says that the key is written', async () => {
    const { code, stderr } = await runOnTerminal(
      ['wallet', 'new-coldkey', '--wallet-name', 'I', '--no-password'],
      [{ expect: 'Press Enter', send: CTRL_C }],
      { home: it_.home },
    );
    expect(code).toBe(130);
    const file = join(it_.wallets, 'I', 'coldkey');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const after = stderr.split(NORMAL).at(-1)!;
    expect(after).toMatch(/The keys are written; their recovery phrases are in/);
    expect(after.replaceAll(/\s+/g, ' ')).toContain('`btcli-ts wallet export --wallet-name I --mnemonic-file FILE`');
    const { secretPhrase } = JSON.parse(readFileSync(file, 'utf8'));
    expect(kept(stderr)).not.toContain(secretPhrase.split(' ').slice(0, 2).join(' '));
    expect(stderr.lastIndexOf(NORMAL)).toBeGreaterThan(stderr.lastIndexOf(ALTERNATE));
  });
});
