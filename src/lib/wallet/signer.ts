import { CliError } from '../errors.ts';
import { copyOf, wipe } from './bytes.ts';
import { ed25519Sign } from './ed25519.ts';
import { type KeyPair, type KeyScheme, wipeKeyPair } from './key.ts';
import { sr25519Sign } from './sr25519.ts';

/**
 * Everything that signing code may know of a key. Narrow, so that an agent, an offline signer or a device can take the place
 * of a key in memory.
 */
export interface Signer {
  /** 32 bytes */
  readonly publicKey: Uint8Array;
  /** SS58, prefix 42 */
  readonly address: string;
  readonly scheme: KeyScheme;
  /**
   * Signs exactly the given bytes (hashing of long extrinsic payloads is the caller's).
   * @returns 64 bytes
   */
  sign(payload: Uint8Array): Promise<Uint8Array>;
  /** Forgets the secret. Signing afterwards fails; disposing twice is harmless. */
  dispose(): void;
}

/** A signer over a private key in memory. */
class SoftwareSigner implements Signer {
  readonly publicKey: Uint8Array;
  readonly address: string;
  readonly scheme: KeyScheme;
  readonly #privateKey: Uint8Array;
  #disposed = false;

  constructor(pair: KeyPair) {
    this.publicKey = copyOf(pair.publicKey);
    this.address = pair.address;
    this.scheme = pair.scheme;
    this.#privateKey = copyOf(pair.privateKey);
  }

  async sign(payload: Uint8Array): Promise<Uint8Array> {
    if (this.#disposed) throw new CliError('SIGNER_DISPOSED', 'This signer has already forgotten its key');
    return this.scheme === 'sr25519' ? sr25519Sign(this.#privateKey, payload) : ed25519Sign(this.#privateKey, payload);
  }

  dispose(): void {
    this.#disposed = true;
    wipe(this.#privateKey);
  }
}

/** Moves a key pair into a signer: the pair's own secret buffers are zeroed, the signer zeroes its copy on `dispose`. */
export function softwareSigner(pair: KeyPair): Signer {
  const signer = new SoftwareSigner(pair);
  wipeKeyPair(pair);
  return signer;
}

/** Signs and disposes in one go, also when `use` throws. */
export async function withSigner<T>(signer: Signer, use: (signer: Signer) => Promise<T>): Promise<T> {
  try {
    return await use(signer);
  } finally {
    signer.dispose();
  }
}
