import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOT } from '../helpers/project-root.ts';
import { PASSWORD, type WalletHome, walletHome } from '../helpers/wallet-home.ts';

// Each argon2 takes half a gigabyte and seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const index = JSON.parse(readFileSync(join(ROOT, 'test/data/wallets/index.json'), 'utf8'));
const DEVELOPMENT = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';
const ADDRESS = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const flags = ['--no-password', '--yes'];

let it_: WalletHome;
beforeAll(() => {
  it_ = walletHome();
});

describe('restoring keys', () => {
  it('takes a phrase, a seed, a private key and a secret URI from files or stdin', async () => {
    const known = index.extraMnemonics[0];
    const sources: readonly (readonly [args: string[], input: string | undefined, address: string])[] = [
      [['--mnemonic-file', it_.write('m', `  ${known.mnemonic.toUpperCase()}\n`)], undefined, known.ss58],
      [['--mnemonic-file', '-'], known.mnemonic, known.ss58],
      [['--seed-file', it_.write('s', known.secretSeed)], undefined, known.ss58],
      [['--key-file', it_.write('k', known.privateKey)], undefined, known.ss58],
      [['--uri-file', it_.write('u', `${DEVELOPMENT}//Alice\n`)], undefined, ALICE],
    ];
    for (const [position, [args, input, address]] of sources.entries()) {
      const data = await it_.data(
        ['wallet', 'regen-coldkey', '--wallet-name', `r${position}`, ...args, ...flags],
        input === undefined ? {} : { input },
      );
      expect(data.key).toMatchObject({ address, phrase: 'none', protection: 'none' });
    }
    const hotkey = await it_.data([
      'wallet',
      'regen-hotkey',
      '--wallet-name',
      'r0',
      '--hotkey',
      'h',
      '--seed-file',
      join(it_.home, 's'),
      '--yes',
    ]);
    expect(hotkey.key).toMatchObject({ address: known.ss58, kind: 'hotkey', name: 'h' });
  });

  it('names what is wrong with a source, without repeating it', async () => {
    const bad: readonly (readonly [flag: string, content: string, code: string])[] = [
      ['--mnemonic-file', 'bottom drive obey', 'MNEMONIC_INVALID'],
      ['--mnemonic-file', `${DEVELOPMENT} bottom drive`, 'MNEMONIC_INVALID'],
      ['--mnemonic-file', DEVELOPMENT.replace('walk', 'zebra'), 'MNEMONIC_INVALID'],
      ['--seed-file', '0x1234', 'SEED_INVALID'],
      ['--seed-file', 'zz'.repeat(32), 'SEED_INVALID'],
      ['--key-file', 'ff'.repeat(64), 'PRIVATE_KEY_INVALID'],
      ['--uri-file', `${DEVELOPMENT}//`, 'KEY_URI_INVALID'],
    ];
    for (const [flag, content, code] of bad) {
      const file = it_.write('bad', content);
      const error = await it_.fails(
        ['wallet', 'regen-coldkey', '--wallet-name', 'bad', flag, file, ...flags],
        code,
        12,
      );
      expect(JSON.stringify(error)).not.toContain(content);
    }
    await it_.fails(['wallet', 'regen-coldkey', '--wallet-name', 'bad', ...flags], 'INPUT_REQUIRED', 2);
    const two = ['--seed-file', 'a', '--mnemonic-file', 'b'];
    await it_.fails(['wallet', 'regen-coldkey', '--wallet-name', 'bad', ...two, ...flags], 'USAGE', 2);
    const open = it_.write('open', DEVELOPMENT, 0o644);
    await it_.fails(
      ['wallet', 'regen-coldkey', '--wallet-name', 'bad', '--mnemonic-file', open, ...flags],
      'FILE_EXPOSED',
      16,
    );
  });

  it('writes watch-only keys from an address, a public key or a name', async () => {
    const cold = await it_.data(['wallet', 'regen-coldkeypub', '--wallet-name', 'watch', '--ss58', ALICE, '--yes']);
    expect(cold.key).toMatchObject({ address: ALICE, protection: 'watch-only', file: null });
    const hot = await it_.data([
      'wallet',
      'regen-hotkeypub',
      '--wallet-name',
      'watch',
      '--hotkey',
      'h',
      '--public-key',
      cold.key.publicKey,
    ]);
    expect(hot.key).toMatchObject({ kind: 'hotkey', name: 'h', address: ALICE });
    const named = await it_.data(['wallet', 'regen-coldkeypub', '--wallet-name', 'watch2', '--ss58', 'watch']);
    expect(named.key.address).toBe(ALICE);
    await it_.fails(
      ['wallet', 'regen-coldkeypub', '--wallet-name', 'watch3', '--ss58', `${ALICE.slice(0, -1)}Z`],
      'ADDRESS_INVALID',
      12,
    );
    // A watch-only wallet cannot sign, and says why.
    const error = await it_.fails(
      ['wallet', 'sign', '--wallet-name', 'watch', '--message', 'x'],
      'KEYFILE_NOT_FOUND',
      16,
    );
    expect(error.hints.join(' ')).toMatch(/to sign the message/);
  });
});

describe('Polkadot-JS backups', () => {
  const backup = (id: string): { json: object; password: string | null; ss58: string } =>
    index.polkadotJs.find((one: { id: string }) => one.id === id);

  it('are imported, exported and imported again', async () => {
    const { json, password, ss58 } = backup('pjs-sr-mnemonic');
    const file = it_.write('account.json', JSON.stringify(json), 0o644);
    const pw = it_.write('json-pw', password!);
    const first = await it_.data([
      'wallet',
      'import',
      file,
      '--wallet-name',
      'pjs',
      '--json-password-file',
      pw,
      ...flags,
    ]);
    expect(first.key.address).toBe(ss58);
    const out = join(it_.home, 'out.json');
    const exported = await it_.data([
      'wallet',
      'export',
      '--wallet-name',
      'pjs',
      '--file',
      out,
      '--export-password-file',
      pw,
      '--yes',
    ]);
    expect(exported).toMatchObject({ address: ss58, format: 'polkadot-js', file: out, written: true });
    const again = await it_.data([
      'wallet',
      'regen-coldkey',
      '--wallet-name',
      'pjs2',
      '--json-file',
      out,
      '--json-password-file',
      pw,
      ...flags,
    ]);
    expect(again.key.address).toBe(ss58);
    await it_.fails(
      ['wallet', 'export', '--wallet-name', 'pjs', '--file', out, '--export-password-file', pw, '--yes'],
      'FILE_EXISTS',
      16,
    );
    // A key from a backup has no phrase to write down.
    await it_.fails(
      ['wallet', 'export', '--wallet-name', 'pjs', '--mnemonic-file', join(it_.home, 'p'), '--yes'],
      'VALIDATION',
      12,
    );
  });

  it('are refused when the password is wrong, or when they have none', async () => {
    const file = it_.write('a.json', JSON.stringify(backup('pjs-sr-mnemonic').json));
    const wrong = it_.write('wrong', 'not the password');
    const args = ['wallet', 'import', file, '--wallet-name', 'no', '--json-password-file', wrong, ...flags];
    await it_.fails(args, 'PASSWORD_WRONG', 11);
    const open = it_.write('b.json', JSON.stringify(backup('pjs-sr-nopass').json));
    await it_.fails(
      ['wallet', 'import', open, '--wallet-name', 'no', '--json-password-file', wrong, ...flags],
      'POLKADOT_JSON_UNENCRYPTED',
      12,
    );
    await it_.fails(['wallet', 'import', file, '--wallet-name', 'no', ...flags], 'INPUT_REQUIRED', 2);
  });
});

describe('passwords, names and phrases of existing keys', () => {
  it('encrypts, changes and removes with one wallet', async () => {
    it_.copy('cold12-plain', 'cp');
    const [one, two] = [it_.write('one', PASSWORD), it_.write('two', 'Another fixture pass 2!')];
    const base = ['wallet', 'change-password', '--wallet-name', 'cp', '--yes'];
    await it_.fails([...base, '--remove'], 'KEYFILE_NOT_ENCRYPTED', 16);
    expect(await it_.data([...base, '--new-password-file', one])).toMatchObject({ before: 'none', after: 'nacl' });
    await it_.fails([...base, '--new-password-file', two, '--wallet-password-file', two], 'PASSWORD_WRONG', 11);
    expect(await it_.data([...base, '--new-password-file', two, '--wallet-password-file', one])).toMatchObject({
      before: 'nacl',
      after: 'nacl',
      written: true,
    });
    await it_.fails(
      ['wallet', 'change-password', '--wallet-name', 'cp', '--remove', '--wallet-password-file', two],
      'CONFIRMATION_REQUIRED',
      14,
    );
    expect(await it_.data([...base, '--remove', '--wallet-password-file', two])).toMatchObject({ after: 'none' });
    const phrase = join(it_.home, 'phrase');
    const exported = await it_.data(['wallet', 'export', '--wallet-name', 'cp', '--mnemonic-file', phrase, '--yes']);
    expect(exported).toMatchObject({ address: ADDRESS, format: 'mnemonic' });
    expect(readFileSync(phrase, 'utf8')).toBe(`${DEVELOPMENT}\n`);
  });

  it('renames wallets and hotkeys, and refuses names that are taken', async () => {
    it_.copy('hot12-plain', 'ren');
    it_.copy('cold12-plain', 'taken');
    const hotkey = ['wallet', 'rename', '--wallet-name', 'ren', '--hotkey', 'hk1', '--use-hotkey', '--new-name', 'hk2'];
    expect((await it_.data([...hotkey, '--dry-run'])).written).toBe(false);
    expect((await it_.data(hotkey)).to).toBe(join(it_.wallets, 'ren', 'hotkeys', 'hk2'));
    await it_.fails(['wallet', 'rename', 'taken', '--wallet-name', 'ren'], 'WALLET_EXISTS', 16);
    expect((await it_.data(['wallet', 'rename', 'ren2', '--wallet-name', 'ren'])).to).toBe(join(it_.wallets, 'ren2'));
    await it_.fails(['wallet', 'rename', 'x/y', '--wallet-name', 'ren2'], 'NAME_INVALID', 12);
    const error = await it_.fails(['wallet', 'rename', 'x', '--wallet-name', 'ren3'], 'WALLET_NOT_FOUND', 16);
    expect(error.data.suggestion).toBe('ren2');
  });

  it('tells damaged files apart', async () => {
    it_.copy('cold12-plain', 'broken');
    const file = join(it_.wallets, 'broken', 'coldkey');
    const sign = ['wallet', 'sign', '--wallet-name', 'broken', '--message', 'x'];
    const cases = [
      ['', 'KEYFILE_EMPTY'],
      ['{"secretPhrase": "bottom', 'KEYFILE_TRUNCATED'],
      ['garbage', 'KEYFILE_UNKNOWN_FORMAT'],
      ['{}', 'KEYFILE_NO_KEY'],
    ] as const;
    for (const [content, code] of cases) {
      writeFileSync(file, content);
      await it_.fails(sign, code, 16);
    }
  });
});
