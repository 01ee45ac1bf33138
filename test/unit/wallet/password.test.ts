import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CliError } from '../../../src/lib/errors.ts';
import { type KeychainPort, keychainAccount } from '../../../src/lib/wallet/keychain.ts';
import { keychainError } from '../../../src/lib/wallet/keychain-error.ts';
import { keytarKeychain, loadKeytar } from '../../../src/lib/wallet/keychain-keytar.ts';
import { COLDKEY } from '../../../src/lib/wallet/layout.ts';
import { type PasswordRequest, passwordProvider } from '../../../src/lib/wallet/password.ts';
import {
  decodePasswordVariable,
  encodePasswordVariable,
  passwordVariable,
} from '../../../src/lib/wallet/password-env.ts';
import { checkPasswordStrength } from '../../../src/lib/wallet/password-strength.ts';
import { unlockSigner } from '../../../src/lib/wallet/unlock.ts';
import { failsWith, fixtureWallets, index, removeTemporaryFolders, temporaryFolder, text, utf8 } from './fixtures.ts';

afterAll(removeTemporaryFolders);

// Each argon2 takes seconds and half a gigabyte, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const request: PasswordRequest = {
  keyPath: '/home/alice/.bittensor/wallets/cold12-nacl/coldkey',
  publicKey: new Uint8Array(32).fill(1),
  description: 'coldkey of wallet "cold12-nacl"',
  reason: 'to sign the transfer',
  attempt: 1,
};

const keychain = (password: string | undefined): KeychainPort => ({
  name: 'test',
  save: async () => {},
  read: async () => (password === undefined ? undefined : utf8(password)),
  delete: async () => true,
});

describe('variables of the official packages', () => {
  it.each(index.envPassword.samples.map((sample) => [sample.name, sample] as const))('%s', (_, sample) => {
    expect(passwordVariable(sample.path)).toBe(sample.name);
    expect(encodePasswordVariable(utf8(sample.password), sample.name)).toBe(sample.value_base64);
    expect(text(decodePasswordVariable(sample.value_base64, sample.name) as Uint8Array)).toBe(sample.password);
  });

  it('is not fooled by text that is no base64', () => expect(decodePasswordVariable('a b!', 'X')).toBeUndefined());
});

describe('sources in order', () => {
  let file: string;
  const sample = index.envPassword.samples[0] as (typeof index.envPassword.samples)[number];
  beforeAll(async () => {
    file = join(await temporaryFolder(), 'password');
    await writeFile(file, 'from file\r\n', { mode: 0o600 });
  });

  it('file, variable of the key, general variable, file of the environment, keychain, prompt', async () => {
    const prompt = { ask: async () => utf8('from prompt') };
    const all = {
      file,
      environment: { [sample.name]: sample.value_base64, BT_WALLET_PASSWORD: 'general', BT_WALLET_PASSWORD_FILE: file },
      keychain: keychain('from keychain'),
      prompt,
    };
    const ask = async (sources: Parameters<typeof passwordProvider>[0]) => {
      const { password, origin, detail } = await passwordProvider(sources)(request);
      return [text(password), origin, detail];
    };
    expect(await ask(all)).toEqual(['from file', 'file', file]);
    const { file: _, ...rest } = all;
    expect(await ask(rest)).toEqual([sample.password, 'environment', sample.name]);
    expect(
      await ask({ ...rest, environment: { BT_WALLET_PASSWORD: 'general', BT_WALLET_PASSWORD_FILE: file } }),
    ).toEqual(['general', 'environment', 'BT_WALLET_PASSWORD']);
    expect(await ask({ ...rest, environment: { BT_WALLET_PASSWORD_FILE: file } })).toEqual([
      'from file',
      'environment',
      'BT_WALLET_PASSWORD_FILE',
    ]);
    expect(await ask({ ...rest, environment: {} })).toEqual(['from keychain', 'keychain', undefined]);
    expect(await ask({ keychain: keychain(undefined), prompt })).toEqual(['from prompt', 'prompt', undefined]);
  });

  it('a password file that others can read is refused', async () => {
    await chmod(file, 0o644);
    const error = await failsWith('PASSWORD_FILE_UNREADABLE', passwordProvider({ file })(request));
    expect(error.data.reason).toBe('FILE_EXPOSED');
    await chmod(file, 0o600);
    await failsWith('PASSWORD_FILE_UNREADABLE', passwordProvider({ file: `${file}-missing` })(request));
  });

  it('says what is needed when nobody answers, and why the keychain did not', async () => {
    const locked: KeychainPort = {
      ...keychain(undefined),
      read: () => Promise.reject(new CliError('KEYCHAIN_LOCKED', 'test is locked')),
    };
    const error = await failsWith(
      'INPUT_REQUIRED',
      passwordProvider({ keychain: locked, prompt: { ask: async () => undefined } })(request),
    );
    expect(error.message).toBe('The password of the coldkey of wallet "cold12-nacl" is needed to sign the transfer');
    expect(error.data).toMatchObject({ keychain: 'KEYCHAIN_LOCKED', needs: [{ flag: '--wallet-password-file' }] });
    expect(error.exit).toBe(2);
  });
});

describe('unlocking', () => {
  it('asks a person three times, other sources once, and says where a wrong password came from', async () => {
    const wallet = { root: await fixtureWallets('bittensor-wallet-4.1.1'), name: 'cold12-nacl' };
    const attempts: number[] = [];
    const given: Uint8Array[] = [];
    const prompt = {
      ask: async ({ attempt, address }: PasswordRequest) => {
        expect(address).toBe('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV');
        attempts.push(attempt);
        const password = utf8(attempt === 3 ? 'Btcli-ts fixture pass 1!' : 'wrong');
        given.push(password);
        return password;
      },
    };
    const { value, origin } = await unlockSigner({ wallet, key: COLDKEY, password: passwordProvider({ prompt }) });
    expect(value.address).toBe('5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV');
    expect([attempts, origin]).toEqual([[1, 2, 3], 'prompt']);
    for (const password of given) expect(password.every((byte) => byte === 0)).toBe(true);
    const environment = { BT_WALLET_PASSWORD: 'wrong canary' };
    const error = await failsWith(
      'PASSWORD_WRONG',
      unlockSigner({ wallet, key: COLDKEY, password: passwordProvider({ environment, prompt }) }),
    );
    expect(error.data).toMatchObject({ origin: 'environment', detail: 'BT_WALLET_PASSWORD' });
    expect(JSON.stringify([error.message, error.data, error.hints, String(error.cause)])).not.toContain('canary');
    expect(attempts).toHaveLength(3);
  });
});

describe('strength of new passwords', () => {
  it.each(['', 'a', 'aB3!x', '日本語'])('%j is too short', async (password) => {
    const error = await failsWith('PASSWORD_WEAK', () => checkPasswordStrength(utf8(password)));
    expect(error.data.reason).toBe('too-short');
  });

  it.each([
    'password',
    'Password1',
    'P4ssw0rd!',
    '123456',
    '12345678',
    'qwertyuiop',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    'letmein123',
    'bittensor1',
    'asdfgh1234',
    'abcdef',
    '111222333',
  ])('%j is easy to guess', async (password) => {
    const error = await failsWith('PASSWORD_WEAK', () => checkPasswordStrength(utf8(password)));
    expect(error.data.reason).toBe('guessable');
  });

  it.each(['correct horse battery', 'Btcli-ts fixture pass 1!', 'pässwörd-日本', 'x7#Kq!', 'tPq8vZ2m', 'gkzvbwmrt'])(
    '%j is accepted',
    (password) => {
      expect(() => checkPasswordStrength(utf8(password))).not.toThrow();
    },
  );
});

describe('keychain', () => {
  const id = { keyPath: '/w/coldkey', publicKey: new Uint8Array(32).fill(255) };

  it('binds an entry to path and key', () => {
    expect(keychainAccount(id)).toBe(`/w/coldkey#0x${'ff'.repeat(32)}`);
  });

  it('works through keytar too', async () => {
    const store = new Map<string, string>();
    const port = keytarKeychain({
      setPassword: async (service, account, password) => void store.set(`${service} ${account}`, password),
      getPassword: async (service, account) => store.get(`${service} ${account}`) ?? null,
      deletePassword: async (service, account) => store.delete(`${service} ${account}`),
    });
    expect(await port.read(id)).toBeUndefined();
    await port.save(id, utf8('pässwörd'));
    expect(text((await port.read(id)) as Uint8Array)).toBe('pässwörd');
    expect([await port.delete(id), await port.delete(id)]).toEqual([true, false]);
    const denied = keytarKeychain({
      setPassword: () => Promise.reject(new Error('User canceled the operation.')),
      getPassword: () => Promise.reject(new Error('The user name or passphrase you entered is not correct. (-25293)')),
      deletePassword: () => Promise.reject(new Error('Cannot autolaunch D-Bus without X11 $DISPLAY')),
    });
    await failsWith('KEYCHAIN_DENIED', denied.save(id, utf8('x')));
    await failsWith('KEYCHAIN_DENIED', denied.read(id));
    await failsWith('KEYCHAIN_UNAVAILABLE', denied.delete(id));
  });

  it('a configured keytar that is not installed is an error, not a fallback', async () => {
    const folder = await temporaryFolder();
    await failsWith('KEYCHAIN_UNAVAILABLE', () => loadKeytar(folder));
  });

  it.each([
    ['User interaction is not allowed.', 'KEYCHAIN_LOCKED'],
    ['Secret Service: unlock prompt was dismissed', 'KEYCHAIN_LOCKED'],
    ['Platform failure: DBus error: Failed to connect to socket', 'KEYCHAIN_UNAVAILABLE'],
    ['something new', 'KEYCHAIN_FAILED'],
  ] as const)('%s', (message, code) => {
    expect(keychainError(new Error(message), 'X').code).toBe(code);
  });
});
