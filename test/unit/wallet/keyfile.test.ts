import { afterAll, describe, expect, it, vi } from 'vitest';
import { decryptKeyfile, detectEncryption } from '../../../src/lib/wallet/encryption/keyfile-encryption.ts';
import {
  parsePrivateKeyfile,
  parsePublicKeyfile,
  serializePrivateKeyfile,
  serializePublicKeyfile,
} from '../../../src/lib/wallet/keyfile.ts';
import { COLDKEY, hotkey, type KeyRef } from '../../../src/lib/wallet/layout.ts';
import { fixedPassword } from '../../../src/lib/wallet/password.ts';
import { readPublicKey } from '../../../src/lib/wallet/read-key.ts';
import { unlockKeyPair } from '../../../src/lib/wallet/unlock.ts';
import { derivations } from './derivations.ts';
import { failsWith, fixtureWallets, hex, index, removeTemporaryFolders, text, unbase64, utf8 } from './fixtures.ts';

vi.mock('@node-rs/argon2', async (original) => (await import('./derivations.ts')).counted(await original()));

afterAll(removeTemporaryFolders);

// Each argon2 takes seconds and half a gigabyte, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const refOf = (path: string): KeyRef => {
  const match = /hotkeys\/(.+)$/.exec(path);
  return match === null ? COLDKEY : hotkey((match[1] as string).replace(/pub\.txt$/, ''));
};

async function openBytes(bytes: Uint8Array, password: string | null, label: string) {
  const encryption = detectEncryption(bytes);
  const plain =
    encryption === 'none' ? bytes : await decryptKeyfile(bytes, encryption, utf8(password as string), label);
  return parsePrivateKeyfile(plain, label);
}

describe('files of the official packages', () => {
  it.each(index.fixtures.map((fixture) => [fixture.writer, fixture.id, fixture] as const))(
    '%s %s',
    async (writer, id, fixture) => {
      const root = await fixtureWallets(writer);
      for (const path of Object.keys(fixture.files)) {
        const wallet = { root, name: id };
        const key = refOf(path);
        if (path.endsWith('pub.txt')) {
          const result = await readPublicKey(wallet, key);
          expect(result.key.address).toBe(fixture.ss58);
          expect(hex(result.key.publicKey)).toBe(fixture.publicKey);
          expect(result.key.scheme).toBe(fixture.cryptoType === 1 ? 'sr25519' : 'ed25519');
          expect(result.warnings).toEqual([]);
          continue;
        }
        const { value, origin, warnings } = await unlockKeyPair({
          wallet,
          key,
          password: fixedPassword(fixture.password ?? 'unused'),
        });
        expect(value.address).toBe(fixture.ss58);
        expect(hex(value.publicKey)).toBe(fixture.publicKey);
        expect(value.scheme).toBe(fixture.cryptoType === 1 ? 'sr25519' : 'ed25519');
        expect(value.mnemonic && text(value.mnemonic)).toBe(fixture.source.mnemonic);
        expect(origin).toBe(fixture.password === null ? undefined : 'file');
        expect(warnings).toEqual([]);
      }
    },
  );

  it('counts them', () => {
    expect(index.fixtures).toHaveLength(20);
    expect(index.legacy).toHaveLength(5);
    expect(index.invalid).toHaveLength(3);
  });

  it.each(index.legacy.map((fixture) => [fixture.id, fixture] as const))('legacy %s', async (id, fixture) => {
    const pair = await openBytes(unbase64(fixture.base64), fixture.password, id);
    expect(pair.address).toBe(fixture.ss58);
    expect(hex(pair.publicKey)).toBe(fixture.publicKey);
  });

  it('24 words under NaCl', async () => {
    const item = index.extraMnemonics.find((entry) => 'naclColdkey' in entry);
    if (item === undefined || !('naclColdkey' in item) || item.naclColdkey === undefined)
      throw new Error('fixture is missing');
    const pair = await openBytes(unbase64(item.naclColdkey.base64), item.naclColdkey.password, 'x');
    expect(pair.address).toBe(item.ss58);
  });
});

describe('invalid files, one error each', () => {
  const bytesOf = (id: string) => unbase64(index.invalid.find((item) => item.id === id)?.base64 as string);

  it('a short $NACL file is cut off, not a wrong password, and costs no derivation', async () => {
    derivations.count = 0;
    await failsWith('KEYFILE_TRUNCATED', openBytes(bytesOf('trunc-nacl'), 'any', 'f'));
    expect(derivations.count).toBe(0);
  });

  it('JSON without a key names its fields', async () => {
    const error = await failsWith('KEYFILE_NO_KEY', openBytes(bytesOf('json-garbage'), null, 'f'));
    expect(error.data.fields).toEqual(['foo']);
  });

  it('bare hex is a public key in both places', async () => {
    const alice = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
    expect(parsePublicKeyfile(bytesOf('hexonly'), 'f').address).toBe(alice);
    const error = await failsWith('KEYFILE_PUBLIC_ONLY', openBytes(bytesOf('hexonly'), null, 'f'));
    expect(error.data.address).toBe(alice);
  });
});

describe.each(['nacl-100', 'ansible-100', 'fernet-100'])('%s: wrong password and damage are told apart', (id) => {
  const fixture = index.legacy.find((item) => item.id === id) as (typeof index.legacy)[number];
  const file = unbase64(fixture.base64);

  it('wrong password', async () => {
    await failsWith('PASSWORD_WRONG', openBytes(file, 'not the password', id));
  });

  it('cut in the middle', async () => {
    const cut = await failsWith(
      'KEYFILE_TRUNCATED',
      openBytes(file.slice(0, Math.floor(file.length * 0.7)), fixture.password, id),
    );
    expect(cut.message).toContain(id);
  });

  it('last bytes missing', async () => {
    // A newline or the `=` at the end of base64 carry nothing.
    const end = /[\n=]$/.test(text(file)) ? 2 : 1;
    await failsWith('KEYFILE_TRUNCATED', openBytes(file.slice(0, file.length - end), fixture.password, id));
  });
});

it('a changed byte in a $NACL file is damage, not a wrong password', async () => {
  const file = unbase64((index.legacy.find((item) => item.id === 'nacl-100') as { base64: string }).base64);
  file[200] = (file[200] as number) ^ 1;
  await failsWith('KEYFILE_CORRUPT', openBytes(file, 'Btcli-ts fixture pass 1!', 'f'));
});

describe('plain files', () => {
  const plain = text(unbase64((index.legacy.find((item) => item.id === 'plain-100') as { base64: string }).base64));
  const parse = (content: string) => parsePrivateKeyfile(utf8(content), 'f');

  it('says how they are damaged', async () => {
    await failsWith('KEYFILE_EMPTY', parse(' \n'));
    await failsWith('KEYFILE_UNKNOWN_FORMAT', parse('hello'));
    await failsWith('KEYFILE_TRUNCATED', parse(plain.slice(0, 300)));
    await failsWith('KEYFILE_CORRUPT', parse(`${plain}x`));
    await failsWith('KEYFILE_CORRUPT', parse(plain.replace('obey', 'oboy')));
    await failsWith('KEYFILE_CORRUPT', parse('{"secretSeed":"0x12"}'));
    await failsWith('KEYFILE_CORRUPT', parse('{"secretSeed":"zz"}'));
    await failsWith('KEYFILE_CORRUPT', parse(plain.replace('}', ', "cryptoType": 7}')));
    await failsWith('KEYFILE_CORRUPT', parse('{"publicKey":"0x00","publicKey":"0x01"}'));
    await failsWith('KEYFILE_NO_KEY', parse('{"publicKey":null,"secretPhrase":null}'));
  });

  it('refuses secrets that do not belong to the stated address', async () => {
    await failsWith(
      'KEYFILE_INCONSISTENT',
      parse(
        plain.replace(
          '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV',
          '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
        ),
      ),
    );
    await failsWith('KEYFILE_INCONSISTENT', parse(plain.replace('0xfac7959d', '0xfac7959e')));
  });

  it('never puts file content into errors', async () => {
    for (const broken of [
      plain.slice(0, 300),
      plain.replace('obey', 'oboy'),
      plain.replace('0xfac7959d', '0xfac7959e'),
    ]) {
      const error = await parse(broken).catch((reason) => reason);
      const shown = JSON.stringify([error.message, error.data, error.hints, String(error.cause)]);
      for (const secret of ['bottom', 'fac7959', '05d65584']) expect(shown).not.toContain(secret);
    }
  });

  it('round trips, with the fields that the official packages have', async () => {
    const pair = await parse(plain);
    const json = JSON.parse(text(serializePrivateKeyfile(pair)));
    expect(json).toEqual({ ...JSON.parse(plain), cryptoType: 1 });
    expect(JSON.parse(text(serializePublicKeyfile(pair)))).toEqual({
      accountId: json.accountId,
      publicKey: json.publicKey,
      ss58Address: json.ss58Address,
      cryptoType: 1,
    });
  });
});
