import { CliError } from '../errors.ts';
import { concat, copyOf, wipe } from './bytes.ts';
import { inWipedMemory, type WasmCrypto, wasmCrypto } from './wasm-memory.ts';

/** Order of the ristretto255 group, little endian: a private scalar must be below it. */
const ORDER = new Uint8Array([
  0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0x10,
]);

/** The generator of ristretto255, compressed (RFC 9496): a scalar times this is its public key. */
const GENERATOR = Uint8Array.from(
  Buffer.from('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76', 'hex'),
);

const SECRET_LENGTH = 64;

/** schnorrkel's canonical form (scalar ‖ nonce) → the ed25519-like form (8 × scalar ‖ nonce) of Polkadot-JS files. */
export function toExpandedForm(privateKey: Uint8Array): Uint8Array {
  const out = copyOf(privateKey);
  let carry = 0;
  for (let i = 0; i < 32; i++) {
    const value = ((out[i] as number) << 3) | carry;
    out[i] = value & 255;
    carry = value >> 8;
  }
  return out;
}

/** The way back from {@link toExpandedForm}. */
export function fromExpandedForm(expanded: Uint8Array): Uint8Array {
  const out = copyOf(expanded);
  let carry = 0;
  for (let i = 31; i >= 0; i--) {
    const value = out[i] as number;
    out[i] = (value >> 3) | carry;
    carry = (value & 7) << 5;
  }
  return out;
}

/** A canonical, non-zero scalar and a nonce: 64 bytes. */
export function isSr25519PrivateKey(bytes: Uint8Array): boolean {
  if (bytes.length !== 64 || bytes.subarray(0, 32).every((byte) => byte === 0)) return false;
  for (let i = 31; i >= 0; i--) {
    const difference = (bytes[i] as number) - (ORDER[i] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Runs `use` with a private key in the form that the library takes; the copy is zeroed afterwards, as is the library's memory. */
async function withExpanded<T>(
  privateKey: Uint8Array,
  use: (expanded: Uint8Array, library: WasmCrypto) => T,
): Promise<T> {
  if (!isSr25519PrivateKey(privateKey))
    throw new CliError('PRIVATE_KEY_INVALID', 'An sr25519 private key has 64 bytes and a scalar below the group order');
  const expanded = toExpandedForm(privateKey);
  try {
    return await inWipedMemory((library) => use(expanded, library));
  } finally {
    wipe(expanded);
  }
}

/** The private part of what the library calls a pair (secret ‖ public), in canonical form; the pair is zeroed. */
function privateOfPair(pair: Uint8Array): Uint8Array {
  const canonical = fromExpandedForm(pair.subarray(0, SECRET_LENGTH));
  wipe(pair);
  return canonical;
}

const publicOf = (expanded: Uint8Array, library: WasmCrypto): Uint8Array => library.sr25519Agree(GENERATOR, expanded);

/** Private key (64 bytes, canonical form) of a 32-byte mini secret. */
export function sr25519PrivateFromSeed(seed: Uint8Array): Promise<Uint8Array> {
  return inWipedMemory((library) => privateOfPair(library.sr25519KeypairFromSeed(seed)));
}

export function sr25519PublicKey(privateKey: Uint8Array): Promise<Uint8Array> {
  return withExpanded(privateKey, publicOf);
}

/** Signs with the context `substrate`; every signature is different (fresh witness randomness). */
export function sr25519Sign(privateKey: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  return withExpanded(privateKey, (expanded, library) =>
    library.sr25519Sign(publicOf(expanded, library), expanded, message),
  );
}

/** False for every signature that does not hold, malformed ones included. */
export async function sr25519Verify(
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const library = await wasmCrypto();
  try {
    return library.sr25519Verify(signature, message, publicKey);
  } catch {
    return false;
  }
}

/** One derivation step: `hard` hides the parent, a soft one does not. */
export function sr25519Derive(privateKey: Uint8Array, chainCode: Uint8Array, hard: boolean): Promise<Uint8Array> {
  return withExpanded(privateKey, (expanded, library) => {
    const pair = concat([expanded, publicOf(expanded, library)]);
    try {
      const derive = hard ? library.sr25519DeriveKeypairHard : library.sr25519DeriveKeypairSoft;
      return privateOfPair(derive(pair, chainCode));
    } finally {
      wipe(pair);
    }
  });
}
