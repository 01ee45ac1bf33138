import { copyOf, equalBytes, wipe } from './bytes.ts';
import { keyFromMnemonic, keyFromPrivateKey, keyFromSeed, keyFromUri } from './derive-key.ts';
import { encryptNacl } from './encryption/nacl.ts';
import { type FileSystem, nodeFileSystem } from './files.ts';
import { type KeyPair, type KeyScheme, type PublicKeyInfo, wipeKeyPair } from './key.ts';
import { serializePrivateKeyfile, serializePublicKeyfile } from './keyfile.ts';
import type { KeyRef, WalletRef } from './layout.ts';
import { generateMnemonic, type MnemonicLength } from './mnemonic.ts';
import { checkPasswordStrength } from './password-strength.ts';
import { openPolkadotJson } from './polkadot-json.ts';
import { ensureFree, storeKeys } from './store-key.ts';

/** What a key is made from. The buffers stay the caller's to wipe. */
export type KeySource =
  | { kind: 'new'; words?: MnemonicLength }
  | { kind: 'mnemonic'; phrase: Uint8Array }
  | { kind: 'seed'; seed: Uint8Array }
  | { kind: 'private-key'; privateKey: Uint8Array }
  | { kind: 'uri'; uri: Uint8Array }
  | { kind: 'polkadot-json'; json: Uint8Array; password: Uint8Array };

/**
 * Makes a key pair in memory; the caller wipes it.
 * @param scheme ignored for Polkadot-JS backups, which name their own
 */
export async function makeKeyPair(source: KeySource, scheme: KeyScheme = 'sr25519'): Promise<KeyPair> {
  switch (source.kind) {
    case 'new': {
      const phrase = await generateMnemonic(source.words);
      try {
        return await keyFromMnemonic(phrase, scheme);
      } finally {
        wipe(phrase);
      }
    }
    case 'mnemonic':
      return keyFromMnemonic(source.phrase, scheme);
    case 'seed':
      return keyFromSeed(source.seed, scheme);
    case 'private-key':
      return keyFromPrivateKey(source.privateKey, scheme);
    case 'uri':
      return keyFromUri(source.uri, scheme);
    case 'polkadot-json':
      return openPolkadotJson(source.json, source.password);
  }
}

export interface NewKey {
  key: KeyRef;
  source: KeySource;
  scheme?: KeyScheme;
  /** UTF-8; without it the file is written unencrypted (usual for hotkeys). */
  password?: Uint8Array;
}

export interface CreateOptions {
  overwrite?: boolean;
  now: () => Date;
  files?: FileSystem;
}

export interface CreatedKey extends PublicKeyInfo {
  key: KeyRef;
  /** The phrase of a new key, to be shown once and then wiped. Absent for keys that were not generated here. */
  mnemonic?: Uint8Array;
  encrypted: boolean;
}

export interface CreateResult {
  keys: CreatedKey[];
  written: string[];
  backups: string[];
}

/** Private file contents, one argon2 for each different password. */
async function encryptAll(
  plains: readonly Uint8Array[],
  passwords: readonly (Uint8Array | undefined)[],
): Promise<Uint8Array[]> {
  const out: (Uint8Array | undefined)[] = plains.map((plain, i) =>
    passwords[i] === undefined ? copyOf(plain) : undefined,
  );
  for (const [i, password] of passwords.entries()) {
    if (password === undefined || out[i] !== undefined) continue;
    const same = passwords.flatMap((other, j) => (other !== undefined && equalBytes(other, password) ? [j] : []));
    const boxes = await encryptNacl(
      same.map((j) => plains[j] as Uint8Array),
      password,
    );
    for (const [n, j] of same.entries()) out[j] = boxes[n];
  }
  return out as Uint8Array[];
}

/**
 * Makes keys and writes them into a wallet; together they appear all or not at all in a new wallet. Fails before any phrase is
 * made or password derived when a key exists already.
 * @throws CliError KEYFILE_EXISTS, NAME_INVALID, PASSWORD_WEAK, MNEMONIC_INVALID …, FILE_*
 */
export async function createKeys(
  wallet: WalletRef,
  keys: readonly NewKey[],
  options: CreateOptions,
): Promise<CreateResult> {
  const files = options.files ?? nodeFileSystem;
  for (const { password } of keys) if (password !== undefined) checkPasswordStrength(password);
  if (options.overwrite !== true)
    await ensureFree(
      wallet,
      keys.map(({ key }) => key),
      files,
    );
  const pairs: KeyPair[] = [];
  const plains: Uint8Array[] = [];
  let contents: Uint8Array[] = [];
  try {
    for (const { source, scheme } of keys) {
      const pair = await makeKeyPair(source, scheme);
      pairs.push(pair);
      plains.push(serializePrivateKeyfile(pair));
    }
    contents = await encryptAll(
      plains,
      keys.map(({ password }) => password),
    );
    const entries = keys.map(({ key }, i) => ({
      key,
      privateBytes: contents[i] as Uint8Array,
      publicBytes: serializePublicKeyfile(pairs[i] as KeyPair),
    }));
    const stored = await storeKeys(wallet, entries, { ...options, files });
    return {
      ...stored,
      keys: keys.map(({ key, source, password }, i) => {
        const { scheme, publicKey, address, mnemonic } = pairs[i] as KeyPair;
        return {
          key,
          scheme,
          publicKey,
          address,
          encrypted: password !== undefined,
          ...(source.kind === 'new' && mnemonic !== undefined ? { mnemonic: copyOf(mnemonic) } : {}),
        };
      }),
    };
  } finally {
    wipe(...plains, ...contents);
    for (const pair of pairs) wipeKeyPair(pair);
  }
}

/**
 * Writes only the public file of a key: a watch-only wallet, or the coldkeypub of a machine that holds hotkeys only.
 * @throws CliError KEYFILE_EXISTS, FILE_*
 */
export async function createPublicKey(
  wallet: WalletRef,
  key: KeyRef,
  info: PublicKeyInfo,
  options: CreateOptions,
): Promise<CreateResult> {
  const stored = await storeKeys(wallet, [{ key, publicBytes: serializePublicKeyfile(info) }], options);
  return { ...stored, keys: [{ key, ...info, encrypted: false }] };
}
