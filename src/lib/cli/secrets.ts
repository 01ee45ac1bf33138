import { CliError } from '../errors.ts';
import type { Environment } from '../paths.ts';
import { splitLong } from './option-names.ts';

/** Options that would carry a secret in argv, where other users, the shell's history and logs can read it. */
const SECRET_OPTIONS: ReadonlySet<string> = new Set([
  'password',
  'pass',
  'passphrase',
  'pw',
  'wallet-password',
  'coldkey-password',
  'hotkey-password',
  'json-password',
  'keystore-password',
  'new-password',
  'old-password',
  'mnemonic',
  'phrase',
  'seed-phrase',
  'secret-phrase',
  'recovery-phrase',
  'seed',
  'secret',
  'secret-key',
  'private-key',
]);

/** Refuses a command line that carries a secret, before anything parses, echoes or logs it. */
export function refuseSecretOptions(argv: readonly string[]): void {
  for (const token of argv) {
    if (token === '--') return;
    if (!token.startsWith('--')) continue;
    const { name, value } = splitLong(token);
    if (SECRET_OPTIONS.has(name)) throw secretInArgv(`--${name}`);
    if (name === 'uri' && value !== undefined && isSecretUri(value)) throw secretInArgv('--uri');
  }
  const uri = argv.indexOf('--uri');
  if (uri !== -1 && isSecretUri(argv[uri + 1] ?? '')) throw secretInArgv('--uri');
}

/** A URI without a phrase of its own (`//Alice`) stands on the public development phrase and holds no secret. */
function isSecretUri(value: string): boolean {
  return !value.startsWith('//') || value.includes('///');
}

function secretInArgv(option: string): CliError {
  return new CliError('SECRET_IN_ARGV', `${option} is not accepted: a command line is visible to others.`, {
    hints: [
      'Leave the option out to be asked on the terminal.',
      'For scripts: --wallet-password-file FILE, BT_WALLET_PASSWORD_FILE, or the keychain (wallet keychain save); --mnemonic-file, --seed-file or --key-file where a command reads a key.',
      'Treat the secret as seen by others if it was a real one.',
    ],
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
