import { ed25519 } from '@noble/curves/ed25519.js';
import { getPublicKey, HDKD, sign as referenceSign, verify as referenceVerify, secretFromSeed } from '@scure/sr25519';
import { describe, expect, it } from 'vitest';
import { keyFromMnemonic, keyFromUri } from '../../../src/lib/wallet/derive-key.ts';
import { signMessage, verifyMessage, wrapMessage } from '../../../src/lib/wallet/message.ts';
import { openSealedMessage, sealMessage } from '../../../src/lib/wallet/sealed-box.ts';
import { softwareSigner, withSigner } from '../../../src/lib/wallet/signer.ts';
import {
  fromExpandedForm,
  sr25519Derive,
  sr25519PrivateFromSeed,
  sr25519PublicKey,
  sr25519Sign,
  sr25519Verify,
  toExpandedForm,
} from '../../../src/lib/wallet/sr25519.ts';
import { ss58Decode } from '../../../src/lib/wallet/ss58.ts';
import { wasmCrypto } from '../../../src/lib/wallet/wasm-memory.ts';
import { failsWith, hex, index, text, unhex, utf8 } from './fixtures.ts';

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
      const signer = softwareSigner(await keyFromUri(utf8('//Alice//stash'), scheme));
      for (const length of [0, 1, 31, 64, 255, 256, 300]) {
        const payload = new Uint8Array(length).fill(length & 255);
        const signature = await signer.sign(payload);
        const holds =
          scheme === 'sr25519'
            ? referenceVerify(payload, signature, signer.publicKey)
            : ed25519.verify(signature, payload, signer.publicKey);
        expect(holds).toBe(true);
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
});

describe('sr25519 in WebAssembly agrees with the implementation in JavaScript', () => {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

  it('on public keys, derived keys and signatures', async () => {
    for (let i = 0; i < 10; i++) {
      const seed = random(32);
      const expanded = secretFromSeed(seed);
      const privateKey = await sr25519PrivateFromSeed(seed);
      const publicKey = await sr25519PublicKey(privateKey);
      expect(publicKey).toEqual(getPublicKey(expanded));
      const code = random(32);
      expect(toExpandedForm(await sr25519Derive(privateKey, code, true))).toEqual(HDKD.secretHard(expanded, code));
      // The nonce of a soft step is random: the scalar and the public key are what must be equal.
      const soft = await sr25519Derive(privateKey, code, false);
      expect(await sr25519PublicKey(soft)).toEqual(HDKD.publicSoft(publicKey, code));
      const message = random(i * 40);
      expect(await sr25519Verify(message, referenceSign(expanded, message), publicKey)).toBe(true);
      const signature = await sr25519Sign(privateKey, message);
      expect(referenceVerify(message, signature, publicKey)).toBe(true);
      expect(await sr25519Sign(privateKey, message)).not.toEqual(signature);
    }
  });

  it('and puts the memory back to what it was, also when it had to grow and when something failed', async () => {
    const library = await wasmCrypto();
    const memory = () => Buffer.from((library.bridge.wasm as { memory: { buffer: ArrayBuffer } }).memory.buffer);
    const seed = random(32);
    const privateKey = await sr25519PrivateFromSeed(seed);
    await sr25519Sign(privateKey, new Uint8Array(3_000_000));
    await sr25519Derive(privateKey, random(32), true);
    await failsWith('PRIVATE_KEY_INVALID', sr25519Sign(new Uint8Array(64), random(1)));
    const held = () =>
      [seed, toExpandedForm(privateKey).subarray(0, 32), privateKey.subarray(32)].map((secret) =>
        memory().includes(Buffer.from(secret)),
      );
    expect(held()).toEqual([false, false, false]);
    // The library by itself leaves it there, which shows that the search finds it.
    library.sr25519Sign(await sr25519PublicKey(privateKey), toExpandedForm(privateKey), new Uint8Array());
    expect(held()[2]).toBe(true);
    expect(
      await sr25519Verify(utf8('x'), await sr25519Sign(privateKey, utf8('x')), await sr25519PublicKey(privateKey)),
    ).toBe(true);
  });
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
