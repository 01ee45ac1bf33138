import { CliError } from '../errors.ts';
import { copyOf, equalBytes, wipe } from './bytes.ts';
import { ed25519DeriveHard, ed25519PublicKey } from './ed25519.ts';
import type { KeyPair, KeyScheme } from './key.ts';
import { parseKeyUri, wipeKeyUri } from './key-uri.ts';
import { mnemonicToSeed, normalizeMnemonic } from './mnemonic.ts';
import { isSr25519PrivateKey, sr25519Derive, sr25519PrivateFromSeed, sr25519PublicKey } from './sr25519.ts';
import { ss58Encode } from './ss58.ts';

async function finish(scheme: KeyScheme, privateKey: Uint8Array): Promise<KeyPair> {
  const publicKey = scheme === 'sr25519' ? await sr25519PublicKey(privateKey) : ed25519PublicKey(privateKey);
  return { scheme, privateKey, publicKey, address: ss58Encode(publicKey) };
}

/**
 * The key pair of a 32-byte mini secret. The pair owns a copy of the seed.
 * @throws CliError SEED_INVALID
 */
export async function keyFromSeed(seed: Uint8Array, scheme: KeyScheme = 'sr25519'): Promise<KeyPair> {
  if (seed.length !== 32) throw new CliError('SEED_INVALID', `A seed has 32 bytes, this one has ${seed.length}`);
  const privateKey = scheme === 'sr25519' ? await sr25519PrivateFromSeed(seed) : copyOf(seed);
  return { ...(await finish(scheme, privateKey)), seed: copyOf(seed) };
}

/**
 * The key pair of a BIP39 phrase of 12 to 24 words (UTF-8; upper case and extra blanks are forgiven).
 * @throws CliError MNEMONIC_INVALID
 */
export async function keyFromMnemonic(phrase: Uint8Array, scheme: KeyScheme = 'sr25519'): Promise<KeyPair> {
  const mnemonic = normalizeMnemonic(phrase);
  let seed: Uint8Array | undefined;
  try {
    seed = await mnemonicToSeed(mnemonic);
    return { ...(await keyFromSeed(seed, scheme)), mnemonic };
  } catch (error) {
    wipe(mnemonic);
    throw error;
  } finally {
    wipe(seed);
  }
}

/**
 * The key pair of a private key: sr25519 64 bytes (scalar, nonce), ed25519 32 bytes (or 64 with the public key behind).
 * @throws CliError PRIVATE_KEY_INVALID
 */
export async function keyFromPrivateKey(bytes: Uint8Array, scheme: KeyScheme = 'sr25519'): Promise<KeyPair> {
  if (scheme === 'sr25519') {
    if (!isSr25519PrivateKey(bytes))
      throw new CliError(
        'PRIVATE_KEY_INVALID',
        'An sr25519 private key has 64 bytes and a scalar below the group order',
        {
          hints: bytes.length === 32 ? ['32 bytes are a seed: import it as a seed'] : [],
          data: { bytes: bytes.length },
        },
      );
    return finish(scheme, copyOf(bytes));
  }
  if (bytes.length !== 32 && bytes.length !== 64)
    throw new CliError('PRIVATE_KEY_INVALID', 'An ed25519 private key has 32 bytes', { data: { bytes: bytes.length } });
  const pair = await finish(scheme, copyOf(bytes, 0, 32));
  if (bytes.length === 64 && !equalBytes(bytes.subarray(32), pair.publicKey)) {
    wipe(pair.privateKey);
    throw new CliError('PRIVATE_KEY_INVALID', 'The second half of this ed25519 key is not its public key');
  }
  return pair;
}

/**
 * The key pair of a secret URI such as `<mnemonic>//hard/soft///password`, `0x<seed>//0` or `//Alice`.
 * As in the official packages, a key made from a URI keeps neither phrase nor seed.
 * @throws CliError KEY_URI_INVALID, MNEMONIC_INVALID, DERIVATION_UNSUPPORTED (soft steps with ed25519)
 */
export async function keyFromUri(uri: Uint8Array, scheme: KeyScheme = 'sr25519'): Promise<KeyPair> {
  const parsed = await parseKeyUri(uri);
  let seed: Uint8Array | undefined;
  let phrase: Uint8Array | undefined;
  let current: Uint8Array | undefined;
  try {
    if (scheme === 'ed25519' && parsed.junctions.some((junction) => !junction.hard))
      throw new CliError('DERIVATION_UNSUPPORTED', 'ed25519 keys have hard derivation (//) only, no soft steps (/)');
    if (parsed.seed !== undefined) seed = copyOf(parsed.seed);
    else {
      phrase = normalizeMnemonic(parsed.phrase as Uint8Array);
      seed = await mnemonicToSeed(phrase, parsed.password);
    }
    current = scheme === 'sr25519' ? await sr25519PrivateFromSeed(seed) : copyOf(seed);
    for (const { hard, chainCode } of parsed.junctions) {
      const parent: Uint8Array = current;
      current =
        scheme === 'sr25519'
          ? await sr25519Derive(parent, chainCode, hard)
          : await ed25519DeriveHard(parent, chainCode);
      wipe(parent);
    }
    const pair = await finish(scheme, current);
    current = undefined;
    return pair;
  } finally {
    wipe(seed, phrase, current);
    wipeKeyUri(parsed);
  }
}
