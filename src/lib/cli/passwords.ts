import { CliError } from '../errors.ts';
import {
  checkPasswordStrength,
  type KeychainPort,
  type KeyRef,
  loadKeytar,
  type PasswordProvider,
  passwordProvider,
  privateKeyPath,
  systemKeychain,
  type WalletRef,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { readSecretLine } from './secret-input.ts';

const ATTEMPTS = 3;
const PASSWORD_FLAG = 'wallet-password-file';

/** The keychain that the settings name: the system's, an installed keytar, or none. */
export function keychainOf({ settings }: CommandContext): KeychainPort | undefined {
  const { keychain } = settings;
  if (keychain === 'none') return undefined;
  if (keychain === 'system') return systemKeychain();
  return loadKeytar(keychain === 'keytar' ? undefined : keychain.slice('keytar:'.length));
}

/**
 * Where passwords of existing keys come from: --wallet-password-file, the environment, the keychain, a prompt.
 * @param options.keychain false where the keychain is what the password is for
 */
export function existingPassword(context: CommandContext, options: { keychain?: boolean } = {}): PasswordProvider {
  const file = option(context, PASSWORD_FLAG);
  if (file !== undefined) {
    return async () => ({
      password: await passwordFromFile(context, PASSWORD_FLAG, file),
      origin: 'file',
      detail: file,
    });
  }
  const keychain = options.keychain === false ? undefined : lazyKeychain(context);
  return passwordProvider({
    environment: context.env,
    ...(keychain ? { keychain } : {}),
    prompt: {
      async ask({ description, reason, attempt }) {
        if (!context.interactive) return undefined;
        const why = reason === undefined ? '' : `, ${reason}`;
        const question = attempt > 1 ? 'Wrong password. Again:' : `Password of the ${description}${why}:`;
        const typed = await context.secret(question, PASSWORD_FLAG);
        context.progress.say('Checking the password');
        return bytesOf(typed);
      },
    },
  });
}

/**
 * A password for a key that is about to be written: from --wallet-password-file, the environment, or typed twice.
 * @throws CliError INPUT_REQUIRED, PASSWORD_WEAK, PASSWORD_MISMATCH
 */
export async function newKeyPassword(context: CommandContext, wallet: WalletRef, key: KeyRef): Promise<Uint8Array> {
  const file = option(context, PASSWORD_FLAG);
  const what = key.kind === 'coldkey' ? 'coldkey' : `hotkey "${key.name}"`;
  if (file !== undefined) return passwordFromFile(context, PASSWORD_FLAG, file);
  const { BT_WALLET_PASSWORD_FILE } = context.env;
  const fromEnvironment = await environmentPassword(context, wallet, key);
  if (fromEnvironment) return fromEnvironment;
  if (BT_WALLET_PASSWORD_FILE) return passwordFromFile(context, PASSWORD_FLAG, BT_WALLET_PASSWORD_FILE);
  return typedTwice(context, `New password of the ${what}:`, PASSWORD_FLAG, [
    'Give --wallet-password-file, or set BT_WALLET_PASSWORD_FILE.',
    '--no-password writes the key unencrypted: whoever reads the file has the key.',
  ]);
}

/** A new password from an option of its own, or typed twice. */
export async function newPassword(context: CommandContext, flag: string, message: string): Promise<Uint8Array> {
  const file = option(context, flag);
  if (file !== undefined) return passwordFromFile(context, flag, file);
  return typedTwice(context, message, flag, [`Give --${flag}.`]);
}

/** @throws CliError PASSWORD_FILE_UNREADABLE, which names the reason */
export async function passwordFromFile(context: CommandContext, flag: string, source: string): Promise<Uint8Array> {
  try {
    return await readSecretLine(context, flag, source);
  } catch (cause) {
    if (!(cause instanceof CliError) || cause.code === 'USAGE') throw cause;
    throw new CliError('PASSWORD_FILE_UNREADABLE', `The password file cannot be used: ${cause.message}`, {
      hints: cause.hints,
      data: { path: source, reason: cause.code },
      cause,
    });
  }
}

async function environmentPassword(
  context: CommandContext,
  wallet: WalletRef,
  key: KeyRef,
): Promise<Uint8Array | undefined> {
  const { BT_WALLET_PASSWORD_FILE: _file, ...environment } = context.env;
  try {
    const ask = passwordProvider({ environment });
    return (await ask({ keyPath: privateKeyPath(wallet, key), description: '', attempt: 1 })).password;
  } catch (error) {
    if (error instanceof CliError && error.code === 'INPUT_REQUIRED') return undefined;
    throw error;
  }
}

async function typedTwice(
  context: CommandContext,
  message: string,
  flag: string,
  hints: string[],
): Promise<Uint8Array> {
  if (!context.interactive) {
    throw new CliError(
      'INPUT_REQUIRED',
      `Missing: the ${message.replace(/^[A-Z]/, (l) => l.toLowerCase()).replace(/:$/, '')}.`,
      {
        hints,
        data: { needs: [{ flag: `--${flag}`, type: 'file' }] },
      },
    );
  }
  for (let attempt = 1; ; attempt++) {
    const first = bytesOf(await context.secret(message, flag));
    try {
      checkPasswordStrength(first);
      const second = bytesOf(await context.secret('Again, to be sure:', flag));
      const same = Buffer.from(first).equals(second);
      second.fill(0);
      if (same) return first;
      throw new CliError('PASSWORD_MISMATCH', 'The two are different.');
    } catch (error) {
      first.fill(0);
      if (!(error instanceof CliError) || attempt === ATTEMPTS) throw error;
      if (error.code !== 'PASSWORD_WEAK' && error.code !== 'PASSWORD_MISMATCH') throw error;
      context.complain(error);
    }
  }
}

/** A keychain that cannot be loaded is an error of the search for a password, not of the command. */
function lazyKeychain(context: CommandContext): KeychainPort | undefined {
  if (context.settings.keychain === 'none') return undefined;
  const port = (): KeychainPort => keychainOf(context)!;
  return {
    name: context.settings.keychain,
    save: async (id, password) => port().save(id, password),
    read: async (id) => port().read(id),
    delete: async (id) => port().delete(id),
  };
}

function option({ flags }: CommandContext, name: string): string | undefined {
  const value = (flags as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

function bytesOf(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'utf8');
  const own = new Uint8Array(new ArrayBuffer(bytes.length));
  own.set(bytes);
  bytes.fill(0);
  return own;
}
