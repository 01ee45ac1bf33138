import { randomBytes, scrypt } from 'node:crypto';
import { CliError } from '../errors.ts';
import { allocate, concat, copyOf, equalBytes, utf8, wipe } from './bytes.ts';
import { keyFromPrivateKey, keyFromSeed } from './derive-key.ts';
import { wrongPassword } from './encryption/outcome.ts';
import { type KeyPair, type KeyScheme, SCHEMES, wipeKeyPair } from './key.ts';
import { fromExpandedForm, toExpandedForm } from './sr25519.ts';
import { ss58Parse } from './ss58.ts';

/** Start of the inner PKCS#8-like structure and the mark between secret and public part. */
const HEAD = Uint8Array.from([48, 83, 2, 1, 1, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);
const DIVIDER = Uint8Array.from([161, 35, 3, 33, 0]);

const SALT_BYTES = 32;
const NONCE_BYTES = 24;
/** What Polkadot-JS writes; other values within the limits are read. */
const SCRYPT = { N: 32768, p: 1, r: 8 };
const MAX_SCRYPT_MEMORY = 512 * 1024 * 1024;

/** A Polkadot-JS backup of one account. */
export interface PolkadotJson {
  encoded: string;
  encoding: { content: string[]; type: string[]; version: string };
  address: string;
  meta: Record<string, unknown>;
}

function invalid(what: string, data: Record<string, unknown> = {}): CliError {
  return new CliError('POLKADOT_JSON_INVALID', `This is not a usable Polkadot-JS backup: ${what}`, { data });
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Checks the outer shape; nothing in it is secret. */
export function parsePolkadotJson(bytes: Uint8Array): PolkadotJson {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw invalid('it is not JSON');
  }
  if (typeof value !== 'object' || value === null) throw invalid('it is not a JSON object');
  if ('accounts' in value) throw invalid('it is a backup of several accounts; export the account alone');
  const { encoded, encoding, address, meta } = value as Record<string, unknown>;
  if (typeof encoded !== 'string' || typeof encoding !== 'object' || encoding === null)
    throw invalid('`encoded` or `encoding` is missing');
  const { content, type, version } = encoding as Record<string, unknown>;
  const types = typeof type === 'string' ? [type] : type;
  if (!isStrings(content) || !isStrings(types)) throw invalid('`encoding` cannot be read');
  return {
    encoded,
    encoding: { content, type: types, version: String(version) },
    address: typeof address === 'string' ? address : '',
    meta: typeof meta === 'object' && meta !== null ? (meta as Record<string, unknown>) : {},
  };
}

function deriveKey(
  password: Uint8Array,
  salt: Uint8Array,
  cost: { N: number; p: number; r: number },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 64, { ...cost, maxmem: MAX_SCRYPT_MEMORY + 1024 * 1024 }, (error, key) => {
      if (error !== null) return reject(error);
      const first = copyOf(key, 0, 32);
      wipe(key);
      resolve(first);
    });
  });
}

async function decrypt(box: Uint8Array, json: PolkadotJson, password: Uint8Array): Promise<Uint8Array> {
  let key: Uint8Array;
  let body = box;
  if (json.encoding.type.includes('scrypt')) {
    if (box.length < SALT_BYTES + 12 + NONCE_BYTES) throw invalid('it is cut off');
    const view = new DataView(box.buffer, box.byteOffset + SALT_BYTES, 12);
    const [N, p, r] = [view.getUint32(0, true), view.getUint32(4, true), view.getUint32(8, true)];
    const plausible =
      N >= 2 && (N & (N - 1)) === 0 && p >= 1 && p <= 16 && r >= 1 && r <= 32 && 128 * N * r <= MAX_SCRYPT_MEMORY;
    if (!plausible) throw invalid('its scrypt parameters are out of bounds', { N, p, r });
    key = await deriveKey(password, box.subarray(0, SALT_BYTES), { N, p, r });
    body = box.subarray(SALT_BYTES + 12);
  } else {
    // Version 2 and before: the password itself, cut or padded to 32 bytes.
    key = allocate(32);
    key.set(password.subarray(0, 32));
  }
  const { xsalsa20poly1305 } = await import('@noble/ciphers/salsa.js');
  try {
    return xsalsa20poly1305(key, body.subarray(0, NONCE_BYTES)).decrypt(body.subarray(NONCE_BYTES));
  } catch (cause) {
    throw wrongPassword('this Polkadot-JS backup', cause);
  } finally {
    wipe(key);
  }
}

async function readInner(plain: Uint8Array, scheme: KeyScheme): Promise<KeyPair> {
  if (plain.length < HEAD.length || !equalBytes(plain.subarray(0, HEAD.length), HEAD))
    throw invalid('its content has an unknown form');
  const body = plain.subarray(HEAD.length);
  const secretBytes = [64, 32].find((size) => {
    const end = size + DIVIDER.length + 32;
    return body.length === end && equalBytes(body.subarray(size, size + DIVIDER.length), DIVIDER);
  });
  if (secretBytes === undefined) throw invalid('its content has an unknown length');
  const secret = body.subarray(0, secretBytes);
  const publicKey = body.subarray(secretBytes + DIVIDER.length);
  let pair: KeyPair;
  if (secretBytes === 32) pair = await keyFromSeed(secret, scheme);
  else if (scheme === 'ed25519') pair = await keyFromPrivateKey(secret, scheme);
  else {
    const privateKey = fromExpandedForm(secret);
    try {
      pair = await keyFromPrivateKey(privateKey, scheme);
    } finally {
      wipe(privateKey);
    }
  }
  if (!equalBytes(pair.publicKey, publicKey)) {
    wipeKeyPair(pair);
    throw invalid('its secret and its public key do not belong together');
  }
  return pair;
}

/**
 * Opens a Polkadot-JS backup (sr25519 or ed25519, scrypt and xsalsa20-poly1305). The caller wipes the pair.
 * @throws CliError POLKADOT_JSON_UNENCRYPTED (its secret lies open: refused), POLKADOT_JSON_INVALID, PASSWORD_WRONG
 */
export async function openPolkadotJson(bytes: Uint8Array, password: Uint8Array): Promise<KeyPair> {
  const json = parsePolkadotJson(bytes);
  const scheme = SCHEMES.find((name) => json.encoding.content[1] === name);
  if (json.encoding.content[0] !== 'pkcs8' || scheme === undefined)
    throw invalid(`its key type is ${json.encoding.content.join(', ').slice(0, 60)}, sr25519 and ed25519 can be used`);
  if (json.encoding.type.includes('none') || !json.encoding.type.includes('xsalsa20-poly1305')) {
    if (json.encoding.type.includes('none'))
      throw new CliError(
        'POLKADOT_JSON_UNENCRYPTED',
        'This Polkadot-JS backup has no password: whoever reads the file has the key',
        {
          hints: ['Export it again from Polkadot-JS with a password; if the file was ever shared, move to a new key'],
        },
      );
    throw invalid('its encryption is unknown', { type: json.encoding.type });
  }
  const box = /^0x[0-9a-fA-F]*$/.test(json.encoded)
    ? Buffer.from(json.encoded.slice(2), 'hex')
    : Buffer.from(json.encoded, 'base64');
  const plain = await decrypt(box, json, password);
  try {
    const pair = await readInner(plain, scheme);
    const stated = ss58Parse(json.address)?.publicKey;
    if (stated !== undefined && !equalBytes(stated, pair.publicKey)) {
      wipeKeyPair(pair);
      throw invalid('its address is not that of its key');
    }
    return pair;
  } finally {
    wipe(plain);
  }
}

/**
 * A Polkadot-JS backup of a key pair, encrypted under a password of its own.
 * @param meta `name` shows in Polkadot-JS; `whenCreated` is in milliseconds
 */
export async function createPolkadotJson(
  pair: KeyPair,
  password: Uint8Array,
  meta: { name: string; whenCreated: number },
): Promise<PolkadotJson> {
  const { xsalsa20poly1305 } = await import('@noble/ciphers/salsa.js');
  const secret =
    pair.scheme === 'sr25519' ? toExpandedForm(pair.privateKey) : concat([pair.privateKey, pair.publicKey]);
  const plain = concat([HEAD, secret, DIVIDER, pair.publicKey]);
  wipe(secret);
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const key = await deriveKey(password, salt, SCRYPT);
  const parameters = new Uint8Array(12);
  const view = new DataView(parameters.buffer);
  view.setUint32(0, SCRYPT.N, true);
  view.setUint32(4, SCRYPT.p, true);
  view.setUint32(8, SCRYPT.r, true);
  try {
    const encoded = concat([salt, parameters, nonce, xsalsa20poly1305(key, nonce).encrypt(plain)]);
    return {
      encoded: Buffer.from(encoded).toString('base64'),
      encoding: { content: ['pkcs8', pair.scheme], type: ['scrypt', 'xsalsa20-poly1305'], version: '3' },
      address: pair.address,
      meta,
    };
  } finally {
    wipe(key, plain);
  }
}

/** The file content of a backup. */
export function serializePolkadotJson(json: PolkadotJson): Uint8Array {
  return utf8(`${JSON.stringify(json)}\n`);
}
