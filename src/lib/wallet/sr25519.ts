import { CliError } from '../errors.ts';
import { copyOf, wipe } from './bytes.ts';

/** Order of the ristretto255 group, little endian: a private scalar must be below it. */
const ORDER = new Uint8Array([
  0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0x10,
]);

const load = () => import('@scure/sr25519');

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

/** Runs `use` with the expanded form of a private key and zeroes the copy afterwards. */
async function withExpanded<T>(
  privateKey: Uint8Array,
  use: (expanded: Uint8Array, library: Awaited<ReturnType<typeof load>>) => T,
): Promise<T> {
  if (!isSr25519PrivateKey(privateKey))
    throw new CliError('PRIVATE_KEY_INVALID', 'An sr25519 private key has 64 bytes and a scalar below the group order');
  const library = await load();
  const expanded = toExpandedForm(privateKey);
  try {
    return use(expanded, library);
  } finally {
    wipe(expanded);
  }
}

/** Private key (64 bytes, canonical form) of a 32-byte mini secret. */
export async function sr25519PrivateFromSeed(seed: Uint8Array): Promise<Uint8Array> {
  const { secretFromSeed } = await load();
  const expanded = secretFromSeed(seed);
  const canonical = fromExpandedForm(expanded);
  wipe(expanded);
  return canonical;
}

export function sr25519PublicKey(privateKey: Uint8Array): Promise<Uint8Array> {
  return withExpanded(privateKey, (expanded, { getPublicKey }) => getPublicKey(expanded));
}

/** Signs with the context `substrate`; every signature is different (fresh witness randomness). */
export function sr25519Sign(privateKey: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  return withExpanded(privateKey, (expanded, { sign }) => sign(expanded, message));
}

/** False for every signature that does not hold, malformed ones included. */
export async function sr25519Verify(
  message: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): Promise<boolean> {
  const { verify } = await load();
  try {
    return verify(message, signature, publicKey);
  } catch {
    return false;
  }
}

/** One derivation step: `hard` hides the parent, a soft one does not. */
export function sr25519Derive(privateKey: Uint8Array, chainCode: Uint8Array, hard: boolean): Promise<Uint8Array> {
  return withExpanded(privateKey, (expanded, { HDKD }) => {
    const child = hard ? HDKD.secretHard(expanded, chainCode) : HDKD.secretSoft(expanded, chainCode);
    const canonical = fromExpandedForm(child);
    wipe(child);
    return canonical;
  });
}
