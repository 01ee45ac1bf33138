import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refuseSecretOptions } from '../../../src/lib/cli/secrets.ts';
import { CliError } from '../../../src/lib/errors.ts';
import { ROOT } from '../../helpers/project-root.ts';

const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const HEX = `0x${'5e'.repeat(32)}`;

/** What a command line is refused with; undefined when it is not. Never repeats the secret. */
function refusal(...argv: string[]): CliError | undefined {
  try {
    refuseSecretOptions(argv);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    const shown = JSON.stringify(error, Object.getOwnPropertyNames(error));
    for (const secret of ['hunter2', 'legal', 'sausage', '5e5e']) expect(shown).not.toContain(secret);
    return error as CliError;
  }
}

describe('secrets on the command line are refused', () => {
  const names = [
    // bittensor-cli 9 and bittensor 11
    'mnemonic',
    'seed',
    'json-password',
    'private-key',
    'keystore-password',
    // what people and older versions write
    'password',
    'wallet-password',
    'wallet_password',
    'wallet.password',
    'coldkey-password',
    'new-password',
    'passphrase',
    'passwd',
    'pass',
    'pw',
    'secret',
    'secret-key',
    'secret-phrase',
    'seed-phrase',
    'recovery-phrase',
    'phrase',
    'suri',
    'privatekey',
    // beginnings and other letters
    'mnem',
    'mnemonics',
    'passw',
    'MNEMONIC',
  ];
  it.each(names)('--%s, wherever it stands and however its value is joined', (name) => {
    for (const argv of [
      ['wallet', 'regen-coldkey', `--${name}`, 'hunter2'],
      ['wallet', 'regen-coldkey', `--${name}=hunter2`],
      [`--${name}`, 'hunter2', 'wallet', 'create'],
      ['wallet', `--${name}`, 'hunter2', 'create'],
      ['nonsense', `-${name}`, 'hunter2'],
      ['wallet', 'create', `--${name}`],
    ]) {
      if (name.length < 3 && argv.some((token) => token === `-${name}`)) continue;
      const error = refusal(...argv);
      expect(error, argv.join(' ')).toMatchObject({ code: 'SECRET_IN_ARGV', exit: 2 });
      expect(error!.message).toContain(name);
      expect(error!.hints.join(' ')).toMatch(/terminal[\s\S]*--wallet-password-file[\s\S]*keychain[\s\S]*descriptor/);
    }
  });

  it('a secret in the place of a file that should hold it', () => {
    for (const flag of ['mnemonic-file', 'uri-file', 'wallet-password-file', 'json-password-file', 'json-path']) {
      expect(refusal('wallet', 'x', `--${flag}`, PHRASE)?.message).toMatch(/takes the name of a file/);
      expect(refusal('wallet', 'x', `--${flag}=${PHRASE}`)?.message).toMatch(/takes the name of a file/);
    }
    for (const flag of ['seed-file', 'key-file', 'private-key-file'])
      expect(refusal('wallet', 'x', `--${flag}`, HEX)?.message).toMatch(/takes the name of a file/);
  });

  it('a phrase without an option, in one word or in twelve', () => {
    for (const argv of [
      ['wallet', 'regen-coldkey', PHRASE],
      ['wallet', 'regen-coldkey', ...PHRASE.split(' ')],
      ['wallet', 'regen-coldkey', '--', ...PHRASE.split(' ')],
      ['wallet', 'regen-coldkey', '--mnemonic-file', ...PHRASE.split(' '), 'legal'],
      ['wallet', 'regen-coldkey', `--words=${PHRASE}`],
    ]) {
      expect(refusal(...argv), argv.join(' ')).toMatchObject({ code: 'SECRET_IN_ARGV' });
    }
  });

  it('a URI with a phrase or a password', () => {
    for (const uri of ['legal winner//Alice', HEX, '//Alice///hunter2'])
      expect(refusal('wallet', 'new-coldkey', '--uri', uri), uri).toMatchObject({ code: 'SECRET_IN_ARGV' });
    expect(refusal('wallet', 'new-coldkey', '--uri', '//Alice', '--uri', 'legal//x')).toBeDefined();
  });
});

describe('what is no secret passes', () => {
  it('every option that a command has', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, { flags: Record<string, { aliases?: string[]; type: string }> }>;
    };
    const seen = new Set<string>();
    for (const { flags } of Object.values(manifest.commands)) {
      for (const [name, { aliases = [], type }] of Object.entries(flags)) {
        for (const one of [name, ...aliases]) {
          const argv = type === 'boolean' ? [`--${one}`] : [`--${one}`, one === 'uri' ? '//Alice' : 'value'];
          expect(refusal('wallet', 'x', ...argv), one).toBeUndefined();
          seen.add(one);
        }
      }
    }
    expect(seen.size).toBeGreaterThan(100);
  });

  it.each([
    [['wallet', 'new-coldkey', '--uri', '//Alice/soft']],
    [['wallet', 'sign', '--message', PHRASE]],
    [['wallet', 'sign', '-m', PHRASE]],
    [['wallet', 'sign', '--message', 'x', '--', '--password', 'x']],
    [['wallet', 'transfer', '--keychain-password', '--dest', 'bob']],
    [['address', 'add', 'bob', '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty']],
    [['wallet', 'regen-coldkeypub', '--public-key', HEX]],
    [['wallet', 'regen-coldkey', '--mnemonic-file', '-']],
  ])('%j', (argv) => {
    expect(refusal(...argv)).toBeUndefined();
  });

  it('but a switch of that name with a value', () => {
    expect(refusal('wallet', 'transfer', '--keychain-password=hunter2')).toMatchObject({ code: 'SECRET_IN_ARGV' });
  });
});
