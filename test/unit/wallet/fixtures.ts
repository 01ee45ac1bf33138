import { readFileSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CliError, type ErrorCode } from '../../../src/lib/errors.ts';

export const FIXTURES = join(import.meta.dirname, '../../data/wallets');

export interface FixtureIndex {
  fixtures: {
    id: string;
    writer: string;
    ss58: string;
    publicKey: string;
    cryptoType: 0 | 1;
    password: string | null;
    encryption?: string;
    files: Record<string, { base64: string }>;
    source: { mnemonic?: string; seed?: string; uri?: string; ss58?: string };
  }[];
  legacy: { id: string; file: string; password: string | null; ss58: string; publicKey: string; base64: string }[];
  invalid: { id: string; file: string; base64: string }[];
  derivations: { uri: string; sr25519: Derivation; ed25519: Derivation }[];
  signatures: {
    scheme: 'sr25519' | 'ed25519';
    publicKey: string;
    message_hex: string;
    signature: string;
    valid: boolean;
    acceptedByOfficialVerify?: boolean;
    deterministic?: boolean;
  }[];
  polkadotJs: {
    id: string;
    uri: string;
    password: string | null;
    ss58: string;
    publicKey: string;
    json: Record<string, unknown>;
  }[];
  sealedBox: { recipient_ed25519: string; uri: string; ciphertext: string; plain: string }[];
  extraMnemonics: (
    | {
        name: string;
        mnemonic: string;
        words: number;
        ss58: string;
        publicKey: string;
        secretSeed: string;
        privateKey: string;
        naclColdkey?: { base64: string; password: string };
      }
    | { invalid: [string, string][] }
  )[];
  envPassword: { samples: { path: string; name: string; password: string; value_base64: string }[] };
}

interface Derivation {
  ss58?: string;
  publicKey?: string;
  error?: string;
}

export const index = JSON.parse(readFileSync(join(FIXTURES, 'index.json'), 'utf8')) as FixtureIndex;

export const utf8 = (text: string) => new TextEncoder().encode(text);
export const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
export const unhex = (hex: string) => new Uint8Array(Buffer.from(hex.replace(/^0x/, ''), 'hex'));
export const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`;
export const unbase64 = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

async function restrict(path: string): Promise<void> {
  await chmod(path, 0o700);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (entry.isDirectory()) await restrict(join(path, entry.name));
    else await chmod(join(path, entry.name), 0o600);
  }
}

/** A private copy of fixture wallets: a checkout has the modes of its umask, key files need 0600. */
export async function fixtureWallets(writer: string): Promise<string> {
  const root = await temporaryFolder();
  await cp(join(FIXTURES, writer), root, { recursive: true });
  await restrict(root);
  return root;
}

const created: string[] = [];

export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'btcli-wallet-'));
  created.push(path);
  return path;
}

export async function removeTemporaryFolders(): Promise<void> {
  for (const path of created.splice(0)) await rm(path, { recursive: true, force: true });
}

/** Awaits a failure with this code and returns it. */
export async function failsWith(code: ErrorCode, action: Promise<unknown> | (() => unknown)): Promise<CliError> {
  let outcome: unknown;
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    outcome = error;
  }
  expect(outcome, `expected ${code}`).toBeInstanceOf(CliError);
  expect((outcome as CliError).code).toBe(code);
  return outcome as CliError;
}
