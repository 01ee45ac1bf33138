import { Keyring } from '@polkadot/keyring';
import { waitReady } from '@polkadot/wasm-crypto';
import { describe, expect, it } from 'vitest';
import { keyFromMnemonic, keyFromUri } from '../../../src/lib/wallet/derive-key.ts';
import { createPolkadotJson, openPolkadotJson, serializePolkadotJson } from '../../../src/lib/wallet/polkadot-json.ts';
import { failsWith, hex, index, utf8 } from './fixtures.ts';

const bytesOf = (json: unknown) => utf8(JSON.stringify(json));

describe('backups made by Polkadot-JS', () => {
  it.each(index.polkadotJs.map((item) => [item.id, item] as const))('%s', async (_, item) => {
    if (item.password === null) {
      const error = await failsWith('POLKADOT_JSON_UNENCRYPTED', openPolkadotJson(bytesOf(item.json), utf8('')));
      expect(error.message).toContain('no password');
      return;
    }
    const pair = await openPolkadotJson(bytesOf(item.json), utf8(item.password));
    expect(pair.address).toBe(item.ss58);
    expect(hex(pair.publicKey)).toBe(item.publicKey);
    const expected = await keyFromUri(utf8(item.uri), pair.scheme);
    expect(pair.privateKey).toEqual(expected.privateKey);
    await failsWith('PASSWORD_WRONG', openPolkadotJson(bytesOf(item.json), utf8('wrong password')));
  });

  it('counts them', () => expect(index.polkadotJs).toHaveLength(4));
});

describe('backups made here', () => {
  it.each(['sr25519', 'ed25519'] as const)('%s opens in Polkadot-JS with the same key', async (scheme) => {
    await waitReady();
    const pair = await keyFromMnemonic(
      utf8('bottom drive obey lake curtain smoke basket hold race lonely fit walk'),
      scheme,
    );
    const json = await createPolkadotJson(pair, utf8('pässwörd-日本'), { name: 'mine', whenCreated: 1 });
    expect(JSON.parse(new TextDecoder().decode(serializePolkadotJson(json)))).toEqual(json);
    const theirs = new Keyring({ ss58Format: 42 }).createFromJson(
      json as Parameters<InstanceType<typeof Keyring>['createFromJson']>[0],
    );
    theirs.unlock('pässwörd-日本');
    expect(theirs.address).toBe(pair.address);
    expect(theirs.type).toBe(scheme);
    const again = await openPolkadotJson(bytesOf(json), utf8('pässwörd-日本'));
    expect(again.privateKey).toEqual(pair.privateKey);
  });
});

describe('what is no usable backup', () => {
  const good = index.polkadotJs.find((item) => item.id === 'pjs-sr-alice') as (typeof index.polkadotJs)[number];
  const open = (change: Record<string, unknown>) =>
    openPolkadotJson(bytesOf({ ...good.json, ...change }), utf8(good.password as string));

  it.each([
    ['text', { encoded: 5 }],
    ['encoding', { encoding: {} }],
    ['key type', { encoding: { ...(good.json.encoding as object), content: ['pkcs8', 'ecdsa'] } }],
    ['encryption', { encoding: { ...(good.json.encoding as object), type: ['rot13'] } }],
    ['several accounts', { accounts: [] }],
    ['cut off', { encoded: (good.json.encoded as string).slice(0, 60) }],
    ['address of another key', { address: '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV' }],
  ])('%s', async (_, change) => {
    await failsWith('POLKADOT_JSON_INVALID', open(change));
  });

  it('absurd scrypt parameters do not run', async () => {
    const encoded = Buffer.from(good.json.encoded as string, 'base64');
    encoded.writeUInt32LE(2 ** 30, 32);
    await failsWith('POLKADOT_JSON_INVALID', open({ encoded: encoded.toString('base64') }));
    await failsWith('POLKADOT_JSON_INVALID', openPolkadotJson(utf8('nope'), utf8('')));
  });
});
