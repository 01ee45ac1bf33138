import { generateMnemonic as referenceGenerate, entropyToMnemonic as referencePhrase } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { describe, expect, it } from 'vitest';
import { keyFromMnemonic, keyFromPrivateKey, keyFromSeed, keyFromUri } from '../../../src/lib/wallet/derive-key.ts';
import {
  countWords,
  entropyToMnemonic,
  generateMnemonic,
  MNEMONIC_LENGTHS,
  mnemonicToEntropy,
} from '../../../src/lib/wallet/mnemonic.ts';
import { failsWith, hex, index, text, unhex, utf8 } from './fixtures.ts';

describe('secret URIs', () => {
  it.each(
    index.derivations.flatMap(({ uri, ...schemes }) =>
      (['sr25519', 'ed25519'] as const).map((s) => [s, uri, schemes[s]] as const),
    ),
  )('%s %s', async (scheme, uri, expected) => {
    if (expected.error !== undefined) {
      await failsWith('DERIVATION_UNSUPPORTED', keyFromUri(utf8(uri), scheme));
      return;
    }
    const pair = await keyFromUri(utf8(uri), scheme);
    expect(pair.address).toBe(expected.ss58);
    expect(hex(pair.publicKey)).toBe(expected.publicKey);
    expect(pair.mnemonic).toBeUndefined();
    expect(pair.seed).toBeUndefined();
  });

  it('counts the vectors', () => expect(index.derivations).toHaveLength(20));

  it.each(['', '   ', '0x1234', '0xzz', '//', 'bottom//', '//a//', '//a/'])('refuses %j', async (uri) => {
    await failsWith('KEY_URI_INVALID', keyFromUri(utf8(uri)));
  });

  it('tells numbers from names', async () => {
    const address = async (uri: string) => (await keyFromUri(utf8(uri))).address;
    expect(await address('//0')).toBe(await address('//00'));
    expect(await address('//18446744073709551615')).not.toBe(await address('//18446744073709551616'));
  });
});

describe('mnemonics', () => {
  const phrases = index.extraMnemonics.flatMap((item) => ('mnemonic' in item ? [item] : []));

  it.each(phrases.map((phrase) => [phrase.name, phrase] as const))('%s', async (_, phrase) => {
    const pair = await keyFromMnemonic(utf8(phrase.mnemonic));
    expect(pair.address).toBe(phrase.ss58);
    expect(hex(pair.publicKey)).toBe(phrase.publicKey);
    expect(hex(pair.seed as Uint8Array)).toBe(phrase.secretSeed);
    expect(hex(pair.privateKey)).toBe(phrase.privateKey);
    expect(text(pair.mnemonic as Uint8Array)).toBe(phrase.mnemonic);
    expect((await keyFromSeed(unhex(phrase.secretSeed))).address).toBe(phrase.ss58);
    expect((await keyFromPrivateKey(unhex(phrase.privateKey))).address).toBe(phrase.ss58);
  });

  it('counts the vectors', () => expect(phrases).toHaveLength(7));

  it.each(index.extraMnemonics.flatMap((item) => ('invalid' in item ? item.invalid : [])))(
    'refuses %j',
    async (phrase) => {
      await failsWith('MNEMONIC_INVALID', keyFromMnemonic(utf8(phrase)));
    },
  );

  it('forgives upper case and blanks, and says what is wrong without repeating it', async () => {
    const phrase = '  Legal winner thank\tyear wave  sausage WORTH useful legal winner thank yellow\n';
    expect((await keyFromMnemonic(utf8(phrase))).address).toBe('5EHgWw2Af1pnoc7f1A8bfmM97W3DAYW8xr82RfhLL9oAabAe');
    const wrong = await failsWith(
      'MNEMONIC_INVALID',
      keyFromMnemonic(utf8('legal winner thank year wave sausage wurst useful legal winner thank yellow')),
    );
    expect(wrong.data).toEqual({ reason: 'unknown-word', position: 7 });
    expect(wrong.message).not.toContain('wurst');
  });

  it.each(MNEMONIC_LENGTHS)('generates %i words that the reference accepts', async (length) => {
    const phrase = await generateMnemonic(length);
    expect(countWords(phrase)).toBe(length);
    const entropy = await mnemonicToEntropy(phrase);
    expect(referencePhrase(entropy, wordlist)).toBe(text(phrase));
    const other = referenceGenerate(wordlist, (length / 3) * 32);
    expect(text(await entropyToMnemonic(await mnemonicToEntropy(utf8(other))))).toBe(other);
  });
});

describe('raw keys', () => {
  it('refuses wrong lengths, zero and scalars above the order', async () => {
    await failsWith('SEED_INVALID', keyFromSeed(new Uint8Array(31)));
    await failsWith('PRIVATE_KEY_INVALID', keyFromPrivateKey(new Uint8Array(64)));
    await failsWith('PRIVATE_KEY_INVALID', keyFromPrivateKey(new Uint8Array(64).fill(255)));
    const seedLike = await failsWith('PRIVATE_KEY_INVALID', keyFromPrivateKey(new Uint8Array(32).fill(1)));
    expect(seedLike.hints.join()).toContain('seed');
    await failsWith('PRIVATE_KEY_INVALID', keyFromPrivateKey(new Uint8Array(64).fill(1), 'ed25519'));
  });
});
