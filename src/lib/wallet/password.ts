import { CliError } from '../errors.ts';
import { copyOf, utf8, wipe } from './bytes.ts';
import { readGuarded } from './files.ts';
import type { KeychainPort } from './keychain.ts';
import { environmentPassword } from './password-env.ts';

/** Which secret is wanted, and what for. */
export interface PasswordRequest {
  /** Absolute path of the key file. */
  keyPath: string;
  /** Known when the public file is there; the keychain needs it. */
  publicKey?: Uint8Array;
  address?: string;
  /** `coldkey of wallet "W"` */
  description: string;
  /** Why the key is needed: `to sign the transfer`. */
  reason?: string;
  /** 1, 2, 3 */
  attempt: number;
}

export type PasswordOrigin = 'file' | 'environment' | 'keychain' | 'prompt';

export interface PasswordAnswer {
  /** UTF-8; whoever receives it wipes it. */
  password: Uint8Array;
  origin: PasswordOrigin;
  /** The path or the name of the variable that it came from; never the password. */
  detail?: string;
}

/** Hands out passwords; key operations know nothing of where they come from. */
export type PasswordProvider = (request: PasswordRequest) => Promise<PasswordAnswer>;

/** Asks a person. Answers `undefined` when nobody can be asked (no terminal, `--yes`). */
export interface PasswordPrompt {
  ask(request: PasswordRequest): Promise<Uint8Array | undefined>;
}

export interface PasswordSources {
  /** `--wallet-password-file` */
  file?: string;
  environment?: Readonly<Record<string, string | undefined>>;
  keychain?: KeychainPort;
  prompt?: PasswordPrompt;
}

const MAX_PASSWORD_FILE_BYTES = 4096;

/** Reads a password file: one line, its end not part of the password. */
export async function readPasswordFile(path: string): Promise<Uint8Array> {
  try {
    const { bytes } = await readGuarded(path, { maxBytes: MAX_PASSWORD_FILE_BYTES, isSecret: () => true });
    let end = bytes.length;
    if (bytes[end - 1] === 10) end--;
    if (bytes[end - 1] === 13) end--;
    const password = copyOf(bytes, 0, end);
    wipe(bytes);
    return password;
  } catch (cause) {
    const why = cause instanceof CliError ? cause : undefined;
    throw new CliError('PASSWORD_FILE_UNREADABLE', `The password file cannot be used: ${why?.message ?? path}`, {
      hints: why?.hints ?? [],
      data: { path, reason: why?.code },
      cause,
    });
  }
}

/**
 * Asks the sources in this order: the file given, the environment (`BT_PW_…`, `BT_WALLET_PASSWORD`,
 * `BT_WALLET_PASSWORD_FILE`), the keychain, a person. A keychain that cannot be used does not stop the search; if nobody else
 * answers, the error says why the keychain did not.
 * @throws CliError INPUT_REQUIRED when no source has a password, PASSWORD_FILE_UNREADABLE
 */
export function passwordProvider(sources: PasswordSources): PasswordProvider {
  return async (request) => {
    if (sources.file !== undefined)
      return { password: await readPasswordFile(sources.file), origin: 'file', detail: sources.file };
    const environment = sources.environment ?? {};
    const fromEnvironment = environmentPassword(environment, request.keyPath);
    if (fromEnvironment !== undefined) return { ...fromEnvironment, origin: 'environment' };
    const file = environment.BT_WALLET_PASSWORD_FILE;
    if (file)
      return { password: await readPasswordFile(file), origin: 'environment', detail: 'BT_WALLET_PASSWORD_FILE' };
    let keychainError: CliError | undefined;
    if (sources.keychain !== undefined && request.publicKey !== undefined) {
      try {
        const password = await sources.keychain.read({ keyPath: request.keyPath, publicKey: request.publicKey });
        if (password !== undefined) return { password, origin: 'keychain' };
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
        keychainError = error;
      }
    }
    const typed = await sources.prompt?.ask(request);
    if (typed !== undefined) return { password: typed, origin: 'prompt' };
    throw new CliError(
      'INPUT_REQUIRED',
      `The password of the ${request.description} is needed${request.reason ? ` ${request.reason}` : ''}`,
      {
        hints: [
          'Give --wallet-password-file, set BT_WALLET_PASSWORD_FILE, or save it with `wallet keychain save`',
          ...(keychainError === undefined ? [] : [`The keychain could not help: ${keychainError.message}`]),
        ],
        data: {
          needs: [{ flag: '--wallet-password-file', type: 'path' }],
          ...(keychainError === undefined ? {} : { keychain: keychainError.code }),
        },
        cause: keychainError,
      },
    );
  };
}

/** A provider with one fixed password, for scripts and tests. Every answer is a fresh copy. */
export function fixedPassword(password: string): PasswordProvider {
  return async () => ({ password: utf8(password), origin: 'file' });
}
