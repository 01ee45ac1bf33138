import { CliError } from '../errors.ts';
import {
  bytesToHexBytes,
  concat,
  copyOf,
  equalBytes,
  fromHex,
  hexBytesToBytes,
  toHex,
  trimAscii,
  utf8,
  wipe,
} from './bytes.ts';
import { keyFromMnemonic, keyFromPrivateKey, keyFromSeed } from './derive-key.ts';
import { type FlatValue, parseFlatJson, wipeFields } from './flat-json.ts';
import { cryptoTypeOf, type KeyPair, type KeyScheme, type PublicKeyInfo, wipeKeyPair } from './key.ts';
import { SS58_PREFIX, ss58Encode, ss58Parse } from './ss58.ts';

/** Key files have a few hundred bytes; an Ansible Vault file less than three thousand. */
export const MAX_KEYFILE_BYTES = 64 * 1024;

const HEX_PUBLIC_KEY = /^0x[0-9a-fA-F]{64}$/;
const PLAIN_NAME = /^[A-Za-z0-9_]{1,32}$/;

function textOf(value: FlatValue | undefined): string | undefined {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : undefined;
}

function corrupt(label: string, what: string): CliError {
  return new CliError('KEYFILE_CORRUPT', `${label} is damaged: ${what}`, { data: { file: label } });
}

/** The fields of a decrypted key file. Throws one error per way in which the bytes can be wrong. */
function readFields(bytes: Uint8Array, label: string): Map<string, FlatValue> {
  const text = trimAscii(bytes);
  if (text.length === 0) throw new CliError('KEYFILE_EMPTY', `${label} is empty`, { data: { file: label } });
  if (text[0] !== 123)
    throw new CliError('KEYFILE_UNKNOWN_FORMAT', `${label} is not a key file: no known format starts like this`, {
      data: { file: label },
    });
  const parsed = parseFlatJson(text);
  if (!parsed.ok) {
    wipeFields(parsed.fields);
    if (parsed.truncated)
      throw new CliError('KEYFILE_TRUNCATED', `${label} is cut off: its JSON has no end`, { data: { file: label } });
    throw corrupt(label, 'its JSON cannot be read');
  }
  return parsed.fields;
}

function noKey(label: string, fields: Map<string, FlatValue>): CliError {
  const found = [...fields.keys()].filter((name) => PLAIN_NAME.test(name));
  const polkadot = fields.has('encoded') && fields.has('encoding');
  return new CliError('KEYFILE_NO_KEY', `${label} holds no key (fields found: ${found.join(', ') || 'none'})`, {
    hints: polkadot ? ['This is a Polkadot-JS backup: use `wallet import`'] : [],
    data: { file: label, fields: found },
  });
}

function schemeOf(fields: Map<string, FlatValue>, label: string): KeyScheme {
  const value = fields.get('cryptoType');
  if (value === undefined || value === null || value === 1) return 'sr25519';
  if (value === 0) return 'ed25519';
  throw corrupt(label, 'its cryptoType is neither 1 (sr25519) nor 0 (ed25519)');
}

/** Public part as stated by the file; every statement must name the same key. */
function statedPublic(fields: Map<string, FlatValue>, scheme: KeyScheme, label: string): PublicKeyInfo | undefined {
  let publicKey: Uint8Array | undefined;
  const state = (candidate: Uint8Array | undefined, field: string) => {
    if (candidate === undefined) throw corrupt(label, `its ${field} cannot be read`);
    if (publicKey !== undefined && !equalBytes(publicKey, candidate))
      throw new CliError('KEYFILE_INCONSISTENT', `${label} names two different public keys`, { data: { file: label } });
    publicKey = candidate;
  };
  for (const field of ['publicKey', 'accountId']) {
    const value = textOf(fields.get(field));
    if (value !== undefined) state(fromHex(value, 32), field);
  }
  const address = textOf(fields.get('ss58Address'));
  const parts = address === undefined ? undefined : ss58Parse(address);
  if (address !== undefined) state(parts?.publicKey, 'ss58Address');
  if (publicKey === undefined) return undefined;
  const usable = address !== undefined && parts?.prefix === SS58_PREFIX;
  return { scheme, publicKey, address: usable ? address : ss58Encode(publicKey) };
}

/**
 * Reads a public file (`coldkeypub.txt`, `<hotkey>pub.txt`): JSON, or legacy bare hex or SS58 text. Bare hex is always a
 * public key, never a seed. Secrets in such a file are ignored.
 * @param label how errors name the file
 * @throws CliError KEYFILE_EMPTY, KEYFILE_UNKNOWN_FORMAT, KEYFILE_TRUNCATED, KEYFILE_CORRUPT, KEYFILE_INCONSISTENT, KEYFILE_NO_KEY
 */
export function parsePublicKeyfile(bytes: Uint8Array, label: string): PublicKeyInfo {
  const bare = bareText(bytes);
  if (bare !== undefined) return bare;
  const fields = readFields(bytes, label);
  try {
    const stated = statedPublic(fields, schemeOf(fields, label), label);
    if (stated === undefined) throw noKey(label, fields);
    return stated;
  } finally {
    wipeFields(fields);
  }
}

function bareText(bytes: Uint8Array): PublicKeyInfo | undefined {
  const trimmed = trimAscii(bytes);
  if (trimmed.length < 46 || trimmed.length > 66) return undefined;
  const text = Buffer.from(trimmed).toString('latin1');
  const publicKey = HEX_PUBLIC_KEY.test(text) ? fromHex(text, 32) : ss58Parse(text)?.publicKey;
  return publicKey === undefined ? undefined : { scheme: 'sr25519', publicKey, address: ss58Encode(publicKey) };
}

async function fromSecrets(
  fields: Map<string, FlatValue>,
  scheme: KeyScheme,
  label: string,
): Promise<KeyPair | undefined> {
  const phrase = fields.get('secretPhrase');
  const bytesOf = (field: string) => {
    const value = fields.get(field);
    if (!(value instanceof Uint8Array)) return undefined;
    const bytes = hexBytesToBytes(value);
    if (bytes === undefined) throw corrupt(label, `its ${field} is not hex`);
    return bytes;
  };
  const seed = bytesOf('secretSeed');
  const privateKey = bytesOf('privateKey');
  let pair: KeyPair | undefined;
  try {
    if (phrase instanceof Uint8Array) pair = await keyFromMnemonic(phrase, scheme);
    else if (seed !== undefined) pair = await keyFromSeed(seed, scheme);
    else if (privateKey !== undefined) pair = await keyFromPrivateKey(privateKey, scheme);
    if (pair === undefined) return undefined;
    const differs =
      (seed !== undefined && pair.seed !== undefined && !equalBytes(seed, pair.seed)) ||
      (privateKey !== undefined && !equalBytes(privateKey.subarray(0, pair.privateKey.length), pair.privateKey));
    if (differs) {
      wipeKeyPair(pair);
      throw new CliError('KEYFILE_INCONSISTENT', `${label} holds secrets of two different keys`, {
        data: { file: label },
      });
    }
    return pair;
  } catch (error) {
    if (error instanceof CliError && error.code.endsWith('_INVALID'))
      throw new CliError('KEYFILE_CORRUPT', `${label} is damaged: its secret cannot be used`, {
        data: { file: label, reason: error.code },
        cause: error,
      });
    throw error;
  } finally {
    wipe(seed, privateKey);
  }
}

/**
 * Reads a decrypted private key file. Of several secrets the first of phrase, seed, private key counts, and all must agree
 * with each other and with the stated public key and address.
 * @param bytes plain bytes; they stay the caller's to wipe
 * @throws CliError as {@link parsePublicKeyfile}, and KEYFILE_PUBLIC_ONLY when the file names a key without its secret
 */
export async function parsePrivateKeyfile(bytes: Uint8Array, label: string): Promise<KeyPair> {
  const publicOnly = (address: string) =>
    new CliError('KEYFILE_PUBLIC_ONLY', `${label} holds only the public key of ${address}, it cannot sign`, {
      hints: ['Regenerate the key from its mnemonic, or use the machine that holds it'],
      data: { file: label, address },
    });
  const bare = bareText(bytes);
  if (bare !== undefined) throw publicOnly(bare.address);
  const fields = readFields(bytes, label);
  try {
    const scheme = schemeOf(fields, label);
    const stated = statedPublic(fields, scheme, label);
    const pair = await fromSecrets(fields, scheme, label);
    if (pair === undefined) {
      if (stated !== undefined) throw publicOnly(stated.address);
      throw noKey(label, fields);
    }
    if (stated !== undefined && !equalBytes(stated.publicKey, pair.publicKey)) {
      wipeKeyPair(pair);
      throw new CliError('KEYFILE_INCONSISTENT', `The secret in ${label} is not that of the address which it states`, {
        data: { file: label, statedAddress: stated.address, derivedAddress: pair.address },
      });
    }
    return pair;
  } finally {
    wipeFields(fields);
  }
}

/** The bytes of a public file: accountId, publicKey, ss58Address, cryptoType. */
export function serializePublicKeyfile(key: PublicKeyInfo): Uint8Array {
  const hex = `0x${toHex(key.publicKey)}`;
  return utf8(
    JSON.stringify({ accountId: hex, publicKey: hex, ss58Address: key.address, cryptoType: cryptoTypeOf(key.scheme) }),
  );
}

/** The plain bytes of a private key file; absent secrets are left out. The caller wipes the result. */
export function serializePrivateKeyfile(pair: KeyPair): Uint8Array {
  const hex = `0x${toHex(pair.publicKey)}`;
  const parts = [utf8(`{"accountId":"${hex}","publicKey":"${hex}","privateKey":"`), bytesToHexBytes(pair.privateKey)];
  if (pair.mnemonic !== undefined) parts.push(utf8('","secretPhrase":"'), copyOf(pair.mnemonic));
  if (pair.seed !== undefined) parts.push(utf8('","secretSeed":"'), bytesToHexBytes(pair.seed));
  parts.push(utf8(`","ss58Address":"${pair.address}","cryptoType":${cryptoTypeOf(pair.scheme)}}`));
  return concat(parts, true);
}
