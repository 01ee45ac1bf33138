import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';
import { PASSWORD, type WalletHome, walletHome } from '../helpers/wallet-home.ts';

// Each argon2 takes half a gigabyte and seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const mode = (path: string): number => statSync(path).mode & 0o777;
const keyFields = (path: string): Record<string, string> => JSON.parse(readFileSync(path, 'utf8'));

describe('wallet create', () => {
  let it_: WalletHome;
  beforeAll(() => {
    it_ = walletHome();
  });

  it('works without a terminal, unencrypted only because it was asked to, and says where the phrases are', async () => {
    const { document, code, stderr } = await it_.run([
      'wallet',
      'create',
      '--wallet-name',
      'W',
      '--hotkey',
      'H',
      '--no-password',
      '--yes',
    ]);
    expect(code).toBe(0);
    const { coldkey, hotkey } = document.data;
    expect(coldkey).toMatchObject({ kind: 'coldkey', protection: 'none', phrase: 'key-file', keyType: 'sr25519' });
    expect(hotkey).toMatchObject({ kind: 'hotkey', name: 'H', protection: 'none', phrase: 'key-file' });
    expect(coldkey.address).not.toBe(hotkey.address);
    expect(document.warnings).toHaveLength(3);
    expect(document.warnings[0]).toMatch(/unencrypted/);
    expect(document.warnings[1]).toMatch(/not shown.*wallet export/);
    for (const file of [coldkey.file, coldkey.publicFile, hotkey.file, hotkey.publicFile])
      expect(mode(file)).toBe(0o600);
    expect(mode(join(it_.wallets, 'W'))).toBe(0o700);
    const phrase = keyFields(coldkey.file).secretPhrase!;
    expect(phrase.split(' ')).toHaveLength(12);
    for (const secret of [phrase, keyFields(coldkey.file).secretSeed!, keyFields(coldkey.file).privateKey!]) {
      expect(JSON.stringify(document) + stderr).not.toContain(secret);
    }
  });

  it('encrypts the coldkey with the password of a file and writes the phrase into a new file', async () => {
    const pw = it_.write('pw', `${PASSWORD}\n`);
    const phraseFile = join(it_.home, 'phrase');
    const data = await it_.data([
      'wallet',
      'create',
      '--wallet-name',
      'E',
      '--wallet-password-file',
      pw,
      '--mnemonic-file',
      phraseFile,
      '--yes',
      '--n-words',
      '24',
      '--encrypt-hotkey',
    ]);
    expect(data.coldkey).toMatchObject({ protection: 'encrypted', phrase: 'file', phraseFile });
    expect(data.hotkey).toMatchObject({ name: 'default', protection: 'encrypted' });
    expect(readFileSync(data.coldkey.file).subarray(0, 5).toString()).toBe('$NACL');
    expect(mode(phraseFile)).toBe(0o600);
    expect(readFileSync(phraseFile, 'utf8').trim().split(' ')).toHaveLength(24);
    // The phrase gives the same key again, and the password opens the file.
    const again = await it_.data([
      'wallet',
      'regen-coldkey',
      '--wallet-name',
      'again',
      '--mnemonic-file',
      phraseFile,
      '--no-password',
      '--yes',
    ]);
    expect(again.key.address).toBe(data.coldkey.address);
    const shown = await it_.data(['wallet', 'unlock', '--wallet-name', 'E', '--wallet-password-file', pw]);
    expect(shown.address).toBe(data.coldkey.address);
    await it_.fails(
      ['wallet', 'new-hotkey', '--wallet-name', 'E', '--hotkey', 'x', '--mnemonic-file', phraseFile, '--yes'],
      'FILE_EXISTS',
      16,
    );
    expect(existsSync(join(it_.wallets, 'E', 'hotkeys', 'x'))).toBe(false);
  });

  it('asks for a password, never takes none, and refuses weak ones', async () => {
    const error = await it_.fails(['wallet', 'create', '--wallet-name', 'N', '--yes'], 'INPUT_REQUIRED', 2);
    expect(error.data.needs).toEqual([{ flag: '--wallet-password-file', type: 'file' }]);
    const weak = it_.write('weak', 'abc123');
    await it_.fails(
      ['wallet', 'create', '--wallet-name', 'N', '--wallet-password-file', weak, '--yes'],
      'PASSWORD_WEAK',
      11,
    );
    await it_.fails(
      ['wallet', 'create', '--wallet-name', 'N', '--wallet-password-file', join(it_.home, 'no'), '--yes'],
      'PASSWORD_FILE_UNREADABLE',
      11,
    );
    const open = it_.write('open', PASSWORD, 0o644);
    await it_.fails(
      ['wallet', 'create', '--wallet-name', 'N', '--wallet-password-file', open, '--yes'],
      'PASSWORD_FILE_UNREADABLE',
      11,
    );
    expect(existsSync(join(it_.wallets, 'N'))).toBe(false);
  });

  it('never replaces a key without --overwrite and an agreement, and keeps what it replaces', async () => {
    const before = readFileSync(join(it_.wallets, 'W', 'coldkey'), 'utf8');
    await it_.fails(['wallet', 'create', '--wallet-name', 'W', '--no-password', '--yes'], 'KEYFILE_EXISTS', 16);
    await it_.fails(
      ['wallet', 'new-coldkey', '--wallet-name', 'W', '--no-password', '--overwrite'],
      'CONFIRMATION_REQUIRED',
      14,
    );
    expect(readFileSync(join(it_.wallets, 'W', 'coldkey'), 'utf8')).toBe(before);
    const data = await it_.data([
      'wallet',
      'new-coldkey',
      '--wallet-name',
      'W',
      '--no-password',
      '--overwrite',
      '--yes',
    ]);
    expect(data.backups.length).toBeGreaterThan(0);
    expect(data.backups.map((file: string) => readFileSync(file, 'utf8'))).toContain(before);
    expect(readFileSync(join(it_.wallets, 'W', 'coldkey'), 'utf8')).not.toBe(before);
  });

  it('writes nothing under --dry-run', async () => {
    const data = await it_.data(['wallet', 'create', '--wallet-name', 'D', '--dry-run']);
    expect(data).toMatchObject({ written: false, coldkey: { protection: 'encrypted' } });
    expect(existsSync(join(it_.wallets, 'D'))).toBe(false);
  });

  it('makes development keys from a public URI, refuses secret ones, in both schemes', async () => {
    const flags = ['--no-password', '--yes'];
    const alice = await it_.data(['wallet', 'new-coldkey', '--wallet-name', 'alice', '--uri', '//Alice', ...flags]);
    expect(alice.key).toMatchObject({ address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', phrase: 'none' });
    const ed = await it_.data([
      'wallet',
      'new-coldkey',
      '--wallet-name',
      'ed',
      '--uri',
      '//Alice',
      '--key-type',
      'ed25519',
      ...flags,
    ]);
    expect(ed.key.address).toBe('5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu');
    for (const args of [
      ['--uri', 'bottom drive//Alice'],
      ['--mnemonic', 'bottom drive'],
      ['--seed', '0x00'],
      ['--wallet-password', 'x'],
      ['--private-key=0x00'],
    ]) {
      await it_.fails(['wallet', 'new-coldkey', '--wallet-name', 'S', ...args, ...flags], 'SECRET_IN_ARGV', 2);
    }
  });

  it.each([
    ['../W', 12, 'NAME_INVALID'],
    ['a/b', 12, 'NAME_INVALID'],
    ['.hidden', 12, 'NAME_INVALID'],
    ['x\u0007y', 12, 'NAME_INVALID'],
  ])('refuses the name %j', async (name, exit, code) => {
    await it_.fails(['wallet', 'create', '--wallet-name', name, '--no-password', '--yes'], code, exit);
  });

  it('does not follow links, and writes into no folder that others can write into', async () => {
    const elsewhere = join(it_.home, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(it_.wallets, 'link'));
    await it_.fails(['wallet', 'create', '--wallet-name', 'link', '--no-password', '--yes'], 'FILE_SYMLINK', 16);
    const open = join(it_.wallets, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    await it_.fails(['wallet', 'create', '--wallet-name', 'open', '--no-password', '--yes'], 'FILE_EXPOSED', 16);
    expect([...readdirSync(elsewhere), ...readdirSync(open)]).toEqual([]);
  });

  it('takes the password from the environment and from stdin', async () => {
    const env = { BT_WALLET_PASSWORD_FILE: it_.write('pw2', PASSWORD) };
    const first = await it_.data(['wallet', 'new-coldkey', '--wallet-name', 'V', '--yes'], { env });
    expect(first.key.protection).toBe('encrypted');
    const shown = await it_.data(['wallet', 'unlock', '--wallet-name', 'V', '--wallet-password-file', '-'], {
      input: `${PASSWORD}\n`,
    });
    expect(shown.address).toBe(first.key.address);
  });

  it('says what it did to people, without any secret', async () => {
    const { stdout, stderr, code } = await runCli(
      ['wallet', 'create', '--wallet-name', 'P', '--hotkey', 'H', '--no-password', '--yes'],
      { home: it_.home },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/Wallet P[\s\S]*Coldkey\s+5\w{47}\s+unencrypted[\s\S]*Hotkey H\s+5\w{47}/);
    expect(stderr).toMatch(/Warning: .*unencrypted/);
    const secret = keyFields(join(it_.wallets, 'P', 'coldkey')).secretPhrase!;
    expect(stdout + stderr).not.toContain(secret);
  });
});
