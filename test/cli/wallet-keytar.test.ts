import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { PASSWORD, type WalletHome, walletHome } from '../helpers/wallet-home.ts';

// Each argon2 takes half a gigabyte and seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

/** A `keytar` that a user has installed and configured: here one that keeps its passwords in a file. */
const KEYTAR = `
const { readFileSync, writeFileSync } = require('node:fs');
const file = require('node:path').join(__dirname, 'entries.json');
const all = () => { try { return JSON.parse(readFileSync(file, 'utf8')); } catch { return {}; } };
const put = (entries) => writeFileSync(file, JSON.stringify(entries));
const id = (service, account) => service + ' ' + account;
exports.setPassword = async (service, account, password) => put({ ...all(), [id(service, account)]: password });
exports.getPassword = async (service, account) => {
  if (process.env.KEYTAR_FAILS) throw new Error(process.env.KEYTAR_FAILS);
  return all()[id(service, account)] ?? null;
};
exports.deletePassword = async (service, account) => {
  const { [id(service, account)]: found, ...rest } = all();
  put(rest);
  return found !== undefined;
};
`;

let it_: WalletHome;
let folder: string;
const on = ['--wallet-name', 'nacl'];

beforeAll(async () => {
  it_ = walletHome();
  it_.copy('cold12-nacl', 'nacl');
  folder = join(it_.home, 'tools');
  mkdirSync(join(folder, 'node_modules', 'keytar'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'keytar', 'index.js'), KEYTAR);
  await it_.data(['config', 'set', 'keychain', `keytar:${folder}`]);
});

describe('wallet keychain through keytar', () => {
  it('saves under path and key, opens the key, and deletes', async () => {
    const password = it_.write('pw', PASSWORD);
    expect((await it_.data(['wallet', 'keychain', 'show', ...on])).saved).toBe(false);
    const saved = await it_.data(['wallet', 'keychain', 'save', ...on, '--wallet-password-file', password]);
    expect(saved).toMatchObject({ keychain: 'keytar', saved: true, changed: true });
    const entries = JSON.parse(readFileSync(join(folder, 'node_modules', 'keytar', 'entries.json'), 'utf8'));
    expect(entries).toEqual({
      [`btcli-ts ${join(it_.wallets, 'nacl', 'coldkey')}#0x46ebddef8cd9bb167dc30878d7113b7e168e6f0646beffd77d69d39bad76b47a`]:
        PASSWORD,
    });
    expect((await it_.data(['wallet', 'sign', ...on, '--message', 'x'])).signerAddress).toBe(saved.address);
    expect(await it_.data(['wallet', 'keychain', 'delete', ...on])).toMatchObject({ saved: false, changed: true });
    await it_.fails(['wallet', 'keychain', 'delete', ...on], 'KEYCHAIN_NO_ENTRY', 11);
    await it_.fails(['wallet', 'sign', ...on, '--message', 'x'], 'INPUT_REQUIRED', 2);
  });

  it.each([
    ['The user name or passphrase you entered is not correct. (-25293)', 'KEYCHAIN_DENIED'],
    ['User interaction is not allowed.', 'KEYCHAIN_LOCKED'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'KEYCHAIN_UNAVAILABLE'],
  ])('reports "%s", and no file takes its place', async (words, code) => {
    const env = { KEYTAR_FAILS: words };
    await it_.fails(['wallet', 'keychain', 'show', ...on], code, 11, { env });
    const unsigned = await it_.fails(['wallet', 'sign', ...on, '--message', 'x'], 'INPUT_REQUIRED', 2, { env });
    expect(unsigned.data.keychain).toBe(code);
  });

  it('says when what is configured is not there', async () => {
    const env = { BTCLI_KEYCHAIN: `keytar:${it_.home}/nowhere` };
    await it_.fails(['wallet', 'keychain', 'show', ...on], 'KEYCHAIN_UNAVAILABLE', 11, { env });
  });
});
