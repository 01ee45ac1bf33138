import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { encodePasswordVariable, passwordVariable } from '../../src/lib/wallet/index.ts';
import { ROOT } from '../helpers/project-root.ts';
import { PASSWORD, type WalletHome, walletHome } from '../helpers/wallet-home.ts';

// Each argon2 takes half a gigabyte and seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const index = JSON.parse(readFileSync(join(ROOT, 'test/data/wallets/index.json'), 'utf8'));
const ADDRESS = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV';

let it_: WalletHome;
beforeAll(() => {
  it_ = walletHome();
  it_.copy('cold12-plain', 'plain');
  it_.copy('cold12-nacl', 'nacl');
  it_.copy('ed25519-cold', 'ed');
  it_.copy('hot12-plain', 'hot');
});

const verify = (signature: string, message: string, address: string): string[] => [
  'wallet',
  'verify',
  '--message',
  message,
  '--signature',
  signature,
  '--ss58',
  address,
];

describe('wallet sign and verify', () => {
  it('signs with coldkey and hotkey, and the signature verifies by address, name and public key', async () => {
    const cold = await it_.data(['wallet', 'sign', '--wallet-name', 'plain', '--message', 'I own this']);
    expect(cold).toMatchObject({ signerAddress: ADDRESS, signature: expect.stringMatching(/^[0-9a-f]{128}$/) });
    for (const address of [ADDRESS, 'plain']) {
      expect(await it_.data(verify(cold.signature, 'I own this', address))).toMatchObject({
        valid: true,
        wrapped: false,
      });
    }
    const hot = await it_.data([
      'wallet',
      'sign',
      '--wallet-name',
      'hot',
      '--hotkey',
      'hk1',
      '--use-hotkey',
      '--message',
      'x',
    ]);
    expect(await it_.data(verify(hot.signature, 'x', 'hot/hk1'))).toMatchObject({ valid: true });
    const ed = await it_.data(['wallet', 'sign', '--wallet-name', 'ed', '--message', 'x']);
    expect(await it_.data(verify(ed.signature, 'x', ed.signerAddress))).toMatchObject({ keyType: 'ed25519' });
  });

  it('signs the bytes of a file or of stdin', async () => {
    const file = it_.write('m.bin', 'line\n');
    const { signature } = await it_.data(['wallet', 'sign', '--wallet-name', 'plain', '--message-file', file]);
    const args = ['wallet', 'verify', '--message-file', '-', '--signature', signature, '--ss58', ADDRESS];
    await it_.data(args, { input: 'line\n' });
    await it_.fails(args, 'SIGNATURE_INVALID', 12, { input: 'line' });
  });

  it('verifies what the official packages signed', async () => {
    const wanted = index.signatures.filter((one: { message_hex: string }) => one.message_hex !== '').slice(0, 4);
    for (const { ss58, message_hex, signature, valid } of wanted) {
      const file = it_.write('official', Buffer.from(message_hex, 'hex').toString('latin1'));
      const args = ['wallet', 'verify', '--message-file', file, '--signature', signature, '--ss58', ss58];
      if (valid && Buffer.from(message_hex, 'hex').every((byte) => byte < 128)) await it_.data(args);
    }
    const error = await it_.fails(verify(wanted[0].signature, 'another', ADDRESS), 'SIGNATURE_INVALID', 12);
    expect(error.data.valid).toBe(false);
    await it_.fails(verify('abcd', 'x', ADDRESS), 'SIGNATURE_MALFORMED', 12);
    await it_.fails(verify(wanted[0].signature, 'x', 'nobody'), 'ADDRESS_BOOK_UNKNOWN', 12);
  });

  it('unlocks by file, then environment, and says which of them was wrong', async () => {
    const sign = ['wallet', 'sign', '--wallet-name', 'nacl', '--message', 'x'];
    const right = it_.write('right', PASSWORD);
    const wrong = it_.write('wrong', 'not the password');
    const path = join(it_.wallets, 'nacl', 'coldkey');
    const name = passwordVariable(path);
    const own = { [name]: encodePasswordVariable(Buffer.from(PASSWORD), name) };
    expect((await it_.data([...sign, '--wallet-password-file', right])).signerAddress).toBe(ADDRESS);
    expect((await it_.data(sign, { env: { BT_WALLET_PASSWORD_FILE: right } })).signerAddress).toBe(ADDRESS);
    expect((await it_.data(sign, { env: own })).signerAddress).toBe(ADDRESS);
    // The option comes before the environment, and a path's own variable before the general ones.
    const first = await it_.fails([...sign, '--wallet-password-file', wrong], 'PASSWORD_WRONG', 11, { env: own });
    expect(first.data.origin).toBe('file');
    expect((await it_.data(sign, { env: { ...own, BT_WALLET_PASSWORD: 'wrong' } })).signerAddress).toBe(ADDRESS);
    const second = await it_.fails(sign, 'PASSWORD_WRONG', 11, { env: { BT_WALLET_PASSWORD_FILE: wrong } });
    expect(second.data.origin).toBe('environment');
    const none = await it_.fails(sign, 'INPUT_REQUIRED', 2);
    expect(none.data.needs[0].flag).toBe('--wallet-password-file');
    expect(none.message).toMatch(/to sign the message/);
  });

  it('names what is missing', async () => {
    await it_.fails(['wallet', 'sign', '--wallet-name', 'plain'], 'INPUT_REQUIRED', 2);
    await it_.fails(['wallet', 'sign', '--wallet-name', 'nobody', '--message', 'x'], 'WALLET_NOT_FOUND', 16);
    await it_.fails(
      ['wallet', 'sign', '--wallet-name', 'plain', '--use-hotkey', '--hotkey', 'no', '--message', 'x'],
      'KEYFILE_NOT_FOUND',
      16,
    );
  });
});

describe('wallet encrypt and decrypt', () => {
  it('seals a message to an ed25519 key and opens it', async () => {
    const { signerAddress: to } = await it_.data(['wallet', 'sign', '--wallet-name', 'ed', '--message', 'x']);
    const { ciphertext } = await it_.data(['wallet', 'encrypt', '--to', to, '--message', 'for you']);
    const opened = await it_.data(['wallet', 'decrypt', '--wallet-name', 'ed', '--ciphertext', ciphertext]);
    expect(opened).toEqual({ message: 'for you', messageHex: '0x666f7220796f75', address: to });
    await it_.fails(
      ['wallet', 'decrypt', '--wallet-name', 'ed', '--ciphertext', `${ciphertext.slice(0, -2)}00`],
      'MESSAGE_UNDECRYPTABLE',
      12,
    );
    await it_.fails(
      ['wallet', 'decrypt', '--wallet-name', 'plain', '--ciphertext', ciphertext],
      'SCHEME_UNSUPPORTED',
      12,
    );
  });

  it('opens what the official package sealed', async () => {
    const flags = ['--uri', '//Alice', '--key-type', 'ed25519', '--no-password', '--yes'];
    await it_.data(['wallet', 'new-coldkey', '--wallet-name', 'edalice', ...flags]);
    const [{ ciphertext, plain }] = index.sealedBox;
    const args = ['wallet', 'decrypt', '--wallet-name', 'edalice', '--ciphertext', ciphertext];
    expect((await it_.data(args)).message).toBe(plain);
  });
});

describe('keychain commands', () => {
  it('report an absent keychain as such, also when the settings name none', async () => {
    const pw = it_.write('right', PASSWORD);
    const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${it_.home}/nothing` };
    for (const verb of ['show', 'delete']) {
      await it_.fails(['wallet', 'keychain', verb, '--wallet-name', 'nacl'], 'KEYCHAIN_UNAVAILABLE', 11, { env });
    }
    const save = ['wallet', 'keychain', 'save', '--wallet-name', 'nacl', '--wallet-password-file', pw];
    await it_.fails(save, 'KEYCHAIN_UNAVAILABLE', 11, { env });
    await it_.fails(save, 'KEYCHAIN_UNAVAILABLE', 11, { env: { BTCLI_KEYCHAIN: 'none' } });
    await it_.fails(save, 'KEYCHAIN_UNAVAILABLE', 11, { env: { BTCLI_KEYCHAIN: `keytar:${it_.home}` } });
    await it_.fails(save, 'SETTING_INVALID', 2, { env: { BTCLI_KEYCHAIN: 'pocket' } });
    // What the absent keychain says reaches whoever needs a password, and nothing takes its place.
    const error = await it_.fails(['wallet', 'sign', '--wallet-name', 'nacl', '--message', 'x'], 'INPUT_REQUIRED', 2, {
      env,
    });
    expect(error.data.keychain).toBe('KEYCHAIN_UNAVAILABLE');
  });

  it('save, find, use and delete a password through a configured keytar', async () => {
    const folder = it_.home;
    const store = join(folder, 'store.json');
    it_.write('package.json', '{}');
    const { mkdirSync, writeFileSync } = await import('node:fs');
    mkdirSync(join(folder, 'node_modules', 'keytar'), { recursive: true });
    writeFileSync(
      join(folder, 'node_modules', 'keytar', 'index.js'),
      `const fs = require('fs'); const file = ${JSON.stringify(store)};
       const all = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file)) : {});
       const put = (value) => fs.writeFileSync(file, JSON.stringify(value));
       module.exports = {
         setPassword: async (s, a, p) => put({ ...all(), [s + a]: p }),
         getPassword: async (s, a) => all()[s + a] ?? null,
         deletePassword: async (s, a) => { const { [s + a]: gone, ...rest } = all(); put(rest); return gone !== undefined; },
       };`,
    );
    const env = { BTCLI_KEYCHAIN: `keytar:${folder}` };
    const on = ['--wallet-name', 'nacl'];
    const pw = it_.write('right', PASSWORD);
    const wrong = it_.write('wrong', 'not the password');
    expect(await it_.data(['wallet', 'keychain', 'show', ...on], { env })).toMatchObject({ saved: false });
    await it_.fails(['wallet', 'keychain', 'save', ...on, '--wallet-password-file', wrong], 'PASSWORD_WRONG', 11, {
      env,
    });
    const save = ['wallet', 'keychain', 'save', ...on, '--wallet-password-file', pw];
    expect(await it_.data(save, { env })).toMatchObject({ saved: true, changed: true, keychain: 'keytar' });
    expect(await it_.data(['wallet', 'keychain', 'show', ...on], { env })).toMatchObject({ saved: true });
    expect((await it_.data(['wallet', 'sign', ...on, '--message', 'x'], { env })).signerAddress).toBe(ADDRESS);
    // The environment comes before the keychain.
    await it_.fails(['wallet', 'sign', ...on, '--message', 'x'], 'PASSWORD_WRONG', 11, {
      env: { ...env, BT_WALLET_PASSWORD: 'wrong' },
    });
    await it_.fails(['wallet', 'keychain', 'save', '--wallet-name', 'plain'], 'KEYFILE_NOT_ENCRYPTED', 16, { env });
    expect(await it_.data(['wallet', 'keychain', 'delete', ...on], { env })).toMatchObject({ changed: true });
    await it_.fails(['wallet', 'keychain', 'delete', ...on], 'KEYCHAIN_NO_ENTRY', 11, { env });
  });
});
