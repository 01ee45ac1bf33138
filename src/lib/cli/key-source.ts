import { CliError } from '../errors.ts';
import {
  hexBytesToBytes,
  type KeyScheme,
  type KeySource,
  type MnemonicLength,
  makeKeyPair,
  wipeKeyPair,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { readSecretInput, readSecretLine } from './secret-input.ts';

/** What keys are made from, by the options of the wallet's commands. Nothing secret comes from argv. */

interface SourceFlags {
  readonly uri?: string | undefined;
  readonly 'key-type'?: string | undefined;
  readonly 'n-words'?: string | undefined;
  readonly 'mnemonic-file'?: string | undefined;
  readonly 'seed-file'?: string | undefined;
  readonly 'key-file'?: string | undefined;
  readonly 'uri-file'?: string | undefined;
  readonly 'json-file'?: string | undefined;
  readonly 'json-password-file'?: string | undefined;
}

/** Tries at a prompt. */
const ATTEMPTS = 3;

type Kind = 'mnemonic-file' | 'seed-file' | 'key-file' | 'uri-file' | 'json-file';

const KINDS: readonly { readonly flag: Kind; readonly name: string; readonly question: string }[] = [
  { flag: 'mnemonic-file', name: 'recovery phrase (12 to 24 words)', question: 'Recovery phrase:' },
  { flag: 'seed-file', name: 'seed (64 hex digits)', question: 'Seed:' },
  { flag: 'key-file', name: 'private key (hex)', question: 'Private key:' },
  { flag: 'uri-file', name: 'secret URI (phrase//path)', question: 'Secret URI:' },
];

export const schemeOf = (flags: { readonly 'key-type'?: string | undefined }): KeyScheme =>
  flags['key-type'] === 'ed25519' ? 'ed25519' : 'sr25519';

/** A new key, or a public development key. */
export function newKeySource(flags: SourceFlags): KeySource {
  if (flags.uri !== undefined) return { kind: 'uri', uri: new TextEncoder().encode(flags.uri) };
  return { kind: 'new', words: Number(flags['n-words'] ?? 12) as MnemonicLength };
}

/** What an existing key is restored from: the one option given, else asked for. @throws CliError INPUT_REQUIRED, USAGE */
export async function restoredKeySource(context: CommandContext, flags: SourceFlags): Promise<KeySource> {
  const given = [...KINDS.map(({ flag }) => flag), 'json-file' as const, 'uri' as const].filter(
    (flag) => flags[flag] !== undefined,
  );
  if (given.length > 1) {
    throw new CliError(
      'USAGE',
      `A key is made from one source, not from ${given.map((f) => `--${f}`).join(' and ')}.`,
      {
        hints: ['Give one of them.'],
      },
    );
  }
  const [only] = given;
  if (only === 'uri') return newKeySource(flags);
  if (only === 'json-file') return readBackup(context, flags['json-file']!, flags['json-password-file']);
  if (only !== undefined) {
    const bytes = await readSecretInput(context, only, flags[only]!);
    context.defer(() => bytes.fill(0));
    return toSource(only, bytes);
  }
  if (!context.interactive) {
    const options = [...KINDS.map(({ flag }) => `--${flag}`), '--json-file'];
    throw new CliError('INPUT_REQUIRED', 'Missing: what the key is restored from.', {
      hints: [`Give one of ${options.join(', ')}; each takes a file, or - for stdin.`],
      data: { needs: options.map((flag) => ({ flag, type: 'file' })) },
    });
  }
  const kind = await context.need<Kind>({
    flag: 'mnemonic-file',
    type: 'file',
    message: 'What do you have of the key?',
    parse: () => 'mnemonic-file',
    choices: () => KINDS.map(({ flag, name }) => ({ value: flag, name })),
  });
  context.answers.delete('mnemonic-file');
  return typedKeySource(context, kind, schemeOf(flags));
}

/** Asks for the secret itself, again where no key can be made from it. A phrase may come in lines, pasted or typed. */
async function typedKeySource(context: CommandContext, kind: Kind, scheme: KeyScheme): Promise<KeySource> {
  const { question } = KINDS.find(({ flag }) => flag === kind)!;
  const joinLines = kind === 'mnemonic-file';
  let bytes = new Uint8Array();
  context.defer(() => bytes.fill(0));
  for (let attempt = 1; ; attempt++) {
    const typed = Buffer.from(await context.secret(question, kind, { joinLines }), 'utf8');
    bytes.fill(0);
    bytes = Uint8Array.from(typed);
    typed.fill(0);
    try {
      const source = toSource(kind, bytes);
      wipeKeyPair(await makeKeyPair(source, scheme));
      return source;
    } catch (error) {
      if (!(error instanceof CliError) || attempt === ATTEMPTS) throw error;
      context.complain(error);
    }
  }
}

/** A Polkadot-JS backup and its password. */
export async function readBackup(
  context: CommandContext,
  file: string,
  passwordFile: string | undefined,
): Promise<KeySource> {
  const json = await readSecretInput(context, 'json-file', file, true);
  const password =
    passwordFile === undefined
      ? Uint8Array.from(Buffer.from(await context.secret('Password of the backup:', 'json-password-file'), 'utf8'))
      : await readSecretLine(context, 'json-password-file', passwordFile);
  context.defer(() => password.fill(0));
  return { kind: 'polkadot-json', json, password };
}

function toSource(kind: Kind, bytes: Uint8Array): KeySource {
  if (kind === 'mnemonic-file') return { kind: 'mnemonic', phrase: bytes };
  if (kind === 'uri-file') return { kind: 'uri', uri: trimmed(bytes) };
  const isSeed = kind === 'seed-file';
  const decoded = hexBytesToBytes(trimmed(bytes));
  if (!decoded || (isSeed && decoded.length !== 32)) {
    throw new CliError(
      isSeed ? 'SEED_INVALID' : 'PRIVATE_KEY_INVALID',
      isSeed ? 'A seed is 64 hex digits, with or without 0x.' : 'A private key is written in hex.',
    );
  }
  return isSeed ? { kind: 'seed', seed: decoded } : { kind: 'private-key', privateKey: decoded };
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let [start, end] = [0, bytes.length];
  while (start < end && bytes[start]! <= 32) start++;
  while (end > start && bytes[end - 1]! <= 32) end--;
  return bytes.subarray(start, end);
}
