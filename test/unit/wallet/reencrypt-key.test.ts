import { readFileSync, statSync } from 'node:fs';
import { chmod, copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createKeys } from '../../../src/lib/wallet/create-key.ts';
import { detectEncryption } from '../../../src/lib/wallet/encryption/keyfile-encryption.ts';
import { exportPolkadotJson, writeMnemonicFile, writePolkadotJson } from '../../../src/lib/wallet/export-key.ts';
import { COLDKEY, hotkey, privateKeyPath } from '../../../src/lib/wallet/layout.ts';
import { fixedPassword } from '../../../src/lib/wallet/password.ts';
import { openPolkadotJson, serializePolkadotJson } from '../../../src/lib/wallet/polkadot-json.ts';
import { changePassword, decryptKey, encryptKey } from '../../../src/lib/wallet/reencrypt-key.ts';
import { unlockKeyPair } from '../../../src/lib/wallet/unlock.ts';
import { derivations } from './derivations.ts';
import { faultyFileSystem } from './faulty-file-system.ts';
import { FIXTURES, failsWith, removeTemporaryFolders, temporaryFolder, text, utf8 } from './fixtures.ts';

vi.mock('@node-rs/argon2', async (original) => (await import('./derivations.ts')).counted(await original()));

afterAll(removeTemporaryFolders);

// Each argon2 takes seconds and half a gigabyte, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const now = () => new Date(0);
const strong = 'correct horse battery';

async function wallet() {
  const ref = { root: await temporaryFolder(), name: 'w' };
  await createKeys(
    ref,
    [
      {
        key: COLDKEY,
        source: {
          kind: 'mnemonic',
          phrase: utf8('legal winner thank year wave sausage worth useful legal winner thank yellow'),
        },
      },
    ],
    { now },
  );
  return ref;
}

describe('encrypt, change the password, decrypt', () => {
  it('keeps the key and leaves no copy under the old protection', async () => {
    const ref = await wallet();
    const path = privateKeyPath(ref, COLDKEY);
    const before = readFileSync(path, 'utf8');
    expect(await encryptKey({ wallet: ref, key: COLDKEY, newPassword: utf8(strong) })).toMatchObject({
      before: 'none',
      after: 'nacl',
    });
    expect(detectEncryption(readFileSync(path))).toBe('nacl');
    await failsWith('KEYFILE_ALREADY_ENCRYPTED', encryptKey({ wallet: ref, key: COLDKEY, newPassword: utf8(strong) }));
    await failsWith(
      'PASSWORD_WRONG',
      changePassword({
        wallet: ref,
        key: COLDKEY,
        password: fixedPassword('wrong'),
        newPassword: utf8('another good one'),
      }),
    );
    await changePassword({
      wallet: ref,
      key: COLDKEY,
      password: fixedPassword(strong),
      newPassword: utf8('another good one'),
    });
    await failsWith('PASSWORD_WRONG', unlockKeyPair({ wallet: ref, key: COLDKEY, password: fixedPassword(strong) }));
    await decryptKey({ wallet: ref, key: COLDKEY, password: fixedPassword('another good one') });
    expect(readFileSync(path, 'utf8')).toBe(before);
    await failsWith('KEYFILE_NOT_ENCRYPTED', decryptKey({ wallet: ref, key: COLDKEY, password: fixedPassword('x') }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await readdir(join(ref.root, 'w'))).sort()).toEqual(['coldkey', 'coldkeypub.txt']);
  });

  it('refuses weak passwords before it touches anything', async () => {
    const ref = await wallet();
    await failsWith('PASSWORD_WEAK', encryptKey({ wallet: ref, key: COLDKEY, newPassword: utf8('123456') }));
    await failsWith(
      'PASSWORD_WEAK',
      createKeys(ref, [{ key: hotkey('h'), source: { kind: 'new' }, password: utf8('password') }], { now }),
    );
  });

  it('turns legacy encryption into NaCl', async () => {
    const ref = await wallet();
    const path = privateKeyPath({ ...ref, name: 'legacy' }, COLDKEY);
    const legacy = { ...ref, name: 'legacy' };
    await createKeys(legacy, [{ key: hotkey('h'), source: { kind: 'new' } }], { now });
    await copyFile(join(FIXTURES, 'legacy/ansible-100'), path);
    await chmod(path, 0o600);
    const result = await changePassword({
      wallet: legacy,
      key: COLDKEY,
      password: fixedPassword('Btcli-ts fixture pass 1!'),
      newPassword: utf8(strong),
    });
    expect(result).toMatchObject({
      before: 'ansible-vault',
      after: 'nacl',
      address: '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV',
    });
    expect((await unlockKeyPair({ wallet: legacy, key: COLDKEY, password: fixedPassword(strong) })).value.address).toBe(
      result.address,
    );
  });

  it('a crash leaves the old or the new file', async () => {
    for (const point of [0, 4, 5, 6, 7, 8, 9, 10]) {
      const ref = await wallet();
      const path = privateKeyPath(ref, COLDKEY);
      const before = readFileSync(path, 'utf8');
      const files = faultyFileSystem(point, 'crash');
      await encryptKey({ wallet: ref, key: COLDKEY, newPassword: utf8(strong), files }).catch(() => {});
      const after = readFileSync(path);
      if (detectEncryption(after) === 'none') expect(after.toString()).toBe(before);
      else
        expect(
          (await unlockKeyPair({ wallet: ref, key: COLDKEY, password: fixedPassword(strong) })).value.address,
        ).toMatch(/^5/);
    }
  }, 120_000);
});

describe('creating with passwords, and opening', () => {
  it('costs one argon2 for keys that share a password, and one for each that is opened', async () => {
    const ref = { root: await temporaryFolder(), name: 'a' };
    const password = utf8(strong);
    await createKeys(ref, [{ key: COLDKEY, source: { kind: 'new' }, password }], { now });
    derivations.count = 0;
    const { keys } = await createKeys(
      { ...ref, name: 'b' },
      [
        { key: COLDKEY, source: { kind: 'new' }, password },
        { key: hotkey('h'), source: { kind: 'new', words: 24 }, password: utf8(strong) },
      ],
      { now },
    );
    expect(derivations.count).toBe(1);
    expect(password.some((byte) => byte !== 0)).toBe(true);
    for (const { key, address, mnemonic } of keys) {
      derivations.count = 0;
      const { value } = await unlockKeyPair({ wallet: { ...ref, name: 'b' }, key, password: fixedPassword(strong) });
      expect(derivations.count).toBe(1);
      expect(value.address).toBe(address);
      expect(value.mnemonic).toEqual(mnemonic);
    }
    expect(text(keys[1]?.mnemonic as Uint8Array).split(' ')).toHaveLength(24);
  });
});

describe('export', () => {
  it('gives a backup that opens to the same key, in a new file only', async () => {
    const ref = await wallet();
    const request = { wallet: ref, key: COLDKEY, password: fixedPassword('unused'), name: 'w', now };
    await failsWith('PASSWORD_WEAK', exportPolkadotJson({ ...request, exportPassword: utf8('') }));
    const json = await exportPolkadotJson({ ...request, exportPassword: utf8(strong) });
    expect(json.meta).toEqual({ name: 'w', whenCreated: 0 });
    const pair = await openPolkadotJson(serializePolkadotJson(json), utf8(strong));
    expect(pair.address).toBe('5EHgWw2Af1pnoc7f1A8bfmM97W3DAYW8xr82RfhLL9oAabAe');
    const path = join(ref.root, 'backup.json');
    await writePolkadotJson(path, json);
    await failsWith('FILE_EXISTS', writePolkadotJson(path, json));
    await writeMnemonicFile(join(ref.root, 'phrase'), utf8('a b c'));
    expect(readFileSync(join(ref.root, 'phrase'), 'utf8')).toBe('a b c\n');
    expect(statSync(join(ref.root, 'phrase')).mode & 0o777).toBe(0o600);
  });
});
