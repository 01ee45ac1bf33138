import { CliError } from '../errors.ts';
import type { Environment } from '../paths.ts';
import { splitLong } from './option-names.ts';

/**
 * Options that would carry a secret in argv, where other users, the shell's history and logs can read it: btcli's
 * (`--mnemonic`, `--seed`, `--json-password`, `--private-key`, `--keystore-password`), what people try, and beginnings of
 * such names.
 */
const SECRET_NAME =
  /^(?:mnem.*|passw.*|passp.*|passc.*|secret.*|suri.*|seed(?:-.*)?|phrase.*|recovery-.*|priv(?:ate)?(?:-?key.*)?|pwd?|pass)$|-(?:pass|passwords?|passwd|passphrase|pwd?|mnemonic|phrase|seed|secret|private-key)$/;

/** Options of such names that say whether there is a secret, or where: btcli 11's two name a place on macOS. */
const HARMLESS: ReadonlySet<string> = new Set([
  'no-password',
  'use-password',
  'no-use-password',
  'keychain-password',
  'macos-password',
]);

/** Options whose value is anybody's prose. */
const PROSE: ReadonlySet<string> = new Set(['message', 'description', 'note', 'additional', 'additional-info']);

/** Options that take a file with a secret, where the secret itself may be given by mistake. */
const SECRET_FILE = /^(?:mnemonic|seed|key|private-key|uri|json|.*password)-(?:file|path)$/;

const FEWEST_WORDS = 12;
const WORD = /^[a-z]{3,8}$/;
const HEX_KEY = /^(?:0x)?[0-9a-fA-F]{64,128}$/;

/** Refuses a command line that carries a secret, before anything parses, echoes or logs it. */
export function refuseSecretOptions(argv: readonly string[]): void {
  let isOption = true;
  let words = 0;
  for (const [position, token] of argv.entries()) {
    if (token === '--') isOption = false;
    const option = isOption ? optionOf(token) : undefined;
    if (option !== undefined) {
      words = 0;
      refuseOption(option, option.value ?? argv[position + 1] ?? '');
      continue;
    }
    words = WORD.test(token) ? words + 1 : 0;
    const isProse = isOption && takesProse(argv[position - 1] ?? '');
    if (words >= FEWEST_WORDS || (isPhrase(token) && !isProse)) throw secretInArgv(undefined);
  }
}

/** Whether the word after this one is a text of the user's. */
function takesProse(token: string): boolean {
  const option = optionOf(token);
  return token === '-m' || (option?.value === undefined && PROSE.has(option?.name ?? ''));
}

interface Option {
  readonly name: string;
  readonly value: string | undefined;
  /** As typed, without a value. */
  readonly typed: string;
}

/** An option by its long name, with one dash or two, in any case; undefined for anything else. */
function optionOf(token: string): Option | undefined {
  const long = token.startsWith('--') ? token : /^-[A-Za-z]{3}/.test(token) ? `-${token}` : undefined;
  if (long === undefined) return undefined;
  const { name, value } = splitLong(long);
  return {
    name: name.toLowerCase(),
    value,
    typed: token.slice(0, token.length - (value === undefined ? 0 : value.length + 1)),
  };
}

function refuseOption({ name, value, typed }: Option, given: string): void {
  if (name === 'uri') {
    if (given !== '' && !given.startsWith('-') && isSecretUri(given)) throw secretInArgv(typed);
    return;
  }
  if (HARMLESS.has(name)) {
    if (value !== undefined) throw secretInArgv(typed);
    return;
  }
  if (SECRET_FILE.test(name)) {
    if (isPhrase(given) || HEX_KEY.test(given)) throw secretForFile(typed);
    return;
  }
  if (SECRET_NAME.test(name)) throw secretInArgv(typed);
  if (value !== undefined && isPhrase(value) && !PROSE.has(name)) throw secretInArgv(typed);
}

/** A URI without a phrase of its own (`//Alice`) stands on the public development phrase and holds no secret. */
function isSecretUri(value: string): boolean {
  return !value.startsWith('//') || value.includes('///');
}

/** Words as in a recovery phrase, in one argument. */
function isPhrase(text: string): boolean {
  const words = text.trim().split(/[\s,]+/);
  return words.length >= FEWEST_WORDS && words.every((word) => WORD.test(word.toLowerCase()));
}

const HINTS = [
  'For scripts: --wallet-password-file FILE, BT_WALLET_PASSWORD_FILE, or the keychain (wallet keychain save); --mnemonic-file, --seed-file or --key-file where a command reads a key. Each takes - for stdin and fd:3 for a file descriptor.',
  'Treat the secret as seen by others if it was a real one.',
];

function secretInArgv(option: string | undefined): CliError {
  const what = option ?? 'A recovery phrase';
  return new CliError('SECRET_IN_ARGV', `${what} is not accepted: a command line is visible to others.`, {
    hints: ['Leave it out to be asked on the terminal.', ...HINTS],
    data: option === undefined ? {} : { option },
  });
}

function secretForFile(option: string): CliError {
  return new CliError('SECRET_IN_ARGV', `${option} takes the name of a file, and this looks like the secret itself.`, {
    hints: ['A command line is visible to others. Leave the option out to be asked on the terminal.', ...HINTS],
    data: { option },
  });
}

/** Environment for a process that needs no password: variables that hold one are left out. */
export function withoutSecrets(env: Environment): Record<string, string> {
  const isSecret = (name: string): boolean => name === 'BT_WALLET_PASSWORD' || name.startsWith('BT_PW_');
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || isSecret(name) ? [] : [[name, value]])),
  );
}

const PHRASE = /(?:\b[a-z]{3,8}\b[ \t\n]+){11,}\b[a-z]{3,8}\b/g;
const KEY = /\b(?:0x)?[0-9a-fA-F]{64,}\b/g;

/** Removes whatever looks like a phrase or a key from text that goes into a file or a log. */
export function scrubSecrets(text: string): string {
  return text.replaceAll(PHRASE, '[phrase removed]').replaceAll(KEY, '[64 hex digits removed]');
}
