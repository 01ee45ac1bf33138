import { CliError } from '../errors.ts';
import { concat, wipe } from './bytes.ts';
import type { KeyPair, PublicKeyInfo } from './key.ts';
import { randomX25519, x25519PublicKey, x25519Shared } from './x25519.ts';

const KEY_BYTES = 32;
const MAC_BYTES = 16;
/** The ephemeral public key in front and the authenticator: what a sealed box is longer than its message. */
const SEALED_BOX_OVERHEAD = KEY_BYTES + MAC_BYTES;

async function libraries() {
  const [{ ed25519 }, { blake2b }, { hsalsa, xsalsa20poly1305 }] = await Promise.all([
    import('@noble/curves/ed25519.js'),
    import('@noble/hashes/blake2.js'),
    import('@noble/ciphers/salsa.js'),
  ]);
  return { ed25519, blake2b, hsalsa, xsalsa20poly1305 };
}

type Libraries = Awaited<ReturnType<typeof libraries>>;

/** libsodium's crypto_box key: HSalsa20 of the shared point under a zero nonce. */
function boxKey(lib: Libraries, shared: Uint8Array): Uint8Array {
  const words = (bytes: Uint8Array) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
  };
  const sigma = words(new TextEncoder().encode('expand 32-byte k'));
  const key = words(shared);
  const out = new Uint32Array(8);
  lib.hsalsa(sigma, key, new Uint32Array(4), out);
  const bytes = new Uint8Array(KEY_BYTES);
  out.forEach((word, i) => {
    new DataView(bytes.buffer).setUint32(4 * i, word, true);
  });
  key.fill(0);
  out.fill(0);
  return bytes;
}

function requireEd25519(scheme: string): void {
  if (scheme !== 'ed25519')
    throw new CliError('SCHEME_UNSUPPORTED', 'Messages can be encrypted to ed25519 keys only, this is an sr25519 key', {
      hints: ['Create a key for messages with --key-type ed25519'],
      data: { scheme },
    });
}

/**
 * Encrypts a message so that only the holder of an ed25519 key can read it (libsodium `crypto_box_seal`). The sender stays
 * anonymous and cannot read it again.
 * @throws CliError SCHEME_UNSUPPORTED, ADDRESS_INVALID (a public key that is no point of the curve)
 */
export async function sealMessage(
  message: Uint8Array,
  recipient: Pick<PublicKeyInfo, 'scheme' | 'publicKey'>,
): Promise<Uint8Array> {
  requireEd25519(recipient.scheme);
  const lib = await libraries();
  let target: Uint8Array;
  try {
    target = lib.ed25519.utils.toMontgomery(recipient.publicKey);
  } catch (cause) {
    throw new CliError('ADDRESS_INVALID', 'This address is not an ed25519 key: nothing can be encrypted to it', {
      cause,
    });
  }
  const ephemeral = randomX25519();
  let shared: Uint8Array | undefined;
  let key: Uint8Array | undefined;
  try {
    const publicPart = x25519PublicKey(ephemeral);
    shared = x25519Shared(ephemeral, target);
    key = boxKey(lib, shared);
    const nonce = lib.blake2b(concat([publicPart, target]), { dkLen: 24 });
    return concat([publicPart, lib.xsalsa20poly1305(key, nonce).encrypt(message)]);
  } finally {
    wipe(ephemeral, shared, key);
  }
}

/**
 * Opens a sealed box with an ed25519 key pair; the caller wipes pair and message.
 * @throws CliError SCHEME_UNSUPPORTED, MESSAGE_UNDECRYPTABLE (for another key, or damaged)
 */
export async function openSealedMessage(box: Uint8Array, pair: KeyPair): Promise<Uint8Array> {
  requireEd25519(pair.scheme);
  if (box.length < SEALED_BOX_OVERHEAD)
    throw new CliError(
      'MESSAGE_UNDECRYPTABLE',
      `A sealed message has at least ${SEALED_BOX_OVERHEAD} bytes, this one has ${box.length}`,
    );
  const lib = await libraries();
  const secret = lib.ed25519.utils.toMontgomerySecret(pair.privateKey);
  let shared: Uint8Array | undefined;
  let key: Uint8Array | undefined;
  try {
    const ephemeral = box.subarray(0, KEY_BYTES);
    const own = lib.ed25519.utils.toMontgomery(pair.publicKey);
    shared = x25519Shared(secret, ephemeral);
    key = boxKey(lib, shared);
    const nonce = lib.blake2b(concat([ephemeral, own]), { dkLen: 24 });
    return lib.xsalsa20poly1305(key, nonce).decrypt(box.subarray(KEY_BYTES));
  } catch (cause) {
    throw new CliError('MESSAGE_UNDECRYPTABLE', `This message was not encrypted to ${pair.address}, or it is damaged`, {
      cause,
    });
  } finally {
    wipe(secret, shared, key);
  }
}
