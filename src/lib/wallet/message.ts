import { CliError } from '../errors.ts';
import { concat, fromHex, toHex, utf8 } from './bytes.ts';
import { ed25519Verify } from './ed25519.ts';
import type { KeyScheme } from './key.ts';
import type { Signer } from './signer.ts';
import { sr25519Verify } from './sr25519.ts';

const OPEN = '<Bytes>';
const CLOSE = utf8('</Bytes>');

/** `<Bytes>…</Bytes>`: how browser wallets keep signed messages apart from transactions. */
export function wrapMessage(message: Uint8Array): Uint8Array {
  return concat([utf8(OPEN), message, CLOSE]);
}

/**
 * Signs a message as the official command line does: the raw bytes, no wrapping.
 * @returns 128 lower-case hex digits without 0x
 */
export async function signMessage(signer: Signer, message: Uint8Array): Promise<string> {
  return toHex(await signer.sign(message));
}

export interface MessageVerification {
  valid: boolean;
  /** Which scheme and which form of the message the signature is for. */
  scheme?: KeyScheme;
  wrapped?: boolean;
}

/**
 * Checks a signature over a message, raw or wrapped. Without a scheme both are tried, because an address does not tell its own.
 * @param signature hex, with or without 0x
 * @throws CliError SIGNATURE_MALFORMED when it is not 64 bytes of hex
 */
export async function verifyMessage(
  message: Uint8Array,
  signature: string,
  publicKey: Uint8Array,
  scheme?: KeyScheme,
): Promise<MessageVerification> {
  const bytes = fromHex(signature.trim(), 64);
  if (bytes === undefined)
    throw new CliError('SIGNATURE_MALFORMED', 'A signature is 128 hex digits, with or without 0x');
  for (const candidate of scheme === undefined ? (['sr25519', 'ed25519'] as const) : [scheme]) {
    const verify = candidate === 'sr25519' ? sr25519Verify : ed25519Verify;
    for (const wrapped of [false, true]) {
      if (await verify(wrapped ? wrapMessage(message) : message, bytes, publicKey))
        return { valid: true, scheme: candidate, wrapped };
    }
  }
  return { valid: false };
}
