import { CliError } from '../errors.ts';
import { concat, copyOf, hexBytesToBytes, startsWithAscii, trimAscii, utf8, wipe } from './bytes.ts';

/** The phrase that well-known development keys such as `//Alice` start from; public by intent. */
const DEVELOPMENT_PHRASE = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';

interface Junction {
  hard: boolean;
  /** 32 bytes */
  chainCode: Uint8Array;
}

/** A secret URI taken apart: `phrase | 0xseed`, `//hard`, `/soft`, `///password`. The parts are copies that must be wiped. */
export interface KeyUri {
  phrase?: Uint8Array;
  seed?: Uint8Array;
  junctions: Junction[];
  password: Uint8Array;
}

const SLASH = 47;
const U64_MAX = (1n << 64n) - 1n;

/** SCALE compact length of a short byte string. */
function compactLength(length: number): Uint8Array {
  if (length < 64) return Uint8Array.of(length << 2);
  return Uint8Array.of(((length << 2) | 1) & 255, (length << 2) >> 8);
}

async function chainCodeOf(name: Uint8Array): Promise<Uint8Array> {
  const code = new Uint8Array(32);
  const text = Buffer.from(name).toString('utf8');
  if (/^\+?[0-9]+$/.test(text) && BigInt(text.replace('+', '')) <= U64_MAX) {
    new DataView(code.buffer).setBigUint64(0, BigInt(text.replace('+', '')), true);
    return code;
  }
  const encoded = concat([compactLength(name.length), name]);
  if (encoded.length > 32) {
    const { blake2b } = await import('@noble/hashes/blake2.js');
    return blake2b(encoded, { dkLen: 32 });
  }
  code.set(encoded);
  return code;
}

function invalid(reason: string): CliError {
  return new CliError('KEY_URI_INVALID', `The secret URI cannot be read: ${reason}`, {
    hints: ['Its form is <mnemonic or 0x-seed>//hard/soft///password, each part optional'],
  });
}

const MAX_URI_BYTES = 4096;

/**
 * Reads a secret URI as sp_core does.
 * @param uri UTF-8
 * @throws CliError KEY_URI_INVALID
 */
export async function parseKeyUri(uri: Uint8Array): Promise<KeyUri> {
  if (uri.length > MAX_URI_BYTES) throw invalid('it is too long');
  const text = trimAscii(uri);
  let at = text.indexOf(SLASH);
  if (at < 0) at = text.length;
  const head = trimAscii(text.subarray(0, at));
  const result: KeyUri = { junctions: [], password: new Uint8Array() };
  if (head.length === 0) {
    if (at === text.length) throw invalid('it is empty');
    result.phrase = utf8(DEVELOPMENT_PHRASE);
  } else if (startsWithAscii(head, '0x')) {
    const seed = hexBytesToBytes(head);
    if (seed === undefined || seed.length !== 32) {
      wipe(seed);
      throw invalid('a seed is 0x and 64 hex digits');
    }
    result.seed = seed;
  } else result.phrase = copyOf(head);
  while (at < text.length) {
    let slashes = 0;
    while (slashes < 3 && text[at + slashes] === SLASH) slashes++;
    at += slashes;
    if (slashes === 3) {
      result.password = copyOf(text, at);
      break;
    }
    let end = text.indexOf(SLASH, at);
    if (end < 0) end = text.length;
    if (end === at) {
      wipeKeyUri(result);
      throw invalid('a derivation step has no name');
    }
    result.junctions.push({ hard: slashes === 2, chainCode: await chainCodeOf(text.subarray(at, end)) });
    at = end;
  }
  return result;
}

export function wipeKeyUri(uri: KeyUri): void {
  wipe(uri.phrase, uri.seed, uri.password, ...uri.junctions.map((junction) => junction.chainCode));
}
