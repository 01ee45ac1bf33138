import { createRequire } from 'node:module';
import { sign as referenceSign, secretFromSeed } from '@scure/sr25519';
import { describe, expect, it } from 'vitest';
import { keyFromMnemonic, keyFromUri } from '../../../src/lib/wallet/derive-key.ts';
import { signMessage, verifyMessage, wrapMessage } from '../../../src/lib/wallet/message.ts';
import { openSealedMessage, sealMessage } from '../../../src/lib/wallet/sealed-box.ts';
import { softwareSigner, withSigner } from '../../../src/lib/wallet/signer.ts';
import { fromExpandedForm, sr25519PrivateFromSeed, toExpandedForm } from '../../../src/lib/wallet/sr25519.ts';
import { ss58Decode } from '../../../src/lib/wallet/ss58.ts';
import { failsWith, hex, index, text, unhex, utf8 } from './fixtures.ts';

const wasm = createRequire(import.meta.url)('@polkadot/wasm-crypto') as typeof import('@polkadot/wasm-crypto');

describe('signatures of the official packages', () => {
  it.each(index.signatures.map((item, i) => [i, item] as const))('%i', async (_, item) => {
    const message = unhex(item.message_hex);
    const outcome = await verifyMessage(message, item.signature, unhex(item.publicKey));
    expect(outcome.valid).toBe(item.valid);
    if (!item.valid) return;
    expect(outcome.scheme).toBe(item.scheme);
    expect(outcome.wrapped).toBe(item.acceptedByOfficialVerify ?? false);
    const other = await verifyMessage(
      message,
      item.signature,
      unhex(item.publicKey),
      item.scheme === 'sr25519' ? 'ed25519' : 'sr25519',
    );
    expect(other.valid).toBe(false);
    if (item.deterministic) {
      const signer = softwareSigner(await keyFromUri(utf8('//Alice'), item.scheme));
      expect(`0x${await signMessage(signer, message)}`).toBe(item.signature);
    }
  });

  it('counts them', () => expect(index.signatures).toHaveLength(16));
});

describe('software signer', () => {
  it.each(['sr25519', 'ed25519'] as const)(
    '%s signatures verify with an independent implementation',
    async (scheme) => {
      await wasm.waitReady();
      const signer = softwareSigner(await keyFromUri(utf8('//Alice//stash'), scheme));
      for (const length of [0, 1, 31, 64, 255, 256, 300]) {
        const payload = new Uint8Array(length).fill(length & 255);
        const signature = await signer.sign(payload);
        const verify = scheme === 'sr25519' ? wasm.sr25519Verify : wasm.ed25519Verify;
        expect(verify(signature, payload, signer.publicKey)).toBe(true);
        expect((await verifyMessage(payload, hex(signature), signer.publicKey)).scheme).toBe(scheme);
      }
    },
  );

  it('takes over the pair, zeroes its buffers, and forgets its own copy on dispose', async () => {
    const pair = await keyFromMnemonic(utf8('bottom drive obey lake curtain smoke basket hold race lonely fit walk'));
    const { privateKey, seed, mnemonic } = pair;
    const signer = softwareSigner(pair);
    for (const buffer of [privateKey, seed, mnemonic]) expect(buffer?.every((byte) => byte === 0)).toBe(true);
    await signer.sign(utf8('x'));
    signer.dispose();
    signer.dispose();
    await failsWith('SIGNER_DISPOSED', signer.sign(utf8('x')));
    expect(JSON.stringify(signer)).not.toMatch(/private/i);
  });

  it('withSigner disposes also after a failure', async () => {
    const signer = softwareSigner(await keyFromUri(utf8('//Alice')));
    await expect(withSigner(signer, async () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    await failsWith('SIGNER_DISPOSED', signer.sign(utf8('x')));
  });
});

it('the two forms of an sr25519 private key are each other’s inverse', async () => {
  for (let i = 0; i < 20; i++) {
    const seed = crypto.getRandomValues(new Uint8Array(32));
    const canonical = await sr25519PrivateFromSeed(seed);
    expect(toExpandedForm(canonical)).toEqual(secretFromSeed(seed));
    expect(fromExpandedForm(secretFromSeed(seed))).toEqual(canonical);
  }
  expect(referenceSign(secretFromSeed(new Uint8Array(32)), new Uint8Array())).toHaveLength(64);
});

describe('messages', () => {
  it('refuses what cannot be a signature', async () => {
    const key = new Uint8Array(32);
    for (const bad of ['', '0x', 'zz', 'ab'.repeat(63), 'ab'.repeat(65)])
      await failsWith('SIGNATURE_MALFORMED', verifyMessage(utf8('x'), bad, key));
    expect((await verifyMessage(utf8('x'), 'ab'.repeat(64), key)).valid).toBe(false);
  });

  it('verifies what browser wallets sign', async () => {
    const signer = softwareSigner(await keyFromUri(utf8('//Bob')));
    const signature = await signMessage(signer, wrapMessage(utf8('hello')));
    expect(signature).toMatch(/^[0-9a-f]{128}$/);
    expect(await verifyMessage(utf8('hello'), signature, signer.publicKey)).toEqual({
      valid: true,
      scheme: 'sr25519',
      wrapped: true,
    });
    expect((await verifyMessage(utf8('hellp'), signature, signer.publicKey)).valid).toBe(false);
  });
});

describe('sealed boxes', () => {
  it.each(index.sealedBox.map((item) => [item] as const))('of the official packages', async (item) => {
    const pair = await keyFromUri(utf8(item.uri), 'ed25519');
    expect(pair.address).toBe(item.recipient_ed25519);
    expect(text(await openSealedMessage(unhex(item.ciphertext), pair))).toBe(item.plain);
  });

  it('round trips and fails for anyone else, changed or short', async () => {
    const [alice, bob] = [await keyFromUri(utf8('//Alice'), 'ed25519'), await keyFromUri(utf8('//Bob'), 'ed25519')];
    const box = await sealMessage(utf8('secret'), { scheme: 'ed25519', publicKey: ss58Decode(bob.address) });
    expect(text(await openSealedMessage(box, bob))).toBe('secret');
    await failsWith('MESSAGE_UNDECRYPTABLE', openSealedMessage(box, alice));
    await failsWith('MESSAGE_UNDECRYPTABLE', openSealedMessage(box.slice(0, 47), bob));
    box[40] = (box[40] as number) ^ 1;
    await failsWith('MESSAGE_UNDECRYPTABLE', openSealedMessage(box, bob));
    const sr = await keyFromUri(utf8('//Bob'));
    await failsWith('SCHEME_UNSUPPORTED', sealMessage(utf8('x'), sr));
    await failsWith('SCHEME_UNSUPPORTED', openSealedMessage(box, sr));
  });
});
